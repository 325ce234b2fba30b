import type { DataType, Json, JsonObject, StructField, StructType } from "@clone-xs/delta";
import { type IcebergMetadata, jsonText } from "./metadata.ts";

/** Why a schema is not read. */
export class IcebergSchemaError extends Error {
  override readonly name = "IcebergSchemaError";
}

/**
 * An Iceberg schema as Delta's, its columns mapped by their field ids. Throws IcebergSchemaError for types that Delta has not, and for
 * fields inside others that had another name once: their old files would be read as NULL.
 */
export function deltaSchema({ fields, schemas }: IcebergMetadata): StructType {
  const seen = new Set<string>();
  for (const { name } of fields) {
    if (seen.has(jsonText(name).toLowerCase()))
      throw new IcebergSchemaError(`column names that differ in case only (${jsonText(name)})`);
    seen.add(jsonText(name).toLowerCase());
  }
  for (const field of fields) refuseRenamed(field["type"], schemas);
  return { kind: "struct", fields: fields.map(deltaField) };
}

function deltaField(field: JsonObject): StructField {
  const name = jsonText(field["name"]);
  const doc = field["doc"];
  return {
    name,
    type: deltaType(field["type"]),
    nullable: field["required"] !== true,
    metadata: {
      ...(typeof doc === "string" && { comment: doc }),
      "delta.columnMapping.id": Number(field["id"]),
      "delta.columnMapping.physicalName": name,
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
  binary: "binary",
};

function deltaType(type: Json | undefined): DataType {
  if (typeof type === "string") return primitiveType(type);
  const composed = type as JsonObject;
  switch (composed["type"]) {
    case "struct":
      return { kind: "struct", fields: (composed["fields"] as readonly JsonObject[]).map(deltaField) };
    case "list":
      return {
        kind: "array",
        element: deltaType(composed["element"]),
        containsNull: composed["element-required"] !== true,
      };
    case "map":
      return {
        kind: "map",
        key: deltaType(composed["key"]),
        value: deltaType(composed["value"]),
        valueContainsNull: composed["value-required"] !== true,
      };
    default:
      throw new IcebergSchemaError(`the type ${JSON.stringify(type)}`);
  }
}

function primitiveType(name: string): DataType {
  const [, precision, scale] = /^decimal\(\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(name) ?? [];
  if (precision !== undefined) return { kind: "decimal", precision: Number(precision), scale: Number(scale) };
  if (name.startsWith("fixed[")) return { kind: "primitive", name: "binary" };
  const delta = PRIMITIVES[name];
  if (delta === undefined) throw new IcebergSchemaError(`the type ${name}`);
  return { kind: "primitive", name: delta };
}

function refuseRenamed(type: Json | undefined, schemas: IcebergMetadata["schemas"]): void {
  for (const { id, name } of nested(type))
    for (const fields of schemas)
      for (const field of fields)
        for (const other of nested(field["type"]))
          if (other.id === id && other.name !== name)
            throw new IcebergSchemaError(`a renamed nested field (${other.name}, now ${name})`);
}

/** The fields inside a type. */
function nested(type: Json | undefined): readonly { readonly id: number; readonly name: string }[] {
  if (typeof type !== "object" || type === null) return [];
  const composed = type as JsonObject;
  const fields = (composed["fields"] ?? []) as readonly JsonObject[];
  return [
    ...fields.flatMap((field) => [
      { id: Number(field["id"]), name: jsonText(field["name"]) },
      ...nested(field["type"]),
    ]),
    ...nested(composed["element"]),
    ...nested(composed["key"]),
    ...nested(composed["value"]),
  ];
}
