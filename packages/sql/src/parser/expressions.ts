import type { BinaryOperator, Expression, Identifier, QualifiedName } from "../tree/index.ts";
import { functionCall } from "./calls.ts";
import type { Cursor } from "./cursor.ts";
import { NOT_AN_EXPRESSION } from "./keywords.ts";
import { atInterval, intervalLiteral, isSmallestInteger, numberLiteral, typedLiteral } from "./literals.ts";
import { atIdentifier, identifier, objectName, stringLiteral } from "./names.ts";
import { dataType } from "./types.ts";

/**
 * An expression. Loosest first: OR, AND, NOT, one predicate (IS, IN, BETWEEN, LIKE), comparison, `|`, `^`, `&`, shifts,
 * `+ - ||`, `* / % DIV`, signs. Source: operator precedence in the Databricks SQL reference and Spark's grammar.
 */
export function expression(cursor: Cursor): Expression {
  return cursor.nested(() => disjunction(cursor));
}

/** An operand of AND, OR, NOT and of the predicates. */
export function value(cursor: Cursor): Expression {
  return cursor.nested(() => binary(cursor, 0));
}

function disjunction(cursor: Cursor): Expression {
  let left = conjunction(cursor);
  while (cursor.take("OR")) left = join(left, "OR", conjunction(cursor));
  return left;
}

function conjunction(cursor: Cursor): Expression {
  let left = negation(cursor);
  while (cursor.take("AND")) left = join(left, "AND", negation(cursor));
  return left;
}

function join(left: Expression, operator: BinaryOperator, right: Expression): Expression {
  return { kind: "binary", operator, left, right, start: left.start, end: right.end };
}

function negation(cursor: Cursor): Expression {
  const { start } = cursor.token;
  if (!cursor.take("NOT") && !cursor.take("!")) return predicate(cursor);
  const operand = cursor.nested(() => negation(cursor));
  return { kind: "unary", operator: "NOT", operand, start, end: operand.end };
}

function predicate(cursor: Cursor): Expression {
  const operand = binary(cursor, 0);
  if (cursor.take("IS")) return isPredicate(cursor, operand);
  const not = atPredicateNot(cursor) && cursor.take("NOT");
  switch (cursor.token.symbol) {
    case "BETWEEN":
      return between(cursor, operand, not);
    case "IN":
      return inList(cursor, operand, not);
    case "LIKE":
    case "ILIKE":
    case "RLIKE":
    case "REGEXP":
      return like(cursor, operand, not);
    default:
      return operand;
  }
}

const PREDICATES = new Set(["BETWEEN", "IN", "LIKE", "ILIKE", "RLIKE", "REGEXP"]);

function atPredicateNot(cursor: Cursor): boolean {
  return cursor.at("NOT") && PREDICATES.has(cursor.peek(1).symbol);
}

function isPredicate(cursor: Cursor, operand: Expression): Expression {
  const not = cursor.take("NOT");
  const { start } = operand;
  if (cursor.take("DISTINCT", "FROM")) {
    const right = value(cursor);
    return { kind: "isDistinct", left: operand, right, not, start, end: right.end };
  }
  const what = (["NULL", "TRUE", "FALSE", "UNKNOWN"] as const).find((word) => cursor.take(word));
  if (!what) cursor.fail();
  return { kind: "is", operand, what, not, ...cursor.span(start) };
}

function between(cursor: Cursor, operand: Expression, not: boolean): Expression {
  cursor.expect("BETWEEN");
  const low = value(cursor);
  cursor.expect("AND");
  const high = value(cursor);
  return { kind: "between", operand, low, high, not, start: operand.start, end: high.end };
}

function inList(cursor: Cursor, operand: Expression, not: boolean): Expression {
  cursor.expect("IN", "(");
  const values = beginsQuery(cursor) ? cursor.grammar.query(cursor) : cursor.list(expression);
  cursor.expect(")");
  return { kind: "in", operand, values, not, ...cursor.span(operand.start) };
}

function like(cursor: Cursor, operand: Expression, not: boolean): Expression {
  const { symbol } = cursor.advance();
  const operator = symbol === "LIKE" || symbol === "ILIKE" ? symbol : "RLIKE";
  if (operator !== "RLIKE" && QUANTIFIERS.has(cursor.token.symbol) && cursor.peek(1).symbol === "(")
    return quantifiedLike(cursor, { operand, operator, not });
  const pattern = value(cursor);
  const escape = operator !== "RLIKE" && cursor.take("ESCAPE") ? { escape: value(cursor) } : {};
  return { kind: "like", operator, operand, pattern, ...escape, not, ...cursor.span(operand.start) };
}

const QUANTIFIERS = new Set(["ANY", "SOME", "ALL"]);

/** `x LIKE ANY (a, b)` → `x LIKE a OR x LIKE b`; ALL joins by AND; with NOT each pattern is negated. */
function quantifiedLike(
  cursor: Cursor,
  { operand, operator, not }: { operand: Expression; operator: "LIKE" | "ILIKE"; not: boolean },
): Expression {
  const joiner = cursor.advance().symbol === "ALL" ? "AND" : "OR";
  const patterns = cursor.parenthesized(value);
  const span = cursor.span(operand.start);
  return patterns
    .map((pattern): Expression => ({ kind: "like", operator, operand, pattern, not, ...span }))
    .reduce((left, right) => ({ kind: "binary", operator: joiner, left, right, ...span }));
}

const BINARY: Readonly<Record<string, readonly [power: number, operator: BinaryOperator]>> = {
  "=": [1, "="],
  "==": [1, "="],
  "<=>": [1, "<=>"],
  "<>": [1, "<>"],
  "!=": [1, "<>"],
  "<": [1, "<"],
  "!>": [1, "<="],
  "<=": [1, "<="],
  ">": [1, ">"],
  "!<": [1, ">="],
  ">=": [1, ">="],
  "|": [2, "|"],
  "^": [3, "^"],
  "&": [4, "&"],
  "<<": [5, "<<"],
  ">>": [5, ">>"],
  ">>>": [5, ">>>"],
  "+": [6, "+"],
  "-": [6, "-"],
  "||": [6, "||"],
  "*": [7, "*"],
  "/": [7, "/"],
  "%": [7, "%"],
  DIV: [7, "DIV"],
};

function binary(cursor: Cursor, minimum: number): Expression {
  let left = unary(cursor);
  for (;;) {
    const symbol = shiftOrSymbol(cursor);
    const entry = BINARY[symbol];
    if (!entry || entry[0] <= minimum) return left;
    cursor.advance();
    for (let i = 1; symbol.startsWith(">>") && i < symbol.length; i += 1) cursor.advance();
    left = join(left, entry[1], binary(cursor, entry[0]));
  }
}

/** `>>` comes as two tokens side by side. */
function shiftOrSymbol(cursor: Cursor): string {
  const { symbol, end } = cursor.token;
  if (symbol !== ">") return symbol;
  const second = cursor.peek(1);
  if (second.symbol !== ">" || second.start !== end) return symbol;
  const third = cursor.peek(2);
  return third.symbol === ">" && third.start === second.end ? ">>>" : ">>";
}

function unary(cursor: Cursor): Expression {
  const { symbol, start } = cursor.token;
  if (symbol !== "-" && symbol !== "+" && symbol !== "~") return postfix(cursor, primary(cursor));
  cursor.advance();
  if (symbol === "-" && isSmallestInteger(cursor.token)) {
    const number = { ...numberLiteral(cursor, true), start };
    return postfix(cursor, number);
  }
  const operand = cursor.nested(() => unary(cursor));
  return { kind: "unary", operator: symbol, operand, start, end: operand.end };
}

function postfix(cursor: Cursor, first: Expression): Expression {
  let operand = first;
  const { start } = first;
  for (;;) {
    if (cursor.take("::")) {
      operand = { kind: "cast", operand, type: dataType(cursor), lenient: false, ...cursor.span(start) };
    } else if (cursor.take("[")) {
      const index = value(cursor);
      cursor.expect("]");
      operand = { kind: "index", operand, index, ...cursor.span(start) };
    } else if (cursor.at(".") && atIdentifier(cursor, 1)) {
      cursor.advance();
      operand = { kind: "field", operand, field: identifier(cursor), ...cursor.span(start) };
    } else if (cursor.at(":") && operand.kind !== "string") {
      cursor.unsupported("a path into semi-structured data (:)");
    } else if (cursor.at("COLLATE") && atIdentifier(cursor, 1)) {
      cursor.unsupported("COLLATE");
    } else return operand;
  }
}

function primary(cursor: Cursor): Expression {
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
  const body = expression(cursor);
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
  const first = expression(cursor);
  if (first.kind === "subquery" && !cursor.at(")") && !cursor.at(",")) {
    const query = cursor.grammar.queryAfter(cursor, { ...first, kind: "nested" });
    cursor.expect(")");
    return { kind: "subquery", query, ...cursor.span(start) };
  }
  const values = [first];
  while (cursor.take(",")) values.push(expression(cursor));
  cursor.expect(")");
  // The span takes the parentheses in, so that slices of the text stay balanced.
  return { ...(values.length > 1 ? { kind: "row", values } : first), ...cursor.span(start) };
}

/** Whether a query begins here, where an expression could too. */
export function beginsQuery(cursor: Cursor): boolean {
  const next = cursor.peek(1);
  switch (cursor.token.symbol) {
    case "SELECT":
      return true;
    case "WITH":
      return next.type === "word" || next.type === "quoted";
    case "VALUES":
      return next.symbol === "(" || next.type === "string" || next.type === "number";
    default:
      return false;
  }
}

function caseExpression(cursor: Cursor): Expression {
  const { start } = cursor.advance();
  const operand = cursor.at("WHEN") ? {} : { operand: expression(cursor) };
  const branches: { when: Expression; then: Expression }[] = [];
  while (cursor.take("WHEN")) {
    const when = expression(cursor);
    cursor.expect("THEN");
    // oxlint-disable-next-line unicorn/no-thenable -- the word of the language
    branches.push({ when, then: expression(cursor) });
  }
  if (branches.length === 0) cursor.fail();
  const otherwise = cursor.take("ELSE") ? { otherwise: expression(cursor) } : {};
  cursor.expect("END");
  return { kind: "case", ...operand, branches, ...otherwise, ...cursor.span(start) };
}

function cast(cursor: Cursor): Expression {
  const { start, symbol } = cursor.advance();
  cursor.expect("(");
  const operand = expression(cursor);
  cursor.expect("AS");
  const type = dataType(cursor);
  cursor.expect(")");
  return { kind: "cast", operand, type, lenient: symbol === "TRY_CAST", ...cursor.span(start) };
}
