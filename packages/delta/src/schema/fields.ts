import { type Json, type JsonObject, parseJson } from "../json.ts";
import type { DataType, StructField, StructType } from "./types.ts";

/** The known keys of a field's metadata. */
export interface FieldFacts {
  readonly comment?: string;
  /** Column mapping: the name in data files, statistics and partition values. */
  readonly physicalName: string;
  /** Column mapping: the parquet field id. */
  readonly id?: number;
  readonly generationExpression?: string;
  readonly identity?: Identity;
  /** SQL text of DEFAULT. */
  readonly currentDefault?: string;
  /** SQL text of the value that rows older than the column have. */
  readonly existsDefault?: string;
  /** SQL text of a condition that older writers kept with the column. */
  readonly invariant?: string;
  /** Type widening: the types the column had. */
  readonly typeChanges: readonly JsonObject[];
}

export interface Identity {
  readonly start: bigint;
  readonly step: bigint;
  readonly highWaterMark?: bigint;
  readonly allowExplicitInsert: boolean;
}

/** Reads what Delta keeps in `field.metadata`. */
export function fieldFacts({ name, metadata }: StructField): FieldFacts {
  const id = metadata["delta.columnMapping.id"];
  const changes = metadata["delta.typeChanges"];
  return {
    physicalName: text(metadata["delta.columnMapping.physicalName"]) ?? name,
    typeChanges: Array.isArray(changes) ? (changes as JsonObject[]) : [],
    ...present("comment", text(metadata["comment"])),
    ...present("id", typeof id === "number" ? id : undefined),
    ...present("generationExpression", text(metadata["delta.generationExpression"])),
    ...present("identity", identity(metadata)),
    ...present("currentDefault", text(metadata["CURRENT_DEFAULT"])),
    ...present("existsDefault", text(metadata["EXISTS_DEFAULT"])),
    ...present("invariant", invariant(metadata["delta.invariants"])),
  };
}

/**
 * Every field of a type with its path of names, parents first; into structs, array elements, map keys and
 * values.
 */
export function* walkFields(
  type: DataType,
  parents: readonly string[] = [],
): Generator<{ path: readonly string[]; field: StructField }> {
  switch (type.kind) {
    case "struct":
      for (const field of type.fields) {
        const path = [...parents, field.name];
        yield { path, field };
        yield* walkFields(field.type, path);
      }
      return;
    case "array":
      yield* walkFields(type.element, [...parents, "element"]);
      return;
    case "map":
      yield* walkFields(type.key, [...parents, "key"]);
      yield* walkFields(type.value, [...parents, "value"]);
      return;
    case "primitive":
    case "decimal":
  }
}

/** Whether a type with this name occurs anywhere in the schema. */
export function usesType(type: DataType, name: string): boolean {
  switch (type.kind) {
    case "primitive":
      return type.name === name;
    case "decimal":
      return name === "decimal";
    case "array":
      return usesType(type.element, name);
    case "map":
      return usesType(type.key, name) || usesType(type.value, name);
    case "struct":
      return type.fields.some((f) => usesType(f.type, name));
  }
}

/** A column's field by its logical name, without regard to case. */
export function findField(schema: StructType, name: string): StructField | undefined {
  const wanted = name.toLowerCase();
  return schema.fields.find((f) => f.name.toLowerCase() === wanted);
}

function identity(metadata: JsonObject): Identity | undefined {
  const start = integer(metadata["delta.identity.start"]);
  const step = integer(metadata["delta.identity.step"]);
  if (start === undefined || step === undefined) return undefined;
  return {
    start,
    step,
    allowExplicitInsert: metadata["delta.identity.allowExplicitInsert"] === true,
    ...present("highWaterMark", integer(metadata["delta.identity.highWaterMark"])),
  };
}

/** `{"expression":{"expression":"a > 3"}}`, as text. Protocol: "Column Invariants". */
function invariant(value: Json | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  // The protocol has it in two objects; Trino writes the expression alone.
  if (!/^\s*\{/.test(value)) return value;
  const { expression: outer } = parseJson(value) as { readonly expression?: { readonly expression?: Json } };
  return text(outer?.expression);
}

function integer(value: Json | undefined): bigint | undefined {
  return typeof value === "number" || typeof value === "bigint" ? BigInt(value) : undefined;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function present<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
