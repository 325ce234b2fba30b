import { expect, test } from "vitest";
import type { RunEvent, RunProgress } from "../run/events.ts";
import type { Untimed } from "../run/open-run.ts";
import { targetOfConnection } from "../request/targets.ts";
import { NO_PROGRESS } from "../summarize/progress.ts";
import { relayTo } from "./relay.ts";

const [eu, us] = [targetOfConnection("eu"), targetOfConnection("us")];

function relayed() {
  const events: Untimed<RunEvent>[] = [];
  return { events, relay: relayTo((event) => events.push(event), [eu, us], "copy") };
}

const progress = (change: Partial<RunProgress>): RunEvent => ({
  at: 1,
  type: "progress",
  progress: { ...NO_PROGRESS, ...change },
});

test("lines keep their words behind the name of their target", () => {
  const { events, relay } = relayed();
  const line = "Schema bronze: 1 drifted (1 version_drift)";
  relay.of(eu)({ at: 1, type: "log", level: "info", line });
  expect(events).toEqual([{ type: "log", level: "info", line: `[eu] ${line}` }]);
});

test("steps name their target; what a target tells of its own run as a whole is not told of the run", () => {
  const { events, relay } = relayed();
  const step = {
    id: "table:s.t",
    state: "started",
    kind: "table",
    object: "copy.s.t",
    operation: "clone_table",
    reason: "never_cloned",
  } as const;
  relay.of(us)({ at: 1, type: "started", runId: "r", source: "a", destination: "copy", mode: "full" });
  relay.of(us)({ at: 1, type: "phase", phase: "executing" });
  relay.of(us)({ at: 1, type: "step", step });
  expect(events).toEqual([{ type: "step", step: { ...step, target: "us" } }]);
});

test("progress is that of all targets, in the phase of the least advanced that is worked on, and each target's own", () => {
  const { events, relay } = relayed();
  relay.tell(eu, { state: "running" });
  relay.tell(us, { state: "running" });
  events.length = 0;
  const ofEu = { phase: "executing", objectsDone: 2, objectsTotal: 5, bytesTotal: 10 } as const;
  relay.of(eu)(progress({ ...ofEu, bytesCopied: 7, running: ["copy.s.t"] }));
  relay.of(us)(progress({ ...ofEu, objectsFailed: 1, running: ["copy.s.t", "copy.s.u"] }));
  expect(events.map(({ type }) => type)).toEqual(["target", "progress", "target", "progress"]);
  expect(events[2]).toMatchObject({
    target: { name: "us", destination: "copy", state: "running", progress: { objectsFailed: 1 } },
  });
  expect(events[1]).toMatchObject({ progress: { phase: "inspecting", objectsDone: 2, bytesTotal: null } });
  expect(events[3]).toEqual({
    type: "progress",
    progress: {
      phase: "executing",
      objectsDone: 4,
      objectsTotal: 10,
      objectsFailed: 1,
      bytesCopied: 7,
      bytesTotal: 20,
      running: ["eu: copy.s.t", "us: copy.s.t", "us: copy.s.u"],
    },
  });
});

test("a target that ended, and one that waits, do not hold the phase back; only the latter leaves open what is to come", () => {
  const { events, relay } = relayed();
  const executing = progress({ phase: "executing", bytesTotal: 10 });
  relay.tell(eu, { state: "running" });
  relay.of(eu)(executing);
  expect(events.at(-1)).toMatchObject({ progress: { phase: "executing", bytesTotal: null } });
  relay.tell(us, { state: "failed" });
  relay.of(eu)(executing);
  expect(events.at(-1)).toMatchObject({ progress: { phase: "executing", bytesTotal: 10 } });
});

test("of a target with many objects no more is told than can be drawn", () => {
  const { events, relay } = relayed();
  const objectsTotal = 10_000;
  for (let objectsDone = 0; objectsDone <= objectsTotal; objectsDone += 1)
    relay.of(eu)(progress({ phase: "executing", objectsDone, objectsTotal }));
  expect(events.filter(({ type }) => type === "target")).toHaveLength(101);
  expect(events.filter(({ type }) => type === "progress")).toHaveLength(10_001);
});

test("how a target stands is kept where nothing else is said", () => {
  const { events, relay } = relayed();
  relay.tell(eu, { state: "running", host: "https://eu" });
  relay.tell(eu, { state: "failed", error: "why", seconds: 1 });
  expect(events.at(-1)).toEqual({
    type: "target",
    target: {
      name: "eu",
      destination: "copy",
      state: "failed",
      host: "https://eu",
      error: "why",
      seconds: 1,
    },
  });
});
