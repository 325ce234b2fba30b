import type { RunEvent, RunSummary } from "@clone-xs/clone";
import { openRunStore } from "@clone-xs/server";

const SCHEMAS = 40;

/**
 * Puts a run of so many tables, which never was, into the run store of a home directory by the store's own functions: for each table what
 * was decided, its start, its CLONE in the log, and its end. Returns its id.
 */
export function makeLongRun(home: string, tables: number): string {
  const store = openRunStore(home, `${process.pid}/bench`);
  const id = "10ad10ad";
  const request = { source_catalog: "long", destination_catalog: "long_copy" };
  const facts = {
    sourceCatalog: "long",
    destinationCatalog: "long_copy",
    cloneType: "DEEP",
    loadType: "FULL",
    dryRun: false,
    targets: [],
  };
  const at = Date.now();
  try {
    store.insert({ id, request, facts, at });
    store.move(id, "start", { at });
    for (const event of eventsOf(tables, at)) store.append(id, event);
    store.move(id, "succeed", { at: at + tables, result: summaryOf(id, tables, at) });
    return id;
  } finally {
    store.close();
  }
}

function* eventsOf(tables: number, at: number): Generator<RunEvent> {
  const names = Array.from({ length: tables }, (_, n) => `long_copy.s${n % SCHEMAS}.table_${n}`);
  for (let from = 0; from < tables; from += 500) {
    const objects = names.slice(from, from + 500).map((object) => ({
      kind: "table" as const,
      object,
      action: "clone" as const,
      reason: "never_cloned" as const,
      format: "DELTA" as const,
    }));
    yield { at, type: "decided", objects };
  }
  for (const [n, object] of names.entries()) {
    const step = { id: `clone-${n}`, kind: "table", object, operation: "clone", reason: "never_cloned" };
    const line = `CREATE OR REPLACE TABLE ${object} DEEP CLONE ${object.replace("long_copy", "long")} VERSION AS OF 1`;
    yield { at: at + n, type: "step", step: { ...step, state: "started" } };
    yield { at: at + n, type: "log", level: "info", line };
    const counters = { seconds: 0.5, bytesCopied: 1_000_000, filesCopied: 4 };
    yield { at: at + n, type: "step", step: { ...step, state: "succeeded", ...counters } };
  }
}

function summaryOf(runId: string, tables: number, startedAt: number): RunSummary {
  const none = { success: 0, failed: 0, skipped: 0 };
  const seconds = Array.from({ length: SCHEMAS }, (_, n) => [`s${n}`, tables / SCHEMAS] as const);
  return {
    run_id: runId,
    mode: "full",
    status: "success",
    clone_type: "DEEP",
    dry_run: false,
    source_catalog: "long",
    destination_catalog: "long_copy",
    started_at: new Date(startedAt).toISOString(),
    completed_at: new Date(startedAt + tables).toISOString(),
    duration_seconds: tables / 1000,
    schemas_processed: SCHEMAS,
    tables: { ...none, success: tables },
    views: none,
    functions: none,
    volumes: none,
    errors: [],
    schema_durations: Object.fromEntries(seconds),
    formats: { DELTA: tables },
    bytes_copied: tables * 1_000_000,
    files_copied: tables * 4,
    source_table_size: tables * 1_000_000,
    source_num_of_files: tables * 4,
    volume_files_copied: 0,
    volume_bytes_copied: 0,
    statements: { clone: tables },
    residue: [],
  };
}
