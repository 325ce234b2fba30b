import type { HistoryEntry } from "../inspect/inventory.ts";

/** What a commit did to what readers of the table see. */
export type Change = "data" | "schema" | "none";

/**
 * Operations that leave rows and schema as they are. Anything not named here or below counts as a change of data, so that an
 * operation invented later re-clones too much rather than too little.
 * Source: operation names of DESCRIBE HISTORY in the Delta and Databricks documentation.
 */
const NEUTRAL = new Set([
  "OPTIMIZE",
  "AUTO COMPACTION",
  "VACUUM START",
  "VACUUM END",
  "COMPUTE STATS",
  "ANALYZE",
  "REORG",
  "CLUSTER BY",
  "SET TBLPROPERTIES",
  "UNSET TBLPROPERTIES",
  "UPGRADE PROTOCOL",
  "DROP FEATURE",
  "DOMAIN METADATA CLEANUP",
  "ROW TRACKING BACKFILL",
  "UPDATE TABLE COMMENT",
  "UPDATE COLUMN METADATA FOR DELTA",
]);

const SCHEMA = new Set([
  "ADD COLUMNS",
  "CHANGE COLUMN",
  "CHANGE COLUMNS",
  "RENAME COLUMN",
  "DROP COLUMNS",
  "REPLACE COLUMNS",
  "UPDATE SCHEMA",
  "ADD CONSTRAINT",
  "DROP CONSTRAINT",
]);

/** Metrics of an operation that, when all are present as zero, show that no row changed. */
const ROW_METRICS: Readonly<Record<string, readonly string[]>> = {
  DELETE: ["numDeletedRows", "numRemovedFiles"],
  UPDATE: ["numUpdatedRows"],
  MERGE: ["numTargetRowsInserted", "numTargetRowsUpdated", "numTargetRowsDeleted"],
};

/** History has no dataChange column: the operation and its metrics tell. */
export function changeOf(entry: HistoryEntry): Change {
  const operation = entry.operation.toUpperCase();
  if (NEUTRAL.has(operation)) return "none";
  if (SCHEMA.has(operation)) return "schema";
  const metrics = ROW_METRICS[operation];
  if (metrics?.every((name) => entry.metrics[name] === "0")) return "none";
  return "data";
}

export function isClone({ operation }: HistoryEntry): boolean {
  return operation.toUpperCase() === "CLONE";
}

/** A commit that makes or replaces a table, other than by CLONE. */
export function makesTable({ operation }: HistoryEntry): boolean {
  return /^(?:CREATE|REPLACE|CREATE OR REPLACE) TABLE(?: AS SELECT)?$/iu.test(operation);
}

/** Newest version that changed data or schema; the oldest one seen when none did. `undefined` for an empty history. */
export function newestChange(entries: readonly HistoryEntry[]): string | undefined {
  return (entries.find((entry) => changeOf(entry) !== "none") ?? entries.at(-1))?.version;
}

/** The strongest change among some commits. */
export function strongest(entries: readonly HistoryEntry[]): Change {
  const changes = entries.map(changeOf);
  return changes.includes("data") ? "data" : changes.includes("schema") ? "schema" : "none";
}
