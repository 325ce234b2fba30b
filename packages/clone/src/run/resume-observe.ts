import { readStamp, type Stamp } from "../decide/provenance.ts";
import { countersOfEntries } from "../execute/counters.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import type { Ends } from "../inspect/ends.ts";
import { localKey } from "../inspect/inventory.ts";
import type { Step } from "../plan/plan.ts";
import { type Planning, planningOf, targetTable } from "../plan/planning.ts";
import type { PlannedWork } from "./apply-document.ts";
import { isMade } from "./apply-moved.ts";
import { isMaking, sameStanding, type Standing, standingOf } from "./apply-standing.ts";
import type { RunState } from "./resume-state.ts";

/**
 * What became of the steps of an interrupted run: those its ledger has as done, those whose effect the target shows, and those
 * that may not be done any more because somebody else changed their object meanwhile. The others are still to be done. Pure.
 */
export function knownOutcomes(
  work: PlannedWork,
  state: RunState,
  { ends, now }: { readonly ends: Ends; readonly now: number },
): ReadonlyMap<string, StepOutcome> {
  const planning = planningOf(state.request, ends.source, ends.target);
  const known = new Map(state.done);
  for (const step of work.plan.steps) {
    if (known.has(step.id) || !isMaking(step)) continue;
    const startedAt = state.begun.get(step.id)?.at ?? now;
    const seen = isDone(step, state.runId, planning)
      ? ({ state: "succeeded", ...countersOf(step, planning) } as const)
      : isBegun(step, state.runId, planning)
        ? undefined
        : takenBySomebody(step, work.against[step.id], planning);
    if (seen) known.set(step.id, { ...seen, startedAt, endedAt: now });
  }
  return withOpenRoute(work.plan.steps, known);
}

/**
 * A route may have been taken down since, by this run too: while something is to be read through it, it is opened again, which does
 * nothing where it is open, and what followed upon it is done again.
 */
function withOpenRoute(
  steps: readonly Step[],
  known: Map<string, StepOutcome>,
): ReadonlyMap<string, StepOutcome> {
  for (const { id, operation } of steps) {
    if (operation.kind !== "open_route") continue;
    const opened = known.get(id);
    const unshared = opened?.state === "succeeded" ? (opened.unshared ?? []) : [];
    const settled = new Set([...known.keys(), ...unshared.map(({ step }) => step)]);
    const over = steps.filter(({ dependsOn }) => dependsOn.includes(id));
    if (over.every((step) => step.anyway || settled.has(step.id))) continue;
    known.delete(id);
    for (const step of over) if (step.anyway) known.delete(step.id);
  }
  return known;
}

/** The target shows that this run did the step. */
function isDone(step: Step, runId: string, planning: Planning): boolean {
  const { operation } = step;
  switch (operation.kind) {
    case "clone_table": {
      const stamp = stampOn(operation.target, planning);
      return isOurs(stamp, step, runId) && stamp?.extent?.rows !== "unfinished";
    }
    case "create_view":
      return isOurs(stampOn(operation.target, planning), step, runId);
    case "alter_view":
      return operation.adopt
        ? isOurs(stampOn(operation.target, planning), step, runId)
        : isMade(step, planning);
    default:
      // Of what carries no stamp of a step, or has no state but being there.
      return isMade(step, planning);
  }
}

/** A table that this run made by a query or definition, and did not finish: doing the step again finishes it. */
function isBegun(step: Step, runId: string, planning: Planning): boolean {
  const { operation } = step;
  return operation.kind === "clone_table" && isOurs(stampOn(operation.target, planning), step, runId);
}

function isOurs(stamp: Stamp | undefined, { id }: Step, runId: string): boolean {
  return stamp?.run === runId && stamp.step === id;
}

function stampOn(name: Parameters<typeof targetTable>[0], planning: Planning): Stamp | undefined {
  return readStamp(targetTable(name, planning)?.properties ?? {}, name);
}

/** The numbers that CLONE answered are also in its entry of the target's history. */
function countersOf({ operation }: Step, { target }: Planning) {
  if (operation.kind !== "clone_table") return {};
  const history = target?.histories[localKey(operation.target)];
  const counters = history?.ok ? countersOfEntries(history.entries) : undefined;
  return counters ? { counters } : {};
}

/** What stands there is neither what the run was planned over nor its own doing. */
function takenBySomebody(step: Step, then: Standing | undefined, planning: Planning) {
  const now = standingOf(step, planning);
  if (then === undefined || now === undefined || sameStanding(then, now)) return undefined;
  // A shallow clone is dropped before it is made again: the run may have died in between. A container is only seen to be there.
  if (now.kind === "absent" || now.kind === "present") return undefined;
  const message = `${step.object} changed on the target while the run was interrupted, so it was left as it is. Clone it again when that is what you want.`;
  return { state: "failed", code: "TARGET_MODIFIED", message } as const;
}
