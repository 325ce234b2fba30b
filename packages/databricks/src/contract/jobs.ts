import { z } from "zod";

/** Jobs API, runs that are submitted once. The service answers 2.0, 2.1 and 2.2 alike. */
export const jobsVersions = ["2.2", "2.1", "2.0"] as const;

export type RunsOperation = "submit" | "get" | "get-output" | "list" | "cancel";

/** `/api/2.2/jobs/runs/submit` and its like. */
export function runsPath(operation: RunsOperation, version = "2.2"): string {
  return `/api/${version}/jobs/runs/${operation}`;
}

/** 64-bit on the wire, as a JSON number: text where a JavaScript number could not hold it. */
export const RunId = z.union([z.number().int(), z.string().regex(/^\d+$/u)]);
export type RunId = z.infer<typeof RunId>;

export const SparkPythonTask = z.looseObject({
  /** `/Volumes/…`, an absolute workspace path, or a URL of cloud storage. */
  python_file: z.string(),
  /** At most 10 kB as JSON. */
  parameters: z.array(z.string()).optional(),
  /** WORKSPACE when absent, unless the run has a `git_source`. */
  source: z.string().optional(),
});
export type SparkPythonTask = z.infer<typeof SparkPythonTask>;

/** A task: its key and order, and one member that says what to run (`notebook_task`, `spark_python_task` …). */
export const SubmittedTask = z.looseObject({
  task_key: z.string().min(1),
  depends_on: z.array(z.object({ task_key: z.string() })).optional(),
  timeout_seconds: z.number().optional(),
  /** -1 is without end; 0 when absent. */
  max_retries: z.number().optional(),
  /** From the end of an attempt that failed to the next one. */
  min_retry_interval_millis: z.number().min(0).optional(),
  spark_python_task: SparkPythonTask.optional(),
  existing_cluster_id: z.string().optional(),
  /** One of the run's `environments`: serverless. */
  environment_key: z.string().optional(),
});
export type SubmittedTask = z.infer<typeof SubmittedTask>;

/** What serverless tasks of a run find installed. */
export const JobEnvironment = z.looseObject({
  environment_key: z.string(),
  spec: z
    .looseObject({ environment_version: z.string().optional(), dependencies: z.array(z.string()).optional() })
    .optional(),
});
export type JobEnvironment = z.infer<typeof JobEnvironment>;

export const SubmitRunRequest = z.looseObject({
  run_name: z.string().optional(),
  tasks: z.array(SubmittedTask).min(1).max(100),
  environments: z.array(JobEnvironment).optional(),
  /** The same token gives the same run. */
  idempotency_token: z.string().max(64).optional(),
  timeout_seconds: z.number().optional(),
});
export type SubmitRunRequest = z.infer<typeof SubmitRunRequest>;

export const SubmitRunResponse = z.object({ run_id: RunId });
export type SubmitRunResponse = z.infer<typeof SubmitRunResponse>;

export const RunLifeCycleState = z.enum([
  "PENDING",
  "RUNNING",
  "TERMINATING",
  "TERMINATED",
  "WAITING_FOR_RETRY",
  "INTERNAL_ERROR",
]);
export type RunLifeCycleState = z.infer<typeof RunLifeCycleState>;

export const RunResultState = z.enum(["SUCCESS", "FAILED", "TIMEDOUT", "CANCELED", "UPSTREAM_FAILED"]);
export type RunResultState = z.infer<typeof RunResultState>;

export const RunState = z.object({
  life_cycle_state: z.string().optional(),
  /** Once the run has ended. */
  result_state: z.string().optional(),
  state_message: z.string().optional(),
  user_cancelled_or_timedout: z.boolean().optional(),
});
export type RunState = z.infer<typeof RunState>;

export const RunTask = z.object({
  run_id: RunId,
  task_key: z.string(),
  state: RunState.optional(),
  attempt_number: z.number().optional(),
  spark_python_task: SparkPythonTask.optional(),
});
export type RunTask = z.infer<typeof RunTask>;

export const RunInfo = z.object({
  run_id: RunId,
  run_name: z.string().optional(),
  run_type: z.string().optional(),
  creator_user_name: z.string().optional(),
  state: RunState.optional(),
  status: z
    .object({
      state: z.string().optional(),
      termination_details: z
        .object({
          code: z.string().optional(),
          type: z.string().optional(),
          message: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
  /** Of a list only with `expand_tasks`. */
  tasks: z.array(RunTask).optional(),
  /** Epoch milliseconds; 0 while there is no end. */
  start_time: z.number().optional(),
  end_time: z.number().optional(),
  run_duration: z.number().optional(),
  attempt_number: z.number().optional(),
  trigger: z.string().optional(),
  run_page_url: z.string().optional(),
});
export type RunInfo = z.infer<typeof RunInfo>;

/** `runs/get-output`, by the `run_id` of one task: a run of several tasks has none of its own. */
export const RunOutput = z.object({
  metadata: RunInfo.optional(),
  /** Why the task failed. */
  error: z.string().optional(),
  error_trace: z.string().optional(),
  logs: z.string().optional(),
  logs_truncated: z.boolean().optional(),
});
export type RunOutput = z.infer<typeof RunOutput>;

export const ListRunsResponse = z.object({
  runs: z.array(RunInfo).optional(),
  has_more: z.boolean().optional(),
  next_page_token: z.string().optional(),
});
export type ListRunsResponse = z.infer<typeof ListRunsResponse>;
