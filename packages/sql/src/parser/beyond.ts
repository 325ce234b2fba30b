import type { Expression, OrderItem } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { atIdentifier, identifier } from "./names.ts";
import { orderItem } from "./windows.ts";

/*
 * Constructs of queries that the tree has no place for. Each is refused by name, except when only the names of a text are
 * wanted (see CursorOptions.namesOnly): then it is read, its expressions are kept somewhere, and the rest is left out.
 */

/** TABLESAMPLE (…) [REPEATABLE (…)], PIVOT (…), UNPIVOT [… NULLS] (…) after a relation. */
export function relationModifiers(cursor: Cursor): void {
  for (;;) {
    const word = MODIFIERS.find((candidate) => atModifier(cursor, candidate));
    if (!word) return;
    cursor.onlyForNames(word);
    while (!cursor.at("(")) cursor.advance();
    skipParentheses(cursor, word);
    if (cursor.take("REPEATABLE")) skipParentheses(cursor, word);
  }
}

const MODIFIERS = ["TABLESAMPLE", "PIVOT", "UNPIVOT"] as const;

function atModifier(cursor: Cursor, word: string): boolean {
  if (!cursor.at(word)) return false;
  return (
    cursor.peek(1).symbol === "(" || (cursor.peek(2).symbol === "NULLS" && cursor.peek(3).symbol === "(")
  );
}

/** Passes over `( … )`. Refuses a name of three parts inside: it would be missed. */
function skipParentheses(cursor: Cursor, construct: string): void {
  const { start } = cursor.token;
  cursor.expect("(");
  for (let depth = 1; depth > 0; ) {
    if (cursor.token.type === "end") cursor.fail();
    if (cursor.peek(1).symbol === "." && cursor.peek(3).symbol === ".") cursor.unsupported(construct, start);
    const { symbol } = cursor.advance();
    if (symbol === "(") depth += 1;
    if (symbol === ")") depth -= 1;
  }
}

/** `:key`, `:['key']` after an expression: a path into JSON or a variant. Points and brackets after it are ordinary. */
export function jsonPath(cursor: Cursor): void {
  cursor.onlyForNames("a path into semi-structured data (:)");
  cursor.expect(":");
  if (atIdentifier(cursor)) identifier(cursor);
}

/** `[*]`: all elements, on a path into JSON. Whether one stood here and was taken. */
export function everyElement(cursor: Cursor): boolean {
  return cursor.namesOnly && cursor.take("[", "*", "]");
}

/** COLLATE name after an expression or a type. */
export function collation(cursor: Cursor): void {
  cursor.onlyForNames("COLLATE");
  cursor.expect("COLLATE");
  identifier(cursor);
}

/** SORT BY, CLUSTER BY, DISTRIBUTE BY. */
export function partitionOrder(cursor: Cursor): readonly OrderItem[] {
  const items: OrderItem[] = [];
  for (;;) {
    const word = ["SORT", "CLUSTER", "DISTRIBUTE"].find((candidate) => cursor.at(candidate, "BY"));
    if (!word) return items;
    cursor.onlyForNames(`${word} BY`);
    cursor.expect(word, "BY");
    items.push(...cursor.list(orderItem));
  }
}

/** GROUPING SETS ((a, b), a, ()). */
export function groupingSets(cursor: Cursor): readonly Expression[] | undefined {
  if (!cursor.at("GROUPING", "SETS")) return undefined;
  cursor.onlyForNames("GROUPING SETS");
  cursor.expect("GROUPING", "SETS");
  return cursor.parenthesized(groupingSet).flat();
}

function groupingSet(cursor: Cursor): readonly Expression[] {
  return cursor.take("(", ")") ? [] : [cursor.grammar.expression(cursor)];
}
