import { DeltaError } from "../errors.ts";
import { type Json, type JsonObject, printJson } from "../json.ts";
import { fieldFacts, walkFields } from "../schema/fields.ts";
import type { DataType, StructField, StructType } from "../schema/types.ts";

/**
 * Throws DELTA_UNSUPPORTED_TYPE_CHANGE when a column was changed between types that no reader can convert
 * values between. Protocol: "Type Widening", supported type changes.
 */
export function checkTypeChanges(schema: StructType): void {
  for (const { path, field } of walkFields(schema)) {
    for (const { fromType, toType } of fieldFacts(field).typeChanges) {
      if (isWidening(fromType, toType)) continue;
      const column = path.join(".");
      throw new DeltaError(
        "DELTA_UNSUPPORTED_TYPE_CHANGE",
        `Column ${column} was changed from ${printJson(fromType ?? null)} to ${printJson(toType ?? null)}, which cannot be read`,
        { context: { column } },
      );
    }
  }
}

/** One leaf of a column's type that shall have another type. */
interface LeafChange {
  /** `element`, `key`, `value` on the way from the column to the leaf. */
  readonly path: readonly string[];
  readonly from: DataType;
  readonly to: DataType;
}

/**
 * The column with another type, and on record in `delta.typeChanges` what it had; fields of structs are
 * columns of their own. `undefined` where no reader could convert the values. Protocol: "Type Widening".
 */
export function withWidenedType(field: StructField, to: DataType): StructField | undefined {
  const changes = leafChanges(field.type, to);
  if (changes === undefined) return undefined;
  if (changes.length === 0) return field;
  const entries = changes.map(
    ({ path, from, to: wide }): JsonObject => ({
      toType: typeName(wide),
      fromType: typeName(from),
      ...(path.length > 0 && { fieldPath: path.join(".") }),
    }),
  );
  const typeChanges = [...fieldFacts(field).typeChanges, ...entries];
  return { ...field, type: to, metadata: { ...field.metadata, "delta.typeChanges": typeChanges } };
}

/** Whether a type can become another one, leaf by leaf, none of which is a struct. */
export function widens(from: DataType, to: DataType): boolean {
  return leafChanges(from, to) !== undefined;
}

function leafChanges(
  from: DataType,
  to: DataType,
  path: readonly string[] = [],
): readonly LeafChange[] | undefined {
  if (from.kind === "array" && to.kind === "array")
    return leafChanges(from.element, to.element, [...path, "element"]);
  if (from.kind === "map" && to.kind === "map") {
    const key = leafChanges(from.key, to.key, [...path, "key"]);
    const value = leafChanges(from.value, to.value, [...path, "value"]);
    return key && value && [...key, ...value];
  }
  const [narrow, wide] = [typeName(from), typeName(to)];
  if (narrow === "" || wide === "") return undefined;
  if (narrow === wide) return [];
  return isWidening(narrow, wide) ? [{ path, from, to }] : undefined;
}

/** As the log calls it; of nested types nothing. */
function typeName(type: DataType): string {
  if (type.kind === "primitive") return type.name;
  return type.kind === "decimal" ? `decimal(${type.precision},${type.scale})` : "";
}

const INTEGERS = ["byte", "short", "integer", "long"];
/** Digits of the decimal that holds every value of the type. */
const DIGITS: Readonly<Record<string, number>> = { byte: 10, short: 10, integer: 10, long: 20 };

function isWidening(from: Json | undefined, to: Json | undefined): boolean {
  if (typeof from !== "string" || typeof to !== "string") return false;
  const [narrow, wide] = [decimal(from) ?? integerAsDecimal(from), decimal(to)];
  if (narrow !== undefined && wide !== undefined) {
    const scale = wide.scale - narrow.scale;
    return scale >= 0 && wide.precision - narrow.precision >= scale;
  }
  if (to === "double") return ["byte", "short", "integer", "float"].includes(from);
  if (to === "timestamp_ntz") return from === "date";
  return INTEGERS.includes(from) && INTEGERS.indexOf(from) < INTEGERS.indexOf(to);
}

function decimal(type: string): { precision: number; scale: number } | undefined {
  const match = /^decimal\((\d+),\s*(\d+)\)$/.exec(type);
  return match === null ? undefined : { precision: Number(match[1]), scale: Number(match[2]) };
}

function integerAsDecimal(type: string): { precision: number; scale: number } | undefined {
  const precision = DIGITS[type];
  return precision === undefined ? undefined : { precision, scale: 0 };
}
