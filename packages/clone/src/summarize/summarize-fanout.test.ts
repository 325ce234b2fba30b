import { describe, expect, it, test } from "vitest";
import { parseCloneRequest } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";
import { exitCodeOf, isInterrupted, isUnconnected } from "./exit-code.ts";
import { fanoutLine, targetLine } from "./fanout-lines.ts";
import { summarizeFanout } from "./summarize-fanout.ts";
import type { RunSummary } from "./summary.ts";

function requestOf(wire: object = {}): CloneRequest {
  const parsed = parseCloneRequest({
    source_catalog: "prod",
    destination_catalog: "copy",
    target_workspaces: [
      "eu",
      { connection: "us", destination_catalog: "other", data_sync_mode: "incremental" },
    ],
    ...wire,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}

const none = { success: 0, failed: 0, skipped: 0 };

function end(change: Partial<RunSummary>): RunSummary {
  return {
    run_id: "r",
    mode: "full",
    status: "success",
    clone_type: "DEEP",
    dry_run: false,
    source_catalog: "prod",
    destination_catalog: "copy",
    target_name: "eu",
    target_host: "https://eu",
    started_at: "2026-01-01T00:00:00.000Z",
    completed_at: "2026-01-01T00:00:02.000Z",
    duration_seconds: 2,
    schemas_processed: 1,
    tables: { success: 3, failed: 0, skipped: 1 },
    views: none,
    functions: none,
    volumes: none,
    errors: [],
    schema_durations: { s: 1 },
    formats: { DELTA: 3 },
    bytes_copied: 100,
    files_copied: 3,
    source_table_size: 100,
    source_num_of_files: 3,
    volume_files_copied: 0,
    volume_bytes_copied: 0,
    statements: { clone: 3 },
    residue: [{ object: "s.t", what: "tags", reason: "why" }],
    share_name: "clone_xs_share_1",
    share_status: "created",
    ...change,
  };
}

const failed = end({
  status: "failed",
  mode: "selective",
  target_name: "us",
  target_host: "https://us",
  destination_catalog: "other",
  tables: none,
  formats: {},
  bytes_copied: 0,
  files_copied: 0,
  statements: { select: 1 },
  schema_durations: { s: 3 },
  total_drifted_tables: 2,
  errors: [{ object: "us", operation: "connect", code: "NOT_FOUND", message: "No such warehouse.\nAsk." }],
});

const record = (ends: readonly RunSummary[], more: object = {}) => ({
  runId: "r",
  request: requestOf(),
  ends,
  problems: [],
  cancelled: false,
  startedAt: 0,
  completedAt: 5000,
  statements: { history: 1, clone: 0 },
  ...more,
});

describe("the summary of a run to several targets", () => {
  it("has a row for each in the order of the request, and sums over them", () => {
    const summary = summarizeFanout(record([end({}), failed]));
    expect(summary).toMatchObject({
      mode: "fanout",
      status: "partial",
      duration_seconds: 5,
      target_count: 2,
      succeeded_targets: 1,
      failed_targets: 1,
      schemas_processed: 2,
      tables: { success: 3, failed: 0, skipped: 1 },
      bytes_copied: 100,
      formats: { DELTA: 3 },
      statements: { history: 1, clone: 3, select: 1 },
      schema_durations: { s: 3 },
      total_drifted_tables: 2,
      errors: [{ target: "us", object: "us", code: "NOT_FOUND" }],
    });
    // What both lack is told once.
    expect(summary.residue).toEqual([{ object: "s.t", what: "tags", reason: "why" }]);
    expect(summary.per_target).toEqual([
      {
        target_name: "eu",
        target_host: "https://eu",
        destination_catalog: "copy",
        target_status: "success",
        target_duration_seconds: 2,
        tables: { success: 3, failed: 0, skipped: 1 },
        views: none,
        functions: none,
        volumes: none,
        bytes_copied: 100,
        files_copied: 3,
        formats: { DELTA: 3 },
        load_type: "FULL",
        statements: { clone: 3 },
        residue: [{ object: "s.t", what: "tags", reason: "why" }],
        share_name: "clone_xs_share_1",
        share_status: "created",
      },
      expect.objectContaining({
        target_name: "us",
        destination_catalog: "other",
        target_status: "failed",
        load_type: "SELECTIVE",
        total_drifted_tables: 2,
        error: "No such warehouse.\nAsk.",
      }),
    ]);
  });

  const partial = end({ status: "partial" });
  const stopped = end({ status: "cancelled", tables: none });
  it.each([
    ["all succeeded", [end({}), end({})], {}, "success", 2, ["success", "success"]],
    ["one in part", [end({}), partial], {}, "partial", 1, ["success", "partial"]],
    ["none but one in part", [failed, partial], {}, "partial", 0, ["failed", "partial"]],
    ["none", [failed, failed], {}, "failed", 0, ["failed", "failed"]],
    ["the user ended it", [end({}), stopped], { cancelled: true }, "cancelled", 1, ["success", "failed"]],
    ["the user was too late", [end({}), end({})], { cancelled: true }, "success", 2, ["success", "success"]],
    ["before any was begun", [], { cancelled: true }, "cancelled", 0, ["failed", "failed"]],
    ["a lost lease stopped them", [stopped, stopped], {}, "failed", 0, ["failed", "failed"]],
    [
      "writers were not given back",
      [end({}), end({})],
      { problems: [{ object: "prod", operation: "quiesce", code: "RESTORE_FAILED", message: "no" }] },
      "partial",
      2,
      ["success", "success"],
    ],
  ] as const)("%s", (_, ends, more, status, succeeded, rows) => {
    const summary = summarizeFanout(record(ends, more));
    expect(summary).toMatchObject({
      status,
      target_count: 2,
      succeeded_targets: succeeded,
      failed_targets: 2 - succeeded,
    });
    expect(summary.per_target?.map(({ target_status }) => target_status)).toEqual(rows);
  });

  it("has what refused all of them in every row", () => {
    const problems = [{ object: "prod", operation: "guard", code: "QUIESCE_REFUSED", message: "Held." }];
    const summary = summarizeFanout(record([], { problems }));
    expect(summary.status).toBe("failed");
    expect(summary.per_target?.map(({ error }) => error)).toEqual(["Held.", "Held."]);
    expect(exitCodeOf(summary)).toBe(3);
  });

  it("adds up what dry runs plan, and bytes only where each of them knows", () => {
    const planned = { tables: 2, views: 1, functions: 0, volumes: 0 };
    const both = [end({ planned: { ...planned, bytes: 5 } }), end({ planned: { ...planned, bytes: 7 } })];
    expect(summarizeFanout(record(both)).planned).toEqual({
      bytes: 12,
      tables: 4,
      views: 2,
      functions: 0,
      volumes: 0,
    });
    const half = [end({ planned: { ...planned, bytes: 5 } }), end({ planned })];
    expect(summarizeFanout(record(half)).planned).not.toHaveProperty("bytes");
  });
});

test("one target that cannot be reached fails the run, and is no lost connection of it; it can be gone on with", () => {
  const summary = summarizeFanout(record([end({}), failed]));
  expect([exitCodeOf(summary), isUnconnected(summary), isInterrupted(summary)]).toEqual([1, false, true]);
  // An only target refuses the run.
  expect([isUnconnected(failed), isInterrupted(failed)]).toEqual([true, true]);
  const refused = end({
    status: "failed",
    errors: [{ object: "copy", operation: "guard", code: "LEASE_HELD", message: "Held." }],
  });
  expect(exitCodeOf(refused)).toBe(3);
  expect(exitCodeOf(summarizeFanout(record([end({}), refused])))).toBe(1);
});

test("the log says where a run goes and how each target ended", () => {
  expect(fanoutLine(requestOf({ fanout_max_parallel: 2 }), "r1")).toBe(
    "A deep clone of prod to 2 targets (eu, us), 2 at a time, full load, run r1",
  );
  const rows = summarizeFanout(record([end({}), failed])).per_target ?? [];
  expect(rows.map(targetLine)).toEqual([
    "[eu] success: 3 of 3 tables, 100 bytes in 2 s",
    "[us] failed: 0 of 0 tables, 0 bytes in 2 s: No such warehouse.",
  ]);
});
