import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** A track of a CSS grid: `minmax(0,1fr)`, `6rem`. */
  readonly width: string;
  /** Its track where there is little room, for what is then a mark without words; absent: the same. */
  readonly narrow?: string;
  readonly align?: "end";
  /** Left out where there is little room; what it says must stand elsewhere too, or not matter. */
  readonly wideOnly?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Present: its head sorts by this. */
  readonly sortBy?: (row: Row) => string | number;
}

export interface DataTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** Called on a click or Enter; then rows take the keyboard. */
  readonly onOpen?: (row: Row) => void;
  readonly chosen?: string;
  /** In place of rows when there are none. */
  readonly empty: ReactNode;
  /** Height of a row in pixels, the same for all: rows are drawn only where they are seen. */
  readonly rowHeight?: number;
  /** At most so high before it scrolls by itself. */
  readonly maxHeight?: string;
  /** Rows come in an order that is decided elsewhere, by one of these columns. */
  readonly order?: {
    readonly by: readonly string[];
    readonly sorting: Sorting | undefined;
    readonly onSort: (sorting: Sorting | undefined) => void;
  };
  /** Told which rows are drawn: for those that are loaded when they are seen. Must be the same function each time. */
  readonly onSeen?: (first: number, last: number) => void;
}

export interface Sorting {
  readonly by: string;
  readonly descending: boolean;
}

/**
 * A table of any length: only the rows in sight are in the document. Arrows move between rows, Home and End to the first and last.
 * Pattern: ARIA grid with rows as stops, `aria-rowcount` for what is not drawn.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, keyOf, onOpen, chosen, empty, rowHeight = 34, maxHeight = "70vh" } = props;
  const { order, onSeen } = props;
  const [own, setOwn] = useState<Sorting>();
  const sorting = order === undefined ? own : order.sorting;
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const sorted = useMemo(() => inOrder(rows, columns, own), [rows, columns, own]);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const wide = columns.map(({ width }) => width).join(" ");
  const narrow = columns
    .filter(({ wideOnly }) => wideOnly !== true)
    .map(({ width, narrow: track = width }) => track)
    .join(" ");
  const tracks = { "--wide": wide, "--narrow": narrow } as Record<string, string>;
  const stop = Math.min(active, Math.max(0, sorted.length - 1));

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onSeen?.(first, last), [onSeen, first, last]);

  const go = (index: number) => {
    const to = Math.max(0, Math.min(sorted.length - 1, index));
    setActive(to);
    virtual.scrollToIndex(to);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus({ preventScroll: true }),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset["index"] === undefined) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const row = sorted[stop];
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => go(stop + 1),
      ArrowUp: () => go(stop - 1),
      PageDown: () => go(stop + page),
      PageUp: () => go(stop - page),
      Home: () => go(0),
      End: () => go(sorted.length - 1),
      Enter: onOpen === undefined || row === undefined ? undefined : () => onOpen(row),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };
  const toggle = (by: string) => {
    const next =
      sorting?.by === by && sorting.descending ? undefined : { by, descending: sorting?.by === by };
    (order?.onSort ?? setOwn)(next);
  };
  const sorts = ({ id, sortBy }: Column<Row>) =>
    order === undefined ? sortBy !== undefined : order.by.includes(id);

  return (
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={sorted.length + 1}
      aria-colcount={columns.length}
      style={tracks}
      className="overflow-hidden rounded border border-line bg-surface"
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={clsx(TRACKS, "border-b border-line bg-sunken")}>
          {columns.map((column) => (
            <Head
              key={column.id}
              column={column}
              sorts={sorts(column)}
              sorting={sorting}
              onSort={() => toggle(column.id)}
            />
          ))}
        </div>
      </div>
      {sorted.length === 0 && <div className="px-3 py-8 text-center text-ink-soft">{empty}</div>}
      <div
        ref={scroller}
        role="rowgroup"
        onKeyDown={onKeyDown}
        className="overflow-y-auto"
        style={{ maxHeight }}
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = sorted[index];
            if (row === undefined) return null;
            const key = keyOf(row);
            return (
              <div
                key={key}
                role="row"
                data-index={index}
                aria-rowindex={index + 2}
                {...(onOpen === undefined ? {} : { "aria-selected": key === chosen })}
                tabIndex={index === stop ? 0 : -1}
                onFocus={() => setActive(index)}
                {...(onOpen === undefined ? {} : { onClick: () => onOpen(row) })}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                className={clsx(
                  TRACKS,
                  "absolute inset-x-0 top-0 -outline-offset-2",
                  index < sorted.length - 1 && "border-b border-line/70",
                  onOpen !== undefined && "cursor-pointer hover:bg-sunken",
                  key === chosen && "bg-accent-soft",
                )}
              >
                {columns.map(({ id, align, wideOnly, cell }) => (
                  <div
                    key={id}
                    role="gridcell"
                    className={clsx(
                      "min-w-0 truncate",
                      align === "end" && "figure text-right",
                      wideOnly && "max-sm:hidden",
                    )}
                  >
                    {cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

const TRACKS =
  "grid items-center gap-x-3 px-3 grid-cols-[var(--narrow)] sm:grid-cols-[var(--wide)] max-sm:gap-x-2";

function Head<Row>({
  column: { id, label, align, wideOnly, narrow },
  sorts,
  sorting,
  onSort,
}: {
  column: Column<Row>;
  sorts: boolean;
  sorting: Sorting | undefined;
  onSort: () => void;
}) {
  const sorted = sorting?.by === id;
  const Icon = sorting?.descending ? ArrowDown : ArrowUp;
  const look = clsx("label flex h-8 min-w-0 items-center gap-1 truncate", align === "end" && "justify-end");
  const words = narrow === undefined ? label : <span className="max-sm:sr-only">{label}</span>;
  return (
    <div
      role="columnheader"
      {...(sorts ? { "aria-sort": sorted ? (sorting.descending ? "descending" : "ascending") : "none" } : {})}
      className={clsx("min-w-0", wideOnly && "max-sm:hidden")}
    >
      {!sorts ? (
        <span className={look}>{words}</span>
      ) : (
        <button type="button" onClick={onSort} className={clsx(look, "w-full rounded hover:text-ink")}>
          {words}
          {sorted && <Icon className="size-3 shrink-0" aria-hidden />}
        </button>
      )}
    </div>
  );
}

function inOrder<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | undefined,
): readonly Row[] {
  const sortBy = columns.find(({ id }) => id === sorting?.by)?.sortBy;
  if (sortBy === undefined) return rows;
  const sign = sorting?.descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(sortBy(a), sortBy(b)));
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}
