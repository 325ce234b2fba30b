import { type JobRun, type Jobs, type RunsFilter, WorkspaceError } from "@clone-xs/unity";
import { z } from "zod";
import {
  ListRunsResponse,
  RunInfo,
  RunOutput,
  runsPath,
  type RunTask,
  SubmitRunResponse,
} from "../../contract/index.ts";
import type { HttpClient } from "../http/client.ts";
import { missingAsUndefined } from "../unity/missing.ts";
import { pagesOf } from "../unity/pages.ts";
import { toJobRun } from "./to-job-run.ts";
import { toSubmission } from "./to-submission.ts";

/** Runs of a page at most. Source: Jobs API, "List job runs". */
const PAGE_SIZE = 24;

/** Submitted runs over the Jobs API 2.2. */
export function createJobs(http: HttpClient): Jobs {
  return {
    async submit(run) {
      const { run_id } = await http.call({
        method: "POST",
        path: runsPath("submit"),
        body: toSubmission(run),
        // Sent twice, the token gives the same run.
        effect: "read",
        answer: SubmitRunResponse,
        exactNumbers: true,
      });
      return String(run_id);
    },
    async run(runId) {
      const found = await missingAsUndefined(
        http.call({
          method: "GET",
          path: runsPath("get"),
          query: { run_id: runId },
          effect: "read",
          answer: RunInfo,
          exactNumbers: true,
        }),
      );
      return found === undefined ? undefined : toJobRun(found, await taskError(http, found));
    },
    runs: (filter) => listRuns(http, filter),
    async cancel(runId) {
      await http.call({
        method: "POST",
        path: runsPath("cancel"),
        body: { run_id: numberOf(runId) },
        // A run that ends, or has ended, stays as it is.
        effect: "read",
        answer: z.looseObject({}),
      });
    },
  };
}

/** A number in bodies; 64-bit. */
function numberOf(runId: string): bigint {
  if (/^\d+$/u.test(runId)) return BigInt(runId);
  throw new WorkspaceError("INVALID_REQUEST", `'${runId}' is no id of a run.`);
}

async function listRuns(
  http: HttpClient,
  { activeOnly = false, namePrefix = "", limit = Infinity }: RunsFilter,
): Promise<readonly JobRun[]> {
  const found: JobRun[] = [];
  const pages = pagesOf(http, {
    path: runsPath("list"),
    query: {
      run_type: "SUBMIT_RUN",
      expand_tasks: true,
      limit: PAGE_SIZE,
      ...(activeOnly ? { active_only: true } : {}),
    },
    answer: ListRunsResponse,
    exactNumbers: true,
    items: (page) => page.runs,
  });
  for await (const page of pages) {
    found.push(
      ...page.filter(({ run_name = "" }) => run_name.startsWith(namePrefix)).map((run) => toJobRun(run)),
    );
    if (found.length >= limit) return found.slice(0, limit);
  }
  return found;
}

/** What the output of the task that failed says; `undefined` when none did, or when it cannot be had. */
async function taskError(http: HttpClient, { tasks = [] }: RunInfo): Promise<string | undefined> {
  const failed = tasks.find(hasFailed);
  if (failed === undefined) return undefined;
  try {
    const { error } = await http.call({
      method: "GET",
      path: runsPath("get-output"),
      query: { run_id: String(failed.run_id) },
      effect: "read",
      answer: RunOutput,
      exactNumbers: true,
    });
    return error;
  } catch (error) {
    // Outputs are kept for a shorter time than runs, and not everybody who sees a run sees its output.
    if (error instanceof WorkspaceError && !error.retryable) return undefined;
    throw error;
  }
}

function hasFailed({ state }: RunTask): boolean {
  return (
    state?.life_cycle_state === "INTERNAL_ERROR" ||
    state?.result_state === "FAILED" ||
    state?.result_state === "TIMEDOUT"
  );
}
