import type { ColumnDefinition, CreateTable, Identifier, ParsedStatement } from "../tree/index.ts";
import { ifNotExists, properties } from "./clauses.ts";
import { column, rowFilter, tableElements } from "./columns.ts";
import type { Cursor } from "./cursor.ts";
import { beginsQuery } from "./lookahead.ts";
import { atIdentifier, identifier, objectName, stringLiteral, tableReference } from "./names.ts";

type Clone = Extract<ParsedStatement, { kind: "clone" }>;

/** How the statement began: `CREATE`, `CREATE OR REPLACE` or `REPLACE`, all before TABLE. */
export interface CreateStart {
  readonly start: number;
  readonly orReplace: boolean;
  readonly replaceOnly: boolean;
}

/** CREATE TABLE in all its forms, from TABLE on. */
export function createTable(cursor: Cursor, began: CreateStart): CreateTable | Clone {
  cursor.expect("TABLE");
  // Spark's grammar has no IF NOT EXISTS after REPLACE TABLE.
  if (began.orReplace && cursor.at("IF", "NOT", "EXISTS")) cursor.fail();
  const existence = { orReplace: began.orReplace, ifNotExists: ifNotExists(cursor) };
  const name = tableReference(cursor);
  const shallow = cursor.at("SHALLOW", "CLONE");
  if (shallow || cursor.at("DEEP", "CLONE")) cursor.advance();
  if (cursor.take("CLONE"))
    return { ...existence, ...clone(cursor, began), target: name, shallow, ...cursor.span(began.start) };
  if (name.timeTravel) cursor.fail();
  if (began.replaceOnly) cursor.unsupported("REPLACE TABLE without CREATE OR", began.start);
  const like = cursor.take("LIKE") ? { like: tableReference(cursor) } : {};
  return {
    kind: "createTable",
    ...existence,
    name,
    ...like,
    ...definition(cursor),
    ...cursor.span(began.start),
  };
}

function clone(cursor: Cursor, { replaceOnly }: CreateStart) {
  const source = tableReference(cursor);
  let clauses: Pick<Clone, "properties" | "location"> = { properties: [] };
  for (;;) {
    if (cursor.take("TBLPROPERTIES")) clauses = { ...clauses, properties: properties(cursor) };
    else if (cursor.take("LOCATION")) clauses = { ...clauses, location: stringLiteral(cursor) };
    else if (cursor.at("WITH", "HISTORY")) cursor.unsupported("CLONE … WITH HISTORY");
    else return { kind: "clone" as const, replaceOnly, source, ...clauses };
  }
}

type Definition = Omit<CreateTable, "kind" | "orReplace" | "ifNotExists" | "name" | "start" | "end">;

function definition(cursor: Cursor): Definition {
  let result: Definition = {
    columns: [],
    constraints: [],
    partitionedBy: [],
    clusterBy: [],
    properties: [],
    options: [],
    ...(cursor.at("(") && !beginsQueryInParentheses(cursor) ? tableElements(cursor) : {}),
  };
  for (let read = clause(cursor, result); read; read = clause(cursor, result))
    result = { ...result, ...read };
  const explicit = cursor.take("AS");
  if (!explicit && !beginsQuery(cursor) && !cursor.at("(")) return result;
  return { ...result, query: cursor.grammar.query(cursor) };
}

function beginsQueryInParentheses(cursor: Cursor): boolean {
  const next = cursor.peek(1).symbol;
  return next === "SELECT" || next === "WITH" || next === "VALUES" || next === "(";
}

/** One clause after the columns, in any order. */
function clause(cursor: Cursor, sofar: Definition): Partial<Definition> | undefined {
  switch (cursor.token.symbol) {
    case "USING":
      cursor.advance();
      return { format: identifier(cursor).text.toUpperCase() };
    case "PARTITIONED":
      cursor.expect("PARTITIONED", "BY");
      return partitions(cursor, sofar);
    case "CLUSTER":
      cursor.expect("CLUSTER", "BY");
      return clustering(cursor);
    case "LOCATION":
      cursor.advance();
      return { location: stringLiteral(cursor) };
    case "COMMENT":
      cursor.advance();
      return { comment: stringLiteral(cursor) };
    case "TBLPROPERTIES":
      cursor.advance();
      return { properties: properties(cursor) };
    case "OPTIONS":
      cursor.advance();
      return { options: properties(cursor) };
    case "WITH":
      if (!cursor.take("WITH", "ROW", "FILTER")) return undefined;
      return { rowFilter: rowFilter(cursor) };
    case "CLUSTERED":
    case "SKEWED":
    case "STORED":
    case "ROW":
    case "DEFAULT":
      return cursor.unsupported(`${cursor.token.symbol} in CREATE TABLE`);
    default:
      return undefined;
  }
}

/** Names of columns above, or columns of their own with types: then they join the table's columns. */
function partitions(cursor: Cursor, { columns }: Definition): Partial<Definition> {
  const added: ColumnDefinition[] = [];
  const partitionedBy = cursor.parenthesized((c): Identifier => {
    if (c.peek(1).symbol === "(") c.unsupported("a partition transform");
    if (!atIdentifier(c, 1)) return identifier(c);
    const defined = column(c);
    added.push(defined);
    return defined.name;
  });
  return { partitionedBy, columns: [...columns, ...added] };
}

function clustering(cursor: Cursor): Partial<Definition> {
  if (cursor.take("AUTO")) return { clusterBy: [], clusterByAuto: true };
  if (cursor.take("NONE")) return { clusterBy: [] };
  return { clusterBy: cursor.parenthesized(objectName) };
}
