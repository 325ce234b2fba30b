import type { CreateFunction, Expression, Query } from "../tree/index.ts";
import { commentClause, ifNotExists } from "./clauses.ts";
import type { CreateStart } from "./create-table.ts";
import type { Cursor, Words } from "./cursor.ts";
import { beginsQuery } from "./lookahead.ts";
import { identifier, objectName, stringLiteral } from "./names.ts";
import { dataType } from "./types.ts";

/** CREATE FUNCTION, from FUNCTION on. */
export function createFunction(cursor: Cursor, { start, orReplace }: CreateStart): CreateFunction {
  cursor.expect("FUNCTION");
  const existence = { orReplace, ifNotExists: ifNotExists(cursor) };
  const name = objectName(cursor);
  const parameters = emptyOr(cursor, parameter);
  const returns = returnsClause(cursor);
  const facts = characteristics(cursor);
  const body = functionBody(cursor, facts.language);
  return {
    kind: "createFunction",
    ...existence,
    name,
    parameters,
    ...returns,
    ...facts,
    ...unwrapped(body, "returnColumns" in returns),
    ...cursor.span(start),
  };
}

function emptyOr<T>(cursor: Cursor, item: (cursor: Cursor) => T): T[] {
  if (!cursor.at("(", ")")) return cursor.parenthesized(item);
  cursor.expect("(", ")");
  return [];
}

function parameter(cursor: Cursor): CreateFunction["parameters"][number] {
  const name = identifier(cursor);
  const type = dataType(cursor);
  const initial = cursor.take("DEFAULT") ? { default: cursor.grammar.expression(cursor) } : {};
  return { name, type, ...initial, ...commentClause(cursor) };
}

function returnsClause(cursor: Cursor): Pick<CreateFunction, "returns" | "returnColumns"> {
  if (!cursor.take("RETURNS")) return {};
  if (!cursor.take("TABLE")) return { returns: dataType(cursor) };
  return { returnColumns: cursor.at("(") ? emptyOr(cursor, returnColumn) : [] };
}

function returnColumn(cursor: Cursor) {
  const name = identifier(cursor);
  return { name, type: dataType(cursor), ...commentClause(cursor) };
}

type Characteristics = Pick<CreateFunction, "language" | "deterministic" | "comment">;

/** In any order; the ones that only restate a default are read over. */
function characteristics(cursor: Cursor): Characteristics {
  let facts: Characteristics = { language: "SQL", deterministic: true };
  for (;;) {
    if (cursor.take("LANGUAGE")) facts = { ...facts, language: identifier(cursor).text.toUpperCase() };
    else if (cursor.take("DETERMINISTIC")) facts = { ...facts, deterministic: true };
    else if (cursor.take("NOT", "DETERMINISTIC")) facts = { ...facts, deterministic: false };
    else if (cursor.take("COMMENT")) facts = { ...facts, comment: stringLiteral(cursor) };
    else if (!RESTATED.some((words) => cursor.take(...words))) return facts;
  }
}

const RESTATED: readonly Words[] = [
  ["CONTAINS", "SQL"],
  ["READS", "SQL", "DATA"],
  ["SQL", "SECURITY", "DEFINER"],
];

type Body = Pick<CreateFunction, "body" | "bodySpan">;

function functionBody(cursor: Cursor, language: string): Body {
  if (language !== "SQL") {
    cursor.expect("AS");
    const { start } = cursor.token;
    const value = stringLiteral(cursor);
    const span = cursor.span(start);
    return { body: { kind: "string", value, ...span }, bodySpan: span };
  }
  cursor.expect("RETURN");
  const { start } = cursor.token;
  const body = bodyOf(cursor);
  return { body, bodySpan: cursor.span(start) };
}

/** What follows RETURN: a query or an expression. */
export function bodyOf(cursor: Cursor): Expression | Query {
  return beginsQuery(cursor) || cursor.at("TABLE")
    ? cursor.grammar.query(cursor)
    : cursor.grammar.expression(cursor);
}

/** RETURNS TABLE … RETURN (SELECT …): the parentheses mean nothing. */
function unwrapped(read: Body, table: boolean): Body {
  const { body } = read;
  return table && "kind" in body && body.kind === "subquery" ? { ...read, body: body.query } : read;
}
