import type { DataType, StructField, StructType } from "@clone-xs/delta";
import { failure, quotedParts, unresolvedColumn } from "../errors.ts";
import { catalogText } from "../types/text.ts";

type Change = (fields: readonly StructField[]) => readonly StructField[];

/**
 * A schema with the fields of one struct changed: of the table itself, or of the column or field that `parents` leads to; `element`, `key`
 * and `value` lead into lists and maps. Throws UNRESOLVED_COLUMN, and DELTA_ADD_COLUMN_PARENT_NOT_STRUCT where there is none.
 */
export function withFieldsOf(schema: StructType, parents: readonly string[], change: Change): StructType {
  const [first] = parents;
  if (first === undefined) return { ...schema, fields: change(schema.fields) };
  return { ...schema, fields: within(schema.fields, parents, parents, change) };
}

/** A schema with one field changed, which a path leads to. Throws UNRESOLVED_COLUMN. */
export function withFieldAt(
  schema: StructType,
  path: readonly string[],
  change: (field: StructField) => StructField,
): StructType {
  const name = path.at(-1) ?? "";
  return withFieldsOf(schema, path.slice(0, -1), (fields) => {
    const index = fieldIndex(fields, name, path);
    return fields.map((field, i) => (i === index ? change(field) : field));
  });
}

/** Where a field stands. Throws UNRESOLVED_COLUMN, naming the whole `path`. */
export function fieldIndex(
  fields: readonly StructField[],
  name: string,
  path: readonly string[] = [name],
): number {
  const index = fields.findIndex((field) => field.name.toLowerCase() === name.toLowerCase());
  if (index >= 0) return index;
  throw unresolvedColumn(
    quotedParts(path),
    fields.map((field) => quotedParts([field.name])),
  );
}

function within(
  fields: readonly StructField[],
  [name = "", ...rest]: readonly string[],
  path: readonly string[],
  change: Change,
): readonly StructField[] {
  const index = fieldIndex(fields, name, path);
  return fields.map((field, i) =>
    i === index ? { ...field, type: inside(field.type, rest, path, change) } : field,
  );
}

function inside(type: DataType, rest: readonly string[], path: readonly string[], change: Change): DataType {
  const [step = "", ...further] = rest;
  if (type.kind === "struct")
    return {
      ...type,
      fields: rest.length === 0 ? change(type.fields) : within(type.fields, rest, path, change),
    };
  const word = step.toLowerCase();
  if (type.kind === "array" && word === "element")
    return { ...type, element: inside(type.element, further, path, change) };
  if (type.kind === "map" && word === "key") return { ...type, key: inside(type.key, further, path, change) };
  if (type.kind === "map" && word === "value")
    return { ...type, value: inside(type.value, further, path, change) };
  throw failure(
    "DELTA_ADD_COLUMN_PARENT_NOT_STRUCT",
    "42KD3",
    `Cannot change fields of ${quotedParts(path)} because it is not a struct. Found ${catalogText(type)}.`,
  );
}
