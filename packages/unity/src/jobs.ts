/** Runs of the Jobs API that are submitted once. Source: Jobs API 2.2, `/jobs/runs/…`. */
export interface Jobs {
  /** Submits one run and gives its id. The same token gives the same run, also when it is over. */
  submit(run: RunSubmission): Promise<string>;
  /** `undefined` when it does not exist, or is no longer kept (60 days). */
  run(runId: string): Promise<JobRun | undefined>;
  /**
   * Submitted runs that the caller may see, newest first. The service has no filter by name: pages are read until `namePrefix` was looked
   * for in all of them, or `limit` matches are found.
   */
  runs(filter: RunsFilter): Promise<readonly JobRun[]>;
  /** Asks a run to end; it is TERMINATING until it has. One that has ended stays as it is. Throws NOT_FOUND. */
  cancel(runId: string): Promise<void>;
}

export interface RunSubmission {
  readonly name: string;
  /** At most 64 characters. */
  readonly idempotencyToken: string;
  readonly task: PythonTask;
  /** Where it runs on Databricks; serverless when absent. The embedded workspace runs it in its own process. */
  readonly compute?: TaskCompute;
  /** How often the task is begun again after it failed; -1: for ever. */
  readonly maxRetries: number;
  readonly retryIntervalMs: number;
}

export interface PythonTask {
  readonly key: string;
  /** `/Volumes/…` or an absolute workspace path. */
  readonly file: string;
  readonly parameters: readonly string[];
}

export type TaskCompute =
  | { readonly kind: "serverless"; readonly environmentVersion?: string }
  | { readonly kind: "cluster"; readonly clusterId: string };

export interface RunsFilter {
  readonly activeOnly?: boolean;
  readonly namePrefix?: string;
  readonly limit?: number;
}

export type RunLifeCycle =
  | "PENDING"
  | "QUEUED"
  | "BLOCKED"
  | "WAITING_FOR_RETRY"
  | "RUNNING"
  | "TERMINATING"
  | "TERMINATED"
  | "SKIPPED"
  | "INTERNAL_ERROR";

export interface JobRun {
  /** Decimal text: 64-bit. */
  readonly runId: string;
  readonly name: string;
  readonly lifeCycle: RunLifeCycle;
  /** SUCCESS, FAILED, CANCELED, TIMEDOUT …; absent until the run is over. */
  readonly result?: string;
  /** What the service says of the state; of a failed run the cause, with the error of its task where that can be had. */
  readonly message?: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Absent until it is over. */
  readonly endedAt?: number;
  readonly creator?: string;
  /** Of its first task; absent where the service does not list tasks. */
  readonly parameters?: readonly string[];
  /** From 0 on. */
  readonly attempt: number;
  /** Where people see it. */
  readonly pageUrl?: string;
}
