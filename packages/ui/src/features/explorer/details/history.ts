/** What a version did to the rows, as far as its metrics tell. */
export interface Change {
  readonly rows: { readonly added: number; readonly changed: number; readonly removed: number };
  /** Written. */
  readonly bytes: number;
}

/**
 * Operations name the same things differently. Source: operation metrics keys in the Databricks documentation of DESCRIBE HISTORY.
 */
export function changeOf(metrics: Readonly<Record<string, string>>): Change {
  const first = (...keys: readonly string[]) => {
    const text = keys.map((key) => metrics[key]).find((value) => value !== undefined);
    const value = Number(text ?? 0);
    return Number.isFinite(value) ? value : 0;
  };
  const isMerge = "numTargetRowsInserted" in metrics;
  const isRewrite = "numUpdatedRows" in metrics || "numDeletedRows" in metrics || "numAddedBytes" in metrics;
  return {
    rows: {
      added: isMerge ? first("numTargetRowsInserted") : isRewrite ? 0 : first("numOutputRows"),
      changed: first("numTargetRowsUpdated", "numUpdatedRows"),
      removed: first("numTargetRowsDeleted", "numDeletedRows"),
    },
    bytes: first("numOutputBytes", "copiedFilesSize", "numTargetBytesAdded", "numAddedBytes"),
  };
}
