import { INTERRUPTIONS } from "../execute/stop.ts";
import type { RunSummary } from "./summary.ts";

/** Codes of errors for which a run is refused before anything is written. */
const REFUSALS: ReadonlySet<string> = new Set([
  "FOREIGN_TARGET",
  "LOCATION_OVERLAP",
  "PLAN_STALE",
  "LEASE_HELD",
  "QUIESCE_REFUSED",
  "MASK_GUARD_REFUSED",
  "PROTECTED_CATALOG",
  "ACCESS_WIDENED",
]);

/** Whether the run was refused: nothing was written, because the user's say is needed first. One target of several does not refuse the run. */
export function isRefused({ errors }: Pick<RunSummary, "errors">): boolean {
  return errors.some(({ code, target }) => REFUSALS.has(code) && target === undefined);
}

/** Whether the run stopped for a reason that can be mended: it can be gone on with then. */
export function isInterrupted({
  errors,
  mode,
  status,
}: Pick<RunSummary, "errors"> & Partial<Pick<RunSummary, "mode" | "status">>): boolean {
  if (mode === "fanout") return status === "failed" || status === "partial";
  return errors.some(({ code, operation }) => INTERRUPTIONS.has(code) || operation === "connect");
}

/** Whether the run came to nothing because a workspace could not be reached, or refused the credentials. */
export function isUnconnected({ status, errors }: Pick<RunSummary, "errors" | "status">): boolean {
  const lost = errors.filter(({ target }) => target === undefined);
  return (
    status !== "cancelled" &&
    lost.some(
      ({ code, operation }) =>
        code === "UNAVAILABLE" || code === "UNAUTHENTICATED" || operation === "connect",
    )
  );
}

/**
 * The exit code for a run: 0 all done, 1 some object failed, 3 refused, 130 cancelled. Residue alone changes the code only when
 * `strict` is said.
 */
export function exitCodeOf(
  summary: Pick<RunSummary, "status" | "errors" | "residue">,
  { strict = false }: { readonly strict?: boolean } = {},
): 0 | 1 | 3 | 130 {
  if (summary.status === "cancelled") return 130;
  if (isRefused(summary)) return 3;
  if (summary.status !== "success" || summary.errors.length > 0) return 1;
  return strict && summary.residue.length > 0 ? 1 : 0;
}
