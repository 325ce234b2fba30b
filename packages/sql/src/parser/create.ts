import type { CreateView, ParsedStatement } from "../tree/index.ts";
import { commentClause, ifNotExists, properties } from "./clauses.ts";
import { createFunction } from "./create-function.ts";
import { type CreateStart, createTable } from "./create-table.ts";
import type { Cursor } from "./cursor.ts";
import { identifier, objectName, stringLiteral } from "./names.ts";
import { createRecipient, createShare, usingShare } from "./sharing.ts";

/** CREATE …, CREATE OR REPLACE …, REPLACE TABLE …. */
export function create(cursor: Cursor): ParsedStatement {
  const { start } = cursor.token;
  const replaceOnly = cursor.take("REPLACE");
  if (!replaceOnly) cursor.expect("CREATE");
  const orReplace = replaceOnly || cursor.take("OR", "REPLACE");
  const began = { start, orReplace, replaceOnly };
  if (replaceOnly || cursor.at("TABLE")) return createTable(cursor, began);
  switch (cursor.token.symbol) {
    case "VIEW":
      return createView(cursor, began);
    case "FUNCTION":
      return createFunction(cursor, began);
    case "SCHEMA":
    case "DATABASE":
      return createSchema(cursor, began);
    case "CATALOG":
      return createCatalog(cursor, began);
    case "VOLUME":
      return createVolume(cursor, began);
    case "SHARE":
    case "RECIPIENT":
      return createForSharing(cursor, began);
    default:
      return otherKinds(cursor, began);
  }
}

function otherKinds(cursor: Cursor, began: CreateStart): ParsedStatement {
  if (cursor.at("EXTERNAL", "VOLUME")) return createVolume(cursor, began);
  if (cursor.at("EXTERNAL", "TABLE")) {
    cursor.advance();
    return createTable(cursor, began);
  }
  const { type, symbol } = cursor.token;
  if (type !== "word" || !KNOWN_KINDS.has(symbol)) cursor.fail();
  return cursor.unsupported(`CREATE ${symbol}`);
}

/** Kinds that Databricks has and this grammar has not. */
const KNOWN_KINDS = new Set(
  "TEMP TEMPORARY GLOBAL MATERIALIZED STREAMING EXTERNAL FOREIGN PROVIDER CONNECTION STORAGE SERVICE CREDENTIAL PROCEDURE POLICY BLOOMFILTER SERVER FLOW GROUP USER".split(
    " ",
  ),
);

/** A replaced share would be another one for everybody who reads it: there is no OR REPLACE. */
function createForSharing(cursor: Cursor, { start, orReplace }: CreateStart): ParsedStatement {
  if (orReplace) cursor.fail();
  return cursor.at("SHARE") ? createShare(cursor, start) : createRecipient(cursor, start);
}

function createCatalog(cursor: Cursor, { start, orReplace }: CreateStart): ParsedStatement {
  cursor.expect("CATALOG");
  const existence = { orReplace, ifNotExists: ifNotExists(cursor) };
  const name = objectName(cursor);
  const share = usingShare(cursor);
  let clauses: { comment?: string; managedLocation?: string } = {};
  for (;;) {
    if (cursor.take("MANAGED", "LOCATION")) clauses = { ...clauses, managedLocation: stringLiteral(cursor) };
    else if (cursor.at("COMMENT")) clauses = { ...clauses, ...commentClause(cursor) };
    else if (cursor.at("OPTIONS")) cursor.unsupported("OPTIONS in CREATE CATALOG");
    else return { kind: "createCatalog", ...existence, name, ...share, ...clauses, ...cursor.span(start) };
  }
}

type CreateSchema = Extract<ParsedStatement, { kind: "createSchema" }>;

function createSchema(cursor: Cursor, { start, orReplace }: CreateStart): CreateSchema {
  cursor.advance();
  const existence = { orReplace, ifNotExists: ifNotExists(cursor) };
  const name = objectName(cursor);
  let clauses: Pick<CreateSchema, "comment" | "managedLocation" | "properties"> = { properties: [] };
  for (;;) {
    if (cursor.take("MANAGED", "LOCATION") || cursor.take("LOCATION"))
      clauses = { ...clauses, managedLocation: stringLiteral(cursor) };
    else if (cursor.at("COMMENT")) clauses = { ...clauses, ...commentClause(cursor) };
    else if (cursor.take("WITH", "DBPROPERTIES")) clauses = { ...clauses, properties: properties(cursor) };
    else return { kind: "createSchema", ...existence, name, ...clauses, ...cursor.span(start) };
  }
}

function createVolume(cursor: Cursor, { start, orReplace }: CreateStart): ParsedStatement {
  const external = cursor.take("EXTERNAL");
  cursor.expect("VOLUME");
  const existence = { orReplace, ifNotExists: ifNotExists(cursor) };
  const name = objectName(cursor);
  let clauses: { comment?: string; location?: string } = {};
  for (;;) {
    if (cursor.take("LOCATION")) clauses = { ...clauses, location: stringLiteral(cursor) };
    else if (cursor.at("COMMENT")) clauses = { ...clauses, ...commentClause(cursor) };
    else return { kind: "createVolume", ...existence, external, name, ...clauses, ...cursor.span(start) };
  }
}

function createView(cursor: Cursor, { start, orReplace }: CreateStart): CreateView {
  cursor.expect("VIEW");
  const existence = { orReplace, ifNotExists: ifNotExists(cursor) };
  const name = objectName(cursor);
  const columns = cursor.at("(") ? cursor.parenthesized(viewColumn) : [];
  let clauses: Pick<CreateView, "comment" | "properties"> = { properties: [] };
  for (;;) {
    if (cursor.at("COMMENT")) clauses = { ...clauses, ...commentClause(cursor) };
    else if (cursor.take("TBLPROPERTIES")) clauses = { ...clauses, properties: properties(cursor) };
    else if (cursor.at("WITH", "METRICS")) cursor.unsupported("metric views");
    else if (!schemaBinding(cursor)) break;
  }
  cursor.expect("AS");
  const query = cursor.grammar.query(cursor);
  return { kind: "createView", ...existence, name, columns, ...clauses, query, ...cursor.span(start) };
}

function viewColumn(cursor: Cursor): CreateView["columns"][number] {
  const name = identifier(cursor);
  return { name, ...commentClause(cursor) };
}

/** WITH SCHEMA COMPENSATION is the default; the other bindings behave differently, so they are refused. */
function schemaBinding(cursor: Cursor): boolean {
  if (cursor.at("WITH", "SCHEMA") && cursor.peek(2).symbol !== "COMPENSATION")
    cursor.unsupported("this WITH SCHEMA binding of a view");
  return cursor.take("WITH", "SCHEMA", "COMPENSATION");
}
