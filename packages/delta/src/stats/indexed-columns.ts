import { fieldFacts } from "../schema/fields.ts";
import type { DataType, StructType } from "../schema/types.ts";
import type { TableMetadata } from "../snapshot.ts";

/** A column that statistics are kept for: no struct; arrays and maps count as one. */
export interface LeafColumn {
  readonly type: Exclude<DataType, StructType>;
  readonly path: readonly string[];
  readonly physicalPath: readonly string[];
}

/**
 * The columns with statistics: those named by `delta.dataSkippingStatsColumns`, else the first
 * `delta.dataSkippingNumIndexedCols` (32; all when negative). Partition columns never have any. Source:
 * Databricks' documentation on data skipping.
 */
export function indexedColumns({
  schema,
  partitionColumns,
  configuration,
}: Pick<TableMetadata, "schema" | "partitionColumns" | "configuration">): readonly LeafColumn[] {
  const partitions = new Set(partitionColumns.map((name) => name.toLowerCase()));
  const fields = schema.fields.filter(({ name }) => !partitions.has(name.toLowerCase()));
  const leaves = leavesOf({ kind: "struct", fields }, [], []);
  const named = configuration["delta.dataSkippingStatsColumns"];
  if (named !== undefined)
    return leaves.filter(({ path }) => columnList(named).some((wanted) => isPrefix(wanted, path)));
  const limit = Number(configuration["delta.dataSkippingNumIndexedCols"] ?? "32");
  return limit < 0 ? leaves : leaves.slice(0, limit);
}

function leavesOf(
  struct: StructType,
  path: readonly string[],
  physicalPath: readonly string[],
): readonly LeafColumn[] {
  return struct.fields.flatMap((field) => {
    const [at, physical] = [
      [...path, field.name],
      [...physicalPath, fieldFacts(field).physicalName],
    ];
    return field.type.kind === "struct"
      ? leavesOf(field.type, at, physical)
      : [{ type: field.type, path: at, physicalPath: physical }];
  });
}

/** `a, b.c, `d.e`` as lists of names. */
function columnList(text: string): readonly (readonly string[])[] {
  const columns: string[][] = [[]];
  for (const [, separator, quoted, plain] of text.matchAll(/([,.])|`((?:[^`]|``)*)`|([^,.`]+)/g)) {
    if (separator === ",") columns.push([]);
    const name = quoted?.replaceAll("``", "`") ?? plain?.trim();
    if (name) columns.at(-1)?.push(name);
  }
  return columns.filter((column) => column.length > 0);
}

function isPrefix(wanted: readonly string[], path: readonly string[]): boolean {
  return (
    wanted.length <= path.length && wanted.every((name, i) => name.toLowerCase() === path[i]?.toLowerCase())
  );
}
