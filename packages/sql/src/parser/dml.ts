import type { Identifier, ParsedStatement, Query } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { beginsQuery } from "./lookahead.ts";
import { assignments } from "./merge.ts";
import { identifier, tableReference } from "./names.ts";
import { withClause } from "./queries.ts";
import { plainAlias } from "./relations.ts";

/** A query, or an INSERT behind its WITH. */
export function queryOrInsert(cursor: Cursor): ParsedStatement {
  const { start } = cursor.token;
  if (!cursor.at("WITH") || !insertFollows(cursor)) {
    const query = cursor.grammar.query(cursor);
    return { kind: "query", query, ...cursor.span(start) };
  }
  const tables = withClause(cursor);
  const read = insert(cursor);
  if (read.query.with.length > 0) cursor.unsupported("WITH before INSERT and in its query", read.query.start);
  return { ...read, query: { ...read.query, ...tables }, start };
}

/** Whether the word after all WITH tables is INSERT, by their parentheses. */
function insertFollows(cursor: Cursor): boolean {
  let depth = 0;
  for (let distance = 1; ; distance += 1) {
    const { type, symbol } = cursor.peek(distance);
    if (type === "end") return false;
    if (symbol === "(") depth += 1;
    if (symbol === ")") depth -= 1;
    if (depth === 0 && symbol === "SELECT") return false;
    if (depth === 0 && symbol === "INSERT" && cursor.peek(distance - 1).symbol === ")") return true;
  }
}

type Insert = Extract<ParsedStatement, { kind: "insert" }>;

/** INSERT [WITH SCHEMA EVOLUTION] INTO|OVERWRITE [TABLE] t [BY NAME] [(a, b)] [REPLACE WHERE p] query */
export function insert(cursor: Cursor): Insert {
  const { start } = cursor.advance();
  const schemaEvolution = cursor.take("WITH", "SCHEMA", "EVOLUTION");
  const overwrite = cursor.take("OVERWRITE");
  if (!overwrite) cursor.expect("INTO");
  cursor.take("TABLE");
  const target = tableReference(cursor);
  if (cursor.at("PARTITION", "(")) cursor.unsupported("INSERT … PARTITION");
  const byName = cursor.take("BY", "NAME");
  const replaced = overwrite ? {} : replaceClause(cursor);
  const columns: readonly Identifier[] = atColumns(cursor) ? cursor.parenthesized(identifier) : [];
  const query: Query = cursor.grammar.query(cursor);
  return {
    kind: "insert",
    target,
    columns,
    overwrite,
    schemaEvolution,
    ...replaced,
    byName,
    query,
    ...cursor.span(start),
  };
}

/** `REPLACE WHERE p`, or nothing. */
function replaceClause(cursor: Cursor): Pick<Insert, "replaceWhere"> {
  if (cursor.at("REPLACE", "USING") || cursor.at("REPLACE", "ON"))
    cursor.unsupported(`INSERT … REPLACE ${cursor.peek(1).symbol}`);
  return cursor.take("REPLACE", "WHERE") ? { replaceWhere: cursor.grammar.expression(cursor) } : {};
}

function atColumns(cursor: Cursor): boolean {
  if (!cursor.at("(")) return false;
  const { symbol } = cursor.peek(1);
  return symbol !== "(" && symbol !== "SELECT" && symbol !== "WITH" && symbol !== "VALUES";
}

/** DELETE FROM t [AS x] [WHERE …] */
export function deleteFrom(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  cursor.expect("FROM");
  const target = tableReference(cursor);
  const alias = plainAlias(cursor);
  if (cursor.at("USING")) cursor.unsupported("DELETE … USING");
  return { kind: "delete", target, ...alias, ...whereClause(cursor), ...cursor.span(start) };
}

/** UPDATE t [AS x] SET a = 1, … [WHERE …] */
export function update(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  const target = tableReference(cursor);
  const alias = plainAlias(cursor);
  cursor.expect("SET");
  const set = { assignments: assignments(cursor) };
  if (cursor.at("FROM")) cursor.unsupported("UPDATE … FROM");
  return { kind: "update", target, ...alias, ...set, ...whereClause(cursor), ...cursor.span(start) };
}

function whereClause(cursor: Cursor) {
  return cursor.take("WHERE") ? { where: cursor.grammar.expression(cursor) } : {};
}

/** Whether a statement begins with a query here. */
export function beginsQueryStatement(cursor: Cursor): boolean {
  return beginsQuery(cursor) || cursor.at("(") || cursor.at("TABLE") || cursor.at("WITH");
}
