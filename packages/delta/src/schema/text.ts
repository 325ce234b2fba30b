import type { DataType } from "./types.ts";

const SQL_NAMES: Readonly<Record<string, string>> = {
  long: "bigint",
  integer: "int",
  short: "smallint",
  byte: "tinyint",
};

/**
 * A type as Databricks prints it, in lower case: `bigint`, `decimal(10,2)`, `array<struct<a:int>>`.
 * Field names stand as they are, unquoted, like in the Tables API.
 */
export function typeText(type: DataType): string {
  switch (type.kind) {
    case "primitive":
      return SQL_NAMES[type.name] ?? type.name;
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return `array<${typeText(type.element)}>`;
    case "map":
      return `map<${typeText(type.key)},${typeText(type.value)}>`;
    case "struct":
      return `struct<${type.fields.map((f) => `${f.name}:${typeText(f.type)}`).join(",")}>`;
  }
}
