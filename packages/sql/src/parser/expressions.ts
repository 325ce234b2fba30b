import type { BinaryOperator, Expression } from "../tree/index.ts";
import { collation, everyElement, jsonPath } from "./beyond.ts";
import type { Cursor } from "./cursor.ts";
import { isSmallestInteger, numberLiteral } from "./literals.ts";
import { atIdentifier, identifier } from "./names.ts";
import { predicate } from "./predicates.ts";
import { primary } from "./primaries.ts";
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
  if (!cursor.take("NOT") && !cursor.take("!")) return predicate(cursor, binary(cursor, 0));
  const operand = cursor.nested(() => negation(cursor));
  return { kind: "unary", operator: "NOT", operand, start, end: operand.end };
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
    } else if (everyElement(cursor)) {
      operand = { ...operand, ...cursor.span(start) };
    } else if (cursor.take("[")) {
      const index = value(cursor);
      cursor.expect("]");
      operand = { kind: "index", operand, index, ...cursor.span(start) };
    } else if (cursor.at(".") && atIdentifier(cursor, 1)) {
      cursor.advance();
      operand = { kind: "field", operand, field: identifier(cursor), ...cursor.span(start) };
    } else if (cursor.at(":") && operand.kind !== "string") {
      jsonPath(cursor);
    } else if (cursor.at("COLLATE") && atIdentifier(cursor, 1)) {
      collation(cursor);
    } else return operand;
  }
}
