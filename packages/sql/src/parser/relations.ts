import type {
  Identifier,
  Query,
  QueryBody,
  Relation,
  Select,
  TableAlias,
  TableReference,
} from "../tree/index.ts";
import { callArguments } from "./arguments.ts";
import { relationModifiers } from "./beyond.ts";
import type { Cursor } from "./cursor.ts";
import { joinCriteria, joined, joinStart } from "./joins.ts";
import { beginsQuery } from "./lookahead.ts";
import { beginsClause, NOT_A_TABLE_ALIAS } from "./keywords.ts";
import { atIdentifier, identifier, integerLiteral, objectName, tableReference } from "./names.ts";

/** FROM's comma-separated relations, and LATERAL VIEWs, which apply to all of them together. */
export function fromClause(cursor: Cursor): readonly Relation[] {
  const relations = cursor.list(relation);
  if (!cursor.at("LATERAL", "VIEW")) return relations;
  let input = relations.reduce((left, right) => joined(left, right, { type: "CROSS" }));
  while (cursor.at("LATERAL", "VIEW")) input = lateralView(cursor, input);
  return [input];
}

/** A relation with its joins. */
function relation(cursor: Cursor): Relation {
  return cursor.nested(() => joins(cursor, relationPrimary(cursor)));
}

/** `[AS] t [(a, b)]`, or nothing. */
function tableAlias(cursor: Cursor): { readonly alias?: TableAlias } {
  const explicit = cursor.take("AS");
  if (!explicit && !atTableAlias(cursor)) return {};
  const name = identifier(cursor);
  const columns = cursor.at("(") ? cursor.parenthesized(identifier) : [];
  return { alias: { name, columns } };
}

/** `[AS] t`: the alias of a table that is written. */
export function plainAlias(cursor: Cursor): { readonly alias?: Identifier } {
  return cursor.take("AS") || atTableAlias(cursor) ? { alias: identifier(cursor) } : {};
}

/** Whether a name stands here that can be the alias of a table. */
function atTableAlias(cursor: Cursor): boolean {
  if (cursor.token.type === "quoted") return true;
  if (cursor.token.type !== "word" || cursor.atOneOf(NOT_A_TABLE_ALIAS)) return false;
  return !beginsClause(cursor.token.symbol, cursor.peek(1).symbol);
}

/** VALUES 1, (2, 3): a row without parentheses has one column. */
export function valuesRows(cursor: Cursor): ReturnType<typeof rowOf>[] {
  cursor.expect("VALUES");
  return cursor.list(rowOf);
}

function rowOf(cursor: Cursor) {
  const value = cursor.grammar.expression(cursor);
  return value.kind === "row" ? value.values : [value];
}

function joins(cursor: Cursor, first: Relation): Relation {
  let left = first;
  for (let start = joinStart(cursor); start; start = joinStart(cursor)) {
    const right = relationPrimary(cursor);
    left = { ...joined(left, right, start), ...joinCriteria(cursor), ...cursor.span(left.start) };
  }
  return left;
}

/** One relation with its alias, without joins: what a MERGE takes after USING. */
export function relationPrimary(cursor: Cursor): Relation {
  const { start } = cursor.token;
  if (cursor.at("(")) return aliased(cursor, start, opened(cursor), false);
  if (beginsValues(cursor)) {
    const rows = valuesRows(cursor);
    return { kind: "values", rows, ...tableAlias(cursor), ...cursor.span(start) };
  }
  if (cursor.at("LATERAL")) return lateral(cursor);
  return namedRelation(cursor, false);
}

function beginsValues(cursor: Cursor): boolean {
  return cursor.at("VALUES") && beginsQuery(cursor);
}

function lateral(cursor: Cursor): Relation {
  const { start } = cursor.advance();
  if (!cursor.at("(")) return { ...namedRelation(cursor, true), ...cursor.span(start) };
  return aliased(cursor, start, opened(cursor), true);
}

/** A table or a table function; `STREAM t` and samples are named as unsupported. */
function namedRelation(cursor: Cursor, isLateral: boolean): Relation {
  const { start } = cursor.token;
  if (!atIdentifier(cursor) || cursor.atOneOf(NOT_A_TABLE_NAME)) cursor.fail();
  if (cursor.at("STREAM") && atIdentifier(cursor, 1) && !cursor.at("STREAM", "AS"))
    cursor.unsupported("STREAM");
  if (isFunction(cursor)) {
    const name = objectName(cursor);
    const list = callArguments(cursor);
    const alias = tableAlias(cursor);
    return { kind: "function", name, arguments: list, lateral: isLateral, ...alias, ...cursor.span(start) };
  }
  const table = tableReference(cursor);
  relationModifiers(cursor);
  const alias = tableAlias(cursor);
  relationModifiers(cursor);
  return { kind: "table", table, ...alias, ...cursor.span(start) };
}

const NOT_A_TABLE_NAME = new Set(
  "SELECT FROM WHERE HAVING LIMIT UNION INTERSECT EXCEPT JOIN ON USING CROSS INNER NATURAL LATERAL SET".split(
    " ",
  ),
);

function isFunction(cursor: Cursor): boolean {
  if (cursor.at("IDENTIFIER", "(")) return false;
  let distance = 0;
  while (atIdentifier(cursor, distance) && cursor.peek(distance + 1).symbol === ".") distance += 2;
  return atIdentifier(cursor, distance) && cursor.peek(distance + 1).symbol === "(";
}

type Opened = { readonly query: Query } | { readonly relation: Relation };

/**
 * What stands in parentheses, up to and with the closing one: a query or a relation. `((SELECT 1) UNION …)` and
 * `((SELECT 1) a JOIN b)` are told apart only after the inner parenthesis, so it is read first.
 */
function opened(cursor: Cursor): Opened {
  return cursor.nested(() => {
    const { start } = cursor.token;
    cursor.expect("(");
    const inside = openedBody(cursor);
    cursor.expect(")");
    if ("query" in inside) return inside;
    return { relation: { ...inside.relation, ...cursor.span(start) } };
  });
}

function openedBody(cursor: Cursor): Opened {
  const { start } = cursor.token;
  if (cursor.at("DESCRIBE", "HISTORY") || cursor.at("DESC", "HISTORY")) return { relation: history(cursor) };
  if (cursor.at("DESCRIBE", "DETAIL") || cursor.at("DESC", "DETAIL")) return { relation: detail(cursor) };
  if (beginsQuery(cursor) || cursor.at("TABLE")) return { query: cursor.grammar.query(cursor) };
  if (!cursor.at("(")) return { relation: relation(cursor) };
  const inner = opened(cursor);
  if ("query" in inner && continuesQuery(cursor)) {
    const nested: QueryBody = { kind: "nested", query: inner.query, ...cursor.span(start) };
    return { query: cursor.grammar.queryAfter(cursor, nested) };
  }
  return { relation: joins(cursor, aliased(cursor, start, inner, false)) };
}

const AFTER_QUERY = new Set(["UNION", "INTERSECT", "EXCEPT", "MINUS", "ORDER", "LIMIT", "OFFSET", ")"]);

function continuesQuery(cursor: Cursor): boolean {
  return cursor.atOneOf(AFTER_QUERY);
}

/** DESCRIBE HISTORY t [LIMIT n], inside its parentheses. */
function history(cursor: Cursor): Relation {
  const { start } = cursor.advance();
  cursor.expect("HISTORY");
  const target: TableReference = tableReference(cursor);
  const limit = cursor.take("LIMIT") ? { limit: Number(integerLiteral(cursor).text) } : {};
  return { kind: "history", target, ...limit, ...cursor.span(start) };
}

/** DESCRIBE DETAIL t, inside its parentheses. */
function detail(cursor: Cursor): Relation {
  const { start } = cursor.advance();
  cursor.expect("DETAIL");
  return { kind: "detail", target: tableReference(cursor), ...cursor.span(start) };
}

/** Gives an alias to what stood in parentheses; a joined relation with an alias becomes a subquery of it. */
function aliased(cursor: Cursor, start: number, inside: Opened, isLateral: boolean): Relation {
  relationModifiers(cursor);
  const alias = tableAlias(cursor);
  relationModifiers(cursor);
  const span = cursor.span(start);
  if ("query" in inside)
    return { kind: "subquery", query: inside.query, lateral: isLateral, ...alias, ...span };
  const inner = inside.relation;
  if (!alias.alias) return { ...inner, ...span };
  if ("alias" in inner || inner.kind === "join" || inner.kind === "lateralView")
    return { kind: "subquery", query: selectAll(inner), lateral: false, ...alias, ...span };
  return { ...inner, ...alias, ...span };
}

function selectAll(from: Relation): Query {
  const { start, end } = from;
  const body: Select = {
    kind: "select",
    distinct: false,
    items: [{ value: { kind: "star", except: [], start, end }, start, end }],
    from: [from],
    groupBy: { kind: "none" },
    windows: [],
    start,
    end,
  };
  return { with: [], recursive: false, body, orderBy: [], start, end };
}

/** LATERAL VIEW [OUTER] explode(x) [t] [AS a, b] */
function lateralView(cursor: Cursor, input: Relation): Relation {
  cursor.expect("LATERAL", "VIEW");
  const outer = cursor.take("OUTER");
  const name = objectName(cursor);
  const values = callArguments(cursor).map((argument) => argument.value);
  const table: { table?: Identifier } =
    cursor.at("AS") || !atTableAlias(cursor) ? {} : { table: identifier(cursor) };
  const columns = cursor.take("AS") ? viewColumns(cursor) : [];
  return {
    kind: "lateralView",
    input,
    outer,
    name,
    arguments: values,
    ...table,
    columns,
    ...cursor.span(input.start),
  };
}

function viewColumns(cursor: Cursor): readonly Identifier[] {
  return cursor.at("(") ? cursor.parenthesized(identifier) : cursor.list(identifier);
}
