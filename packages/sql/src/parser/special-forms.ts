import type { Expression, FunctionCall, QualifiedName, Query } from "../tree/index.ts";
import { type Argument, argument } from "./arguments.ts";
import type { Cursor } from "./cursor.ts";
import { identifier } from "./names.ts";

type SpecialForm = (cursor: Cursor, name: QualifiedName) => Expression | undefined;

/**
 * Functions whose arguments are separated by words. Each becomes the plain call that Databricks documents as its equal;
 * a form returns `undefined`, with nothing taken, when the call is an ordinary one.
 */
export const SPECIAL_FORMS: Readonly<Record<string, SpecialForm>> = {
  EXISTS: existsQuery,
  EXTRACT: extract,
  SUBSTRING: (cursor, name) => wordSeparated(cursor, name, ["FROM", "FOR"]),
  SUBSTR: (cursor, name) => wordSeparated(cursor, name, ["FROM", "FOR"]),
  OVERLAY: (cursor, name) => wordSeparated(cursor, name, ["PLACING", "FROM", "FOR"]),
  POSITION: (cursor, name) => wordSeparated(cursor, name, ["IN"]),
  TRIM: trim,
  STRUCT: struct,
};

function call(cursor: Cursor, name: QualifiedName, values: readonly Expression[]): FunctionCall {
  return {
    kind: "call",
    name,
    arguments: values.map((value) => ({ value })),
    distinct: false,
    ...cursor.span(name.start),
  };
}

function renamed(name: QualifiedName, text: string): QualifiedName {
  return { ...name, parts: name.parts.map((part) => ({ ...part, text })) };
}

function existsQuery(cursor: Cursor, name: QualifiedName): Expression | undefined {
  const next = cursor.peek(1).symbol;
  if (next !== "SELECT" && next !== "WITH" && next !== "VALUES") return undefined;
  cursor.expect("(");
  const query: Query = cursor.grammar.query(cursor);
  cursor.expect(")");
  return { kind: "exists", query, ...cursor.span(name.start) };
}

/** EXTRACT(field FROM x) → extract('FIELD', x) */
function extract(cursor: Cursor, name: QualifiedName): Expression | undefined {
  if (cursor.peek(2).symbol !== "FROM") return undefined;
  cursor.expect("(");
  const field = cursor.advance();
  cursor.expect("FROM");
  const source = cursor.grammar.value(cursor);
  cursor.expect(")");
  const unit: Expression = {
    kind: "string",
    value: field.text.toUpperCase(),
    start: field.start,
    end: field.end,
  };
  return call(cursor, name, [unit, source]);
}

/** SUBSTRING(x FROM 2 FOR 3) → substring(x, 2, 3). Commas in place of the words are the ordinary call. */
function wordSeparated(cursor: Cursor, name: QualifiedName, words: readonly string[]): Expression {
  cursor.expect("(");
  const values = [operandBefore(cursor, words)];
  const byWord = words.includes(cursor.token.symbol);
  if (byWord) {
    for (const word of words) if (cursor.take(word)) values.push(cursor.grammar.value(cursor));
  } else while (cursor.take(",")) values.push(cursor.grammar.expression(cursor));
  cursor.expect(")");
  return call(cursor, name, values);
}

/** IN would be taken by a boolean expression. */
function operandBefore(cursor: Cursor, words: readonly string[]): Expression {
  return words.includes("IN") ? cursor.grammar.value(cursor) : cursor.grammar.expression(cursor);
}

/** TRIM(LEADING a FROM x) → ltrim(a, x), TRAILING → rtrim(a, x), else btrim(x, a); TRIM(BOTH FROM x) → trim(x). */
function trim(cursor: Cursor, name: QualifiedName): Expression {
  cursor.expect("(");
  const side = sideOf(cursor);
  const first = cursor.at("FROM") ? undefined : cursor.grammar.expression(cursor);
  if (first && !cursor.take("FROM")) {
    if (side) cursor.fail();
    const rest = cursor.take(",") ? cursor.list((c) => c.grammar.expression(c)) : [];
    cursor.expect(")");
    return call(cursor, name, [first, ...rest]);
  }
  if (!first) cursor.expect("FROM");
  const source = cursor.grammar.value(cursor);
  cursor.expect(")");
  if (side === "LEADING") return call(cursor, renamed(name, "ltrim"), first ? [first, source] : [source]);
  if (side === "TRAILING") return call(cursor, renamed(name, "rtrim"), first ? [first, source] : [source]);
  return first ? call(cursor, renamed(name, "btrim"), [source, first]) : call(cursor, name, [source]);
}

function sideOf(cursor: Cursor): string | undefined {
  const word = cursor.token.symbol;
  const next = cursor.peek(1);
  if (word !== "BOTH" && word !== "LEADING" && word !== "TRAILING") return undefined;
  // A column may be called so.
  if (next.type === "operator" && next.symbol !== "(") return undefined;
  cursor.advance();
  return word;
}

/** STRUCT(a AS x, b): an alias is the argument's name. */
function struct(cursor: Cursor, name: QualifiedName): Expression {
  cursor.expect("(");
  const list = cursor.at(")") ? [] : cursor.list(structArgument);
  cursor.expect(")");
  return { kind: "call", name, arguments: list, distinct: false, ...cursor.span(name.start) };
}

function structArgument(cursor: Cursor): Argument {
  const plain = argument(cursor);
  return cursor.take("AS") ? { ...plain, name: identifier(cursor) } : plain;
}
