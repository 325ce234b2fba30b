import {
  columnKey,
  type ColumnStatistics,
  type DataType,
  fieldFacts,
  fileStats,
  type StructType,
} from "@clone-xs/delta";
import type { Bounds } from "./entries.ts";
import type { IcebergFile } from "./files.ts";
import { dateText, decimalText, momentText, unscaled } from "./values.ts";

/**
 * The statistics of a data file as Delta's log has them, of what its manifest tells; `undefined` when that tells nothing of its columns.
 * Source: Iceberg specification, "Manifests" and "Binary single-value serialization".
 */
export function statsOf(
  metadata: Parameters<typeof fileStats>[0]["metadata"],
  { rows, bounds }: Pick<IcebergFile, "rows" | "bounds">,
): string | undefined {
  const { nulls, lower, upper } = bounds;
  if (nulls.size === 0 || (rows > 0 && lower.size + upper.size === 0 && !allNull(bounds, rows)))
    return undefined;
  const columns = new Map(
    leaves(metadata.schema, []).map(([path, id, type]) => [columnKey(path), known(bounds, id, type)]),
  );
  return fileStats({ metadata, numRecords: rows, columns });
}

function allNull({ nulls }: Bounds, rows: number): boolean {
  return [...nulls.values()].every((count) => count === BigInt(rows));
}

/** Columns inside structs, by physical name. */
function leaves(
  { fields }: StructType,
  parents: readonly string[],
): readonly (readonly [path: readonly string[], id: number, type: DataType])[] {
  return fields.flatMap((field) => {
    const { type } = field;
    const { physicalName, id = -1 } = fieldFacts(field);
    const path = [...parents, physicalName];
    if (type.kind === "struct") return leaves(type, path);
    return [[path, id, type] as const];
  });
}

function known({ nulls, nans, lower, upper }: Bounds, id: number, type: DataType): ColumnStatistics {
  const [min, max] = [lower.get(id), upper.get(id)].map((bytes) => bytes && boundText(type, bytes));
  const nullCount = nulls.get(id);
  // Iceberg leaves NaN out of bounds, Delta has none where there is one.
  const isFloat = type.kind === "primitive" && (type.name === "float" || type.name === "double");
  const both = min !== undefined && max !== undefined && (!isFloat || nans.get(id) === 0n);
  return { ...(nullCount !== undefined && { nullCount }), ...(both && { min, max }) };
}

/** A bound as DuckDB prints it. `undefined` for bytes that are none of the type, and for types without bounds. */
function boundText(type: DataType, bytes: Uint8Array): string | undefined {
  if (type.kind === "decimal")
    return bytes.length === 0 ? undefined : decimalText(unscaled(bytes), type.scale);
  if (type.kind !== "primitive") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = () =>
    bytes.length === 8
      ? view.getBigInt64(0, true)
      : bytes.length === 4
        ? BigInt(view.getInt32(0, true))
        : undefined;
  switch (type.name) {
    case "integer":
    case "long":
      return whole()?.toString();
    case "float":
    case "double":
      // A column that was widened has bounds of its old type.
      if (bytes.length === 8) return floatText(view.getFloat64(0, true));
      return bytes.length === 4 ? floatText(view.getFloat32(0, true)) : undefined;
    case "date":
      return bytes.length === 4 ? validDate(view.getInt32(0, true)) : undefined;
    case "timestamp":
    case "timestamp_ntz":
      return momentBound(type.name, bytes.length === 8 ? view.getBigInt64(0, true) : undefined);
    case "string":
      return new TextDecoder("utf-8", { fatal: false }).decode(bytes);
    default:
      return undefined;
  }
}

function floatText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Dates and times that JavaScript can print. */
const MOST_DAYS = 100_000_000;

function validDate(days: number): string | undefined {
  return Math.abs(days) <= MOST_DAYS ? dateText(days) : undefined;
}

function momentBound(type: "timestamp" | "timestamp_ntz", micros: bigint | undefined): string | undefined {
  if (micros === undefined || Math.abs(Number(micros)) > MOST_DAYS * 86_400_000_000) return undefined;
  return `${momentText(micros)}${type === "timestamp" ? "+00" : ""}`;
}
