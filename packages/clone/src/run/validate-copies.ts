import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import type { ClonePlan } from "../plan/plan.ts";
import type { ObjectError } from "../summarize/summary.ts";
import type { Verification } from "../verify/certificate.ts";
import { verifyRun } from "../verify/verify-run.ts";
import type { Run } from "./open-run.ts";

/** What comparing the copies of a run with their sources came to, and what went wrong with it. */
export interface Validated {
  readonly validation?: Verification;
  readonly problems: readonly ObjectError[];
  /** The run was cancelled before its copies were compared. */
  readonly cut: boolean;
}

const NOT_ASKED: Validated = { problems: [], cut: false };

/** Compares what a run made with its sources, when that is asked for and something was made. */
export async function validateCopies(
  { plan, outcomes }: { readonly plan?: ClonePlan; readonly outcomes: ReadonlyMap<string, StepOutcome> },
  { request, ports, emit, unreachable }: Run,
): Promise<Validated> {
  if (
    unreachable !== undefined ||
    !request.validate ||
    request.dryRun ||
    plan === undefined ||
    plan.refused.length > 0
  )
    return NOT_ASKED;
  if (ports.signal?.aborted) return { problems: [], cut: true };
  emit({ type: "phase", phase: "validating" });
  try {
    const validation = await verifyRun({ plan, outcomes }, request, ports);
    emit({ type: "log", level: "info", line: validationLine(validation) });
    return { validation, problems: failures(validation, plan.destinationCatalog), cut: false };
  } catch (error) {
    if (ports.signal?.aborted) return { problems: [], cut: true };
    if (!(error instanceof WorkspaceError) && !(error instanceof CloneError)) throw error;
    const { code, message } = error;
    return {
      problems: [{ object: plan.destinationCatalog, operation: "validate", code, message }],
      cut: false,
    };
  }
}

function validationLine({ matched, differing, not_comparable }: Verification): string {
  return `Validated: ${matched} match their source, ${differing} differ, ${not_comparable} could not be compared`;
}

function failures({ objects }: Verification, catalog: string): readonly ObjectError[] {
  return objects
    .filter(({ verdict }) => verdict === "differs")
    .map(({ object, reason }) => ({
      object: `${catalog}.${object}`,
      operation: "validate",
      code: "VALIDATION_FAILED",
      message: `It is not what its source is: ${reason}.`,
    }));
}
