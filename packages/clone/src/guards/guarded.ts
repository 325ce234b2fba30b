import { setMaxListeners } from "node:events";
import type { CloneErrorCode } from "../errors.ts";
import type { DirectGrant } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";
import type { RunPorts } from "../run/run.ts";
import type { ObjectError } from "../summarize/summary.ts";
import type { GuardPorts } from "./guard-ports.ts";
import type { LiftedTable } from "./journal.ts";

/** The run that guards are put around. */
export interface GuardedRun {
  readonly request: CloneRequest;
  readonly runId: string;
  readonly ports: RunPorts;
  readonly log: GuardPorts["log"];
}

/** What the body of a guarded run is told, and tells. */
export interface Guarded {
  /** Aborts when the user cancels, and when a lease is lost. */
  readonly signal: AbortSignal;
  /** Direct grants of the source as they were before the quiesce; absent when there is none. */
  readonly grants?: readonly DirectGrant[];
  /** Tables whose masks and filters are off for the time of the body. */
  readonly lifted?: readonly LiftedTable[];
  /** The versions are read: a quiesce until then ends here. */
  readonly pinned: () => Promise<void>;
  /** Before each step. Throws LEASE_LOST when another run has taken over. */
  readonly beforeStep: () => Promise<void>;
}

/** `undefined` value: cancelled before the guards stood. `problems`: what concerns the run as a whole. */
export interface GuardedResult<Value> {
  readonly value: Value | undefined;
  readonly problems: readonly ObjectError[];
}

const REFUSALS: ReadonlySet<CloneErrorCode> = new Set([
  "LEASE_HELD",
  "QUIESCE_REFUSED",
  "QUIESCE_FAILED",
  "MASK_GUARD_REFUSED",
  "PROTECTED_CATALOG",
]);

/** Whether guards kept a run from doing anything: it has a summary that says why. */
export function isGuardRefusal(code: CloneErrorCode): boolean {
  return REFUSALS.has(code);
}

/** What guards put around a body inside of other guards come to as one. */
export function flatten<Value>({
  value,
  problems,
}: GuardedResult<GuardedResult<Value>>): GuardedResult<Value> {
  return { value: value?.value, problems: [...(value?.problems ?? []), ...problems] };
}

/** The same run, stopped also by another signal. */
export function stoppedBy(run: GuardedRun, signal: AbortSignal): GuardedRun {
  return { ...run, ports: { ...run.ports, signal } };
}

/** Aborts when either does. */
export function eitherSignal(given: AbortSignal | undefined, own: AbortSignal): AbortSignal {
  const signal = given === undefined ? own : AbortSignal.any([given, own]);
  // Every statement and file under way listens: as many as run in parallel, which is no leak.
  setMaxListeners(0, signal);
  return signal;
}

/** `undefined` when the signal aborted before the work was done. */
export async function unlessCancelled<Value>(
  work: () => Promise<Value>,
  signal: AbortSignal,
): Promise<Value | undefined> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** The whole of a message: what is lacking often stands on its second line. */
export function onOneLine({ message }: Error): string {
  return message.trim().replaceAll(/\s*\n\s*/gu, " ");
}

/** The workspace is there and does not want it. */
export const REFUSED: ReadonlySet<string> = new Set([
  "PERMISSION_DENIED",
  "STATEMENT_FAILED",
  "INVALID_REQUEST",
  "NOT_FOUND",
]);
