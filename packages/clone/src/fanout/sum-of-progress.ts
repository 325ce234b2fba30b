import type { RunPhase, RunProgress, TargetProgress } from "../run/events.ts";
import { NO_PROGRESS } from "../summarize/progress.ts";

/** Objects named as being worked on; more would not be read. */
const SHOWN = 5;

const PHASES: readonly RunPhase[] = ["inspecting", "planning", "executing", "validating", "summarizing"];

/** What the targets of a run come to together: the phase is that of the least advanced that is being worked on. Pure. */
export function sumOfProgress(targets: readonly TargetProgress[]): RunProgress {
  const all = targets.map(progressOf);
  const sum = (count: (progress: RunProgress) => number) => all.reduce((total, one) => total + count(one), 0);
  const open = targets.filter(({ state }) => state === "connecting" || state === "running").map(progressOf);
  const phase = Math.min(...open.map((one) => PHASES.indexOf(one.phase)));
  const unknown = all.some(({ bytesTotal }) => bytesTotal === null);
  return {
    phase: PHASES[phase] ?? "summarizing",
    objectsDone: sum(({ objectsDone }) => objectsDone),
    objectsTotal: sum(({ objectsTotal }) => objectsTotal),
    objectsFailed: sum(({ objectsFailed }) => objectsFailed),
    bytesCopied: sum(({ bytesCopied }) => bytesCopied),
    bytesTotal: unknown ? null : sum(({ bytesTotal }) => bytesTotal ?? 0),
    running: targets
      .flatMap(({ name, progress }) => (progress?.running ?? []).map((object) => `${name}: ${object}`))
      .slice(0, SHOWN),
  };
}

/** A target that ended without any has nothing left to come. */
function progressOf({ state, progress }: TargetProgress): RunProgress {
  const isAhead = state === "waiting" || state === "connecting" || state === "running";
  return progress ?? (isAhead ? NO_PROGRESS : { ...NO_PROGRESS, bytesTotal: 0 });
}
