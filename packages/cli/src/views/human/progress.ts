import type { RunEvent, RunProgress, StepProgress } from "@clone-xs/clone";
import type { Surroundings } from "../../surroundings.ts";
import { withFlags } from "../../commands/clone/flags.ts";
import { bytes, firstLine } from "./words.ts";

/**
 * Events as lines on standard error: log lines word for word, failures as they happen; on a terminal also one line at the
 * bottom that is rewritten in place.
 */
export function progressOn({ err }: Pick<Surroundings, "err">): (event: RunEvent) => void {
  const erase = err.isTerminal ? "\r\u001b[K" : "";
  const line = (text: string) => err.write(`${erase}${text}\n`);
  return (event) => {
    switch (event.type) {
      case "log":
        return line(event.level === "info" ? event.line : withFlags(event.line));
      case "step":
        return stepLines(event.step).forEach(line);
      case "progress":
        return err.isTerminal
          ? err.write(`${erase}${cut(statusLine(event.progress), err.columns - 1)}`)
          : undefined;
      case "finished":
        return err.isTerminal ? err.write(erase) : undefined;
      case "started":
        return line(`If this process dies or loses the workspace, go on with: clxs resume ${event.runId}`);
      case "phase":
      case "planned":
      case "decided":
      case "copied":
      // How a target ended is a log line.
      case "target":
        return undefined;
    }
  };
}

/** Failures; what was done is a log line already. */
function stepLines({ state, object, operation, error }: StepProgress): readonly string[] {
  if (state !== "failed") return [];
  const what = `${operation.replaceAll("_", " ")} ${object}`;
  return [`failed: ${what}: ${withFlags(firstLine(error?.message ?? "no reason given"))}`];
}

/** `executing 12/40 · 1 failed · 3.1 MB · bronze.events, silver.orders` */
export function statusLine(progress: RunProgress): string {
  const { phase, objectsDone, objectsTotal, objectsFailed, bytesCopied, running } = progress;
  const parts = [
    objectsTotal > 0 ? `${phase} ${objectsDone}/${objectsTotal}` : phase,
    ...(objectsFailed > 0 ? [`${objectsFailed} failed`] : []),
    ...(bytesCopied > 0 ? [bytes(bytesCopied)] : []),
    ...(running.length > 0 ? [running.join(", ")] : []),
  ];
  return parts.join(" · ");
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
