import type { StreamPlan, StreamRecord } from "@clone-xs/clone";
import { describe, expect, test } from "vitest";
import { streamPlanText, streamsText, streamText } from "./streams.ts";

const stream: StreamRecord = {
  stream_id: "sync-0a1b2c3d4e",
  source_catalog: "prod",
  destination_catalog: "live",
  schema: null,
  tables: ["bronze.events", "bronze.log"],
  trigger_ms: 30_000,
  run_id: "9223372036854775807",
  run_name: "clxs-continuous-sync-sync-0a1b2c3d4e",
  run_page_url: "http://127.0.0.1:1/jobs/runs/7",
  attempt: 0,
  submitted_at: "2026-11-22T10:00:00.000Z",
  status: "running",
  error: null,
  last_polled_at: "2026-11-22T10:00:30.000Z",
  program_path: "/Volumes/edp_dev/logging/clxs_streams/sync-0a1b2c3d4e.json",
  progress: {
    "bronze.events": { method: "merge", checkpoint: "12", lag_seconds: 0, error: null },
    "bronze.log": { method: "clone", checkpoint: "3", lag_seconds: 42, error: null },
  },
};

describe("the list of streams", () => {
  test("shows the greatest lag of each", () => {
    expect(streamsText([stream])).toBe(
      [
        "id               status   source → destination  tables  every  run                  lag",
        "───────────────  ───────  ────────────────────  ──────  ─────  ───────────────────  ────",
        "sync-0a1b2c3d4e  running  prod → live           2       30 s   9223372036854775807  42 s",
      ].join("\n"),
    );
  });

  test("does not know a lag that was not looked at", () => {
    expect(streamsText([{ ...stream, progress: {} }])).toMatch(/unknown$/u);
    expect(streamsText([])).toBe("No streams.");
  });
});

describe("one stream", () => {
  test("shows how far each copy is", () => {
    expect(streamText(stream)).toBe(
      [
        "Stream sync-0a1b2c3d4e is running: prod → live, 2 tables, every 30 s",
        "  run        9223372036854775807, submitted 2026-11-22T10:00:00.000Z",
        "  page       http://127.0.0.1:1/jobs/runs/7",
        "table          by     at version  lag    error",
        "─────────────  ─────  ──────────  ─────  ─────",
        "bronze.events  merge  12          0.0 s",
        "bronze.log     clone  3           42 s",
      ].join("\n"),
    );
  });

  test("that failed says why, and how often it was begun anew", () => {
    const failed = streamText({
      ...stream,
      status: "failed",
      attempt: 3,
      error: "it gives up\nbecause",
      run_page_url: null,
      progress: {},
    });
    expect(failed.split("\n")).toEqual([
      "Stream sync-0a1b2c3d4e has failed: prod → live, 2 tables, every 30 s",
      "  run        9223372036854775807, submitted 2026-11-22T10:00:00.000Z, begun anew 3 times",
      "  error      it gives up",
      "  tables     bronze.events, bronze.log",
    ]);
  });
});

describe("a plan", () => {
  const plan: StreamPlan = {
    stream_id: "sync-0a1b2c3d4e",
    source_catalog: "prod",
    destination_catalog: "live",
    schema: "bronze",
    trigger_ms: 1000,
    tables: [
      {
        table: "bronze.events",
        source: "prod.bronze.events",
        target: "live.bronze.events",
        method: "merge",
        reason: "its primary key tells its rows apart",
        keys: ["id", "at"],
        keys_from: "primary_key",
        change_feed: true,
        first_copy: "create",
        source_version: "4",
      },
    ],
    skipped: [{ table: "bronze.v", reason: "it is a view" }],
    without_change_feed: [],
    problems: [],
    cost: {
      compute_hours_per_day: 24,
      dbu_per_hour: { value: 2, from: "default", note: "an assumption" },
      usd_per_dbu: { value: 0.45, from: "default", note: "list price" },
      usd_per_day: 21.6,
      note: "All day.",
    },
  };

  test("says how each table is kept, what is left out, and what it costs", () => {
    expect(streamPlanText(plan).split("\n")).toEqual([
      "Stream sync-0a1b2c3d4e: prod → live, 1 table, every 1.0 s",
      "table          by     keys    first copy  why",
      "─────────────  ─────  ──────  ──────────  ────────────────────────────────────",
      "bronze.events  merge  id, at  create      its primary key tells its rows apart",
      "  left out   bronze.v: it is a view",
      "Cost: about 21.60 USD a day (24 h × 2 DBU/h × 0.45 USD/DBU; list price). All day.",
      "Nothing stands in its way.",
    ]);
  });

  test("says what stands in its way", () => {
    const problems = [{ table: "bronze.q", code: "NO_CHANGE_FEED", message: "No feed." } as const];
    expect(streamPlanText({ ...plan, problems })).toMatch(/It cannot be started:\n {2}No feed\.$/u);
  });
});
