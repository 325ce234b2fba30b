import type { RunState } from "../contract/index.ts";

/**
 * What can happen to a run. `abandon`: the process that held it is gone. `resume`: another process goes on with it. `requeue`: it is gone
 * on with when its turn comes. `retry`: what failed may not fail in a while, and its process waits for that.
 */
export type RunTrigger =
  | "start"
  | "cancel"
  | "succeed"
  | "fail"
  | "stop"
  | "abandon"
  | "resume"
  | "requeue"
  | "retry";

/** `null`: the trigger means nothing in that state and changes nothing. */
const TRANSITIONS: Readonly<Record<RunState, Readonly<Record<RunTrigger, RunState | null>>>> = {
  queued: {
    start: "running",
    cancel: "cancelled",
    succeed: null,
    fail: "failed",
    stop: "cancelled",
    abandon: null,
    resume: null,
    requeue: null,
    retry: null,
  },
  running: {
    start: null,
    cancel: "cancelling",
    succeed: "completed",
    fail: "failed",
    stop: "cancelled",
    abandon: "failed",
    resume: "running",
    requeue: null,
    retry: "queued",
  },
  /** A run that was over before it noticed the cancel says what really happened. */
  cancelling: {
    start: null,
    cancel: null,
    succeed: "completed",
    fail: "failed",
    stop: "cancelled",
    abandon: "failed",
    resume: "running",
    requeue: null,
    retry: null,
  },
  completed: {
    start: null,
    cancel: null,
    succeed: null,
    fail: null,
    stop: null,
    abandon: null,
    resume: null,
    requeue: null,
    retry: null,
  },
  failed: {
    start: null,
    cancel: null,
    succeed: null,
    fail: null,
    stop: null,
    abandon: null,
    resume: "running",
    requeue: "queued",
    retry: null,
  },
  cancelled: {
    start: null,
    cancel: null,
    succeed: null,
    fail: null,
    stop: null,
    abandon: null,
    resume: null,
    requeue: null,
    retry: null,
  },
};

/** The state after `trigger`, or `null` when the trigger changes nothing. */
export function next(state: RunState, trigger: RunTrigger): RunState | null {
  return TRANSITIONS[state][trigger];
}

/** Whether nothing happens to the run any more, unless somebody goes on with it. */
export function isOver(state: RunState): boolean {
  return Object.entries(TRANSITIONS[state]).every(
    ([trigger, after]) => after === null || trigger === "resume" || trigger === "requeue",
  );
}
