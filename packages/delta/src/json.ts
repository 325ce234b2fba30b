import { isSafeNumber, LosslessNumber, parse, stringify } from "lossless-json";

/**
 * A JSON value whose numbers are exact: a `number` where a double holds the literal, else a `bigint` for an integer and an
 * {@link ExactNumber} (the literal's text) for a fraction.
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
  if (!MAY_LOSE.test(text)) return JSON.parse(text) as Json;
  return parse(text, undefined, exact) as Json;
}

/** Prints JSON on one line; `bigint` and {@link ExactNumber} as number literals. */
export function printJson(value: Json | object): string {
  return stringify(value) as string;
}

/** Number literals that `JSON.parse` may change: sixteen digits or more, fractions and exponents. Hits inside strings only cost time. */
const MAY_LOSE = /[:[,]\s*-?\d*(?:\d{16}|\.\d|\d[eE])/;

function exact(literal: string): number | bigint | LosslessNumber {
  if (/^-?\d+$/.test(literal)) {
    const value = Number(literal);
    return Number.isSafeInteger(value) ? value : BigInt(literal);
  }
  return isSafeNumber(literal) ? Number(literal) : new LosslessNumber(literal);
}
