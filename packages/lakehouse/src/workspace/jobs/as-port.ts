import type { SubmitRunRequest, SubmittedTask } from "@clone-xs/databricks/contract";
import { type JobRun, type Jobs, type RunsFilter, type RunSubmission, WorkspaceError } from "@clone-xs/unity";
import type { RunRecord, RunStore } from "../../metastore/job-runs.ts";
import type { PrincipalRecord } from "../../metastore/metastore.ts";
import type { Runs } from "./runs.ts";
import { visibleRun, visibleRuns } from "./visible-runs.ts";

export interface JobsOptions {
  readonly runs: Runs;
  readonly store: RunStore;
  readonly principal: () => PrincipalRecord;
  /** Where people see a run; `undefined` while the workspace does not listen. */
  readonly pageUrl: (runId: number) => string | undefined;
}

/** The jobs of the workspace port without HTTP: the same runs, the same rights. */
export function asPort({ runs, store, principal, pageUrl }: JobsOptions): Jobs {
  const toJobRun = (run: RunRecord) => jobRun(run, pageUrl(run.id));
  return {
    submit: async (submission) => String(runs.submit(principal().name, requestOf(submission))),
    async run(runId) {
      const id = Number(runId);
      return store.find(id) === undefined ? undefined : toJobRun(visibleRun(store, principal(), id));
    },
    runs: async (filter) => visibleRuns(store, principal(), criteria(filter)).map(toJobRun),
    async cancel(runId) {
      const id = Number(runId);
      if (store.find(id) === undefined)
        throw new WorkspaceError("NOT_FOUND", `Run ${runId} does not exist.`, {
          errorClass: "INVALID_PARAMETER_VALUE",
        });
      runs.cancel(visibleRun(store, principal(), id).id);
    },
  };
}

function criteria({ activeOnly, namePrefix = "", limit = Number.MAX_SAFE_INTEGER }: RunsFilter) {
  return {
    limit,
    matches: ({ name }: RunRecord) => name.startsWith(namePrefix),
    ...(activeOnly === true ? { active: true } : {}),
  };
}

/** As a client over HTTP would send it. */
function requestOf({
  name,
  idempotencyToken,
  task,
  maxRetries,
  retryIntervalMs,
}: RunSubmission): SubmitRunRequest {
  const submitted: SubmittedTask = {
    task_key: task.key,
    spark_python_task: { python_file: task.file, parameters: [...task.parameters] },
    max_retries: maxRetries,
    min_retry_interval_millis: retryIntervalMs,
  };
  return { run_name: name, idempotency_token: idempotencyToken, tasks: [submitted] };
}

function jobRun(run: RunRecord, pageUrl: string | undefined): JobRun {
  const { id, name, principal, tasks, state, result, message, submittedAt, endedAt, attempt } = run;
  const parameters = tasks[0]?.spark_python_task?.parameters;
  return {
    runId: String(id),
    name,
    lifeCycle: state,
    startedAt: submittedAt,
    creator: principal,
    attempt,
    ...(result === undefined ? {} : { result }),
    ...(message === undefined ? {} : { message }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(pageUrl === undefined ? {} : { pageUrl }),
  };
}
