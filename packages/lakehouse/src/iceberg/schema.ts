import type { DataType, Json, JsonObject, StructField, StructType } from "@clone-xs/delta";
import { integerOf, jsonText, listOf, objectOf, textOf } from "./json.ts";
import type { IcebergMetadata } from "./metadata.ts";

/** Why a schema is not read. */
export class IcebergSchemaError extends Error {
  override readonly name = "IcebergSchemaError";
}

/** What is made of a schema where there is a choice. */
export interface SchemaChoices {
  /** TIME as the LONG of its microseconds; else it is refused. */
  readonly castTime?: boolean;
  /** Names in the files by field id, where they were given before; else a field is called in the files as it is now. */
  readonly physicalNames?: ReadonlyMap<number, string>;
}

/**
 * An Iceberg schema as Delta's, its columns mapped by their field ids. Throws IcebergSchemaError for types that Delta has not, and for names
 * that it cannot tell apart. Source: the Iceberg specification, "Schemas and Data Types".
 */
export function deltaSchema(
  { fields }: Pick<IcebergMetadata, "fields">,
  choices: SchemaChoices = {},
): StructType {
  return { kind: "struct", fields: fieldsOf(fields, choices, 0) };
}

/** Schemas of people nest a few deep. */
const MOST_DEPTH = 100;

function fieldsOf(
  fields: readonly JsonObject[],
  choices: SchemaChoices,
  depth: number,
): readonly StructField[] {
  const seen = new Set<string>();
  for (const { name } of fields) {
    const folded = textOf(name, "the name of a field").toLowerCase();
    if (seen.has(folded))
      throw new IcebergSchemaError(`column names that differ in case only (${textOf(name, "")})`);
    seen.add(folded);
  }
  return fields.map((field) => deltaField(field, choices, depth));
}

function deltaField(field: JsonObject, choices: SchemaChoices, depth: number): StructField {
  const name = textOf(field["name"], "the name of a field");
  const id = integerOf(field["id"], `the id of ${name}`);
  const { doc } = field;
  return {
    name,
    type: deltaType(field["type"], choices, depth),
    nullable: field["required"] !== true,
    metadata: {
      ...(typeof doc === "string" && { comment: doc }),
      "delta.columnMapping.id": id,
      "delta.columnMapping.physicalName": choices.physicalNames?.get(id) ?? name,
    },
  };
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  boolean: "boolean",
  int: "integer",
  long: "long",
  float: "float",
  double: "double",
  date: "date",
  timestamp: "timestamp_ntz",
  timestamptz: "timestamp",
  string: "string",
  uuid: "string",
  binary: "binary",
  unknown: "void",
};

function deltaType(type: Json | undefined, choices: SchemaChoices, depth: number): DataType {
  if (depth > MOST_DEPTH) throw new IcebergSchemaError("types that nest too deep");
  if (typeof type === "string") return primitiveType(type, choices);
  const composed = objectOf(type, "a type");
  const inner = (key: string) => deltaType(composed[key], choices, depth + 1);
  switch (composed["type"]) {
    case "struct":
      return { kind: "struct", fields: fieldsOf(listOf(composed["fields"], "fields"), choices, depth + 1) };
    case "list":
      return {
        kind: "array",
        element: inner("element"),
        containsNull: composed["element-required"] !== true,
      };
    case "map":
      return {
        kind: "map",
        key: inner("key"),
        value: inner("value"),
        valueContainsNull: composed["value-required"] !== true,
      };
    default:
      throw new IcebergSchemaError(`the type ${jsonText(composed["type"])}`);
  }
}

function primitiveType(name: string, { castTime = false }: SchemaChoices): DataType {
  const [, precision, scale] = /^decimal\(\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(name) ?? [];
  if (precision !== undefined) return { kind: "decimal", precision: Number(precision), scale: Number(scale) };
  if (/^fixed\[\s*\d+\s*\]$/.test(name)) return { kind: "primitive", name: "binary" };
  if (name === "time" && castTime) return { kind: "primitive", name: "long" };
  const delta = Object.hasOwn(PRIMITIVES, name) ? PRIMITIVES[name] : undefined;
  if (delta === undefined) throw new IcebergSchemaError(`the type ${name}`);
  return { kind: "primitive", name: delta };
}
