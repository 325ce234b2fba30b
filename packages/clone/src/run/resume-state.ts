import { CloneError } from "../errors.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import type { LedgerRecord } from "../ledger/ledger.ts";
import { parseCloneRequest } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";

/** What a ledger tells of a run that is to be gone on with. */
export interface RunState {
  readonly runId: string;
  readonly request: CloneRequest;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Digest of the plan document that the run executes; absent when it had none yet. */
  readonly planDigest?: string;
  /** Steps that succeeded. */
  readonly done: ReadonlyMap<string, StepOutcome>;
  /** Steps that were begun and whose end is not known. */
  readonly begun: ReadonlyMap<string, BegunStep>;
}

export interface BegunStep {
  /** Epoch milliseconds of the intent. */
  readonly at: number;
  /** Statements that the warehouse acknowledged. */
  readonly statementIds: readonly string[];
}

/**
 * Reads what a ledger says. Throws LEDGER_UNREADABLE when it holds no run, or one of another version, and RUN_OVER when the run has
 * ended and was not interrupted. Pure.
 */
export function runState(records: readonly LedgerRecord[]): RunState {
  const state = recordedState(records);
  requireOpen(records, state.runId);
  return state;
}

/** As `runState`, of a run that may be over: one target of several is gone on with also when it has failed. Throws LEDGER_UNREADABLE. Pure. */
export function recordedState(records: readonly LedgerRecord[]): RunState {
  const opening = records.find((record) => record.type === "run");
  if (opening === undefined) throw unreadable("it does not say what was asked for");
  // A ledger is what some version of this program wrote, not necessarily this one.
  if ((opening.version as number) !== 1)
    throw unreadable(`it is of version ${String(opening.version)}, and this program knows version 1`);
  const parsed = parseCloneRequest(opening.request);
  if (!parsed.ok) throw unreadable(`its request is not understood (${parsed.problems[0]?.message ?? ""})`);
  const planned = records.findLast((record) => record.type === "plan");
  return {
    runId: opening.runId,
    request: parsed.request,
    startedAt: opening.at,
    ...(planned ? { planDigest: planned.fingerprint } : {}),
    ...steps(records),
  };
}

/** Whether a run can be gone on with, as far as its ledger tells. */
export function isOpenRun(records: readonly LedgerRecord[]): boolean {
  const last = records.findLast(({ type }) => type === "end" || type === "resumed");
  return last?.type !== "end" || last.interrupted === true;
}

function requireOpen(records: readonly LedgerRecord[], runId: string): void {
  if (isOpenRun(records)) return;
  const end = records.findLast((record) => record.type === "end");
  const over = `Run ${runId} is over (${end?.status}): there is nothing to go on with.`;
  const rest = "Clone again to do the rest; with load_type SELECTIVE what it did stays as it is.";
  const message = end?.status === "success" ? over : `${over} ${rest}`;
  throw new CloneError("RUN_OVER", message, { object: runId });
}

function steps(records: readonly LedgerRecord[]): Pick<RunState, "done" | "begun"> {
  const done = new Map<string, StepOutcome>();
  const begun = new Map<string, { at: number; statementIds: string[] }>();
  for (const record of records) {
    if (record.type === "intent") begun.set(record.step, { at: record.at, statementIds: [] });
    if (record.type === "submitted") begun.get(record.step)?.statementIds.push(record.statementId);
    if (record.type !== "outcome") continue;
    const { at: _at, type: _type, step, ...outcome } = record;
    // A statement of a step that failed because the workspace was lost may still run.
    if (outcome.state === "succeeded") begun.delete(step);
    if (outcome.state === "succeeded") done.set(step, outcome);
  }
  return { done, begun };
}

function unreadable(why: string): CloneError {
  return new CloneError("LEDGER_UNREADABLE", `The record of the run cannot be used: ${why}.`);
}
