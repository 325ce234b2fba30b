import { coerce } from "../translate/casts.ts";
import type { Typed } from "../translate/typed.ts";
import { commonOf } from "../types/coercion.ts";
import { typeText } from "../types/text.ts";
import type { CallSite } from "./entry.ts";

/** Values in their common type. Throws DATATYPE_MISMATCH when they have none. */
export function alikeOrFail(site: CallSite, values: readonly Typed[]): readonly Typed[] {
  const type = commonOf(values.map((value) => value.type));
  if (type === undefined)
    throw site.mismatch(
      `Input to the function should all be the same type, but it's [${values.map((value) => `"${typeText(value.type)}"`).join(", ")}].`,
    );
  return values.map((value) => coerce(value, type));
}
