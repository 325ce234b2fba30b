import { LakehouseError } from "../errors.ts";
import type { Database } from "./database.ts";

/** Each entry brings the database from the version of its index to the next one. Entries never change once released. */
const migrations: readonly string[] = [
  `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  -- Catalogs, schemas, tables, functions and volumes: keys in lower case, the record as JSON.
  CREATE TABLE securables (
    kind TEXT NOT NULL, full_name TEXT NOT NULL, catalog TEXT NOT NULL, schema TEXT, record TEXT NOT NULL,
    PRIMARY KEY (kind, full_name)
  ) WITHOUT ROWID;
  CREATE INDEX securables_by_parent ON securables (kind, catalog, schema);
  CREATE TABLE grants (
    kind TEXT NOT NULL, full_name TEXT NOT NULL, principal TEXT NOT NULL, privilege TEXT NOT NULL,
    PRIMARY KEY (kind, full_name, principal, privilege)
  ) WITHOUT ROWID;
  -- column_name is '' for a tag on the securable itself.
  CREATE TABLE tags (
    kind TEXT NOT NULL, full_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (kind, full_name, column_name, name)
  ) WITHOUT ROWID;
  CREATE TABLE principals (name TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE tokens (hash TEXT PRIMARY KEY, principal TEXT NOT NULL, kind TEXT NOT NULL, expires_at INTEGER) WITHOUT ROWID;
  CREATE TABLE sweepable (location TEXT PRIMARY KEY) WITHOUT ROWID;
  `,
  `
  CREATE TABLE warehouses (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
  -- tags and failure as JSON; times in epoch milliseconds.
  CREATE TABLE statements (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, principal TEXT NOT NULL, warehouse TEXT NOT NULL, tags TEXT NOT NULL,
    state TEXT NOT NULL, submitted_at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER, row_count INTEGER, failure TEXT
  ) WITHOUT ROWID;
  CREATE INDEX statements_by_time ON statements (submitted_at, id);
  -- What the logs of Delta tables say, so that listings need not read them: can be made anew at any time.
  CREATE TABLE shapes (location TEXT PRIMARY KEY, mark TEXT NOT NULL, shape TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT UNIQUE, submitted_at INTEGER NOT NULL, active INTEGER NOT NULL, record TEXT NOT NULL
  );
  CREATE INDEX statements_open ON statements (state) WHERE state IN ('PENDING', 'RUNNING');
  `,
  `
  -- Keys in lower case, the records as JSON.
  CREATE TABLE shares (name TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE recipients (name TEXT PRIMARY KEY, metastore TEXT UNIQUE NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
  `,
  // Another one at each write, so that a long record is read and parsed once.
  "ALTER TABLE shares ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
];

/** Brings a database to the newest version. Throws WORKSPACE_INCOMPATIBLE when a newer program wrote it. */
export function migrate(database: Database): void {
  database.transaction(() => {
    const version = Number(database.first("PRAGMA user_version")?.["user_version"]);
    if (version > migrations.length)
      throw new LakehouseError(
        "WORKSPACE_INCOMPATIBLE",
        `The workspace was written by a newer version (its metastore is at version ${version}, this one knows ${migrations.length})`,
      );
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version=${migrations.length}`);
  });
}
