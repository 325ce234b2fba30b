import type { JobRun } from "@clone-xs/unity";
import { runNameOf } from "./names.ts";
import type { StreamOfProgram, StreamProgram } from "./program.ts";
import { type StreamState, stateAfter, sightingOf } from "./states.ts";

/** A stream as the API shows it; keys are the wire's own. Everything in it can be found again from the workspace alone. */
export interface StreamRecord extends Omit<StreamOfProgram, "compute" | "max_retries"> {
  /** Of its newest run; decimal text. */
  readonly run_id: string;
  readonly run_name: string;
  /** Where people see the run; `null` where the workspace has no page for it. */
  readonly run_page_url: string | null;
  /** How often the run was begun again after it failed. */
  readonly attempt: number;
  /** ISO 8601. */
  readonly submitted_at: string;
  readonly status: StreamState;
  /** Why it failed, or cannot be looked at; `null` otherwise. */
  readonly error: string | null;
  readonly last_polled_at: string;
  readonly program_path: string;
  /** How far each copy is, by `schema.table`; empty until the stream is refreshed. */
  readonly progress: Readonly<Record<string, TableProgress>>;
}

export interface TableProgress {
  readonly method: "merge" | "clone";
  /** Version of the source that the copy equals, as decimal text; `null` when that cannot be told. */
  readonly checkpoint: string | null;
  /** Seconds since the first commit of the source that the copy does not have; 0 when it has all, `null` when that cannot be told. */
  readonly lag_seconds: number | null;
  readonly error: string | null;
}

export interface Sight {
  readonly run: JobRun;
  readonly path: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** State in which the stream was seen before. */
  readonly before?: StreamState;
}

/** The record of a stream whose newest run was looked at. */
export function recordOf({ stream }: StreamProgram, { run, path, now, before }: Sight): StreamRecord {
  const { compute: _compute, max_retries: _retries, ...shown } = stream;
  return {
    ...shown,
    run_id: run.runId,
    run_name: runNameOf(stream.stream_id),
    program_path: path,
    progress: {},
    ...seen(run, now, before ?? "starting"),
  };
}

/** What a look at the run tells. */
export function seen(
  run: JobRun,
  now: number,
  before: StreamState,
): Pick<StreamRecord, "run_page_url" | "attempt" | "submitted_at" | "status" | "error" | "last_polled_at"> {
  const status = stateAfter(before, sightingOf(run));
  return {
    run_page_url: run.pageUrl ?? null,
    attempt: run.attempt,
    submitted_at: new Date(run.startedAt).toISOString(),
    status,
    error: errorOf(run, status),
    last_polled_at: new Date(now).toISOString(),
  };
}

/** Also why the last attempt failed while the next one is waited for. */
function errorOf({ lifeCycle, message }: JobRun, status: StreamState): string | null {
  if (status === "failed") return message ?? "The run failed and tells no cause.";
  return lifeCycle === "WAITING_FOR_RETRY" ? (message ?? null) : null;
}
