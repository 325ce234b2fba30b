import type { RunEvent, RunSummary } from "@clone-xs/clone";
import { openRunStore } from "@clone-xs/server";

export const LONG_RUN = "10000001";

const AT = Date.parse("2026-01-02T03:00:00Z");
const DECIDED_AT_ONCE = 200;
/** Of the statements so many are one line of the log: the rest would only take time to record. */
const LINES_PER = 10;

/** Records a finished run of so many tables, every thousandth of which failed, as an engine would have told of it. */
export function recordLongRun(storeDirectory: string, tables: number): void {
  const store = openRunStore(storeDirectory, "1/test");
  const run = { source_catalog: "prod", destination_catalog: "long_copy" };
  const facts = {
    sourceCatalog: run.source_catalog,
    destinationCatalog: run.destination_catalog,
    cloneType: "DEEP",
    loadType: "FULL",
    dryRun: false,
    targets: [],
  };
  store.insert({ id: LONG_RUN, request: run, facts, at: AT });
  store.move(LONG_RUN, "start", { at: AT });
  for (const event of eventsOf(tables)) store.append(LONG_RUN, event);
  store.move(LONG_RUN, "fail", { at: AT + 60_000 + tables, result: summaryOf(tables) });
  store.close();
}

const nameOf = (index: number) => `long_copy.s${index % 40}.table_${String(index).padStart(6, "0")}`;
const failed = (index: number) => index % 1000 === 999;

function* eventsOf(tables: number): Generator<RunEvent> {
  yield { at: AT, type: "phase", phase: "executing" };
  for (let from = 0; from < tables; from += DECIDED_AT_ONCE) {
    const length = Math.min(DECIDED_AT_ONCE, tables - from);
    const objects = Array.from({ length }, (_, at) => ({
      object: nameOf(from + at),
      kind: "table" as const,
      action: "clone" as const,
      reason: "never_cloned" as const,
      sourceVersion: String((from + at) % 9),
      format: "DELTA",
    }));
    yield { at: AT + 1, type: "decided", objects };
  }
  for (let index = 0; index < tables; index++) {
    const object = nameOf(index);
    const step = { id: `t${index}`, kind: "table", object, operation: "clone_table", reason: "never_cloned" };
    yield { at: AT + index, type: "step", step: { ...step, state: "started" } };
    if (index % LINES_PER === 0) {
      const line = `CREATE OR REPLACE TABLE ${object} DEEP CLONE ${object.replace("long_copy", "prod")} VERSION AS OF ${index % 9}`;
      yield { at: AT + index, type: "log", level: "info", line };
    }
    const ended = failed(index)
      ? ({ state: "failed", error: { code: "DELTA_MISSING_LOG", message: `${object} has no log.` } } as const)
      : ({ state: "succeeded", bytesCopied: 1000 + index, filesCopied: 1 } as const);
    yield { at: AT + index + 400, type: "step", step: { ...step, seconds: 0.4, ...ended } };
  }
}

function summaryOf(tables: number): RunSummary {
  const none = { success: 0, failed: 0, skipped: 0 };
  const lost = Math.floor(tables / 1000);
  return {
    run_id: LONG_RUN,
    mode: "full",
    status: "partial",
    clone_type: "DEEP",
    dry_run: false,
    source_catalog: "prod",
    destination_catalog: "long_copy",
    started_at: new Date(AT).toISOString(),
    completed_at: new Date(AT + 60_000 + tables).toISOString(),
    duration_seconds: 60 + tables / 1000,
    schemas_processed: 40,
    tables: { success: tables - lost, failed: lost, skipped: 0 },
    views: none,
    functions: none,
    volumes: none,
    errors: Array.from({ length: lost }, (_, index) => ({
      object: nameOf(index * 1000 + 999),
      operation: "clone_table",
      code: "DELTA_MISSING_LOG",
      message: "It has no log.",
    })),
    schema_durations: {},
    formats: { DELTA: tables - lost },
    bytes_copied: 1000 * tables,
    files_copied: tables - lost,
    source_table_size: 1000 * tables,
    source_num_of_files: tables,
    volume_files_copied: 0,
    volume_bytes_copied: 0,
    statements: { clone: tables, select: 12 },
    residue: [],
  };
}
