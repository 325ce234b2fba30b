import { DeltaError } from "../errors.ts";
import { type Json, type JsonObject, parseJson, printJson } from "../json.ts";
import type { DataType, StructField, StructType } from "./types.ts";

/**
 * Parses `metaData.schemaString`. Numbers in field metadata stay exact (identity marks reach 64 bits).
 * Throws DELTA_LOG_CORRUPT when the text is no schema. Protocol: "Schema Serialization Format".
 */
export function parseSchema(schemaString: string): StructType {
  const type = dataType(parsed(schemaString), "schema");
  if (type.kind !== "struct") throw corrupt("schema", "is no struct");
  return type;
}

/**
 * Prints a schema as Spark does: `type` first, then `fields`, every field with name, type, nullable,
 * metadata.
 */
export function printSchema(schema: StructType): string {
  return printJson(toJson(schema));
}

/** The value that stands for a type in the log. */
function toJson(type: DataType): Json {
  switch (type.kind) {
    case "primitive":
      return type.name;
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return { type: "array", elementType: toJson(type.element), containsNull: type.containsNull };
    case "map":
      return {
        type: "map",
        keyType: toJson(type.key),
        valueType: toJson(type.value),
        valueContainsNull: type.valueContainsNull,
      };
    case "struct":
      return { type: "struct", fields: type.fields.map(fieldToJson) };
  }
}

function fieldToJson({ name, type, nullable, metadata }: StructField): JsonObject {
  return { name, type: toJson(type), nullable, metadata };
}

function parsed(text: string): Json {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new DeltaError("DELTA_LOG_CORRUPT", "metaData.schemaString is not JSON", { cause });
  }
}

function dataType(value: Json, where: string): DataType {
  if (typeof value === "string") return named(value);
  if (!isObject(value)) throw corrupt(where, "has a type that is neither text nor object");
  switch (value["type"]) {
    case "struct":
      return { kind: "struct", fields: list(value["fields"], where).map((f) => structField(f, where)) };
    case "array":
      return {
        kind: "array",
        element: dataType(value["elementType"] ?? null, `${where}.element`),
        containsNull: value["containsNull"] !== false,
      };
    case "map":
      return {
        kind: "map",
        key: dataType(value["keyType"] ?? null, `${where}.key`),
        value: dataType(value["valueType"] ?? null, `${where}.value`),
        valueContainsNull: value["valueContainsNull"] !== false,
      };
    default:
      throw corrupt(where, `has the unknown type ${JSON.stringify(value["type"])}`);
  }
}

function structField(value: Json, where: string): StructField {
  if (!isObject(value) || typeof value["name"] !== "string")
    throw corrupt(where, "has a field without a name");
  const name = value["name"];
  const metadata = value["metadata"];
  return {
    name,
    type: dataType(value["type"] ?? null, `${where}.${name}`),
    nullable: value["nullable"] !== false,
    metadata: metadata !== undefined && isObject(metadata) ? metadata : {},
  };
}

const DECIMAL = /^decimal(?:\(\s*(\d+)\s*,\s*(-?\d+)\s*\))?$/;

function named(name: string): DataType {
  const decimal = DECIMAL.exec(name);
  if (decimal === null) return { kind: "primitive", name };
  return { kind: "decimal", precision: Number(decimal[1] ?? 10), scale: Number(decimal[2] ?? 0) };
}

function list(value: Json | undefined, where: string): readonly Json[] {
  if (!Array.isArray(value)) throw corrupt(where, "has no list of fields");
  return value as readonly Json[];
}

function isObject(value: Json): value is JsonObject {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !("isLosslessNumber" in value)
  );
}

function corrupt(where: string, what: string): DeltaError {
  return new DeltaError("DELTA_LOG_CORRUPT", `metaData.schemaString: ${where} ${what}`);
}
