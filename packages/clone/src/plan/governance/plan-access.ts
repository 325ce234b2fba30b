import type { ObjectError } from "../../summarize/summary.ts";
import type { Step } from "../plan.ts";
import type { Planning } from "../planning.ts";
import { type AccessGain, accessGains } from "./access.ts";
import { assigned } from "./assigned.ts";
import { type Governed, runnerOf } from "./governed.ts";

export interface PlannedAccess {
  readonly access: readonly AccessGain[];
  readonly refused: readonly ObjectError[];
  readonly notes: readonly string[];
}

/** Who gains access by the plan; a reason to refuse it when that was asked for, also where it cannot be told. */
export function planAccess(
  governed: readonly Governed[],
  steps: readonly Step[],
  planning: Planning,
): PlannedAccess {
  const { request, source, target } = planning;
  const refuse = (message: string): readonly ObjectError[] =>
    request.access === "refuse"
      ? [{ object: request.destinationCatalog, operation: "access", code: "ACCESS_WIDENED", message }]
      : [];
  if (!source.grants.ok || target?.grants.ok === false) {
    const unknown = "Who gains access cannot be told: grants could not be read at both ends.";
    return { access: [], refused: refuse(unknown), notes: [unknown] };
  }
  const access = accessGains({
    governed,
    steps,
    grants: assigned(source.grants, target?.grants),
    runner: runnerOf(planning),
  });
  return { access, refused: access.length === 0 ? [] : refuse(widened(access)), notes: [] };
}

const SHOWN = 3;

function widened(access: readonly AccessGain[]): string {
  const principals = new Set(access.map(({ principal }) => principal)).size;
  const shown = access
    .slice(0, SHOWN)
    .map(({ principal, object, privileges }) => `${principal} ${privileges.join(", ")} on ${object}`);
  const more = access.length > SHOWN ? `, and ${access.length - SHOWN} more` : "";
  const who = principals === 1 ? "A principal" : `${principals} principals`;
  return `${who} would gain access that the source does not give: ${shown.join("; ")}${more}. Revoke it on the target, or say access report.`;
}
