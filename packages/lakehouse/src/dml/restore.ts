import { DeltaError, type RestoreMetrics, restoreTable } from "@clone-xs/delta";
import { moment } from "../execution/catalog/gather.ts";
import { keptSnapshotOf, snapshotOf } from "../execution/catalog/resolve-table.ts";
import { failure } from "../execution/errors.ts";
import type { ExecutionResult } from "../execution/execution.ts";
import { provenance, type StatementOf } from "../execution/statements/statement.ts";
import { LONG } from "../execution/types/types.ts";
import { table, type Work } from "../execution/work.ts";
import { refuseAppendOnly, writeTarget, type WriteTarget } from "./target.ts";

/** RESTORE TABLE … TO VERSION | TIMESTAMP AS OF: one more version, with the rows and the schema of the old one. */
export async function restore(work: Work, statement: StatementOf<"restore">): Promise<ExecutionResult> {
  const target = writeTarget(work, statement.target, "RESTORE");
  const base = await snapshotOf(target.table, target.parts);
  refuseAppendOnly(base);
  const at = await moment(work, statement.to, work.input.text);
  const to = await travelled(target, at);
  const { metrics } = await restoreTable(target.table, {
    base,
    to,
    operationParameters: {
      version: at !== undefined && "version" in at ? String(at.version) : null,
      timestamp: at !== undefined && "timestamp" in at ? new Date(at.timestamp).toISOString() : null,
    },
    ...provenance(work),
  });
  return table(
    COLUMNS.map(([name]) => [name, LONG] as const),
    [COLUMNS.map(([, key]) => String(metrics[key]))],
  );
}

const COLUMNS: readonly (readonly [name: string, key: keyof RestoreMetrics])[] = [
  ["table_size_after_restore", "tableSizeAfterRestore"],
  ["num_of_files_after_restore", "numOfFilesAfterRestore"],
  ["num_removed_files", "numRemovedFiles"],
  ["num_restored_files", "numRestoredFiles"],
  ["removed_files_size", "removedFilesSize"],
  ["restored_files_size", "restoredFilesSize"],
];

/** RESTORE has its own words for versions and times that are not there. */
async function travelled({ table: delta, parts }: WriteTarget, at: Awaited<ReturnType<typeof moment>>) {
  try {
    return await keptSnapshotOf(delta, parts, at);
  } catch (error) {
    if (!(error instanceof DeltaError)) throw error;
    const { earliest, latest, bound } = error.context;
    const when = typeof bound === "number" ? new Date(bound).toISOString() : "";
    if (error.code === "DELTA_VERSION_NOT_FOUND" && at !== undefined && "version" in at)
      throw failure(
        "DELTA_CANNOT_RESTORE_TABLE_VERSION",
        "22003",
        `Cannot restore table to version ${at.version}. Available versions: [${earliest}, ${latest}].`,
      );
    if (error.code === "DELTA_TIMESTAMP_GREATER_THAN_COMMIT")
      throw failure(
        "DELTA_CANNOT_RESTORE_TIMESTAMP_GREATER",
        "22003",
        `Cannot restore table to timestamp (${requested(at)}) as it is after the latest version available. Please use a timestamp before (${when}).`,
      );
    if (error.code === "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION")
      throw failure(
        "DELTA_CANNOT_RESTORE_TIMESTAMP_EARLIER",
        "22003",
        `Cannot restore table to timestamp (${requested(at)}) as it is before the earliest version available. Please use a timestamp after (${when}).`,
      );
    throw error;
  }
}

function requested(at: Awaited<ReturnType<typeof moment>>): string {
  return at !== undefined && "timestamp" in at ? new Date(at.timestamp).toISOString() : "";
}
