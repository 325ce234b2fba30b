import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { inputLook } from "../../../components/field.tsx";
import { ErrorNotice } from "../../../components/notice.tsx";
import { SkeletonRows } from "../../../components/skeleton.tsx";
import { ObjectIcon } from "./object-icon.tsx";
import {
  idOf,
  idsAbove,
  moveOf,
  type NodeRow,
  type TreeAddress,
  type TreeRow,
  treeRows,
  typedAhead,
} from "./tree-rows.ts";
import { useTreeContent } from "./use-tree-content.ts";

const ROW = 28;
/** How long letters add up to one word. */
const WORD_MS = 700;

/**
 * Catalogs, their schemas and what is in them, read as they are opened. Only the lines in sight are in the document.
 * Pattern: WAI-ARIA tree view with one stop for the Tab key.
 */
export function Tree({
  chosen,
  onChoose,
}: {
  chosen: TreeAddress | undefined;
  onChoose: (address: TreeAddress) => void;
}) {
  const [filter, setFilter] = useState("");
  const { open, toggle, show } = useOpen(chosen);
  const { content, loading, error, retry } = useTreeContent(open);
  const rows = treeRows(content, open, filter);
  if (error !== null) return <ErrorNotice error={error} retry={retry} />;
  if (loading) return <SkeletonRows rows={8} label="Loading the catalogs" />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <input
        type="search"
        aria-label="Filter what is open"
        placeholder="Filter what is open"
        autoComplete="off"
        spellCheck={false}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        className={clsx(inputLook(false), "mb-2 shrink-0")}
      />
      {rows.length === 0 ? (
        <p className="px-2 py-4 text-small text-ink-soft">
          {filter === "" ? "There are no catalogs, or you may not see any." : "Nothing open holds this text."}
        </p>
      ) : (
        <Lines
          rows={rows}
          chosen={chosen === undefined ? undefined : idOf(chosen)}
          onToggle={toggle}
          onChoose={(node) => {
            if (node.open !== undefined) show(node.id);
            onChoose(node.address);
          }}
        />
      )}
    </div>
  );
}

/** What is open: what was opened here, and what the address leads through. */
function useOpen(chosen: TreeAddress | undefined) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set());
  const above = chosen === undefined ? [] : [...idsAbove(chosen), ...(chosen.object ? [] : [idOf(chosen)])];
  const wanted = above.join("\u0001");
  useEffect(() => {
    if (wanted !== "") setOpen((now) => new Set([...now, ...wanted.split("\u0001")]));
  }, [wanted]);
  const toggle = (id: string, to: boolean) =>
    setOpen((now) => new Set(to ? [...now, id] : [...now].filter((each) => each !== id)));
  return { open, toggle, show: (id: string) => toggle(id, true) };
}

interface LinesProps {
  readonly rows: readonly TreeRow[];
  readonly chosen: string | undefined;
  readonly onToggle: (id: string, open: boolean) => void;
  readonly onChoose: (node: NodeRow) => void;
}

function Lines({ rows, chosen, onToggle, onChoose }: LinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const [active, setActive] = useState<string>();
  const [wantsFocus, setWantsFocus] = useState(false);
  const nodes = useMemo(() => new Map(rows.map((row, index) => [row.id, index])), [rows]);
  const stop = [active, chosen].find((id) => id !== undefined && nodes.has(id)) ?? rows[0]?.id;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
  });

  useEffect(() => {
    if (!wantsFocus || stop === undefined) return;
    setWantsFocus(false);
    virtual.scrollToIndex(nodes.get(stop) ?? 0);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>("[data-stop]")?.focus({ preventScroll: true }),
    );
  }, [wantsFocus, stop, nodes, virtual]);
  const go = (id: string) => {
    setActive(id);
    setWantsFocus(true);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (stop === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moveOf(event.key, rows, stop);
    if (move !== undefined) {
      event.preventDefault();
      typed.current = { text: "", at: 0 };
      if ("to" in move) go(move.to);
      else if ("choose" in move) choose(move.choose);
      else onToggle("open" in move ? move.open : move.close, "open" in move);
      return;
    }
    if (event.key.length !== 1 || event.key === " ") return;
    const word = event.timeStamp - typed.current.at < WORD_MS ? typed.current.text + event.key : event.key;
    typed.current = { text: word, at: event.timeStamp };
    const next = typedAhead(rows, stop, word);
    if (next !== undefined) go(next);
  };
  const choose = (id: string) => {
    const node = rows[nodes.get(id) ?? -1];
    if (node?.row === "node") onChoose(node);
  };

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Catalogs"
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-y-auto rounded border border-line bg-surface py-1"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const place = { height: ROW, transform: `translateY(${start}px)` };
          return row.row === "note" ? (
            <Note key={row.id} row={row} style={place} />
          ) : (
            <Node
              key={row.id}
              row={row}
              style={place}
              chosen={row.id === chosen}
              stop={row.id === stop}
              onFocus={() => setActive(row.id)}
              onToggle={() => onToggle(row.id, row.open !== true)}
              onChoose={() => {
                setActive(row.id);
                onChoose(row);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

const INDENT = { 1: "pl-1", 2: "pl-5", 3: "pl-9" };
const LINE = "absolute inset-x-1 top-0 flex items-center gap-1.5 rounded pr-2";

function Node({
  row,
  style,
  chosen,
  stop,
  onFocus,
  onToggle,
  onChoose,
}: {
  row: NodeRow;
  style: { height: number; transform: string };
  chosen: boolean;
  stop: boolean;
  onFocus: () => void;
  onToggle: () => void;
  onChoose: () => void;
}) {
  const { level, label, note, type, open, position, siblings } = row;
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={chosen}
      {...(open === undefined ? {} : { "aria-expanded": open })}
      tabIndex={stop ? 0 : -1}
      {...(stop ? { "data-stop": "" } : {})}
      title={label}
      style={style}
      onFocus={onFocus}
      onClick={onChoose}
      className={clsx(
        LINE,
        INDENT[level],
        "cursor-pointer -outline-offset-2",
        chosen ? "bg-accent-soft text-accent" : "hover:bg-sunken",
      )}
    >
      <span
        aria-hidden
        onClick={(event) => {
          if (open === undefined) return;
          event.stopPropagation();
          onToggle();
        }}
        className={clsx(
          "flex h-full w-5 shrink-0 items-center justify-center text-ink-faint",
          open !== undefined && "hover:text-ink",
        )}
      >
        {open !== undefined && <ChevronRight className={clsx("size-3.5", open && "rotate-90")} />}
      </span>
      <ObjectIcon type={type} className={chosen ? "" : "text-ink-faint"} />
      <span className="name min-w-0 truncate">{label}</span>
      {level === 1 && note !== "" && (
        <span className="ml-auto shrink-0 text-tiny text-ink-faint">{note}</span>
      )}
    </div>
  );
}

function Note({
  row: { level, tone, text },
  style,
}: {
  row: Extract<TreeRow, { row: "note" }>;
  style: { height: number; transform: string };
}) {
  return (
    <div
      role="none"
      title={text}
      style={style}
      className={clsx(LINE, INDENT[level], "text-small", tone === "failed" ? "text-bad" : "text-ink-faint")}
    >
      <span className="ml-6 truncate">{tone === "loading" ? "Loading…" : text}</span>
    </div>
  );
}
