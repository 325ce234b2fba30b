import { describe, expect, it } from "vitest";
import { applied, cloneRequest, history, inventory, schemaOf, table, view } from "../../test/inventories.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import { planClone } from "../plan/plan-clone.ts";
import type { RunEvent } from "../run/events.ts";
import { exitCodeOf } from "./exit-code.ts";
import { cancelLine, dryRunLines } from "./end-lines.ts";
import { doneLines, orphanLines, schemaLines, startLine } from "./log-lines.ts";
import { NO_PROGRESS, progressAfter } from "./progress.ts";
import { type RunRecord, summarize } from "./summarize.ts";
import type { RunSummary } from "./summary.ts";

const source = inventory([
  schemaOf("bronze", {
    tables: [
      table("bronze", "events"),
      table("bronze", "files", { format: "PARQUET" }),
      view("bronze", "v", "SELECT id FROM prod.bronze.events"),
    ],
  }),
  schemaOf("silver", { tables: [table("silver", "orders")] }),
]);
const at = { startedAt: 1000, endedAt: 3500 };
const cloned: StepOutcome = {
  state: "succeeded",
  counters: {
    source_table_size: 100,
    source_num_of_files: 4,
    num_removed_files: 0,
    num_copied_files: 3,
    removed_files_size: 0,
    copied_files_size: 75,
  },
  ...at,
};
const done: StepOutcome = { state: "succeeded", ...at };
const failed: StepOutcome = { state: "failed", code: "DELTA_MISSING_LOG", message: "log is broken", ...at };
const skipped: StepOutcome = { state: "skipped", code: "DEPENDENCY_FAILED", message: "needs it", ...at };
const cancelled: StepOutcome = { state: "skipped", code: "CANCELLED", message: "cancelled", ...at };
const all: Record<string, StepOutcome> = {
  catalog: done,
  "schema:bronze": done,
  "schema:silver": done,
  "table:bronze.events": cloned,
  "table:bronze.files": cloned,
  "table:silver.orders": cloned,
  "view:bronze.v": done,
};

function record(outcomes: Record<string, StepOutcome>, more: Partial<RunRecord> = {}): RunRecord {
  const request = more.request ?? cloneRequest();
  return {
    runId: "r1",
    request,
    plan: planClone(request, source, undefined),
    outcomes: new Map(Object.entries(outcomes)),
    cancelled: false,
    startedAt: 0,
    completedAt: 4000,
    statements: { clone: 3 },
    ...more,
  };
}

describe("summarize", () => {
  it("counts, adds up and says what was sent", () => {
    expect(summarize(record(all))).toEqual({
      run_id: "r1",
      mode: "full",
      status: "success",
      clone_type: "DEEP",
      dry_run: false,
      source_catalog: "prod",
      destination_catalog: "dev",
      started_at: "1970-01-01T00:00:00.000Z",
      completed_at: "1970-01-01T00:00:04.000Z",
      duration_seconds: 4,
      schemas_processed: 2,
      tables: { success: 3, failed: 0, skipped: 0 },
      views: { success: 1, failed: 0, skipped: 0 },
      functions: { success: 0, failed: 0, skipped: 0 },
      volumes: { success: 0, failed: 0, skipped: 0 },
      errors: [],
      schema_durations: { bronze: 2.5, silver: 2.5 },
      formats: { DELTA: 2, PARQUET: 1 },
      bytes_copied: 225,
      files_copied: 9,
      source_table_size: 300,
      source_num_of_files: 12,
      volume_files_copied: 0,
      volume_bytes_copied: 0,
      statements: { clone: 3 },
      residue: [],
      orphaned: [],
    } satisfies RunSummary);
  });

  it("names what failed and what was not attempted for it, and counts only successes as formats", () => {
    const summary = summarize(record({ ...all, "table:bronze.events": failed, "view:bronze.v": skipped }));
    expect(summary).toMatchObject({
      status: "partial",
      tables: { success: 2, failed: 1, skipped: 0 },
      views: { success: 0, failed: 0, skipped: 1 },
      formats: { DELTA: 1, PARQUET: 1 },
      bytes_copied: 150,
    });
    expect(summary.errors).toEqual([
      {
        object: "dev.bronze.events",
        operation: "clone_table",
        code: "DELTA_MISSING_LOG",
        message: "log is broken",
      },
      { object: "dev.bronze.v", operation: "create_view", code: "DEPENDENCY_FAILED", message: "needs it" },
    ]);
    expect(exitCodeOf(summary)).toBe(1);
  });

  it("is failed when the catalog could not even be made", () => {
    const outcomes = Object.fromEntries(
      Object.keys(all).map((id) => [id, id === "catalog" ? failed : skipped]),
    );
    const summary = summarize(record(outcomes));
    expect([summary.status, summary.tables]).toEqual(["failed", { success: 0, failed: 0, skipped: 3 }]);
    expect(summary.errors).toEqual([
      {
        object: "dev",
        operation: "create_catalog",
        code: "DELTA_MISSING_LOG",
        message: "log is broken (4 objects in it not attempted)",
      },
    ]);
  });

  it("counts what a schema would have held in the schema's error, and lists what needs it from elsewhere", () => {
    const elsewhere = inventory([
      schemaOf("bronze", { tables: [table("bronze", "events"), table("bronze", "files")] }),
      schemaOf("silver", { tables: [view("silver", "v", "SELECT id FROM prod.bronze.events")] }),
    ]);
    const outcomes = {
      catalog: done,
      "schema:bronze": failed,
      "schema:silver": done,
      "table:bronze.events": skipped,
      "table:bronze.files": skipped,
      "view:silver.v": skipped,
    };
    const plan = planClone(cloneRequest(), elsewhere, undefined);
    expect(
      summarize(record(outcomes, { plan })).errors.map(({ object, message }) => [object, message]),
    ).toEqual([
      ["dev.bronze", "log is broken (2 objects in it not attempted)"],
      ["dev.silver.v", "needs it"],
    ]);
  });

  it("is cancelled, without errors for what was not reached", () => {
    const summary = summarize(record({ ...all, "table:silver.orders": cancelled }, { cancelled: true }));
    expect(summary).toMatchObject({
      status: "cancelled",
      errors: [],
      tables: { success: 2, failed: 0, skipped: 1 },
    });
    expect(exitCodeOf(summary)).toBe(130);
  });

  it("claims nothing when it was cancelled before there was a plan", () => {
    const { plan: _, ...early } = record({}, { cancelled: true });
    expect(summarize(early)).toMatchObject({
      status: "cancelled",
      tables: { success: 0, failed: 0, skipped: 0 },
    });
  });

  it("claims nothing for a dry run", () => {
    const request = cloneRequest({ dry_run: true });
    expect(summarize(record({}, { request }))).toMatchObject({
      status: "success",
      dry_run: true,
      tables: { success: 0, failed: 0, skipped: 0 },
      planned: { tables: 3, views: 1, functions: 0, volumes: 0 },
      formats: {},
    });
    expect(summarize(record({}))).not.toHaveProperty("planned");
  });

  it("is refused over a foreign target", () => {
    const target = { ...inventory([schemaOf("bronze", { tables: [table("bronze", "events")] })]) };
    const summary = summarize(record({}, { plan: planClone(cloneRequest(), source, target) }));
    expect([summary.status, summary.tables, exitCodeOf(summary)]).toEqual([
      "failed",
      { success: 0, failed: 1, skipped: 2 },
      3,
    ]);
  });
});

describe("what stands on the target and is no copy of what the source has", () => {
  it("is reported by name when its source is gone", () => {
    const target = applied(planClone(cloneRequest(), source, undefined), source, undefined);
    const shrunk = inventory([schemaOf("bronze", { tables: [] })]);
    const plan = planClone(cloneRequest({ include_schemas: ["bronze"] }), shrunk, target);
    expect(summarize(record({}, { plan })).orphaned).toContain("bronze.events");
    expect(orphanLines(plan)).toContain(
      "Orphaned table dev.bronze.events: its source is gone; it is left as it is.",
    );
  });

  it("is drift when it is replaced though it is foreign, and claims no size when refused", () => {
    const target = inventory([schemaOf("bronze", { tables: [table("bronze", "events")] })]);
    const wire = { load_type: "SELECTIVE", include_schemas: ["bronze"] };
    const summaryOf = (more: object) => {
      const request = cloneRequest({ ...wire, ...more });
      return summarize(record({}, { request, plan: planClone(request, source, target) }));
    };
    const replaced = summaryOf({ replace_foreign: true });
    expect(replaced.drift).toContainEqual(expect.objectContaining({ table: "events", reason: "foreign" }));
    expect(replaced.selective).toHaveProperty("size_bytes");
    const refused = summaryOf({});
    expect(refused.drift).not.toContainEqual(expect.objectContaining({ table: "events" }));
    expect(refused.selective).not.toHaveProperty("size_bytes");
  });
});

describe("a selective run", () => {
  const request = cloneRequest({ load_type: "SELECTIVE" });
  const target = applied(planClone(cloneRequest(), source, undefined), source, undefined);
  const histories = { ...source.histories, "bronze.events": history("CREATE TABLE", "WRITE", "WRITE") };
  const fresh = [table("bronze", "brand_new"), table("bronze", "another_new")];
  const drifted = inventory(
    source.schemas.map((schema) =>
      schema.schema.schema === "bronze" ? { ...schema, tables: [...schema.tables, ...fresh] } : schema,
    ),
    { histories, fingerprints: { "bronze.files": { ok: false, failure: { code: "X", message: "no" } } } },
  );
  const plan = planClone(request, drifted, target);

  it("tells schema by schema what drifted, reasons in alphabetical order", () => {
    expect(schemaLines(plan)).toEqual([
      "Schema bronze: 4 drifted (2 never_cloned, 1 unable_to_compare, 1 version_drift)",
      "Schema silver in sync — 0 drifted tables",
    ]);
  });

  it("reports drift with versions", () => {
    expect(summarize(record({}, { request, plan }))).toMatchObject({
      mode: "selective",
      total_drifted_tables: 4,
      drift: [
        { schema: "bronze", table: "events", reason: "version_drift", source_version: 2, cloned_version: 0 },
        { table: "files", reason: "unable_to_compare", source_version: null, cloned_version: null },
        { table: "brand_new", reason: "never_cloned", cloned_version: null },
        { table: "another_new", reason: "never_cloned", cloned_version: null },
      ],
      selective: {
        target_exists: true,
        tables_to_clone: 4,
        tables_in_sync: 1,
        savings_pct: 20,
        recommended: false,
      },
    });
  });

  it("does not count what cannot be cloned at all", () => {
    const masked = inventory([
      schemaOf("s", { tables: [table("s", "t", { tableType: "STREAMING_TABLE" })] }),
    ]);
    expect(schemaLines(planClone(request, masked, undefined))).toEqual([
      "Schema s in sync — 0 drifted tables",
    ]);
  });
});

describe("exitCodeOf", () => {
  const residue = [{ object: "s.v", what: "files", reason: "not yet" }];
  it.each([
    [0, { status: "success", errors: [], residue }, false],
    [1, { status: "success", errors: [], residue }, true],
    [0, { status: "success", errors: [], residue: [] }, true],
    [1, { status: "failed", errors: [], residue: [] }, false],
  ] as const)("%i", (code, summary, strict) => {
    expect(exitCodeOf(summary, { strict })).toBe(code);
  });
});

describe("progressAfter", () => {
  it("follows a run", () => {
    const step = {
      id: "t",
      kind: "table",
      object: "dev.s.t",
      operation: "clone_table",
      reason: "never_cloned",
    };
    const events: readonly RunEvent[] = [
      { at: 0, type: "phase", phase: "executing" },
      { at: 0, type: "planned", objects: 4, tables: 4, bytes: null },
      { at: 0, type: "step", step: { ...step, state: "started" } },
      { at: 0, type: "step", step: { ...step, object: "dev.s.u", state: "started" } },
      { at: 1, type: "step", step: { ...step, state: "succeeded", bytesCopied: 7 } },
      { at: 1, type: "step", step: { ...step, object: "dev.s.w", state: "failed" } },
      { at: 1, type: "step", step: { ...step, object: "dev.s.x", state: "skipped" } },
    ];
    expect(events.reduce(progressAfter, NO_PROGRESS)).toEqual({
      phase: "executing",
      objectsDone: 2,
      objectsTotal: 4,
      objectsFailed: 1,
      bytesCopied: 7,
      bytesTotal: null,
      running: ["dev.s.u"],
    });
  });
});

describe("the lines of a log", () => {
  it("begin with what is done", () => {
    expect(startLine(cloneRequest(), "r1")).toBe("A deep clone of prod into dev, full load, run r1");
    expect(
      startLine(cloneRequest({ clone_type: "SHALLOW", load_type: "SELECTIVE", dry_run: true }), "r1"),
    ).toBe("Dry run of a shallow clone of prod into dev, selective load, run r1");
  });

  it.each([
    ["succeeded", "view", "create_view", ["create view dev.s.x"]],
    ["succeeded", "table", "clone_table", []],
    ["started", "view", "create_view", []],
    ["failed", "view", "create_view", []],
  ] as const)("name what %s of a %s", (state, kind, operation, lines) => {
    const step = { id: "s", state, kind, object: "dev.s.x", operation, reason: "never_cloned" };
    expect(doneLines(step)).toEqual(lines);
  });
});

describe("dryRunLines", () => {
  it("names everything that would be made, with its reason, in the plan's order", () => {
    const { plan } = record({});
    expect(plan && dryRunLines(plan)).toEqual([
      "Would create catalog dev (never_cloned)",
      "Would create schema dev.bronze (never_cloned)",
      "Would create schema dev.silver (never_cloned)",
      "Would clone table dev.bronze.events from prod.bronze.events (never_cloned)",
      "Would clone table dev.bronze.files from prod.bronze.files (never_cloned)",
      "Would clone table dev.silver.orders from prod.silver.orders (never_cloned)",
      "Would create view dev.bronze.v (never_cloned)",
      "Dry run: nothing was changed. A run would make or change 1 catalog, 2 schemas, 3 tables, 1 view.",
    ]);
  });

  it("tells replacing from making, and what stays as it is", () => {
    const first = planClone(cloneRequest(), source, undefined);
    const target = applied(first, source, undefined);
    const selective = planClone(cloneRequest({ load_type: "SELECTIVE" }), source, target);
    expect(dryRunLines(selective)).toEqual([
      "Dry run: nothing was changed. A run would make or change nothing and leave 4 as they are.",
    ]);
    const full = planClone(cloneRequest(), source, target);
    expect(dryRunLines(full)[0]).toBe(
      "Would replace by a new clone table dev.bronze.events from prod.bronze.events (in_sync)",
    );
  });

  it("says that a run would be refused", () => {
    const target = inventory([schemaOf("bronze", { tables: [table("bronze", "events")] })]);
    expect(dryRunLines(planClone(cloneRequest(), source, target))).toEqual([
      "Dry run: nothing was changed. A run would be refused.",
    ]);
  });
});

describe("cancelLine", () => {
  const plan = planClone(cloneRequest(), source, undefined);
  const never: StepOutcome = { ...cancelled, startedAt: 9, endedAt: 9 };
  const half = new Map(Object.entries({ ...all, "table:silver.orders": cancelled, "view:bronze.v": never }));
  it.each([
    ["inspecting", undefined, new Map(), "Cancelled while the catalogs were inspected: nothing was changed."],
    ["planned", plan, new Map(), "Cancelled before anything was begun: nothing was changed."],
    [
      "executing",
      plan,
      half,
      "Cancelled: 5 of 7 steps were done, and what they made stays. Stopped in dev.silver.orders.",
    ],
  ])("%s", (_, planned, outcomes, line) => {
    expect(cancelLine(planned, outcomes)).toBe(line);
  });
});
