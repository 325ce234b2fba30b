import type { JobRun, RunLifeCycle } from "@clone-xs/unity";

/** What a stream is doing. */
export const STREAM_STATES = ["starting", "running", "stopping", "stopped", "failed"] as const;
export type StreamState = (typeof STREAM_STATES)[number];

/** What is seen of a stream's run, or done to it. */
export const STREAM_EVENTS = [
  /** A new run was submitted. */
  "submitted",
  /** The run waits for its compute. */
  "waits",
  "runs",
  /** The run is being ended. */
  "ends",
  "ended_well",
  "ended_badly",
  /** The workspace knows no such run any more. */
  "gone",
  /** We asked for its end. */
  "stop",
] as const;
export type StreamEventName = (typeof STREAM_EVENTS)[number];

/**
 * Every state after every event. A run that was told to stop still runs for a moment: it is stopping, not running. What has ended begins
 * again only by a new run; a run of the same id that is seen alive after its end was seen is believed all the same, as the workspace knows best.
 */
const AFTER: Readonly<Record<StreamState, Readonly<Record<StreamEventName, StreamState>>>> = {
  starting: {
    submitted: "starting",
    waits: "starting",
    runs: "running",
    ends: "stopping",
    ended_well: "stopped",
    ended_badly: "failed",
    gone: "stopped",
    stop: "stopping",
  },
  running: {
    submitted: "starting",
    waits: "starting",
    runs: "running",
    ends: "stopping",
    ended_well: "stopped",
    ended_badly: "failed",
    gone: "stopped",
    stop: "stopping",
  },
  stopping: {
    submitted: "starting",
    waits: "stopping",
    runs: "stopping",
    ends: "stopping",
    ended_well: "stopped",
    ended_badly: "failed",
    gone: "stopped",
    stop: "stopping",
  },
  stopped: {
    submitted: "starting",
    waits: "starting",
    runs: "running",
    ends: "stopping",
    ended_well: "stopped",
    ended_badly: "failed",
    gone: "stopped",
    stop: "stopped",
  },
  failed: {
    submitted: "starting",
    waits: "starting",
    runs: "running",
    ends: "stopping",
    ended_well: "stopped",
    ended_badly: "failed",
    gone: "failed",
    stop: "failed",
  },
};

export function stateAfter(state: StreamState, event: StreamEventName): StreamState {
  return AFTER[state][event];
}

export function hasEnded(state: StreamState): boolean {
  return state === "stopped" || state === "failed";
}

const SIGHTINGS: Readonly<Record<Exclude<RunLifeCycle, "TERMINATED">, StreamEventName>> = {
  PENDING: "waits",
  QUEUED: "waits",
  RUNNING: "runs",
  BLOCKED: "runs",
  WAITING_FOR_RETRY: "runs",
  TERMINATING: "ends",
  SKIPPED: "ended_well",
  INTERNAL_ERROR: "ended_badly",
};

/** What a run shows of its stream. A run that ended in any other way than well or by a cancel has failed. */
export function sightingOf(run: JobRun | undefined): StreamEventName {
  if (run === undefined) return "gone";
  if (run.lifeCycle !== "TERMINATED") return SIGHTINGS[run.lifeCycle];
  return run.result === "SUCCESS" || run.result === "CANCELED" ? "ended_well" : "ended_badly";
}
