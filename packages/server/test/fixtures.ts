import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunEvent, RunSummary } from "@clone-xs/clone";
import { onTestFinished } from "vitest";
import { type Access, type AccessAsked, openAccess } from "../src/access/open-access.ts";
import { type ConnectionStore, openConnectionStore } from "../src/connections/connection-store.ts";
import { secretKeys } from "../src/connections/secret-keys.ts";
import { type ExecuteRun, openRunQueue, type RunQueue, type RunQueueOptions } from "../src/runs/queue.ts";
import { openRunStore, type RunFacts, type RunStore } from "../src/runs/store.ts";

/** A directory that is gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "clxs-server-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function temporaryStore(directory = temporaryDirectory(), holder = "1/a"): RunStore {
  const store = openRunStore(directory, holder);
  onTestFinished(() => store.close());
  return store;
}

/** Connections with a key of their own. */
export function temporaryConnections(directory = temporaryDirectory(), secretKey?: string): ConnectionStore {
  const given = secretKey === undefined ? {} : { given: secretKey };
  const keys = secretKeys(directory, { randomBytes, ...given });
  const connections = openConnectionStore(directory, { keys, randomBytes });
  onTestFinished(() => connections.close());
  return connections;
}

/** A server's access, on loopback without a token unless it is told otherwise. */
export function temporaryAccess(asked: Partial<AccessAsked> = {}): Access {
  const access = openAccess({
    host: "127.0.0.1",
    auth: "default",
    storeDirectory: temporaryDirectory(),
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    ...asked,
  });
  onTestFinished(() => access.close());
  return access;
}

export const facts: RunFacts = {
  sourceCatalog: "prod",
  destinationCatalog: "dev",
  cloneType: "DEEP",
  loadType: "FULL",
  dryRun: false,
  targets: [],
};

export const body = { source_catalog: "prod", destination_catalog: "dev" };

/** Numbers that give the ids 00000001, 00000002, … */
export function counting(): () => number {
  let n = 0;
  return () => ++n / 0x1_0000_0000;
}

/** A queue of the process `holder`; no other process is alive. */
export function queueOf(
  store: RunStore,
  execute: ExecuteRun,
  { maxParallel = 1, holder = "1/a", ...more }: Partial<RunQueueOptions> & { holder?: string } = {},
): RunQueue {
  let at = 1_000;
  return openRunQueue({
    store,
    execute,
    maxParallel,
    now: () => at++,
    random: counting(),
    isHolderAlive: (each) => each === holder,
    ...more,
  });
}

export const line = (text: string): RunEvent => ({ at: 1, type: "log", level: "info", line: text });

export function summaryOf(id: string, change: Partial<RunSummary> = {}): RunSummary {
  const none = { success: 0, failed: 0, skipped: 0 };
  return {
    run_id: id,
    mode: "full",
    status: "success",
    clone_type: "DEEP",
    dry_run: false,
    source_catalog: "prod",
    destination_catalog: "dev",
    started_at: "2026-01-01T00:00:00.000Z",
    completed_at: "2026-01-01T00:00:01.000Z",
    duration_seconds: 1,
    schemas_processed: 0,
    tables: none,
    views: none,
    functions: none,
    volumes: none,
    errors: [],
    schema_durations: {},
    formats: {},
    bytes_copied: 0,
    files_copied: 0,
    source_table_size: 0,
    source_num_of_files: 0,
    volume_files_copied: 0,
    volume_bytes_copied: 0,
    statements: {},
    residue: [],
    ...change,
  };
}
