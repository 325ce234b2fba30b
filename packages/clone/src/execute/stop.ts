import { WorkspaceError } from "@clone-xs/unity";

/** Why no further step is begun. The run can be gone on with when that is mended. */
export interface Stop {
  readonly code: "UNAUTHENTICATED" | "UNAVAILABLE" | "CONFIGURATION" | "LEDGER_FAILED";
  readonly message: string;
}

/** Codes of errors that end a run before its plan is done, though nothing is wrong with the plan. */
export const INTERRUPTIONS: ReadonlySet<string> = new Set<Stop["code"]>([
  "UNAUTHENTICATED",
  "UNAVAILABLE",
  "CONFIGURATION",
  "LEDGER_FAILED",
]);

/** Whether an error of one step will be that of every other: the credentials are refused, or nobody answers any more. */
export function stopOf(error: unknown): Stop | undefined {
  if (!(error instanceof WorkspaceError)) return undefined;
  const { code, message } = error;
  if (code === "UNAUTHENTICATED" || code === "CONFIGURATION") return { code, message };
  // What is still worth trying again is this step's trouble.
  return code === "UNAVAILABLE" && !error.retryable ? { code, message } : undefined;
}

/** The disk does not take the run's record any more; `undefined` for what is no answer of the system. */
export function ledgerStop(error: unknown): Stop | undefined {
  if (!(error instanceof Error) || !("errno" in error)) return undefined;
  const message = `The run's record cannot be written (${error.message}). What was done stays; make room, and go on with clxs resume.`;
  return { code: "LEDGER_FAILED", message };
}
