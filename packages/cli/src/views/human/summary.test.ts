import type { RunSummary } from "@clone-xs/clone";
import { expect, test } from "vitest";
import { summaryText } from "./summary.ts";

const none = { success: 0, failed: 0, skipped: 0 };

const whole: RunSummary = {
  run_id: "0a1b2c3d",
  mode: "full",
  status: "success",
  clone_type: "DEEP",
  dry_run: false,
  source_catalog: "demo_quick",
  destination_catalog: "demo_copy",
  started_at: "2026-01-01T00:00:00.000Z",
  completed_at: "2026-01-01T00:00:04.200Z",
  duration_seconds: 4.2,
  schemas_processed: 3,
  tables: { success: 21, failed: 0, skipped: 0 },
  views: { success: 5, failed: 0, skipped: 0 },
  functions: none,
  volumes: none,
  errors: [],
  schema_durations: {},
  formats: { DELTA: 20, PARQUET: 1 },
  bytes_copied: 1_450_000,
  files_copied: 24,
  source_table_size: 1_450_000,
  source_num_of_files: 24,
  volume_files_copied: 0,
  volume_bytes_copied: 0,
  statements: { clone: 21 },
  residue: [
    { object: "bronze", what: "grants", reason: "not copied yet" },
    { object: "silver.customers", what: "tags", reason: "not copied yet" },
    { object: "silver.orders", what: "tags", reason: "not copied yet" },
  ],
};

test("a clone that went well", () => {
  expect(summaryText(whole, ".clxs/runs/0a1b2c3d/summary.json")).toBe(
    [
      "SUCCESS: demo_quick → demo_copy, full, in 4.2 s",
      "  tables     21 done",
      "  views      5 done",
      "  copied     1.4 MB in 24 files",
      "  formats    DELTA 20, PARQUET 1",
      "  not copied tags 2, grants 1",
      "    bronze: grants: not copied yet",
      "    silver.customers: tags: not copied yet",
      "    silver.orders: tags: not copied yet",
      "  run        0a1b2c3d",
      "  summary    .clxs/runs/0a1b2c3d/summary.json",
    ].join("\n"),
  );
});

test("a table that failed is named with the first line of its reason", () => {
  const message = "[PATH_NOT_FOUND] part-1.parquet is missing.\n\n== SQL ==\nCREATE …";
  const text = summaryText(
    {
      ...whole,
      status: "partial",
      tables: { success: 20, failed: 1, skipped: 2 },
      errors: [
        { object: "demo_copy.bronze.events", operation: "clone_table", code: "PATH_NOT_FOUND", message },
      ],
      formats: { DELTA: 20 },
      residue: [],
    },
    "s.json",
  );
  expect(text).toBe(
    [
      "PARTIAL: demo_quick → demo_copy, full, in 4.2 s",
      "  tables     20 done, 2 skipped, 1 FAILED",
      "  views      5 done",
      "  copied     1.4 MB in 24 files",
      "  errors     1",
      "    demo_copy.bronze.events: [PATH_NOT_FOUND] part-1.parquet is missing. [PATH_NOT_FOUND]",
      "  run        0a1b2c3d",
      "  summary    s.json",
    ].join("\n"),
  );
});

test("a selective clone names what drifted; a dry run says that nothing was changed", () => {
  const text = summaryText(
    {
      ...whole,
      mode: "selective",
      dry_run: true,
      tables: { success: 0, failed: 0, skipped: 21 },
      views: none,
      residue: [],
      total_drifted_tables: 1,
      drift: [
        { schema: "bronze", table: "events", reason: "version_drift", source_version: 3, cloned_version: 2 },
      ],
    },
    "s.json",
  );
  expect(text).toBe(
    [
      "planned (nothing was changed): demo_quick → demo_copy, selective, in 4.2 s",
      "  tables     0 done, 21 skipped",
      "  drifted    1 table, bronze.events (version_drift)",
      "  run        0a1b2c3d",
      "  summary    s.json",
    ].join("\n"),
  );
});

test("a dry run tells what is to do, and clones whose source is gone are named", () => {
  const planned = { tables: 2, views: 1, functions: 0, volumes: 0 };
  const tables = { success: 0, failed: 0, skipped: 19 };
  const dry = {
    ...whole,
    dry_run: true,
    tables,
    views: none,
    planned,
    residue: [],
    orphaned: ["silver.old"],
  };
  expect(summaryText(dry, "summary.json")).toBe(
    [
      "planned (nothing was changed): demo_quick → demo_copy, full, in 4.2 s",
      "  tables     2 to do, 19 skipped",
      "  views      1 to do",
      "  orphaned   1",
      "    silver.old: its source is gone",
      "  run        0a1b2c3d",
      "  summary    summary.json",
    ].join("\n"),
  );
});

test("a run that was interrupted says how to go on with it", () => {
  const errors = [
    { object: "demo_copy", operation: "execute", code: "UNAUTHENTICATED", message: "Invalid access token." },
  ];
  const text = summaryText({ ...whole, status: "partial", errors, residue: [] }, "s.json");
  expect(text).toContain("  run        0a1b2c3d (go on with: clxs resume 0a1b2c3d)");
});

test("targets of a fan-out have a row each, the failed ones with their error", () => {
  const row = {
    destination_catalog: "copy",
    tables: { success: 3, failed: 0, skipped: 0 },
    views: none,
    functions: none,
    volumes: none,
    files_copied: 3,
    formats: {},
    load_type: "FULL",
    statements: {},
    residue: [],
  } as const;
  const fanout: RunSummary = {
    ...whole,
    mode: "fanout",
    status: "partial",
    residue: [],
    target_count: 2,
    succeeded_targets: 1,
    failed_targets: 1,
    errors: [
      { target: "us-east", object: "us-east", operation: "connect", code: "NOT_FOUND", message: "No." },
    ],
    per_target: [
      {
        ...row,
        target_name: "eu",
        target_host: "https://eu",
        target_status: "success",
        target_duration_seconds: 1.5,
        bytes_copied: 1_450_000,
      },
      {
        ...row,
        target_name: "us-east",
        target_host: "",
        target_status: "failed",
        target_duration_seconds: 0,
        tables: none,
        bytes_copied: 0,
        error: "No.\nAsk.",
      },
    ],
  };
  expect(summaryText(fanout, "f")).toBe(
    [
      "PARTIAL: demo_quick → 2 targets, fanout, in 4.2 s",
      "  tables     21 done",
      "  views      5 done",
      "  copied     1.4 MB in 24 files",
      "  formats    DELTA 20, PARQUET 1",
      "  targets    1 succeeded, 1 failed",
      "    ✓ eu       success  https://eu copy  3 tables, 1.4 MB, 1.5 s",
      "    ✗ us-east  failed  not reached copy  0 tables, 0 B, 0.0 s: No.",
      "  errors     1",
      "    us-east: No. [NOT_FOUND]",
      "  run        0a1b2c3d (go on with: clxs resume 0a1b2c3d)",
      "  summary    f",
    ].join("\n"),
  );
});

test("a clone to another workspace says where it went", () => {
  expect(summaryText({ ...whole, target_name: "eu" }, "f")).toContain("demo_quick → demo_copy at eu, full");
});
