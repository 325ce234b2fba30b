import { quoteName } from "../translate/quote.ts";
import type { Type } from "./types.ts";

const NAMES: Readonly<Record<string, string>> = {
  string: "VARCHAR",
  boolean: "BOOLEAN",
  binary: "BLOB",
  byte: "TINYINT",
  short: "SMALLINT",
  integer: "INTEGER",
  long: "BIGINT",
  float: "FLOAT",
  double: "DOUBLE",
  date: "DATE",
  timestamp: "TIMESTAMPTZ",
  timestamp_ntz: "TIMESTAMP",
  void: "INTEGER",
};

/** DuckDB's type that holds a Spark type exactly, or `undefined` when there is none (VARIANT, geospatial, unknown names). */
export function duckType(type: Type): string | undefined {
  switch (type.kind) {
    case "primitive":
      return type.name.startsWith("interval") ? "INTERVAL" : NAMES[type.name];
    case "decimal":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "array":
      return wrap(duckType(type.element), (element) => `${element}[]`);
    case "map": {
      const value = duckType(type.value);
      return wrap(duckType(type.key), (key) => value && `MAP(${key}, ${value})`);
    }
    case "struct": {
      const fields = type.fields.map((f) => wrap(duckType(f.type), (text) => `${quoteName(f.name)} ${text}`));
      return fields.every((f) => f !== undefined) ? `STRUCT(${fields.join(", ")})` : undefined;
    }
  }
}

/** The same shape with every leaf as text: what a nested value is cast to before it becomes JSON, so that no digit is lost. */
export function textShape(type: Type): string {
  switch (type.kind) {
    case "array":
      return `${textShape(type.element)}[]`;
    case "map":
      return `MAP(VARCHAR, ${textShape(type.value)})`;
    case "struct":
      return `STRUCT(${type.fields.map((f) => `${quoteName(f.name)} ${textShape(f.type)}`).join(", ")})`;
    default:
      return "VARCHAR";
  }
}

function wrap<T>(text: string | undefined, use: (text: string) => T): T | undefined {
  return text === undefined ? undefined : use(text);
}
