import { clsx } from "clsx";
import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Segments } from "../../components/choices.tsx";
import { inputLook } from "../../components/field.tsx";
import { clock, count } from "../../format.ts";
import { type LogLine, logText } from "./fold.ts";

const LEVELS = [
  { value: "info", label: "All" },
  { value: "warn", label: "Warnings" },
  { value: "error", label: "Errors" },
] as const;
const RANK = { info: 0, warn: 1, error: 2 };
/** More lines than anybody scrolls through make the page slow; the download has them all. */
const SHOWN = 2_000;

/** The run's log: to search in the page, or to take away whole. */
export function Log({ id, lines }: { id: string; lines: readonly LogLine[] }) {
  const [text, setText] = useState("");
  const [level, setLevel] = useState<LogLine["level"]>("info");
  const wanted = text.trim().toLowerCase();
  const found = lines.filter(
    (line) => RANK[line.level] >= RANK[level] && line.line.toLowerCase().includes(wanted),
  );
  const shown = found.slice(-SHOWN);
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Segments label="Least level shown" value={level} choices={LEVELS} onChange={setLevel} />
        <input
          type="search"
          aria-label="Filter the log"
          placeholder="Filter the log"
          className={clsx(inputLook(false), "min-w-40 flex-1 sm:max-w-64")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button className="ml-auto" disabled={lines.length === 0} onClick={() => download(id, lines)}>
          <Download className="size-3.5" aria-hidden />
          Download
        </Button>
      </div>
      <div
        role="log"
        aria-label="Log of the run"
        tabIndex={0}
        className="h-80 overflow-auto rounded border border-line bg-sunken py-2"
      >
        {found.length > SHOWN && (
          <p className="px-3 text-small text-ink-faint">
            The last {count(SHOWN)} of {count(found.length)} lines.
          </p>
        )}
        {shown.map(({ id, at, level, line }) => (
          <p
            key={id}
            className={clsx(
              "name flex gap-3 px-3 leading-5",
              level === "warn" && "bg-warn-soft text-warn",
              level === "error" && "bg-bad-soft text-bad",
            )}
          >
            <span className="shrink-0 text-ink-faint select-none">{clock(at)}</span>
            <span className="min-w-0 whitespace-pre-wrap">{line}</span>
          </p>
        ))}
        {found.length === 0 && (
          <p className="px-3 text-small text-ink-soft">
            {lines.length === 0 ? "Nothing has been logged." : "No line matches."}
          </p>
        )}
      </div>
    </div>
  );
}

function download(id: string, lines: readonly LogLine[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([logText(lines)], { type: "text/plain" }));
  link.download = `clone-xs-${id}.log`;
  link.click();
  URL.revokeObjectURL(link.href);
}
