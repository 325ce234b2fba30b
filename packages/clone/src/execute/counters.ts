import type { StatementResult } from "@clone-xs/unity";
import type { HistoryEntry } from "../inspect/inventory.ts";
import { mapCell, rowsByName } from "../inspect/rows.ts";
import type { CloneCounters } from "./outcome.ts";

/** Column of the CLONE row → metric of the CLONE entry in the history. */
const METRICS = {
  source_table_size: "sourceTableSize",
  source_num_of_files: "sourceNumOfFiles",
  num_removed_files: "numRemovedFiles",
  num_copied_files: "numCopiedFiles",
  removed_files_size: "removedFilesSize",
  copied_files_size: "copiedFilesSize",
} as const satisfies Record<keyof CloneCounters, string>;

/** Counters from the row that CLONE answered; `undefined` when there is no row. */
export function countersOfResult(result: StatementResult): CloneCounters | undefined {
  const [row] = rowsByName(result);
  return row && counters((column) => row.get(column));
}

/** Counters from a result of DESCRIBE HISTORY: those of its newest CLONE entry. */
export function countersOfHistory(result: StatementResult): CloneCounters | undefined {
  const newest = rowsByName(result).find((row) => row.get("operation")?.toUpperCase() === "CLONE");
  const metrics = newest && mapCell(newest.get("operationmetrics"));
  return metrics && counters((column) => metrics[METRICS[column]]);
}

/** The same from entries of a history that was read already, newest first. */
export function countersOfEntries(entries: readonly HistoryEntry[]): CloneCounters | undefined {
  const newest = entries.find(({ operation }) => operation.toUpperCase() === "CLONE");
  return newest && counters((column) => newest.metrics[METRICS[column]]);
}

function counters(read: (column: keyof CloneCounters) => string | null | undefined): CloneCounters {
  const number = (column: keyof CloneCounters) => Number(read(column) ?? 0);
  return {
    source_table_size: number("source_table_size"),
    source_num_of_files: number("source_num_of_files"),
    num_removed_files: number("num_removed_files"),
    num_copied_files: number("num_copied_files"),
    removed_files_size: number("removed_files_size"),
    copied_files_size: number("copied_files_size"),
  };
}
