import type { RunSummary } from "@clone-xs/clone";
import { WorkspaceError } from "@clone-xs/unity";
import type { RunTrigger } from "./states.ts";

/** What a summary makes of its run. */
export interface Ending {
  readonly trigger: RunTrigger;
  readonly error?: string;
}

/** `strict`: as on the command line, what could not be copied is a failure. */
export function endingOf(result: RunSummary, { strict }: { readonly strict: boolean }): Ending {
  const lack = strict ? lackOf(result) : undefined;
  if (lack !== undefined) return { trigger: "fail", error: lack };
  return { trigger: triggerOf(result), ...errorOf(result) };
}

/** Codes of errors that pass by themselves: a lost connection, a workspace that is down or asks for patience. */
const PASSING: ReadonlySet<string> = new Set(["UNAVAILABLE", "RATE_LIMITED"]);

/**
 * Whether a run failed for a reason that may be gone in a while, with nothing for anybody to mend: by its summary, or by what was thrown
 * instead of one.
 */
export function failedForNow(
  failure: { readonly result: RunSummary } | { readonly error: unknown },
): boolean {
  if ("error" in failure)
    return (
      failure.error instanceof WorkspaceError && (PASSING.has(failure.error.code) || failure.error.retryable)
    );
  const { status, errors } = failure.result;
  return (status === "failed" || status === "partial") && errors.some(({ code }) => PASSING.has(code));
}

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * How long to wait before a run is begun again for the `retry`th time, from 1: 30 seconds, then twice as long each time, 15 minutes at
 * most. `seconds`: before the first time, where somebody chose it; then there is no most.
 */
export function retryWaitMs(retry: number, seconds?: number): number {
  const doublings = 2 ** (retry - 1);
  return seconds === undefined
    ? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * doublings)
    : seconds * 1000 * doublings;
}

/** Why a strict run that succeeded is a failure all the same. */
function lackOf({ status, residue }: RunSummary): string | undefined {
  if (status !== "success" || residue.length === 0) return undefined;
  return `Strict: ${residue.length} ${residue.length === 1 ? "thing" : "things"} could not be copied, which the summary names.`;
}

function triggerOf(result: RunSummary): RunTrigger {
  if (result.status === "success") return "succeed";
  return result.status === "cancelled" ? "stop" : "fail";
}

/** An error with its object, which some messages begin with themselves. */
export function firstError({ object, message }: RunSummary["errors"][number]): string {
  return message.startsWith(object) ? message : `${object}: ${message}`;
}

function errorOf(result: RunSummary): { error?: string } {
  const [first] = result.errors;
  if (result.status === "success" || result.status === "cancelled" || first === undefined) return {};
  const others = result.errors.length - 1;
  return {
    error: `${firstError(first)}${others > 0 ? ` (and ${others} more error${others > 1 ? "s" : ""})` : ""}`,
  };
}
