import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { OBJECT_TABLE } from "./object-table.ts";

/** One file of a directory, with what makes its tables: the SQL that leads from each version of it to the next. */
export interface DatabaseLayout {
  readonly file: string;
  readonly versions: readonly string[];
}

const RUNS = `
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
`;

/** Workspaces that a run clones to, when not to its own. */
const RUN_TARGETS = "ALTER TABLE runs ADD COLUMN targets TEXT";

/**
 * Summaries apart, since they may name every object of a catalog and lists must not read over them; a revision, by which whoever follows
 * all runs finds what changed; and the place in the queue.
 */
const RUN_REVISIONS = `
CREATE TABLE results (run_id TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO results SELECT id, result FROM runs WHERE result IS NOT NULL;
ALTER TABLE runs ADD COLUMN outcome TEXT;
UPDATE runs SET outcome = json_object(
  'status', json_extract(result, '$.status'),
  'tables', json(json_extract(result, '$.tables')),
  'bytes_copied', json_extract(result, '$.bytes_copied')
) WHERE result IS NOT NULL;
ALTER TABLE runs DROP COLUMN result;
ALTER TABLE runs ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN queued_at INTEGER;
ALTER TABLE runs ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN not_before INTEGER;
UPDATE runs SET revision = rowid, queued_at = created_at;
CREATE INDEX runs_by_revision ON runs (revision);
`;

/** The schedule that started a run. */
const RUN_SCHEDULE = "ALTER TABLE runs ADD COLUMN schedule TEXT";

export const RUNS_LAYOUT: DatabaseLayout = {
  file: "runs.db",
  versions: [RUNS, RUN_TARGETS, RUN_REVISIONS, OBJECT_TABLE, RUN_SCHEDULE],
};

/**
 * Opens (and creates, with its tables) a database under `directory`, readable by this user alone. Write-ahead log, so that readers
 * never wait; each commit survives a killed process, and `durably` makes one survive a power loss too.
 */
export function openDatabase(directory: string, { file, versions }: DatabaseLayout): Database.Database {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, file);
  createPrivate(path);
  const database = new Database(path);
  database.pragma("busy_timeout = 5000");
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  if (userVersion(database) < versions.length) bringUp(database, versions);
  return database;
}

/**
 * Makes the file when it is not there. One that is there is not touched: closing any descriptor of a file drops every lock that this process
 * holds on it (POSIX), and another process would then take itself for the last one and delete the log under a connection that is open here.
 * See "How To Corrupt An SQLite Database File", 2.2.
 */
function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

function bringUp(database: Database.Database, versions: readonly string[]): void {
  database
    .transaction(() => {
      const from = userVersion(database);
      for (const step of versions.slice(from)) database.exec(step);
      database.exec(`PRAGMA user_version = ${Math.max(from, versions.length)}`);
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
