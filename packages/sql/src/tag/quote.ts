import type { ObjectName, SchemaName } from "@clone-xs/unity";
import { SqlError } from "../errors.ts";
import { type SqlFragment, unsafeText } from "./fragment.ts";

/** A value that can stand as a literal in SQL text. */
export type LiteralValue = string | number | bigint | boolean | null;

/**
 * A name in backticks, part by part: `id("a", "b.c")`, `id({ catalog, schema, name })`.
 * Throws INVALID_VALUE for an empty part, which Databricks has no spelling for.
 */
export function id(first: string | SchemaName | ObjectName, ...rest: readonly string[]): SqlFragment {
  const parts = typeof first === "string" ? [first, ...rest] : [...nameParts(first), ...rest];
  return unsafeText(parts.map(quoteIdentifier).join("."));
}

/** The parts of a name, outermost first. */
export function nameParts(name: SchemaName | ObjectName): readonly string[] {
  return "name" in name ? [name.catalog, name.schema, name.name] : [name.catalog, name.schema];
}

/**
 * A literal: text in single quotes, exact digits, TRUE, FALSE or NULL. Negative numbers stand in parentheses, so that a
 * minus before them makes no comment. A fraction is a DOUBLE (`1.5D`); a DECIMAL is written as text and cast.
 * Throws INVALID_VALUE for NaN, infinities and integers that a JavaScript number cannot hold exactly.
 */
export function lit(value: LiteralValue): SqlFragment {
  if (value === null) return unsafeText("NULL");
  if (typeof value === "string") return unsafeText(quoteString(value));
  if (typeof value === "boolean") return unsafeText(value ? "TRUE" : "FALSE");
  const digits = typeof value === "bigint" ? value.toString() : numberText(value);
  return unsafeText(digits.startsWith("-") ? `(${digits})` : digits);
}

/** Doubles the backticks: everything else, newlines too, stands for itself between backticks. */
export function quoteIdentifier(name: string): string {
  if (name === "") throw new SqlError("INVALID_VALUE", "A name cannot be empty.");
  return `\`${name.replaceAll("`", "``")}\``;
}

/**
 * A single-quoted literal with backslash escapes, as Databricks reads them. No newline is left inside, so a statement
 * stays on one line; `${` is broken up because Spark substitutes variables even inside literals.
 * Source: STRING type, Databricks SQL reference (`\\<other char>` stands for the character itself).
 */
export function quoteString(value: string): string {
  return `'${value.replace(NEEDS_ESCAPE, escaped)}'`;
}

// oxlint-disable-next-line no-control-regex -- control characters are what is escaped
const NEEDS_ESCAPE = /[\\'\n\r\t\u0000]|\$\{/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\u0000": "\\0",
  "\u0024{": "$\\{",
};

function escaped(piece: string, offset: number, value: string): string {
  const octalWouldFollow = piece === "\u0000" && /\d/u.test(value.charAt(offset + 1));
  return octalWouldFollow ? "\\u0000" : (ESCAPES[piece] ?? piece);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new SqlError("INVALID_VALUE", `${value} has no literal.`);
  if (!Number.isInteger(value)) return `${value}D`;
  if (!Number.isSafeInteger(value))
    throw new SqlError("INVALID_VALUE", `${value} is not exact; give a bigint.`);
  return value.toString();
}
