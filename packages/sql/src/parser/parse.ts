import { SqlError } from "../errors.ts";
import { tokenize } from "../lexer/index.ts";
import type { DataType, Expression, ParsedStatement, Query } from "../tree/index.ts";
import { bodyOf } from "./create-function.ts";
import { Cursor, type CursorOptions } from "./cursor.ts";
import { expression, value } from "./expressions.ts";
import type { Grammar } from "./grammar.ts";
import { objectName } from "./names.ts";
import { query, queryAfter } from "./queries.ts";
import { statement } from "./statements.ts";
import { dataType } from "./types.ts";

const GRAMMAR: Grammar = { expression, value, query, queryAfter };

/** `bindings` are values of parameters, for `IDENTIFIER(:name)`; parameters elsewhere stay in the tree. */
export type ParseOptions = CursorOptions;

/**
 * Reads one statement of Databricks SQL, semicolons after it included. Spans are offsets into the text.
 * Throws a {@link SqlError} at the exact place for everything that is no statement or that the tree cannot hold.
 */
export function parseStatement(text: string, options: ParseOptions = {}): ParsedStatement {
  return whole(text, options, (cursor) => {
    const parsed = statement(cursor);
    while (cursor.take(";"));
    return parsed;
  });
}

/** Reads an expression that is the whole text. */
export function parseExpression(text: string, options: ParseOptions = {}): Expression {
  return whole(text, options, expression);
}

/** Reads a query that is the whole text, for instance that of a view. */
export function parseQuery(text: string, options: ParseOptions = {}): Query {
  return whole(text, options, (cursor) => {
    const parsed = query(cursor);
    while (cursor.take(";"));
    return parsed;
  });
}

/** Reads what may follow RETURN in CREATE FUNCTION: a query or an expression. */
export function parseFunctionBody(text: string, options: ParseOptions = {}): Expression | Query {
  return whole(text, options, bodyOf);
}

/** Reads a data type that is the whole text: `array<struct<a:int>>`. */
export function parseDataType(text: string): DataType {
  return whole(text, {}, dataType);
}

/** The parts of a name that is the whole text, quotes undone: ``a.`b.c` `` → `["a", "b.c"]`. */
export function parseName(text: string): readonly string[] {
  return whole(text, {}, objectName).parts.map((part) => part.text);
}

function whole<T>(text: string, options: ParseOptions, rule: (cursor: Cursor) => T): T {
  const cursor = new Cursor(text, GRAMMAR, options);
  if (cursor.token.type === "end" || isEmptyStatement(cursor))
    throw new SqlError("PARSE_EMPTY_STATEMENT", "Syntax error, unexpected empty statement.", {
      text,
      offset: 0,
    });
  const parsed = rule(cursor);
  if (cursor.peek(0).type !== "end") cursor.fail();
  return parsed;
}

function isEmptyStatement(cursor: Cursor): boolean {
  let distance = 0;
  while (cursor.peek(distance).symbol === ";") distance += 1;
  return distance > 0 && cursor.peek(distance).type === "end";
}

/** A statement of a script and where it begins in it. */
export interface ScriptPart {
  readonly text: string;
  readonly start: number;
}

/** The statements of a script, cut at semicolons outside literals, names and comments; empty ones left out. */
export function splitScript(text: string): readonly ScriptPart[] {
  const parts: ScriptPart[] = [];
  let first: number | undefined;
  let end = 0;
  for (const token of tokenize(text)) {
    const cut = token.type === "end" || token.symbol === ";";
    if (cut && first !== undefined) parts.push({ text: text.slice(first, end), start: first });
    first = cut ? undefined : (first ?? token.start);
    end = token.end;
  }
  return parts;
}

/** Reads all statements of a script. Spans and error positions are those of each statement's own text. */
export function parseScript(text: string, options: ParseOptions = {}): readonly ParsedStatement[] {
  return splitScript(text).map((part) => parseStatement(part.text, options));
}
