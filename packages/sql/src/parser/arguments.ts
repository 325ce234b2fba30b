import type { Expression, FunctionCall, Identifier } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { atIdentifier, identifier } from "./names.ts";

export type Argument = FunctionCall["arguments"][number];

/** `(a, x => 1)`, with the parentheses. */
export function callArguments(cursor: Cursor): Argument[] {
  cursor.expect("(");
  const list = cursor.at(")") ? [] : cursor.list(argument);
  cursor.expect(")");
  return list;
}

/** `*`, `t.*`, each with EXCEPT; where no star stands, `undefined`. */
export function star(cursor: Cursor): Expression | undefined {
  const { start } = cursor.token;
  const distance = starDistance(cursor);
  if (distance === undefined) return undefined;
  const parts: Identifier[] = [];
  while (!cursor.at("*")) {
    parts.push(identifier(cursor));
    cursor.expect(".");
  }
  const qualifier = parts.length > 0 ? { qualifier: { parts, start, end: parts.at(-1)?.end ?? start } } : {};
  cursor.advance();
  const except = atExceptList(cursor) ? exceptList(cursor) : [];
  return { kind: "star", ...qualifier, except, ...cursor.span(start) };
}

function starDistance(cursor: Cursor): number | undefined {
  let distance = 0;
  while (atIdentifier(cursor, distance) && cursor.peek(distance + 1).symbol === ".") distance += 2;
  return cursor.peek(distance).symbol === "*" ? distance : undefined;
}

/** EXCEPT is a set operator when a query follows. */
function atExceptList(cursor: Cursor): boolean {
  if (!cursor.at("EXCEPT", "(") || !atIdentifier(cursor, 2)) return false;
  const after = cursor.peek(3).symbol;
  return after === "," || after === ")" || after === ".";
}

function exceptList(cursor: Cursor): Identifier[] {
  cursor.advance();
  return cursor.parenthesized(identifier);
}

/** `a`, `x => a`, or a star. */
export function argument(cursor: Cursor): Argument {
  if (atIdentifier(cursor) && cursor.peek(1).symbol === "=>") {
    const name = identifier(cursor);
    cursor.expect("=>");
    return { name, value: cursor.grammar.expression(cursor) };
  }
  if (cursor.at("TABLE", "(")) cursor.unsupported("a table as argument");
  return { value: star(cursor) ?? cursor.grammar.expression(cursor) };
}
