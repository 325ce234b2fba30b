import { quotedParts, unresolvedColumn } from "../execution/errors.ts";
import { cast } from "../execution/translate/casts.ts";
import { quoteName, quoteText } from "../execution/translate/quote.ts";
import { type Typed, typed } from "../execution/translate/typed.ts";
import type { StructType } from "../execution/types/types.ts";

/** A new value for a field inside a struct, which a path leads to. */
export interface FieldValue {
  readonly path: readonly string[];
  readonly value: Typed;
}

/**
 * A struct with some of its fields given new values and the others as they were; of one that is NULL these are NULL. Throws
 * UNRESOLVED_COLUMN for a field it has not.
 */
export function withFieldValues(sql: string, type: StructType, values: readonly FieldValue[]): Typed {
  for (const { path } of values) refuseUnknown(type, path);
  const fields = type.fields.map((field) => {
    const own = values.filter(({ path: [first = ""] }) => same(first, field.name));
    const old = `struct_extract(${sql}, ${quoteText(field.name)})`;
    return `${quoteName(field.name)} := ${fieldValue(old, field.type, own)}`;
  });
  return typed(`struct_pack(${fields.join(", ")})`, type);
}

function fieldValue(
  old: string,
  type: StructType["fields"][number]["type"],
  values: readonly FieldValue[],
): string {
  const whole = values.find(({ path }) => path.length === 1);
  if (whole !== undefined) return cast(whole.value, type).sql;
  if (values.length === 0 || type.kind !== "struct") return old;
  return withFieldValues(
    old,
    type,
    values.map(({ path, value }) => ({ path: path.slice(1), value })),
  ).sql;
}

function refuseUnknown({ fields }: StructType, path: readonly string[]): void {
  const [first = "", ...rest] = path;
  const found = fields.find(({ name }) => same(name, first));
  if (found !== undefined && (rest.length === 0 || found.type.kind === "struct")) return;
  throw unresolvedColumn(
    quotedParts(path),
    fields.map(({ name }) => quotedParts([name])),
  );
}

/** Whether one of two paths leads through the other, or to the same field. */
export function overlaps(a: readonly string[], b: readonly string[]): boolean {
  return Array.from({ length: Math.min(a.length, b.length) }).every((_, i) => same(a[i] ?? "", b[i] ?? ""));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
