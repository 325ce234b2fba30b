import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";

const SCHEMA = `
CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  holder TEXT,
  request TEXT NOT NULL,
  source_catalog TEXT NOT NULL,
  destination_catalog TEXT NOT NULL,
  clone_type TEXT NOT NULL,
  load_type TEXT NOT NULL,
  dry_run INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  completed_at INTEGER,
  progress TEXT,
  result TEXT,
  error TEXT
);
CREATE INDEX runs_by_time ON runs (created_at DESC);
CREATE INDEX runs_by_state ON runs (state);
CREATE TABLE events (
  run_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (run_id, seq)
) WITHOUT ROWID;
PRAGMA user_version = 1;
`;

/**
 * Opens (and creates, with its tables) `runs.db` under `directory`. Write-ahead log, so that readers never wait; each
 * commit survives a killed process, and `durably` makes one survive a power loss too.
 */
export function openDatabase(directory: string): Database.Database {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = new Database(join(directory, "runs.db"));
  database.pragma("busy_timeout = 5000");
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  if (userVersion(database) === 0) createTables(database);
  return database;
}

function createTables(database: Database.Database): void {
  database
    .transaction(() => {
      if (userVersion(database) === 0) database.exec(SCHEMA);
    })
    .immediate();
}

function userVersion(database: Database.Database): number {
  const [row] = database.prepare("PRAGMA user_version").all() as { user_version: number }[];
  return row?.user_version ?? 0;
}

/** Runs `work` in one transaction whose commit is synced to the disk. */
export function durably<T>(database: Database.Database, work: () => T): T {
  database.pragma("synchronous = FULL");
  try {
    return database.transaction(work).immediate() as T;
  } finally {
    database.pragma("synchronous = NORMAL");
  }
}
