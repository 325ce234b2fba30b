import { describe, expect, it } from "vitest";
import { decideDue, type Standing } from "./decide.ts";
import type { StoredSchedule } from "./schedule.ts";

const at = (iso: string) => Date.parse(`2026-01-05T${iso}Z`);
const hourly: StoredSchedule = {
  id: "s",
  name: "hourly",
  cron: "0 * * * *",
  timeZone: "UTC",
  kind: "clone",
  request: {},
  sourceCatalog: "a",
  destinationCatalog: "b",
  targets: [],
  retries: { max: 0, backoffSeconds: 60 },
  notify: { channels: [], events: [] },
  overlap: "skip",
  missed: "run_once",
  enabled: true,
  nextRunAt: at("03:00:00"),
  createdAt: 0,
  updatedAt: 0,
};
const idle: Standing = { live: false, waiting: false, runId: null };
const busy: Standing = { live: true, waiting: false, runId: "0a1b2c3d" };
const decided = (now: string, standing = idle, change: Partial<StoredSchedule> = {}) => {
  const due = decideDue({ ...hourly, ...change }, at(now), standing);
  if (due === undefined) return undefined;
  const { scheduledFor, state, missed, note } = due.firing;
  const time = (epoch: number | null) =>
    epoch === null ? null : new Date(epoch).toISOString().slice(11, 16);
  return { next: time(due.nextRunAt), for: time(scheduledFor), state, missed, note };
};

describe("decideDue", () => {
  it("fires at its time, not before, and not when it is paused", () => {
    expect(decided("02:59:59.999")).toBeUndefined();
    expect(decided("03:00:00", idle, { enabled: false })).toBeUndefined();
    expect(decided("03:00:00", idle, { nextRunAt: null })).toBeUndefined();
    expect(decided("03:00:00")).toEqual({
      next: "04:00",
      for: "03:00",
      state: "waiting",
      missed: 0,
      note: null,
    });
    expect(decided("03:00:59")).toEqual({
      next: "04:00",
      for: "03:00",
      state: "waiting",
      missed: 0,
      note: null,
    });
  });

  it("makes up for an outage with one run, or leaves it out", () => {
    const late = { next: "07:00", for: "03:00", missed: 4 };
    expect(decided("06:30:00")).toEqual({
      ...late,
      state: "waiting",
      note: "Made up for: no server ran at that time.",
    });
    expect(decided("06:30:00", idle, { missed: "skip" })).toEqual({
      ...late,
      state: "missed",
      note: "No server ran at that time.",
    });
  });

  it.each(["run_once", "skip"] as const)("keeps a time that is now after an outage (%s)", (missed) => {
    expect(decided("06:00:30", idle, { missed })).toEqual({
      next: "07:00",
      for: "06:00",
      state: "waiting",
      missed: 3,
      note: null,
    });
  });

  it("leaves a time out while a run is not over, or lets one wait", () => {
    expect(decided("03:00:00", busy)).toMatchObject({
      state: "skipped",
      note: "The run before it, 0a1b2c3d, was not over.",
    });
    expect(decided("03:00:00", busy, { overlap: "queue" })).toMatchObject({ state: "waiting" });
    expect(decided("03:00:00", { ...busy, waiting: true }, { overlap: "queue" })).toMatchObject({
      state: "skipped",
      note: "An earlier one was still waiting for its turn.",
    });
  });

  it("counts the times of a long outage up to a hundred", () => {
    const due = decideDue({ ...hourly, cron: "* * * * *" }, at("20:00:30"), idle);
    expect(due?.firing).toMatchObject({ missed: 99, scheduledFor: at("20:00:00") });
  });
});
