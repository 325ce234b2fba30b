import type { JobRun } from "@clone-xs/unity";
import { describe, expect, test } from "vitest";
import {
  hasEnded,
  sightingOf,
  STREAM_EVENTS,
  STREAM_STATES,
  type StreamEventName,
  type StreamState,
  stateAfter,
} from "./states.ts";

/** Rows: the state before. Columns: submitted, waits, runs, ends, ended_well, ended_badly, gone, stop. */
const TABLE: Readonly<Record<StreamState, readonly StreamState[]>> = {
  starting: ["starting", "starting", "running", "stopping", "stopped", "failed", "stopped", "stopping"],
  running: ["starting", "starting", "running", "stopping", "stopped", "failed", "stopped", "stopping"],
  stopping: ["starting", "stopping", "stopping", "stopping", "stopped", "failed", "stopped", "stopping"],
  stopped: ["starting", "starting", "running", "stopping", "stopped", "failed", "stopped", "stopped"],
  failed: ["starting", "starting", "running", "stopping", "stopped", "failed", "failed", "failed"],
};

describe("a stream's state", () => {
  test.each(
    STREAM_STATES.flatMap((state) =>
      STREAM_EVENTS.map((event, i): [StreamState, StreamEventName, StreamState | undefined] => [
        state,
        event,
        TABLE[state][i],
      ]),
    ),
  )("%s, when %s, is %s", (state, event, after) => {
    expect(stateAfter(state, event)).toBe(after);
  });

  test("can be reached from the start, each of them, and left again by a new run", () => {
    const reached = new Set<StreamState>(["starting"]);
    for (const state of reached) for (const event of STREAM_EVENTS) reached.add(stateAfter(state, event));
    expect([...reached].sort()).toEqual([...STREAM_STATES].sort());
    for (const state of STREAM_STATES) expect(stateAfter(state, "submitted")).toBe("starting");
  });

  test("that has ended stays so whatever the run that ended shows of itself", () => {
    for (const state of STREAM_STATES.filter(hasEnded))
      for (const event of ["ended_well", "ended_badly", "gone", "stop"] as const)
        expect(hasEnded(stateAfter(state, event))).toBe(true);
  });
});

describe("a run shows its stream", () => {
  const run = (shown: Partial<JobRun>): JobRun => ({
    runId: "1",
    name: "clxs-continuous-sync-sync-0123456789",
    lifeCycle: "RUNNING",
    startedAt: 0,
    attempt: 0,
    ...shown,
  });

  test.each<[Partial<JobRun>, StreamState]>([
    [{ lifeCycle: "PENDING" }, "starting"],
    [{ lifeCycle: "QUEUED" }, "starting"],
    [{ lifeCycle: "RUNNING" }, "running"],
    [{ lifeCycle: "BLOCKED" }, "running"],
    [{ lifeCycle: "WAITING_FOR_RETRY" }, "running"],
    [{ lifeCycle: "TERMINATING" }, "stopping"],
    [{ lifeCycle: "TERMINATED", result: "SUCCESS" }, "stopped"],
    [{ lifeCycle: "TERMINATED", result: "CANCELED" }, "stopped"],
    [{ lifeCycle: "SKIPPED" }, "stopped"],
    [{ lifeCycle: "TERMINATED", result: "FAILED" }, "failed"],
    [{ lifeCycle: "TERMINATED", result: "TIMEDOUT" }, "failed"],
    [{ lifeCycle: "INTERNAL_ERROR" }, "failed"],
  ])("%j: %s", (shown, state) => {
    expect(stateAfter("starting", sightingOf(run(shown)))).toBe(state);
  });
});
