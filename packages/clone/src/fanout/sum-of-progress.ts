import type { RunPhase, RunProgress } from "../run/events.ts";

/** Objects named as being worked on; more would not be read. */
const SHOWN = 5;

const PHASES: readonly RunPhase[] = ["inspecting", "planning", "executing", "validating", "summarizing"];

/** What the targets of a run come to together, each with its name: the phase is that of the least advanced. Pure. */
export function sumOfProgress(
  each: readonly (readonly [name: string, progress: RunProgress])[],
): RunProgress {
  const all = each.map(([, progress]) => progress);
  const sum = (count: (progress: RunProgress) => number) => all.reduce((total, one) => total + count(one), 0);
  const phase = Math.min(...all.map((one) => PHASES.indexOf(one.phase)));
  const unknown = all.some(({ bytesTotal }) => bytesTotal === null);
  return {
    phase: PHASES[phase] ?? "inspecting",
    objectsDone: sum(({ objectsDone }) => objectsDone),
    objectsTotal: sum(({ objectsTotal }) => objectsTotal),
    objectsFailed: sum(({ objectsFailed }) => objectsFailed),
    bytesCopied: sum(({ bytesCopied }) => bytesCopied),
    bytesTotal: unknown ? null : sum(({ bytesTotal }) => bytesTotal ?? 0),
    running: each
      .flatMap(([name, { running }]) => running.map((object) => `${name}: ${object}`))
      .slice(0, SHOWN),
  };
}
