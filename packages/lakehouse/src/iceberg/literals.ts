import type { DataType, Json } from "@clone-xs/delta";
import { quoteText } from "../execution/translate/quote.ts";
import { duckType } from "../execution/types/duckdb.ts";
import { avroText, type AvroValue } from "./avro-values.ts";
import { jsonText } from "./json.ts";
import { decimalText, unscaled, uuidText } from "./values.ts";

/** A partition value of a manifest as DuckDB text of a column's type. `undefined` for types that nothing is partitioned by. */
export function partitionLiteral(type: DataType, value: Exclude<AvroValue, null>): string | undefined {
  if (type.kind === "decimal") return cast(type, decimalText(unscaled(value), type.scale));
  if (type.kind !== "primitive") return undefined;
  if (value instanceof Uint8Array)
    return type.name === "binary"
      ? bytesText(Buffer.from(value).toString("hex"))
      : cast(type, uuidText(value));
  switch (type.name) {
    case "date":
      return `(DATE '1970-01-01' + ${Number(value)})`;
    case "timestamp":
      return `make_timestamptz(${avroText(value)})`;
    case "timestamp_ntz":
      return `make_timestamp(${avroText(value)})`;
    default:
      return cast(type, avroText(value));
  }
}

/** A default of a column as DuckDB text. `undefined` for nested types. Source: Iceberg specification, "JSON single-value serialization". */
export function defaultLiteral(type: DataType, value: Exclude<Json, null>): string | undefined {
  if (type.kind !== "primitive" && type.kind !== "decimal") return undefined;
  if (type.kind === "primitive" && type.name === "binary") return bytesText(jsonText(value));
  return cast(type, jsonText(value));
}

function cast(type: DataType, text: string): string {
  return `CAST(${quoteText(text)} AS ${duckType(type) ?? "VARCHAR"})`;
}

function bytesText(hex: string): string {
  return `unhex(${quoteText(hex)})`;
}
