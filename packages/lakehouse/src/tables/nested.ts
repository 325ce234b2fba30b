import { fieldFacts, type StructField } from "@clone-xs/delta";
import { quoteName, quoteText } from "../execution/translate/quote.ts";
import { duckType } from "../execution/types/duckdb.ts";
import type { Type } from "../execution/types/types.ts";

/** How a file calls a field inside of a column, or that it has none such. */
export type NameIn = (field: StructField) => string | undefined;

export const physicalName: NameIn = (field) => fieldFacts(field).physicalName;

/** The names that a file itself gives to field ids. */
export function nameById(names: ReadonlyMap<number, string>): NameIn {
  return (field) => {
    const { id } = fieldFacts(field);
    return id === undefined ? undefined : names.get(id);
  };
}

/** The DuckDB type of a column as a file has it; `undefined` when the file has nothing of it, or the engine no such type. */
export function storedType(type: Type, nameIn: NameIn): string | undefined {
  switch (type.kind) {
    case "array": {
      const element = storedType(type.element, nameIn);
      return element && `${element}[]`;
    }
    case "map": {
      const [key, value] = [storedType(type.key, nameIn), storedType(type.value, nameIn)];
      return key && value && `MAP(${key}, ${value})`;
    }
    case "struct": {
      const fields = presentFields(type, nameIn).map(
        ({ name, field }) => `${quoteName(name)} ${storedType(field.type, nameIn)}`,
      );
      return fields.length === 0 ? undefined : `STRUCT(${fields.join(", ")})`;
    }
    default:
      return duckType(type);
  }
}

type Struct = Extract<Type, { kind: "struct" }>;

function presentFields({ fields }: Struct, nameIn: NameIn) {
  return fields.flatMap((field) => {
    const name = nameIn(field);
    return name === undefined || storedType(field.type, nameIn) === undefined ? [] : [{ name, field }];
  });
}

/** A value as a file has it, given the names that the table knows. */
export function logicalValue(type: Type, sql: string, nameIn: NameIn): string {
  return shaped(type, sql, {
    changes: (struct) => struct.fields.some((f) => nameIn(f) !== f.name),
    fields: (struct, value) => {
      const present = presentFields(struct, nameIn);
      return struct.fields.map((f) => {
        const name = present.find(({ field }) => field === f)?.name;
        const item = name === undefined ? undefined : `struct_extract(${value}, ${quoteText(name)})`;
        return { to: f.name, type: f.type, sql: item };
      });
    },
  });
}

/** A value of the table with the names that its files have. */
export function physicalValue(type: Type, sql: string): string {
  return shaped(type, sql, {
    changes: (struct) => struct.fields.some((f) => physicalName(f) !== f.name),
    fields: (struct, value) =>
      struct.fields.map((f) => ({
        to: physicalName(f) ?? f.name,
        type: f.type,
        sql: `struct_extract(${value}, ${quoteText(f.name)})`,
      })),
  });
}

/** A value whose leaves are changed, where `leaf` gives a text for them. */
export function withLeaves(
  type: Type,
  sql: string,
  leaf: (type: Type, sql: string) => string | undefined,
): string {
  return shaped(type, sql, {
    leaf,
    changes: () => false,
    fields: (struct, value) =>
      struct.fields.map((f) => ({
        to: f.name,
        type: f.type,
        sql: `struct_extract(${value}, ${quoteText(f.name)})`,
      })),
  });
}

interface Shape {
  /** Another text for a value that nothing is inside of. */
  readonly leaf?: (type: Type, sql: string) => string | undefined;
  readonly changes: (struct: Struct) => boolean;
  /** The fields to make of a struct; without text for one that is not there. */
  readonly fields: (
    struct: Struct,
    value: string,
  ) => readonly { readonly to: string; readonly type: Type; readonly sql: string | undefined }[];
}

function isChanged(type: Type, shape: Shape): boolean {
  if (type.kind === "array") return isChanged(type.element, shape);
  if (type.kind === "map") return isChanged(type.key, shape) || isChanged(type.value, shape);
  if (type.kind !== "struct") return shape.leaf?.(type, "") !== undefined;
  return shape.changes(type) || type.fields.some((f) => isChanged(f.type, shape));
}

function shaped(type: Type, sql: string, shape: Shape, depth = 0): string {
  if (!isChanged(type, shape)) return sql;
  const item = `e${depth}`;
  if (type.kind === "array")
    return `list_transform(${sql}, lambda ${item}: ${shaped(type.element, item, shape, depth + 1)})`;
  if (type.kind === "map")
    return `map_from_entries(list_transform(map_entries(${sql}), lambda ${item}: struct_pack(key := ${shaped(type.key, `${item}.key`, shape, depth + 1)}, value := ${shaped(type.value, `${item}.value`, shape, depth + 1)})))`;
  if (type.kind !== "struct") return shape.leaf?.(type, sql) ?? sql;
  const fields = shape
    .fields(type, sql)
    .map(
      (f) =>
        `${quoteName(f.to)} := ${f.sql === undefined ? `CAST(NULL AS ${duckType(f.type) ?? "INTEGER"})` : shaped(f.type, f.sql, shape, depth)}`,
    );
  return `CASE WHEN ${sql} IS NOT NULL THEN struct_pack(${fields.join(", ")}) END`;
}

/** `FIELD_IDS` of columns, at every depth; empty without column mapping. */
export function fieldIds(fields: readonly StructField[]): string {
  return fields
    .flatMap((field) => {
      const { id, physicalName: name } = fieldFacts(field);
      const inner = innerIds(field.type, idsBelow(field), name);
      const own = id === undefined ? [] : [`__duckdb_field_id: ${id}`];
      if (inner.length === 0) return id === undefined ? [] : [`${quoteName(name)}: ${id}`];
      return [`${quoteName(name)}: {${[...own, ...inner].join(", ")}}`];
    })
    .join(", ");
}

/** Ids of elements, keys and values, which tables for Iceberg readers have. Key: the path from the column. */
type IdsBelow = Readonly<Record<string, unknown>>;

function idsBelow({ metadata }: StructField): IdsBelow {
  const found = metadata["delta.columnMapping.nested.ids"];
  return typeof found === "object" && found !== null ? (found as IdsBelow) : {};
}

function innerIds(type: Type, ids: IdsBelow, path: string): readonly string[] {
  if (type.kind === "struct") {
    const text = fieldIds(type.fields);
    return text === "" ? [] : [text];
  }
  const parts: readonly (readonly [string, Type])[] =
    type.kind === "array"
      ? [["element", type.element]]
      : type.kind === "map"
        ? [
            ["key", type.key],
            ["value", type.value],
          ]
        : [];
  return parts.flatMap(([name, part]) => {
    const at = `${path}.${name}`;
    const id = ids[at];
    const own = typeof id === "number" ? [`__duckdb_field_id: ${id}`] : [];
    const all = [...own, ...innerIds(part, ids, at)];
    return all.length === 0 ? [] : [`${name}: {${all.join(", ")}}`];
  });
}
