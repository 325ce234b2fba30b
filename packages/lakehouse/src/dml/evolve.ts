import {
  type DataType,
  type Snapshot,
  type StructField,
  type TableDefinition,
  widens,
  withWidenedType,
} from "@clone-xs/delta";
import { definitionOf } from "../execution/statements/change-metadata.ts";
import { isMapped, withMapping } from "../execution/statements/column-mapping.ts";
import { checked } from "../execution/statements/shape.ts";
import { isInterval, isVoid, sameType, type Type } from "../execution/types/types.ts";
import type { Work } from "../execution/work.ts";

/** A column of a source: its name, and the type its values have. */
export interface Brought {
  readonly name: string;
  readonly type: Type;
}

/** A table as it is with the columns that rows bring, and the definition to commit with them. */
export interface Evolved {
  readonly base: Snapshot;
  /** Absent when the rows bring nothing new. */
  readonly definition?: TableDefinition;
}

/**
 * Adds to a table the columns, and fields of structs, that rows of a source have and it has not: at the end, nullable. Where type widening
 * is on, columns become as wide as the source's. Source: Databricks, "Update table schema", automatic schema evolution.
 */
export function evolved(work: Work, base: Snapshot, columns: readonly Brought[]): Evolved {
  const { schema, configuration } = base.metadata;
  const canWiden = configuration["delta.enableTypeWidening"]?.toLowerCase() === "true";
  const fields = mergedFields(schema.fields, columns, canWiden);
  if (fields === schema.fields) return { base };
  const wanted = { ...definitionOf(base), schema: checked({ ...schema, fields }, isMapped(configuration)) };
  const definition = withMapping(wanted, () => `col-${work.context.uuid()}`);
  const metadata = {
    ...base.metadata,
    schema: definition.schema,
    configuration: definition.properties ?? configuration,
  };
  return { base: { ...base, metadata }, definition };
}

function mergedFields(
  fields: readonly StructField[],
  columns: readonly Brought[],
  canWiden: boolean,
): readonly StructField[] {
  const named = (name: string) => columns.find((c) => c.name.toLowerCase() === name.toLowerCase());
  const changed = fields.map((field) => {
    const column = named(field.name);
    return column === undefined ? field : mergedField(field, column.type, canWiden);
  });
  const known = new Set(fields.map(({ name }) => name.toLowerCase()));
  const added = columns.filter(
    ({ name, type }) => !known.has(name.toLowerCase()) && !isVoid(type) && !isInterval(type),
  );
  if (added.length === 0 && changed.every((field, i) => field === fields[i])) return fields;
  return [...changed, ...added.map(({ name, type }) => addedField(name, type))];
}

function mergedField(field: StructField, type: Type, canWiden: boolean): StructField {
  if (canWiden && widensByItself(field.type, type)) return withWidenedType(field, type) ?? field;
  const merged = mergedType(field.type, type, canWiden);
  return merged === field.type ? field : { ...field, type: merged };
}

function mergedType(own: DataType, type: Type, canWiden: boolean): DataType {
  if (own.kind === "struct" && type.kind === "struct") {
    const fields = mergedFields(own.fields, type.fields, canWiden);
    return fields === own.fields ? own : { ...own, fields };
  }
  if (own.kind === "array" && type.kind === "array") {
    const element = mergedType(own.element, type.element, canWiden);
    return element === own.element ? own : { ...own, element };
  }
  if (own.kind === "map" && type.kind === "map") {
    const value = mergedType(own.value, type.value, canWiden);
    return value === own.value ? own : { ...own, value };
  }
  return own;
}

/** Only changes that lose nothing and keep the kind of number are made unasked; the others take an ALTER TABLE. */
function widensByItself(own: DataType, type: Type): boolean {
  if (sameType(own, type) || !widens(own, type)) return false;
  const isWhole = (t: DataType) =>
    t.kind === "primitive" && ["byte", "short", "integer", "long"].includes(t.name);
  return !isWhole(own) || isWhole(type);
}

/** A new column has no value in the rows that are there: nothing in it is required, and nothing of another table's is kept. */
function addedField(name: string, type: Type): StructField {
  return { name, type: withoutMetadata(type), nullable: true, metadata: {} };
}

function withoutMetadata(type: Type): Type {
  switch (type.kind) {
    case "struct":
      return { ...type, fields: type.fields.map((field) => addedField(field.name, field.type)) };
    case "array":
      return { ...type, element: withoutMetadata(type.element), containsNull: true };
    case "map":
      return {
        ...type,
        key: withoutMetadata(type.key),
        value: withoutMetadata(type.value),
        valueContainsNull: true,
      };
    case "primitive":
    case "decimal":
      return type;
  }
}
