import { duckType } from "../types/duckdb.ts";
import { BOOLEAN, LONG, STRING, type Type, VOID } from "../types/types.ts";
import { quoteText } from "./quote.ts";

/** A DuckDB expression and the Spark type of its value. The text stands alone: it is a name, a literal, a call or in parentheses. */
export interface Typed {
  readonly sql: string;
  readonly type: Type;
  /** A column or literal: may be written twice at no cost. */
  readonly simple?: boolean;
  /** The value, when it is a string literal in the statement: formats and units must be known while translating. */
  readonly literal?: string;
  /** Digits of an integer literal: next to a decimal it counts as a decimal of just that size. */
  readonly digits?: number;
}

export function typed(sql: string, type: Type): Typed {
  return { sql, type };
}

export function simple(sql: string, type: Type): Typed {
  return { sql, type, simple: true };
}

export const NULL: Typed = { sql: "NULL", type: VOID, simple: true };

export function text(value: string): Typed {
  return { sql: quoteText(value), type: STRING, simple: true, literal: value };
}

export function bigint(value: number | bigint): Typed {
  return simple(`${value}::BIGINT`, LONG);
}

export function boolean(value: boolean): Typed {
  return simple(value ? "true" : "false", BOOLEAN);
}

/** NULL of a type. */
export function nullOf(type: Type): string {
  return `CAST(NULL AS ${duckType(type) ?? "INTEGER"})`;
}

/**
 * Writes `body` so that each argument is computed once however often `body` names it: arguments that are not plain go through a
 * one-element list (DuckDB has no LET). Aggregates and subqueries stay outside the lambda, where DuckDB wants them.
 */
export function once(args: readonly Typed[], body: (...names: readonly string[]) => string): string {
  if (args.every((arg) => arg.simple)) return body(...args.map((arg) => arg.sql));
  const variable = variableFor(args);
  const fields = args.map((arg, i) => `a${i} := ${arg.sql}`);
  const references = args.map((_, i) => `${variable}.a${i}`);
  return `list_transform([struct_pack(${fields.join(", ")})], lambda ${variable}: ${body(...references)})[1]`;
}

/** The same arguments give the same name, so that an expression in GROUP BY equals the one in SELECT; nested bindings differ. */
function variableFor(args: readonly Typed[]): string {
  let hash = 0x811c9dc5;
  for (const character of args.map((arg) => arg.sql).join("\0"))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return `v${(hash >>> 0).toString(36)}`;
}
