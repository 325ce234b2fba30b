import type { RunState } from "../contract/index.ts";

/** What can happen to a run. `abandon`: the process that held it is gone. */
export type RunTrigger = "start" | "cancel" | "succeed" | "fail" | "stop" | "abandon";

/** `null`: the trigger means nothing in that state and changes nothing. */
const TRANSITIONS: Readonly<Record<RunState, Readonly<Record<RunTrigger, RunState | null>>>> = {
  queued: {
    start: "running",
    cancel: "cancelled",
    succeed: null,
    fail: "failed",
    stop: "cancelled",
    abandon: null,
  },
  running: {
    start: null,
    cancel: "cancelling",
    succeed: "completed",
    fail: "failed",
    stop: "cancelled",
    abandon: "failed",
  },
  /** A run that was over before it noticed the cancel says what really happened. */
  cancelling: {
    start: null,
    cancel: null,
    succeed: "completed",
    fail: "failed",
    stop: "cancelled",
    abandon: "failed",
  },
  completed: { start: null, cancel: null, succeed: null, fail: null, stop: null, abandon: null },
  failed: { start: null, cancel: null, succeed: null, fail: null, stop: null, abandon: null },
  cancelled: { start: null, cancel: null, succeed: null, fail: null, stop: null, abandon: null },
};

/** The state after `trigger`, or `null` when the trigger changes nothing. */
export function next(state: RunState, trigger: RunTrigger): RunState | null {
  return TRANSITIONS[state][trigger];
}

/** Whether nothing can happen to the run any more. */
export function isOver(state: RunState): boolean {
  return Object.values(TRANSITIONS[state]).every((after) => after === null);
}
