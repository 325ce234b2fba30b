import type { Expression, Identifier, QualifiedName } from "../tree/index.ts";
import { functionCall } from "./calls.ts";
import type { Cursor } from "./cursor.ts";
import { NOT_AN_EXPRESSION } from "./keywords.ts";
import { atInterval, intervalLiteral, numberLiteral, typedLiteral } from "./literals.ts";
import { beginsQuery } from "./lookahead.ts";
import { atIdentifier, identifier, objectName, stringLiteral } from "./names.ts";
import { dataType } from "./types.ts";

/** An expression without operators: a literal, a name, a call, a CASE, something in parentheses. */
export function primary(cursor: Cursor): Expression {
  const { token } = cursor;
  switch (token.type) {
    case "number":
      return numberLiteral(cursor);
    case "string":
      return { kind: "string", value: stringLiteral(cursor), ...cursor.span(token.start) };
    case "word":
      return wordPrimary(cursor);
    case "quoted":
      return nameOrCall(cursor);
    case "operator":
      return operatorPrimary(cursor);
    default:
      return cursor.fail();
  }
}

function operatorPrimary(cursor: Cursor): Expression {
  const { start, symbol } = cursor.token;
  if (symbol === "(") return parenthesized(cursor);
  if (symbol === ":" && atIdentifier(cursor, 1)) {
    cursor.advance();
    const name = identifier(cursor).text;
    return { kind: "parameter", name, ...cursor.span(start) };
  }
  if (symbol === "?") {
    cursor.advance();
    cursor.markers += 1;
    return { kind: "parameter", name: String(cursor.markers), ...cursor.span(start) };
  }
  return cursor.fail();
}

function wordPrimary(cursor: Cursor): Expression {
  const { start, symbol } = cursor.token;
  const next = cursor.peek(1);
  if (atInterval(cursor)) return intervalLiteral(cursor);
  switch (symbol) {
    case "NULL":
      cursor.advance();
      return { kind: "null", ...cursor.span(start) };
    case "TRUE":
    case "FALSE":
      cursor.advance();
      return { kind: "boolean", value: symbol === "TRUE", ...cursor.span(start) };
    case "CASE":
      return caseExpression(cursor);
    case "CAST":
    case "TRY_CAST":
      return next.symbol === "(" ? cast(cursor) : nameOrCall(cursor);
    case "NOT":
      return cursor.fail();
    default:
  }
  if (next.type === "string" && !NOT_AN_EXPRESSION.has(symbol)) return typedLiteral(cursor);
  return nameOrCall(cursor);
}

/** Calls written as a bare word. USER is not among them: it is a likely column, and a call only where no column is. */
const CALLS_WITHOUT_PARENTHESES = new Set([
  "CURRENT_DATE",
  "CURRENT_TIMESTAMP",
  "CURRENT_TIME",
  "CURRENT_USER",
  "LOCALTIME",
  "SESSION_USER",
]);

function nameOrCall(cursor: Cursor): Expression {
  const { start, symbol } = cursor.token;
  if (NOT_AN_EXPRESSION.has(symbol)) cursor.fail();
  const name = cursor.at("IDENTIFIER", "(") ? objectName(cursor) : dottedName(cursor);
  if (cursor.at("(")) return functionCall(cursor, name);
  if (cursor.at("->") && name.parts.length === 1) return lambda(cursor, name.parts);
  if (name.parts.length === 1 && CALLS_WITHOUT_PARENTHESES.has(symbol))
    return { kind: "call", name, arguments: [], distinct: false, ...cursor.span(start) };
  return { kind: "column", name, ...cursor.span(start) };
}

function dottedName(cursor: Cursor): QualifiedName {
  const first = identifier(cursor);
  const parts = [first];
  while (cursor.at(".") && atIdentifier(cursor, 1)) {
    cursor.advance();
    parts.push(identifier(cursor));
  }
  return { parts, ...cursor.span(first.start) };
}

/** `x -> body`; the parameters have been read. */
function lambda(
  cursor: Cursor,
  parameters: readonly Identifier[],
  start = parameters[0]?.start ?? 0,
): Expression {
  cursor.expect("->");
  const body = cursor.grammar.expression(cursor);
  return { kind: "lambda", parameters, body, start, end: body.end };
}

/** `(x, y) ->`: decided by looking ahead to the closing parenthesis. */
function atLambdaParameters(cursor: Cursor): boolean {
  let distance = 1;
  while (atIdentifier(cursor, distance) && cursor.peek(distance + 1).symbol === ",") distance += 2;
  return (
    atIdentifier(cursor, distance) &&
    cursor.peek(distance + 1).symbol === ")" &&
    cursor.peek(distance + 2).symbol === "->"
  );
}

/** A subquery, a row value, a lambda's parameters, or just parentheses. */
function parenthesized(cursor: Cursor): Expression {
  const { start } = cursor.token;
  if (atLambdaParameters(cursor)) return lambda(cursor, cursor.parenthesized(identifier), start);
  cursor.expect("(");
  if (beginsQuery(cursor)) {
    const query = cursor.grammar.query(cursor);
    cursor.expect(")");
    return { kind: "subquery", query, ...cursor.span(start) };
  }
  const first = cursor.grammar.expression(cursor);
  if (first.kind === "subquery" && !cursor.at(")") && !cursor.at(",")) {
    const query = cursor.grammar.queryAfter(cursor, { ...first, kind: "nested" });
    cursor.expect(")");
    return { kind: "subquery", query, ...cursor.span(start) };
  }
  const values = [first];
  while (cursor.take(",")) values.push(cursor.grammar.expression(cursor));
  cursor.expect(")");
  // The span takes the parentheses in, so that slices of the text stay balanced.
  return { ...(values.length > 1 ? { kind: "row", values } : first), ...cursor.span(start) };
}

function caseExpression(cursor: Cursor): Expression {
  const { start } = cursor.advance();
  const operand = cursor.at("WHEN") ? {} : { operand: cursor.grammar.expression(cursor) };
  const branches: { when: Expression; then: Expression }[] = [];
  while (cursor.take("WHEN")) {
    const when = cursor.grammar.expression(cursor);
    cursor.expect("THEN");
    // oxlint-disable-next-line unicorn/no-thenable -- the word of the language
    branches.push({ when, then: cursor.grammar.expression(cursor) });
  }
  if (branches.length === 0) cursor.fail();
  const otherwise = cursor.take("ELSE") ? { otherwise: cursor.grammar.expression(cursor) } : {};
  cursor.expect("END");
  return { kind: "case", ...operand, branches, ...otherwise, ...cursor.span(start) };
}

function cast(cursor: Cursor): Expression {
  const { start, symbol } = cursor.advance();
  cursor.expect("(");
  const operand = cursor.grammar.expression(cursor);
  cursor.expect("AS");
  const type = dataType(cursor);
  cursor.expect(")");
  return { kind: "cast", operand, type, lenient: symbol === "TRY_CAST", ...cursor.span(start) };
}
