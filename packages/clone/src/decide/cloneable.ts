import type { Table, TableType } from "@clone-xs/unity";
import type { CloneRequest } from "../request/request.ts";

type Depth = CloneRequest["cloneType"];

/** Formats that CLONE reads. Source: Databricks documentation of CREATE TABLE CLONE and its error classes. */
const CLONEABLE_FORMATS = new Set([
  "DELTA",
  "PARQUET",
  "ICEBERG",
  "DELTASHARING",
  "DELTA_UNIFORM_ICEBERG",
  "DELTA_UNIFORM_HUDI",
]);

/** Formats whose tables have Delta versions that can be listed and pinned. */
const VERSIONED_FORMATS = new Set(["DELTA", "DELTA_UNIFORM_ICEBERG", "DELTA_UNIFORM_HUDI"]);

const IMPOSSIBLE: Readonly<Record<TableType, string | undefined>> = {
  MANAGED: undefined,
  EXTERNAL: undefined,
  VIEW: undefined,
  MANAGED_SHALLOW_CLONE: undefined,
  EXTERNAL_SHALLOW_CLONE: undefined,
  MATERIALIZED_VIEW: "a materialized view belongs to its pipeline and cannot be cloned",
  STREAMING_TABLE: "a streaming table belongs to its pipeline and cannot be cloned",
  FOREIGN: "a foreign table's data is in another system and cannot be cloned",
  METRIC_VIEW: "metric views are not copied yet",
};

/** Storage of materialized views and streaming tables, listed as tables. */
const SIDE_TABLE = /^(?:__materialization_|event_log_[0-9a-f_]{8,})/u;

export function isView(table: Table): boolean {
  return table.tableType === "VIEW";
}

/** Whether CREATE OR REPLACE TABLE takes its place; a view or what a pipeline maintains has to be dropped first. */
export function isBaseTable({ tableType }: Table): boolean {
  return tableType === "MANAGED" || tableType === "EXTERNAL" || tableType.endsWith("SHALLOW_CLONE");
}

/** `a materialized view`, for messages. */
export function kindWords(table: Table): string {
  return isBaseTable(table)
    ? "a table"
    : `a ${table.tableType.toLowerCase().replaceAll("_", " ")}${table.tableType === "FOREIGN" ? " table" : ""}`;
}

export function hasVersions(table: Table): boolean {
  return !isView(table) && VERSIONED_FORMATS.has((table.format ?? "").toUpperCase());
}

export function isShallowClone(table: Table): boolean {
  return table.tableType.endsWith("SHALLOW_CLONE");
}

/** Says that an existing clone is of the other depth than the one asked for; `undefined` when it is not. */
export function otherDepth(clone: Table, depth: Depth): string | undefined {
  if (isShallowClone(clone) === (depth === "SHALLOW")) return undefined;
  return depth === "SHALLOW"
    ? "the target is a deep clone and a shallow one is asked for"
    : "the target is a shallow clone, which needs the source's files, and a deep one is asked for";
}

/**
 * Why a table cannot be cloned at this depth, or `undefined` when it can. Views are not asked. What is masked or filtered can be made
 * without rows, which no CLONE does.
 */
export function impossibleReason(table: Table, depth: Depth, schemaOnly = false): string | undefined {
  const format = (table.format ?? "").toUpperCase();
  const general = IMPOSSIBLE[table.tableType];
  if (general !== undefined) return general;
  if (SIDE_TABLE.test(table.name)) return "it is the storage of a materialized view or streaming table";
  const covered = schemaOnly ? undefined : coveredReason(table);
  if (covered !== undefined) return covered;
  if (!CLONEABLE_FORMATS.has(format)) {
    return `CLONE reads Delta, Parquet and Iceberg, not ${format === "" ? "this format" : format}`;
  }
  return depth === "SHALLOW" ? impossibleShallow(table, format) : undefined;
}

function coveredReason({ rowFilter, columns }: Table): string | undefined {
  if (rowFilter)
    return `its rows are filtered by ${rowFilter.functionName}; a filtered table cannot be cloned`;
  const masked = columns.filter((column) => column.mask).map((column) => column.name);
  if (masked.length === 0) return undefined;
  return `masked columns (${masked.join(", ")}); a masked table cannot be cloned`;
}

/** Source: Databricks documentation of shallow clones in Unity Catalog. */
function impossibleShallow(table: Table, format: string): string | undefined {
  if (isShallowClone(table)) return "a shallow clone cannot be cloned shallowly";
  if (table.tableType === "EXTERNAL")
    return "a shallow clone of an external table needs a location of its own";
  if (format !== "DELTA") return `only Delta tables can be cloned shallowly, not ${format}`;
  return undefined;
}
