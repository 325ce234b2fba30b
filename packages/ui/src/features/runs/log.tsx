import type { Shape } from "../../api/api.ts";
import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { Download } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { type LogLine, linesOf } from "../../api/runs.ts";
import { saveAnswer } from "../../api/save-file.ts";
import { Button } from "../../components/button.tsx";
import { Checkbox, Segments } from "../../components/choices.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { clock, count } from "../../format.ts";
import type { ChangeRunSearch, RunSearch } from "./run-search.ts";
import { Search } from "./tab-filters.tsx";
import { usePages } from "./use-pages.ts";

const LEVELS = [
  { value: "info", label: "All" },
  { value: "warn", label: "Warnings" },
  { value: "error", label: "Errors" },
] as const;
const LINE_HEIGHT = 20;

export interface LogTabProps {
  readonly id: string;
  readonly live: boolean;
  readonly search: RunSearch;
  readonly onChange: ChangeRunSearch;
}

/** The run's log, however long: to search and to follow in the page, or to take away whole. */
export function LogTab({ id, live, search, onChange }: LogTabProps) {
  const { q = "", level = "info" } = search;
  const [follow, setFollow] = useState(live);
  const pages = usePages<Shape<"LogLines">, LogLine>((offset) => linesOf(id, { level, q }, offset), linesIn);
  const { slots, total, onSeen } = pages;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: slots.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onSeen(first, last), [onSeen, first, last]);
  useEffect(() => {
    if (follow && total > 0) virtual.scrollToIndex(total - 1, { align: "end" });
  }, [follow, total, virtual]);

  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Segments
          label="Least level shown"
          value={level}
          choices={LEVELS}
          onChange={(next) => onChange({ level: next === "info" ? undefined : next })}
        />
        <Search label="Filter the log" value={q} onChange={(next) => onChange({ q: next })} />
        <span className="figure text-small text-ink-faint">
          {pages.answer === undefined ? "" : `${count(total)} ${total === 1 ? "line" : "lines"}`}
        </span>
        <span className="ml-auto flex items-center gap-3">
          {live && <Checkbox label="Follow" checked={follow} onChange={setFollow} />}
          <Button
            onClick={() => void saveAnswer(`/api/clone/${encodeURIComponent(id)}/logs`, `clone-xs-${id}.log`)}
          >
            <Download className="size-3.5" aria-hidden />
            Download
          </Button>
        </span>
      </div>
      {pages.error !== null ? (
        <ErrorNotice error={pages.error} retry={pages.retry} />
      ) : (
        <div
          ref={scroller}
          role="log"
          aria-label="Log of the run"
          aria-live="off"
          tabIndex={0}
          className="h-112 overflow-auto rounded border border-line bg-sunken py-2"
        >
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, start, key }) => (
              <div
                key={key}
                data-index={index}
                ref={virtual.measureElement}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <Line line={slots[index]?.row} />
              </div>
            ))}
          </div>
          {pages.answer !== undefined && total === 0 && (
            <p className="px-3 text-small text-ink-soft">
              {q === "" && level === "info" ? "Nothing has been logged." : "No line matches."}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

const linesIn = ({ lines }: { lines: readonly LogLine[] }) => lines;

function Line({ line }: { line: LogLine | undefined }) {
  if (line === undefined) return <p className="h-5" />;
  return (
    <p
      className={clsx(
        "name flex gap-3 px-3 leading-5",
        line.level === "warn" && "bg-warn-soft text-warn",
        line.level === "error" && "bg-bad-soft text-bad",
      )}
    >
      <span className="shrink-0 text-ink-faint select-none">{clock(Date.parse(line.at))}</span>
      <span className="min-w-0 whitespace-pre-wrap">{line.line}</span>
    </p>
  );
}
