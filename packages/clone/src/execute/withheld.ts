import type { Step } from "../plan/plan.ts";
import type { UnsharedTable } from "../route/route-operation.ts";
import type { Residue } from "../summarize/summary.ts";
import type { StepOutcome } from "./outcome.ts";

/** Steps that are left out because a table cannot be shared with the target's metastore. */
export interface Withheld {
  readonly add: (unshared: readonly UnsharedTable[]) => void;
  readonly of: (step: Step) => LeftOut | undefined;
  /** Why `step` is left out when it needs `needed`, which was; `undefined` when that failed otherwise. */
  readonly because: (step: Step, needed: Step) => LeftOut | undefined;
}

export interface LeftOut {
  readonly reason: string;
  /** What the target lacks by that; absent where another step's says it already. */
  readonly residue?: Residue;
}

/** `known`: what earlier processes came to. */
export function openWithheld(known: Iterable<StepOutcome>): Withheld {
  const causes = new Map<string, Residue>();
  const add: Withheld["add"] = (unshared) => {
    for (const { step, residue } of unshared) causes.set(step, residue);
  };
  for (const outcome of known) if (outcome.state === "succeeded") add(outcome.unshared ?? []);
  return {
    add,
    of: ({ id }) => leftOut(causes.get(id)),
    because: (step, needed) => {
      const cause = causes.get(needed.id);
      if (cause === undefined) return undefined;
      if (isAround(step, needed)) {
        causes.set(step.id, cause);
        return { reason: cause.reason };
      }
      const residue = consequence(step, cause);
      causes.set(step.id, residue);
      return leftOut(residue);
    },
  };
}

function leftOut(residue: Residue | undefined): LeftOut | undefined {
  return residue && { reason: residue.reason, residue };
}

/** What stands around an object goes with it. */
function isAround(step: Step, { object }: Step): boolean {
  return step.kind === "governance" && `${step.object}.`.startsWith(`${object}.`);
}

/** Of what stands around one object, only constraints need another. */
function consequence({ kind, object }: Step, cause: Residue): Residue {
  const reason = `it needs ${cause.object}, which is not copied: ${cause.reason}`;
  const what = kind === "governance" ? "constraints" : kind;
  return { object: object.slice(object.indexOf(".") + 1), what, reason };
}
