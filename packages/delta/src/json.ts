import { isSafeNumber, LosslessNumber, parse, stringify } from "lossless-json";

/**
 * A JSON value whose numbers are exact: a `number` where a double holds the literal, else a `bigint` for an
 * integer and an {@link ExactNumber} (the literal's text) for a fraction.
 */
export type Json = null | boolean | string | number | bigint | ExactNumber | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** The text of a number literal that no double holds. `String(x)` gives the literal. */
export type ExactNumber = LosslessNumber;

/** Makes the literal `text` part of printed JSON as it stands. Throws when it is no JSON number. */
export function exactNumber(text: string): ExactNumber {
  return new LosslessNumber(text);
}

/** Parses JSON text without losing a digit. Throws `SyntaxError` as `JSON.parse` does. */
export function parseJson(text: string): Json {
  if (!MAY_LOSE.test(text) || !MAY_LOSE.test(text.replace(STRINGS, '""'))) return JSON.parse(text) as Json;
  return parse(text, undefined, exact) as Json;
}

/** Prints JSON on one line; `bigint` and {@link ExactNumber} as number literals. */
export function printJson(value: Json | object): string {
  return (isPlain(value) ? JSON.stringify(value) : stringify(value)) as string;
}

/**
 * Number literals that `JSON.parse` may change (sixteen digits or more, fractions, exponents), as a value or
 * in a list. Statistics are JSON inside a string, full of numbers that do not matter until it is parsed
 * itself: there the quote before the colon is escaped.
 */
const MAY_LOSE = /(?:(?:(?<!\\)|\\\\)"\s*:|[[,])\s*-?\d*(?:\d{16}|\.\d|\d[eE])/;
/** Unrolled: a string that never ends must not be tried in every way. */
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

function exact(literal: string): number | bigint | LosslessNumber {
  if (/^-?\d+$/.test(literal)) {
    const value = Number(literal);
    return Number.isSafeInteger(value) ? value : BigInt(literal);
  }
  return isSafeNumber(literal) ? Number(literal) : new LosslessNumber(literal);
}

/** Whether `JSON.stringify` prints the value right: no exact number anywhere in it. */
function isPlain(value: unknown): boolean {
  if (typeof value === "bigint") return false;
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  for (const key in value) if (!isPlain((value as Record<string, unknown>)[key])) return false;
  return !(value instanceof LosslessNumber);
}
