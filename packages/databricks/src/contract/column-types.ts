/** `type_name` of columns, in the statement API and (the last five) in Unity Catalog. */
export type ColumnTypeName =
  | "ARRAY"
  | "BINARY"
  | "BOOLEAN"
  | "BYTE"
  | "CHAR"
  | "DATE"
  | "DECIMAL"
  | "DOUBLE"
  | "FLOAT"
  | "INT"
  | "INTERVAL"
  | "LONG"
  | "MAP"
  | "NULL"
  | "SHORT"
  | "STRING"
  | "STRUCT"
  | "TIMESTAMP"
  | "USER_DEFINED_TYPE"
  | "TIMESTAMP_NTZ"
  | "VARIANT"
  | "GEOGRAPHY"
  | "GEOMETRY"
  | "TABLE_TYPE";

/** First word of a type text, where it is not the enum's own name. */
const byFirstWord: Readonly<Record<string, ColumnTypeName>> = {
  BIGINT: "LONG",
  LONG: "LONG",
  INT: "INT",
  INTEGER: "INT",
  SMALLINT: "SHORT",
  SHORT: "SHORT",
  TINYINT: "BYTE",
  BYTE: "BYTE",
  REAL: "FLOAT",
  FLOAT: "FLOAT",
  DOUBLE: "DOUBLE",
  DECIMAL: "DECIMAL",
  DEC: "DECIMAL",
  NUMERIC: "DECIMAL",
  BOOLEAN: "BOOLEAN",
  STRING: "STRING",
  VARCHAR: "STRING",
  CHAR: "CHAR",
  CHARACTER: "CHAR",
  BINARY: "BINARY",
  DATE: "DATE",
  TIMESTAMP: "TIMESTAMP",
  TIMESTAMP_LTZ: "TIMESTAMP",
  TIMESTAMP_NTZ: "TIMESTAMP_NTZ",
  INTERVAL: "INTERVAL",
  ARRAY: "ARRAY",
  MAP: "MAP",
  STRUCT: "STRUCT",
  VARIANT: "VARIANT",
  VOID: "NULL",
  NULL: "NULL",
  TABLE: "TABLE_TYPE",
  GEOGRAPHY: "GEOGRAPHY",
  GEOMETRY: "GEOMETRY",
};

/** What the wire says about a type beside its text. */
export interface TypeDetails {
  readonly type_name: ColumnTypeName;
  readonly type_precision?: number;
  readonly type_scale?: number;
  readonly type_interval_type?: string;
}

/**
 * The wire's enum for a Databricks type text in any case: `bigint` → LONG, `VOID` → NULL, `decimal(10,2)` → DECIMAL,
 * `array<int>` → ARRAY. What it does not know is USER_DEFINED_TYPE.
 */
export function typeNameOf(typeText: string): ColumnTypeName {
  const word = /^\s*(\w+)/u.exec(typeText)?.[1]?.toUpperCase() ?? "";
  return byFirstWord[word] ?? "USER_DEFINED_TYPE";
}

/**
 * `type_name` with the members that only decimals and intervals have.
 * @example typeDetailsOf("DECIMAL(7,2)") // { type_name: "DECIMAL", type_precision: 7, type_scale: 2 }
 */
export function typeDetailsOf(typeText: string): TypeDetails {
  const type_name = typeNameOf(typeText);
  if (type_name === "DECIMAL") return { type_name, ...decimalSize(typeText) };
  if (type_name === "INTERVAL")
    return { type_name, type_interval_type: typeText.trim().slice("INTERVAL".length).trim().toUpperCase() };
  return { type_name };
}

/** `DECIMAL` alone is `DECIMAL(10,0)`. */
function decimalSize(typeText: string): { type_precision: number; type_scale: number } {
  const size = /\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/u.exec(typeText);
  return { type_precision: Number(size?.[1] ?? 10), type_scale: Number(size?.[2] ?? 0) };
}
