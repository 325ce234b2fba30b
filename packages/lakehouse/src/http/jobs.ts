import {
  jobsVersions,
  type ListRunsResponse,
  type RunInfo,
  runsPath,
  SubmitRunRequest,
  type SubmitRunResponse,
} from "@clone-xs/databricks/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RunRecord } from "../metastore/job-runs.ts";
import { callerOf, type ServerContext } from "./context.ts";
import { invalidParameter, Refusal } from "./refusal.ts";

/** Runs of a page at most, and when nothing is said. Source: Jobs API, "List job runs". */
const MOST = 24;
const PAGE_SIZE = 20;

/** Jobs API, as far as runs that are submitted once; all versions alike. */
export function jobRoutes(app: FastifyInstance, context: ServerContext): void {
  const { runs, metastore } = context;
  for (const version of jobsVersions) {
    app.post(runsPath("submit", version), (request): SubmitRunResponse => {
      const parsed = SubmitRunRequest.safeParse(request.body);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw invalidParameter(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is not valid"}`);
      }
      return { run_id: runs.submit(callerOf(request).name, parsed.data) };
    });
    app.get(runsPath("get", version), (request): RunInfo => {
      const { run_id } = request.query as { readonly run_id?: string };
      return runInfo(ownRun(context, request, run_id));
    });
    app.get(runsPath("list", version), (request): ListRunsResponse => listRuns(metastore.runs, request));
    app.post(runsPath("cancel", version), (request) => {
      const { run_id } = (request.body ?? {}) as { readonly run_id?: unknown };
      runs.cancel(ownRun(context, request, run_id).id);
      return {};
    });
  }
}

function listRuns(store: ServerContext["metastore"]["runs"], request: FastifyRequest): ListRunsResponse {
  const query = request.query as Readonly<Record<string, string | undefined>>;
  const { name, admin } = callerOf(request);
  const activeOnly = query["active_only"] === "true";
  const completedOnly = query["completed_only"] === "true";
  if (activeOnly && completedOnly)
    throw invalidParameter("active_only and completed_only exclude each other.");
  if (query["run_type"] !== undefined && query["run_type"] !== "SUBMIT_RUN") return { has_more: false };
  const size = Math.min(whole(query["limit"] ?? PAGE_SIZE, "limit") || MOST, MOST);
  const token = query["page_token"] ?? "";
  const [from, to] = [
    whole(query["start_time_from"] ?? 0, "start_time_from"),
    Number(query["start_time_to"] ?? Infinity),
  ];
  const found: RunRecord[] = [];
  let before = token === "" ? Number.MAX_SAFE_INTEGER : whole(token, "page_token");
  for (let more = true; more && found.length <= size; ) {
    const some = store.list({
      before,
      active: activeOnly ? true : completedOnly ? false : undefined,
      limit: 100,
    });
    found.push(
      ...some.filter(
        (run) => (admin || run.principal === name) && run.submittedAt >= from && run.submittedAt <= to,
      ),
    );
    before = some.at(-1)?.id ?? before;
    more = some.length === 100;
  }
  const runs = found.slice(0, size);
  const last = runs.at(-1);
  const more = last !== undefined && found.length > runs.length;
  const expanded = query["expand_tasks"] === "true";
  return {
    runs: runs.map((run) => runInfo(run, expanded)),
    has_more: more,
    ...(more ? { next_page_token: String(last.id) } : {}),
  };
}

function ownRun({ metastore }: ServerContext, request: FastifyRequest, runId: unknown): RunRecord {
  const id = whole(runId, "run_id");
  const run = metastore.runs.find(id);
  if (run === undefined) throw invalidParameter(`Run ${id} does not exist.`);
  const { name, admin } = callerOf(request);
  if (run.principal === name || admin) return run;
  throw new Refusal(403, "PERMISSION_DENIED", `User ${name} does not have permission to view run ${id}.`);
}

function runInfo(run: RunRecord, withTasks = true): RunInfo {
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
            run_id: id * 1000 + index,
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

function taskState({ taskResults, state }: RunRecord, key: string) {
  const result = taskResults[key];
  return result === undefined
    ? { life_cycle_state: state }
    : { life_cycle_state: "TERMINATED", result_state: result };
}

function whole(value: unknown, name: string): number {
  const number = Number(value);
  if (value !== undefined && value !== "" && Number.isSafeInteger(number) && number >= 0) return number;
  throw invalidParameter(`${name} must be a whole number.`);
}
