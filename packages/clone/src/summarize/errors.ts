import type { CloneErrorCode } from "../errors.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import type { Step } from "../plan/plan.ts";
import type { ObjectError } from "./summary.ts";

type Outcomes = ReadonlyMap<string, StepOutcome>;

/**
 * The errors of executed steps, in the plan's order. What a cancelled run did not reach is no error of the object. When a catalog
 * or schema could not be made, what would be in it is counted in that error instead of being listed one by one.
 */
export function stepErrors(steps: readonly Step[], outcomes: Outcomes): readonly ObjectError[] {
  const containers = new Set(
    steps
      .filter(isContainer)
      .filter((step) => !succeeded(step, outcomes))
      .map(({ id }) => id),
  );
  const homeless = steps.filter(({ dependsOn }) => dependsOn.some((id) => containers.has(id)));
  const left = new Set(homeless);
  const unmade = new Map(
    steps.filter((step) => !isGovernance(step) && !succeeded(step, outcomes)).map((step) => [step.id, step]),
  );
  return steps.flatMap((step) => {
    const outcome = outcomes.get(step.id);
    if (outcome === undefined || outcome.state === "succeeded") return [];
    if (UNREACHED.has(outcome.code) || left.has(step) || lacksItsObject(step, unmade)) return [];
    const { object, operation, id, kind } = step;
    const inside = homeless.filter(
      (one) => isObject(one) && (kind === "catalog" || one.dependsOn.includes(id)),
    );
    const message = isContainer(step) ? `${outcome.message}${notAttempted(inside.length)}` : outcome.message;
    return [{ object, operation: operation.kind, code: outcome.code, message }];
  });
}

/** Nothing is wrong with what a run did not come to, and what cannot be shared is residue. */
const UNREACHED: ReadonlySet<string> = new Set<CloneErrorCode>(["CANCELLED", "NOT_ATTEMPTED", "NOT_SHARED"]);

function notAttempted(count: number): string {
  if (count === 0) return "";
  return ` (${count} ${count === 1 ? "object" : "objects"} in it not attempted)`;
}

/** What was to stand around an object that was not made: the object's own error says it all. */
function lacksItsObject(step: Step, unmade: ReadonlyMap<string, Step>): boolean {
  if (!isGovernance(step)) return false;
  return step.dependsOn.some((id) => {
    const needed = unmade.get(id);
    return needed !== undefined && `${step.object}.`.startsWith(`${needed.object}.`);
  });
}

function isGovernance({ kind }: Step): boolean {
  return kind === "governance";
}

function isObject(step: Step): boolean {
  return !isContainer(step) && !isGovernance(step);
}

function isContainer({ kind }: Step): boolean {
  return kind === "catalog" || kind === "schema";
}

function succeeded({ id }: Step, outcomes: Outcomes): boolean {
  return outcomes.get(id)?.state === "succeeded";
}
