import type { RunEvent, RunProgress, TargetProgress } from "../run/events.ts";
import type { Untimed } from "../run/open-run.ts";
import type { TargetRequest } from "../request/targets.ts";
import { sumOfProgress } from "./sum-of-progress.ts";

type Emit = (event: Untimed<RunEvent>) => void;

/** Events of the targets of a run as events of the run: each line and each step names its target, and progress is that of all. */
export interface Relay {
  /** What the run of a target emits. */
  readonly of: (target: TargetRequest) => (event: RunEvent) => void;
  /** Tells how a target stands now; what is not said stays as it was. */
  readonly tell: (target: TargetRequest, change: Partial<TargetProgress>) => void;
}

export function relayTo(emit: Emit, targets: readonly TargetRequest[], destination: string): Relay {
  const standing = new Map(
    targets.map(({ name, destinationCatalog = destination }): [string, TargetProgress] => [
      name,
      { name, destination: destinationCatalog, state: "waiting" },
    ]),
  );
  const tell: Relay["tell"] = ({ name }, change) => {
    const before = standing.get(name);
    if (before === undefined) return;
    const target = { ...before, ...change };
    standing.set(name, target);
    emit({ type: "target", target });
  };
  const progressed = ({ name }: TargetRequest, progress: RunProgress) => {
    const before = standing.get(name);
    if (before === undefined) return;
    const target = { ...before, progress };
    standing.set(name, target);
    if (isWorthTelling(before.progress, progress)) emit({ type: "target", target });
    emit({ type: "progress", progress: sumOfProgress([...standing.values()]) });
  };
  return {
    tell,
    of: (target) => (event) => {
      switch (event.type) {
        case "log":
          return emit({ type: "log", level: event.level, line: `[${target.name}] ${event.line}` });
        case "decided":
          return emit({ type: "decided", target: target.name, objects: event.objects });
        case "step":
          return emit({ type: "step", step: { ...event.step, target: target.name } });
        case "progress":
          return progressed(target, event.progress);
        default:
          // Of the run as a whole, which is not over when a target is; what else they tell is in the progress.
          return undefined;
      }
    },
  };
}

/** Every event of a target is kept with the run: a hundred of them are enough to draw it, however many objects it has. */
function isWorthTelling(before: RunProgress | undefined, now: RunProgress): boolean {
  return (
    before === undefined ||
    before.phase !== now.phase ||
    before.objectsTotal !== now.objectsTotal ||
    before.objectsFailed !== now.objectsFailed ||
    percentOf(before) !== percentOf(now)
  );
}

function percentOf({ objectsDone, objectsTotal }: RunProgress): number {
  return objectsTotal === 0 ? 0 : Math.floor((100 * objectsDone) / objectsTotal);
}
