import { randomBytes } from "node:crypto";
import { expect, it, onTestFinished } from "vitest";
import { facts, summaryOf, temporaryDirectory, temporaryStore } from "../../test/fixtures.ts";
import { secretKeys } from "../connections/secret-keys.ts";
import type { NewNotificationChannel } from "../contract/index.ts";
import type { RunFacts, RunStore } from "../runs/store.ts";
import type { StoredSchedule } from "../schedules/schedule.ts";
import { openScheduleStore } from "../schedules/store.ts";
import { readChannel } from "./channel.ts";
import { notifier } from "./notifier.ts";
import { openNotificationStore } from "./store.ts";

const schedule: StoredSchedule = {
  id: "s1",
  name: "nightly",
  cron: "0 2 * * *",
  timeZone: "UTC",
  kind: "clone",
  request: {},
  sourceCatalog: "prod",
  destinationCatalog: "dev",
  targets: [],
  retries: { max: 0, backoffSeconds: 60 },
  notify: { channels: ["night"], events: ["run_completed"] },
  overlap: "skip",
  missed: "skip",
  enabled: true,
  nextRunAt: 1,
  createdAt: 0,
  updatedAt: 0,
};
const bySchedule = { id: "s1", name: "nightly", kind: "clone", retries: schedule.retries } as const;

function opened() {
  const home = temporaryDirectory();
  const runs = temporaryStore(home);
  const schedules = openScheduleStore(home);
  const store = openNotificationStore(home, { keys: secretKeys(home, { randomBytes }), randomBytes });
  onTestFinished(() => {
    schedules.close();
    store.close();
  });
  const clock = { now: () => 5_000 };
  const streams: Parameters<typeof notifier>[0]["streams"] = () => [];
  const publicUrl = "https://clone.example.com/";
  const server = () => notifier({ store, runs, schedules, streams, clock, publicUrl });
  const add = (name: string, change: Partial<NewNotificationChannel> = {}) => {
    const read = readChannel({ name, kind: "webhook", url: "https://hooks.example.com/x", ...change });
    if (read.ok) store.add(read.value.channel, read.value.secrets, 0);
  };
  const told = (channel: string) =>
    store.deliveries(channel, 50).map(({ notification: { event, run, link } }) => [event, run?.job_id, link]);
  return { runs, schedules, store, server, add, told };
}

function ended(runs: RunStore, id: string, state: "succeed" | "fail", change: Partial<RunFacts> = {}): void {
  if (runs.get(id) === undefined) runs.insert({ id, request: {}, facts: { ...facts, ...change }, at: 1 });
  runs.move(id, "start", { at: 2 });
  const drift = change.dryRun === true ? { total_drifted_tables: 3, dry_run: true } : {};
  runs.move(id, state, { at: 3, result: summaryOf(id, drift) });
}

it("tells once of each end, whichever servers look, and of nothing from before", () => {
  const { runs, server, add, told } = opened();
  ended(runs, "0000000a", "fail");
  server().look();
  add("ops", { events: ["run_failed", "drift_found"] });
  add("all", { events: ["run_failed", "run_completed"] });
  add("off", { events: ["run_failed"], enabled: false });
  ended(runs, "0000000b", "fail");
  ended(runs, "0000000c", "succeed");
  ended(runs, "0000000d", "succeed", { dryRun: true, loadType: "SELECTIVE" });
  const [one, two] = [server(), server()];
  one.look();
  two.look();
  one.look();
  const link = (id: string) => `https://clone.example.com/runs/${id}`;
  expect(inOrder(told("ops"))).toEqual([
    ["drift_found", "0000000d", link("0000000d")],
    ["run_failed", "0000000b", link("0000000b")],
  ]);
  expect(inOrder(told("all"))).toEqual([
    ["run_completed", "0000000c", link("0000000c")],
    ["run_completed", "0000000d", link("0000000d")],
    ["run_failed", "0000000b", link("0000000b")],
  ]);
  expect(told("off")).toEqual([]);
});

it("tells again of a run that was gone on with and failed again", () => {
  const { runs, server, add, told } = opened();
  server().look();
  add("ops");
  ended(runs, "0000000b", "fail");
  server().look();
  runs.requeue("0000000b", 4);
  server().look();
  runs.move("0000000b", "start", { at: 5 });
  runs.move("0000000b", "fail", { at: 6, error: "again" });
  server().look();
  expect(told("ops").map(([event, id]) => [event, id])).toEqual([
    ["run_failed", "0000000b"],
    ["run_failed", "0000000b"],
  ]);
});

it("waits until the schedule has noted the end, and tells whom the schedule names too", () => {
  const { runs, schedules, server, add, told } = opened();
  server().look();
  add("night", { events: [] });
  add("ops", { events: ["run_completed"] });
  schedules.add(schedule);
  const { id } = schedules.fireNow("s1", { at: 1, runId: "0000000b" });
  schedules.move(id, "waiting", { state: "running" });
  ended(runs, "0000000b", "succeed", { schedule: bySchedule });
  server().look();
  expect(told("ops")).toEqual([]);
  schedules.move(id, "running", { state: "completed", completedAt: 3 });
  server().look();
  expect(told("ops")).toHaveLength(1);
  expect(told("night").map(([event, id]) => [event, id])).toEqual([["run_completed", "0000000b"]]);
});

it("tells of times that were missed, once", () => {
  const { schedules, server, add, store } = opened();
  server().look();
  add("ops");
  schedules.add(schedule);
  schedules.fire(
    "s1",
    () => ({
      nextRunAt: 9_000,
      firing: {
        scheduledFor: 1,
        firedAt: 4_000,
        state: "missed",
        missed: 2,
        note: "No server ran.",
        completedAt: 4_000,
      },
    }),
    "0000000f",
  );
  server().look();
  server().look();
  expect(store.deliveries("ops", 9).map(({ notification }) => notification)).toMatchObject([
    {
      event: "schedule_missed",
      title: "Schedule nightly missed 2 times: no server ran",
      schedule: { id: "s1", missed: 2 },
    },
  ]);
});

function inOrder<Told>(all: readonly Told[]): readonly Told[] {
  return all.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
