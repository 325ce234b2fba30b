import type { Expression } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { beginsQuery } from "./lookahead.ts";

/** At most one predicate on an operand that has been read: IS, [NOT] BETWEEN, IN, LIKE and its kin. */
export function predicate(cursor: Cursor, operand: Expression): Expression {
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
    const right = cursor.grammar.value(cursor);
    return { kind: "isDistinct", left: operand, right, not, start, end: right.end };
  }
  const what = (["NULL", "TRUE", "FALSE", "UNKNOWN"] as const).find((word) => cursor.take(word));
  if (!what) cursor.fail();
  return { kind: "is", operand, what, not, ...cursor.span(start) };
}

function between(cursor: Cursor, operand: Expression, not: boolean): Expression {
  cursor.expect("BETWEEN");
  const low = cursor.grammar.value(cursor);
  cursor.expect("AND");
  const high = cursor.grammar.value(cursor);
  return { kind: "between", operand, low, high, not, start: operand.start, end: high.end };
}

function inList(cursor: Cursor, operand: Expression, not: boolean): Expression {
  cursor.expect("IN", "(");
  const values = beginsQuery(cursor) ? cursor.grammar.query(cursor) : cursor.list(cursor.grammar.expression);
  cursor.expect(")");
  return { kind: "in", operand, values, not, ...cursor.span(operand.start) };
}

function like(cursor: Cursor, operand: Expression, not: boolean): Expression {
  const { symbol } = cursor.advance();
  const operator = symbol === "LIKE" || symbol === "ILIKE" ? symbol : "RLIKE";
  if (operator !== "RLIKE" && QUANTIFIERS.has(cursor.token.symbol) && cursor.peek(1).symbol === "(")
    return quantifiedLike(cursor, { operand, operator, not });
  const pattern = cursor.grammar.value(cursor);
  const escape =
    operator !== "RLIKE" && cursor.take("ESCAPE") ? { escape: cursor.grammar.value(cursor) } : {};
  return { kind: "like", operator, operand, pattern, ...escape, not, ...cursor.span(operand.start) };
}

const QUANTIFIERS = new Set(["ANY", "SOME", "ALL"]);

/** `x LIKE ANY (a, b)` → `x LIKE a OR x LIKE b`; ALL joins by AND; with NOT each pattern is negated. */
function quantifiedLike(
  cursor: Cursor,
  { operand, operator, not }: { operand: Expression; operator: "LIKE" | "ILIKE"; not: boolean },
): Expression {
  const joiner = cursor.advance().symbol === "ALL" ? "AND" : "OR";
  const patterns = cursor.parenthesized(cursor.grammar.value);
  const span = cursor.span(operand.start);
  return patterns
    .map((pattern): Expression => ({ kind: "like", operator, operand, pattern, not, ...span }))
    .reduce((left, right) => ({ kind: "binary", operator: joiner, left, right, ...span }));
}
