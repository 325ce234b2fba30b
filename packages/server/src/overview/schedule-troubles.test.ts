import { expect, test } from "vitest";
import type { Firing, Schedule } from "../contract/index.ts";
import { scheduleTroubles } from "./schedule-troubles.ts";

const AT = Date.UTC(2026, 2, 10);

const firing = (state: Firing["state"], note: string | null = null): Firing => ({
  id: 1,
  scheduled_for: null,
  fired_at: new Date(AT).toISOString(),
  state,
  job_id: state === "missed" ? null : "0000000a",
  retries: 0,
  retry_at: null,
  missed: 0,
  drifted: null,
  note,
  completed_at: null,
});

const schedule = (last: Firing | null, enabled = true): Schedule => ({
  id: "s1",
  name: "nightly",
  cron: "0 2 * * *",
  time_zone: "UTC",
  kind: "clone",
  request: {},
  enabled,
  retries: { max: 0, backoff_seconds: 1 },
  notify: { channels: [], events: [] },
  overlap: "skip",
  missed: "skip",
  source_catalog: "a",
  destination_catalog: "b",
  targets: [],
  next_run_at: null,
  next_runs: [],
  last,
  recent: [],
  created_at: "",
  updated_at: "",
});

test.each<[string, Schedule]>([
  ["never came due", schedule(null)],
  ["went well", schedule(firing("completed"))],
  ["is under way", schedule(firing("running"))],
  ["failed but is paused", schedule(firing("failed"), false)],
])("a schedule that %s is no trouble", (_, each) => {
  expect(scheduleTroubles([each])).toEqual([]);
});

test("one that failed or was missed is, in its own words", () => {
  expect(scheduleTroubles([schedule(firing("failed", "No warehouse.")), schedule(firing("missed"))])).toEqual(
    [
      {
        id: "s1",
        name: "nightly",
        at: AT,
        runId: "0000000a",
        kind: "schedule_failed",
        reason: "No warehouse.",
      },
      {
        id: "s1",
        name: "nightly",
        at: AT,
        runId: null,
        kind: "schedule_missed",
        reason: "Its time came while no server ran, and it does not make up for that.",
      },
    ],
  );
});
