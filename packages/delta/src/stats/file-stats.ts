import { type Json, type JsonObject, printJson } from "../json.ts";
import type { TableMetadata } from "../snapshot.ts";
import { indexedColumns, type LeafColumn } from "./indexed-columns.ts";
import { lowerBound, upperBound } from "./bounds.ts";

/**
 * What a parquet writer knows of one leaf column: values as text, as DuckDB prints them in `RETURN_STATS`,
 * session time zone UTC.
 */
export interface ColumnStatistics {
  /** Absent when all values are null, or when the writer does not say. */
  readonly min?: string;
  readonly max?: string;
  readonly nullCount?: number | bigint;
  /** A floating point column with a NaN has no bounds. */
  readonly hasNan?: boolean;
}

export interface FileStatistics {
  readonly metadata: Pick<TableMetadata, "schema" | "partitionColumns" | "configuration">;
  readonly numRecords: number | bigint;
  /** By {@link columnKey} of the physical names, which is DuckDB's own spelling: `"a"."b"`. */
  readonly columns: ReadonlyMap<string, ColumnStatistics>;
  /** Write `tightBounds: true`: for tables where deletion vectors may come later. */
  readonly tightBounds?: boolean;
}

/**
 * `add.stats`: JSON text with count, bounds and null counts of the indexed columns. Bounds may be wider than
 * the values, never narrower; a bound that cannot be written so is left out. Protocol: "Per-file Statistics".
 */
export function fileStats({ metadata, numRecords, columns, tightBounds = false }: FileStatistics): string {
  const indexed = indexedColumns(metadata);
  const nested = (valueOf: (column: LeafColumn, found: ColumnStatistics) => Json | undefined): JsonObject =>
    assemble(
      indexed.flatMap((column) => {
        const found = columns.get(columnKey(column.physicalPath));
        const value = found && valueOf(column, found);
        return value === undefined ? [] : [[column.physicalPath, value] as const];
      }),
    );
  return printJson({
    numRecords,
    minValues: nested(({ type }, { min, hasNan }) =>
      min === undefined || hasNan ? undefined : lowerBound(type, min),
    ),
    maxValues: nested(({ type }, { max, hasNan }) =>
      max === undefined || hasNan ? undefined : upperBound(type, max),
    ),
    nullCount: nested((_, { nullCount }) => nullCount),
    ...(tightBounds && { tightBounds }),
  });
}

/** The key of a column in {@link FileStatistics.columns}: quoted names joined by dots. */
export function columnKey(path: readonly string[]): string {
  return path.map((name) => `"${name.replaceAll('"', '""')}"`).join(".");
}

function assemble(entries: readonly (readonly [path: readonly string[], value: Json])[]): JsonObject {
  const root: Record<string, Json> = {};
  for (const [path, value] of entries) {
    let level = root;
    for (const name of path.slice(0, -1)) {
      level[name] ??= {};
      level = level[name] as Record<string, Json>;
    }
    level[path.at(-1) ?? ""] = value;
  }
  return root;
}
