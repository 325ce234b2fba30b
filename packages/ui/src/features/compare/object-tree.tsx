import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { count } from "../../format.ts";
import { type EndNames, Mark } from "./marks.tsx";
import { differingAspects, idOf, type TreeLine } from "./objects.ts";

const ROW = 30;

export interface ObjectTreeProps {
  readonly lines: readonly TreeLine[];
  readonly names: EndNames;
  readonly chosen: string | undefined;
  readonly onChoose: (line: TreeLine) => void;
  /** Opens or closes a schema. */
  readonly onToggle: (schema: string) => void;
}

/**
 * The objects, schema by schema, of any number: only those in sight are in the document. Pattern: ARIA tree; arrows move, right and left open
 * and close, Enter shows an object.
 */
export function ObjectTree({ lines, names, chosen, onChoose, onToggle }: ObjectTreeProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      lines.findIndex(({ object }) => idOf(object) === chosen),
    ),
  );
  const stop = Math.min(active, Math.max(0, lines.length - 1));
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    initialOffset: () => Math.max(0, stop - 4) * ROW,
  });
  const go = (index: number) => {
    const to = Math.max(0, Math.min(lines.length - 1, index));
    setActive(to);
    virtual.scrollToIndex(to);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus({ preventScroll: true }),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[stop];
    if (line === undefined) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW) / ROW) - 1);
    const parent = lines.slice(0, stop).findLastIndex(({ level }) => level < line.level);
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => go(stop + 1),
      ArrowUp: () => go(stop - 1),
      PageDown: () => go(stop + page),
      PageUp: () => go(stop - page),
      Home: () => go(0),
      End: () => go(lines.length - 1),
      ArrowRight: () => (line.open === false ? onToggle(line.object.name) : go(stop + (line.open ? 1 : 0))),
      ArrowLeft: () => (line.open ? onToggle(line.object.name) : go(parent === -1 ? stop : parent)),
      Enter: () => onChoose(line),
      " ": () => onChoose(line),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Objects"
      onKeyDown={onKeyDown}
      className="max-h-[42vh] overflow-y-auto rounded border border-line bg-surface lg:sticky lg:top-4 lg:max-h-[calc(100vh-2rem)]"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          const { object, level, open, position, siblings } = line;
          const id = idOf(object);
          return (
            <div
              key={id}
              role="treeitem"
              data-index={index}
              aria-level={level}
              aria-posinset={position}
              aria-setsize={siblings}
              aria-selected={id === chosen}
              {...(open === undefined ? {} : { "aria-expanded": open })}
              tabIndex={index === stop ? 0 : -1}
              onFocus={() => setActive(index)}
              onClick={() => onChoose(line)}
              style={{ height: ROW, transform: `translateY(${start}px)` }}
              className={clsx(
                "absolute inset-x-0 top-0 flex cursor-pointer items-center gap-1.5 border-b border-line/70 pr-2 -outline-offset-2",
                level === 1 ? "pl-1" : "pl-9",
                id === chosen ? "bg-accent-soft" : "hover:bg-sunken",
              )}
            >
              {level === 1 && <Twist line={line} onToggle={onToggle} />}
              <Mark state={object.state} names={names} />
              <span className={clsx("name min-w-0 flex-1 truncate", level === 1 && "font-semibold")}>
                {object.name}
              </span>
              <Aside line={line} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** For the mouse; the keyboard has its arrows. */
function Twist({ line: { object, open }, onToggle }: { line: TreeLine; onToggle: (schema: string) => void }) {
  if (open === undefined) return <span className="size-5 shrink-0" />;
  return (
    <span
      aria-hidden
      className="flex size-5 shrink-0 items-center justify-center rounded text-ink-faint hover:text-ink"
      onClick={(event) => {
        event.stopPropagation();
        onToggle(object.name);
      }}
    >
      <ChevronRight className={clsx("size-3.5 transition-transform", open && "rotate-90")} />
    </span>
  );
}

/** What it is, and what of it differs. */
function Aside({ line: { object, below } }: { line: TreeLine }) {
  const aspects = differingAspects(object);
  const words = aspects.length > 2 ? `${aspects.length} aspects` : aspects.join(", ");
  if (object.kind === "schema" && below > 0)
    return <span className="figure shrink-0 text-tiny text-ink-faint">{count(below)}</span>;
  return (
    <span className="max-w-[55%] shrink-0 truncate text-tiny text-ink-faint">
      {words === "" ? object.kind : words}
    </span>
  );
}
