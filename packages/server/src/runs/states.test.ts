import { describe, expect, it } from "vitest";
import type { RunState } from "../contract/index.ts";
import { isOver, next, type RunTrigger } from "./states.ts";

describe("states of a run", () => {
  it.each<[RunState, RunTrigger, RunState | null]>([
    ["queued", "start", "running"],
    ["queued", "cancel", "cancelled"],
    ["running", "cancel", "cancelling"],
    ["running", "succeed", "completed"],
    ["running", "fail", "failed"],
    ["running", "abandon", "failed"],
    ["cancelling", "stop", "cancelled"],
    ["cancelling", "succeed", "completed"],
    ["cancelling", "abandon", "failed"],
    ["running", "resume", "running"],
    ["failed", "resume", "running"],
    ["completed", "resume", null],
    ["failed", "requeue", "queued"],
    ["running", "requeue", null],
    ["cancelled", "requeue", null],
    ["running", "retry", "queued"],
    ["cancelling", "retry", null],
    ["running", "start", null],
    ["completed", "cancel", null],
    ["cancelled", "start", null],
  ])("%s, on %s: %s", (state, trigger, expected) => {
    expect(next(state, trigger)).toBe(expected);
  });

  it("three of them are final", () => {
    const all: RunState[] = ["queued", "running", "cancelling", "completed", "failed", "cancelled"];
    expect(all.filter(isOver)).toEqual(["completed", "failed", "cancelled"]);
  });
});
