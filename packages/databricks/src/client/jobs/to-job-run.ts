import type { JobRun, RunLifeCycle } from "@clone-xs/unity";
import type { RunInfo } from "../../contract/index.ts";
import { present } from "../unity/present.ts";

/** `error`: what the output of its failed task says. */
export function toJobRun(run: RunInfo, error?: string): JobRun {
  const { run_id, run_name = "", start_time = 0, end_time = 0, tasks: [first] = [] } = run;
  return {
    runId: String(run_id),
    name: run_name,
    lifeCycle: lifeCycleOf(run),
    startedAt: start_time,
    // Of a submitted run that is retried, the task counts and the run does not.
    attempt: Math.max(run.attempt_number ?? 0, first?.attempt_number ?? 0),
    ...present({
      result: resultOf(run),
      message: messageOf(run, error),
      endedAt: end_time === 0 ? undefined : end_time,
      creator: run.creator_user_name,
      parameters: first?.spark_python_task?.parameters,
      pageUrl: run.run_page_url,
    }),
  };
}

/** By the names of both state models of the API, of which a server may leave out one. */
const LIFE_CYCLES: Readonly<Record<string, RunLifeCycle>> = {
  PENDING: "PENDING",
  QUEUED: "QUEUED",
  BLOCKED: "BLOCKED",
  WAITING_FOR_RETRY: "WAITING_FOR_RETRY",
  WAITING: "WAITING_FOR_RETRY",
  RUNNING: "RUNNING",
  TERMINATING: "TERMINATING",
  TERMINATED: "TERMINATED",
  SKIPPED: "SKIPPED",
  INTERNAL_ERROR: "INTERNAL_ERROR",
};

/** An unknown state is that of a run that has not ended, unless the run has an end. */
function lifeCycleOf({ state, status, end_time = 0 }: RunInfo): RunLifeCycle {
  const known = LIFE_CYCLES[state?.life_cycle_state ?? status?.state ?? ""];
  return known ?? (end_time === 0 ? "RUNNING" : "TERMINATED");
}

/** `code` of the newer model where the older one's result is left out. */
function resultOf({ state, status }: RunInfo): string | undefined {
  if (state?.result_state !== undefined) return state.result_state;
  const details = status?.termination_details;
  if (details?.code === undefined) return undefined;
  if (details.code === "USER_CANCELED" || details.code === "CANCELED") return "CANCELED";
  return details.type === "SUCCESS" ? "SUCCESS" : "FAILED";
}

function messageOf({ state, status }: RunInfo, error = ""): string | undefined {
  const said = state?.state_message || status?.termination_details?.message || "";
  const parts = said.includes(error) ? [said] : [said, error];
  const message = parts.filter((part) => part !== "").join(" ");
  return message === "" ? undefined : message;
}
