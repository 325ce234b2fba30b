import {
  jobsVersions,
  type ListRunsResponse,
  type RunInfo,
  type RunOutput,
  runsPath,
  SubmitRunRequest,
  type SubmitRunResponse,
} from "@clone-xs/databricks/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RunRecord, RunStore } from "../metastore/job-runs.ts";
import { runPagePath } from "../workspace/jobs/page-path.ts";
import { visibleRun, visibleRuns } from "../workspace/jobs/visible-runs.ts";
import { callerOf, originOf, type ServerContext } from "./context.ts";
import { body } from "./parameters.ts";
import { invalidParameter } from "./refusal.ts";

/** Runs of a page at most, and when nothing is said. Source: Jobs API, "List job runs". */
const MOST = 24;
const PAGE_SIZE = 20;

/** Jobs API, as far as runs that are submitted once; all versions alike. */
export function jobRoutes(app: FastifyInstance, context: ServerContext): void {
  const { runs, metastore } = context;
  for (const version of jobsVersions) {
    app.post(runsPath("submit", version), (request): SubmitRunResponse => {
      return { run_id: runs.submit(callerOf(request).name, body(SubmitRunRequest, request)) };
    });
    app.get(runsPath("get", version), (request): RunInfo => {
      const { run_id } = request.query as { readonly run_id?: string };
      return runInfo(ownRun(context, request, run_id), { origin: originOf(request) });
    });
    app.get(runsPath("get-output", version), (request): RunOutput => {
      const { run_id } = request.query as { readonly run_id?: string };
      return outputOf(context, request, whole(run_id, "run_id"));
    });
    app.get(runsPath("list", version), (request): ListRunsResponse => listRuns(metastore.runs, request));
    app.post(runsPath("cancel", version), (request) => {
      const { run_id } = (request.body ?? {}) as { readonly run_id?: unknown };
      runs.cancel(ownRun(context, request, run_id).id);
      return {};
    });
  }
}

function listRuns(store: RunStore, request: FastifyRequest): ListRunsResponse {
  const query = request.query as Readonly<Record<string, string | undefined>>;
  const activeOnly = query["active_only"] === "true";
  const completedOnly = query["completed_only"] === "true";
  if (activeOnly && completedOnly)
    throw invalidParameter("active_only and completed_only exclude each other.");
  if (query["run_type"] !== undefined && query["run_type"] !== "SUBMIT_RUN") return { has_more: false };
  const size = Math.min(whole(query["limit"] ?? PAGE_SIZE, "limit") || MOST, MOST);
  const token = query["page_token"] ?? "";
  const from = whole(query["start_time_from"] ?? 0, "start_time_from");
  const to = Number(query["start_time_to"] ?? Infinity);
  const found = visibleRuns(store, callerOf(request), {
    ...(token === "" ? {} : { before: whole(token, "page_token") }),
    ...(activeOnly || completedOnly ? { active: activeOnly } : {}),
    matches: ({ submittedAt }) => submittedAt >= from && submittedAt <= to,
    limit: size + 1,
  });
  const runs = found.slice(0, size);
  const last = runs.at(-1);
  const more = last !== undefined && found.length > runs.length;
  const shown = { origin: originOf(request), withTasks: query["expand_tasks"] === "true" };
  return {
    runs: runs.map((run) => runInfo(run, shown)),
    has_more: more,
    ...(more ? { next_page_token: String(last.id) } : {}),
  };
}

function ownRun({ metastore }: ServerContext, request: FastifyRequest, runId: unknown): RunRecord {
  return visibleRun(metastore.runs, callerOf(request), whole(runId, "run_id"));
}

/** Of a task, by its own id; a run of one task may be named in its place. Source: Jobs API, "Get the output for a single run". */
function outputOf(context: ServerContext, request: FastifyRequest, id: number): RunOutput {
  const place = placeOfTask(id);
  const run = ownRun(context, request, place?.runId ?? id);
  if (place === undefined && run.tasks.length > 1)
    throw invalidParameter(
      "Retrieving the output of runs with multiple tasks is not supported. Please retrieve the output of each individual task run instead.",
    );
  const task = run.tasks[place?.index ?? 0];
  if (task === undefined) throw invalidParameter(`Run ${id} does not exist.`);
  const failed = run.taskResults[task.task_key] === "FAILED" && run.message !== undefined;
  return {
    metadata: runInfo(run, { origin: originOf(request) }),
    ...(failed ? { error: run.message } : {}),
  };
}

/** Ids of tasks lie far above those of runs. */
const FIRST_TASK = 10 ** 12;

function taskRunId(runId: number, index: number): number {
  return FIRST_TASK + runId * 1000 + index;
}

function placeOfTask(id: number): { readonly runId: number; readonly index: number } | undefined {
  if (id < FIRST_TASK) return undefined;
  const index = id % 1000;
  return { runId: (id - FIRST_TASK - index) / 1000, index };
}

function runInfo(
  run: RunRecord,
  { origin, withTasks = true }: { readonly origin: string; readonly withTasks?: boolean },
): RunInfo {
  const { id, name, principal, state, result, message = "", submittedAt, endedAt, attempt } = run;
  const ended = endedAt !== undefined;
  const stopped = result === "CANCELED" || result === "TIMEDOUT";
  return {
    run_id: id,
    run_name: name,
    run_type: "SUBMIT_RUN",
    creator_user_name: principal,
    state: {
      life_cycle_state: state,
      ...(result === undefined ? {} : { result_state: result }),
      state_message: message,
      user_cancelled_or_timedout: stopped,
    },
    status: {
      state: state === "WAITING_FOR_RETRY" ? "WAITING" : state === "INTERNAL_ERROR" ? "TERMINATED" : state,
      ...(ended ? { termination_details: { ...endings[result ?? "FAILED"], message } } : {}),
    },
    ...(withTasks
      ? {
          tasks: run.tasks.map((task, index) => ({
            ...task,
            run_id: taskRunId(id, index),
            attempt_number: attempt,
            state: taskState(run, task.task_key),
          })),
        }
      : {}),
    start_time: submittedAt,
    end_time: endedAt ?? 0,
    ...(ended ? { run_duration: endedAt - submittedAt } : {}),
    attempt_number: attempt,
    trigger: "ONE_TIME",
    run_page_url: origin + runPagePath(id),
  };
}

const endings: Readonly<
  Record<NonNullable<RunRecord["result"]>, { readonly code: string; readonly type: string }>
> = {
  SUCCESS: { code: "SUCCESS", type: "SUCCESS" },
  FAILED: { code: "RUN_EXECUTION_ERROR", type: "CLIENT_ERROR" },
  TIMEDOUT: { code: "CANCELED", type: "CLIENT_ERROR" },
  CANCELED: { code: "USER_CANCELED", type: "SUCCESS" },
  UPSTREAM_FAILED: { code: "RUN_EXECUTION_ERROR", type: "CLIENT_ERROR" },
};

function taskState({ taskResults, state, message = "" }: RunRecord, key: string) {
  const result = taskResults[key];
  if (result === undefined) return { life_cycle_state: state };
  const failed = result === "FAILED" ? { state_message: message } : {};
  return { life_cycle_state: "TERMINATED", result_state: result, ...failed };
}

function whole(value: unknown, name: string): number {
  const number = Number(value);
  if (value !== undefined && value !== "" && Number.isSafeInteger(number) && number >= 0) return number;
  throw invalidParameter(`${name} must be a whole number.`);
}
