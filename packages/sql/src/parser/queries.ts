import type {
  CommonTable,
  Expression,
  GroupBy,
  Query,
  QueryBody,
  Select,
  SelectItem,
} from "../tree/index.ts";
import { star } from "./arguments.ts";
import { groupingSets, partitionOrder } from "./beyond.ts";
import type { Cursor } from "./cursor.ts";
import { beginsQuery } from "./lookahead.ts";
import { beginsClause, NOT_A_COLUMN_ALIAS } from "./keywords.ts";
import { atIdentifier, identifier, objectName } from "./names.ts";
import { fromClause, valuesRows } from "./relations.ts";
import { orderItem, windowSpecification } from "./windows.ts";

/** A whole query: WITH, set operations, ORDER BY, LIMIT, OFFSET. */
export function query(cursor: Cursor): Query {
  return cursor.nested(() => {
    const { start } = cursor.token;
    const tables = cursor.at("WITH") ? withClause(cursor) : { with: [], recursive: false };
    const read = organized(cursor, setOperation(cursor, bodyPrimary(cursor), 0));
    return { ...read, ...tables, ...cursor.span(start) };
  });
}

/** The rest of a query whose first operand has been read. */
export function queryAfter(cursor: Cursor, first: QueryBody): Query {
  return organized(cursor, setOperation(cursor, first, 0));
}

/** WITH a AS (…), b (x, y) AS (…) */
export function withClause(cursor: Cursor): Pick<Query, "with" | "recursive"> {
  cursor.expect("WITH");
  const recursive = cursor.at("RECURSIVE") && atIdentifier(cursor, 1) && !cursor.at("RECURSIVE", "AS");
  if (recursive) cursor.advance();
  return { with: cursor.list(commonTable), recursive };
}

function commonTable(cursor: Cursor): CommonTable {
  const name = identifier(cursor);
  const columns = cursor.at("(") ? cursor.parenthesized(identifier) : [];
  cursor.take("AS");
  cursor.expect("(");
  const inner = query(cursor);
  cursor.expect(")");
  return { name, columns, query: inner };
}

function organized(cursor: Cursor, body: QueryBody): Query {
  const orderBy = cursor.take("ORDER", "BY") ? orderItems(cursor) : [];
  const within = partitionOrder(cursor);
  const limit = limitClause(cursor);
  const offset = cursor.take("OFFSET") ? { offset: cursor.grammar.expression(cursor) } : {};
  return {
    with: [],
    recursive: false,
    body,
    orderBy: [...orderBy, ...within],
    ...limit,
    ...offset,
    ...cursor.span(body.start),
  };
}

function orderItems(cursor: Cursor) {
  if (cursor.at("ALL") && !cursor.at("ALL", ".") && !cursor.at("ALL", "("))
    cursor.onlyForNames("ORDER BY ALL");
  return cursor.list(orderItem);
}

function limitClause(cursor: Cursor): { limit?: Expression } {
  if (!cursor.take("LIMIT") || cursor.take("ALL")) return {};
  return { limit: cursor.grammar.expression(cursor) };
}

const SET_OPERATORS = {
  UNION: { power: 1, operator: "UNION" },
  EXCEPT: { power: 1, operator: "EXCEPT" },
  MINUS: { power: 1, operator: "EXCEPT" },
  INTERSECT: { power: 2, operator: "INTERSECT" },
} as const;

/** INTERSECT binds tighter than UNION and EXCEPT; otherwise from left to right. */
function setOperation(cursor: Cursor, first: QueryBody, minimum: number): QueryBody {
  let left = first;
  for (;;) {
    const entry = SET_OPERATORS[cursor.token.symbol as keyof typeof SET_OPERATORS];
    if (!entry || entry.power <= minimum) return left;
    cursor.advance();
    const all = cursor.take("ALL");
    if (!all) cursor.take("DISTINCT");
    const right = setOperation(cursor, bodyPrimary(cursor), entry.power);
    left = { kind: "set", operator: entry.operator, all, left, right, start: left.start, end: right.end };
  }
}

function bodyPrimary(cursor: Cursor): QueryBody {
  const { start } = cursor.token;
  if (cursor.at("SELECT")) return select(cursor);
  if (cursor.at("VALUES") && beginsQuery(cursor))
    return { kind: "values", rows: valuesRows(cursor), ...cursor.span(start) };
  if (cursor.at("TABLE") && atIdentifier(cursor, 1)) {
    cursor.advance();
    return { kind: "table", name: objectName(cursor), ...cursor.span(start) };
  }
  if (cursor.at("FROM")) cursor.unsupported("a query that begins with FROM");
  if (!cursor.take("(")) cursor.fail();
  const inner = query(cursor);
  cursor.expect(")");
  return { kind: "nested", query: inner, ...cursor.span(start) };
}

function select(cursor: Cursor): Select {
  const { start } = cursor.advance();
  const distinct = cursor.take("DISTINCT");
  if (!distinct && cursor.at("ALL") && selectAllFollows(cursor)) cursor.advance();
  if (cursor.at("TRANSFORM", "(") && cursor.peek(2).symbol === "*") cursor.unsupported("SELECT TRANSFORM");
  const items = cursor.list(selectItem);
  const from = cursor.take("FROM") ? fromClause(cursor) : [];
  const where = cursor.take("WHERE") ? { where: cursor.grammar.expression(cursor) } : {};
  const groupBy = groupByClause(cursor);
  const having = cursor.take("HAVING") ? { having: cursor.grammar.expression(cursor) } : {};
  const early = windowClause(cursor);
  const qualify = cursor.take("QUALIFY") ? { qualify: cursor.grammar.expression(cursor) } : {};
  const windows = early.length > 0 ? early : windowClause(cursor);
  return {
    kind: "select",
    distinct,
    items,
    from,
    ...where,
    groupBy,
    ...having,
    ...qualify,
    windows,
    ...cursor.span(start),
  };
}

/** ALL is a quantifier unless it stands as a column. */
function selectAllFollows(cursor: Cursor): boolean {
  const next = cursor.peek(1);
  if (next.symbol === "FROM") return false;
  return next.type !== "end" && (next.type !== "operator" || next.symbol === "*" || next.symbol === "(");
}

function selectItem(cursor: Cursor): SelectItem {
  const { start } = cursor.token;
  const value = star(cursor) ?? cursor.grammar.expression(cursor);
  return { value, ...columnAlias(cursor), ...cursor.span(start) };
}

function columnAlias(cursor: Cursor): Pick<SelectItem, "alias" | "aliases"> {
  const explicit = cursor.take("AS");
  if (explicit && cursor.at("(")) return { aliases: cursor.parenthesized(identifier) };
  return explicit || atColumnAlias(cursor) ? { alias: identifier(cursor) } : {};
}

function atColumnAlias(cursor: Cursor): boolean {
  if (!atIdentifier(cursor) || cursor.atOneOf(NOT_A_COLUMN_ALIAS)) return false;
  return !beginsClause(cursor.token.symbol, cursor.peek(1).symbol);
}

function groupByClause(cursor: Cursor): GroupBy {
  if (!cursor.take("GROUP", "BY")) return { kind: "none" };
  if (cursor.at("ALL") && !cursor.at("ALL", ".") && !cursor.at("ALL", ",")) {
    cursor.advance();
    return { kind: "all" };
  }
  const sets = groupingSets(cursor);
  if (sets) return { kind: "by", expressions: sets };
  const leading = (["ROLLUP", "CUBE"] as const).find((word) => cursor.take(word, "("));
  if (leading) return leadingModifier(cursor, leading);
  const expressions = cursor.list((c) => c.grammar.expression(c));
  const modifier = (["ROLLUP", "CUBE"] as const).find((word) => cursor.take("WITH", word));
  const all = [...expressions, ...(groupingSets(cursor) ?? [])];
  return modifier ? { kind: "by", expressions: all, modifier } : { kind: "by", expressions: all };
}

/** GROUP BY ROLLUP (a, b); mixed with other expressions it is not in the tree. */
function leadingModifier(cursor: Cursor, modifier: "ROLLUP" | "CUBE"): GroupBy {
  const expressions = cursor.list((c) => c.grammar.expression(c));
  cursor.expect(")");
  if (cursor.at(",")) cursor.onlyForNames(`${modifier} beside other grouping expressions`);
  while (cursor.take(",")) expressions.push(cursor.grammar.expression(cursor));
  return { kind: "by", expressions, modifier };
}

function windowClause(cursor: Cursor): Select["windows"] {
  if (!cursor.take("WINDOW")) return [];
  return cursor.list((c) => {
    const name = identifier(c);
    c.expect("AS");
    return { name, specification: windowSpecification(c) };
  });
}
