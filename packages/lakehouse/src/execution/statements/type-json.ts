import type { Type } from "../types/types.ts";

const NAMES: Readonly<Record<string, string>> = {
  integer: "int",
  long: "bigint",
  short: "smallint",
  byte: "tinyint",
};

/** A type as DESCRIBE … AS JSON writes it. */
export function typeJson(type: Type): Readonly<Record<string, unknown>> {
  switch (type.kind) {
    case "primitive":
      return { name: NAMES[type.name] ?? type.name };
    case "decimal":
      return { name: "decimal", precision: type.precision, scale: type.scale };
    case "array":
      return { name: "array", element_type: typeJson(type.element), element_nullable: type.containsNull };
    case "map":
      return {
        name: "map",
        key_type: typeJson(type.key),
        value_type: typeJson(type.value),
        value_nullable: type.valueContainsNull,
      };
    case "struct":
      return {
        name: "struct",
        fields: type.fields.map((f) => ({ name: f.name, type: typeJson(f.type), nullable: f.nullable })),
      };
  }
}
