import type { Expression, FunctionCall, Identifier, QualifiedName, Query } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { atIdentifier, identifier } from "./names.ts";
import { orderItem, overClause } from "./windows.ts";

type Argument = FunctionCall["arguments"][number];

/** The call of a function whose name has been read: arguments and the clauses after them. */
export function functionCall(cursor: Cursor, name: QualifiedName): Expression {
  const special = name.parts.length === 1 ? SPECIAL_FORMS[nameOf(name)] : undefined;
  const read = special?.(cursor, name) ?? ordinaryCall(cursor, name);
  return read.kind === "call" ? withClauses(cursor, read) : read;
}

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

function ordinaryCall(cursor: Cursor, name: QualifiedName): FunctionCall {
  cursor.expect("(");
  const distinct = cursor.take("DISTINCT");
  if (!distinct && cursor.at("ALL") && cursor.peek(1).symbol !== ")" && cursor.peek(1).symbol !== ",")
    cursor.advance();
  const list = cursor.at(")") ? [] : cursor.list(argument);
  const nulls = nullTreatment(cursor);
  cursor.expect(")");
  return { kind: "call", name, arguments: list, distinct, ...nulls, ...cursor.span(name.start) };
}

function argument(cursor: Cursor): Argument {
  if (atIdentifier(cursor) && cursor.peek(1).symbol === "=>") {
    const name = identifier(cursor);
    cursor.expect("=>");
    return { name, value: cursor.grammar.expression(cursor) };
  }
  if (cursor.at("TABLE", "(")) cursor.unsupported("a table as argument");
  return { value: star(cursor) ?? cursor.grammar.expression(cursor) };
}

function nullTreatment(cursor: Cursor): Pick<FunctionCall, "nulls"> {
  if (cursor.take("IGNORE", "NULLS")) return { nulls: "IGNORE" };
  return cursor.take("RESPECT", "NULLS") ? { nulls: "RESPECT" } : {};
}

function withClauses(cursor: Cursor, call: FunctionCall): FunctionCall {
  if (!cursor.atOneOf(CALL_CLAUSES)) return call;
  let result = call;
  if (cursor.take("WITHIN", "GROUP", "(", "ORDER", "BY")) {
    result = { ...result, withinGroup: cursor.list(orderItem) };
    cursor.expect(")");
  }
  if (cursor.take("FILTER", "(", "WHERE")) {
    result = { ...result, filter: cursor.grammar.expression(cursor) };
    cursor.expect(")");
  }
  result = { ...result, ...nullTreatment(cursor) };
  if (cursor.take("OVER")) result = { ...result, over: overClause(cursor) };
  return result === call ? call : { ...result, ...cursor.span(call.start) };
}

const CALL_CLAUSES = new Set(["WITHIN", "FILTER", "IGNORE", "RESPECT", "OVER"]);

type SpecialForm = (cursor: Cursor, name: QualifiedName) => Expression | undefined;

/**
 * Functions whose arguments are separated by words. Each becomes the plain call that Databricks documents as its equal;
 * a form returns `undefined`, with nothing taken, when the call is an ordinary one.
 */
const SPECIAL_FORMS: Readonly<Record<string, SpecialForm>> = {
  EXISTS: existsQuery,
  EXTRACT: extract,
  SUBSTRING: (cursor, name) => wordSeparated(cursor, name, ["FROM", "FOR"]),
  SUBSTR: (cursor, name) => wordSeparated(cursor, name, ["FROM", "FOR"]),
  OVERLAY: (cursor, name) => wordSeparated(cursor, name, ["PLACING", "FROM", "FOR"]),
  POSITION: (cursor, name) => wordSeparated(cursor, name, ["IN"]),
  TRIM: trim,
  STRUCT: struct,
};

function nameOf({ parts }: QualifiedName): string {
  const [part] = parts;
  return part && !part.quoted ? part.text.toUpperCase() : "";
}

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
