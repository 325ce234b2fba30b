import { DeltaError } from "../errors.ts";
import { type Json, printJson } from "../json.ts";
import { fieldFacts, walkFields } from "../schema/fields.ts";
import type { StructType } from "../schema/types.ts";

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
