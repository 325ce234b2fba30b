import type { ParsedStatement, QualifiedName, ShowWhat } from "../tree/index.ts";
import { principal, propertyKey, securable, securableWord } from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { atIdentifier, integerLiteral, objectName, stringLiteral, tableReference } from "./names.ts";
import { describeSharing, showSharing } from "./sharing.ts";

/** DESCRIBE … and DESC … */
export function describe(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  if (followedByName(cursor, "DETAIL")) {
    cursor.advance();
    return { kind: "describeDetail", target: tableReference(cursor), ...cursor.span(start) };
  }
  if (followedByName(cursor, "HISTORY")) return describeHistory(cursor, start);
  if (cursor.at("QUERY") || cursor.at("SELECT") || cursor.at("WITH")) cursor.unsupported("DESCRIBE QUERY");
  const ofSharing = describeSharing(cursor, start);
  if (ofSharing) return ofSharing;
  if (cursor.at("CONNECTION") && atIdentifier(cursor, 1)) cursor.unsupported("DESCRIBE CONNECTION");
  const word = securableWord(cursor);
  if (word && word !== "TABLE" && word !== "VIEW" && followedByName(cursor, cursor.token.symbol))
    return describeSecurable(cursor, start);
  return describeTable(cursor, start);
}

/** The word is a keyword when a name follows; alone it is itself the name. */
function followedByName(cursor: Cursor, word: string): boolean {
  return cursor.at(word) && atIdentifier(cursor, 1) && cursor.peek(1).symbol !== "AS";
}

function describeHistory(cursor: Cursor, start: number): ParsedStatement {
  cursor.advance();
  const target = tableReference(cursor);
  const limit = cursor.take("LIMIT") ? { limit: Number(integerLiteral(cursor).text) } : {};
  return { kind: "describeHistory", target, ...limit, ...cursor.span(start) };
}

function describeSecurable(cursor: Cursor, start: number): ParsedStatement {
  const begin = cursor.token.start;
  const type = securableWord(cursor) ?? cursor.fail();
  cursor.advance();
  const extended = followedByName(cursor, "EXTENDED");
  if (extended) cursor.advance();
  const on = { type, name: objectName(cursor), ...cursor.span(begin) };
  return { kind: "describeSecurable", on, extended, ...cursor.span(start) };
}

function describeTable(cursor: Cursor, start: number): ParsedStatement {
  if (followedByName(cursor, "TABLE")) cursor.advance();
  const extended = followedByName(cursor, "EXTENDED") || followedByName(cursor, "FORMATTED");
  if (extended) cursor.advance();
  const target = tableReference(cursor);
  const asJson = cursor.take("AS", "JSON");
  if (atIdentifier(cursor)) cursor.unsupported("DESCRIBE of a column or partition");
  return { kind: "describeTable", target, extended, asJson, ...cursor.span(start) };
}

/** SHOW … */
export function show(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  const ofSharing = showSharing(cursor, start);
  if (ofSharing) return ofSharing;
  switch (cursor.token.symbol) {
    case "TBLPROPERTIES":
      return showProperties(cursor, start);
    case "CREATE":
      cursor.expect("CREATE", "TABLE");
      return { kind: "showCreateTable", target: tableReference(cursor), ...cursor.span(start) };
    case "COLUMNS":
      return showColumns(cursor, start);
    case "GRANTS":
    case "GRANT":
      return showGrants(cursor, start);
    default:
      return showList(cursor, start);
  }
}

function showProperties(cursor: Cursor, start: number): ParsedStatement {
  cursor.advance();
  const target = tableReference(cursor);
  if (!cursor.take("(")) return { kind: "showTableProperties", target, ...cursor.span(start) };
  const key = propertyKey(cursor);
  cursor.expect(")");
  return { kind: "showTableProperties", target, key, ...cursor.span(start) };
}

/** SHOW COLUMNS IN t [IN s]: the schema goes before the table's name. */
function showColumns(cursor: Cursor, start: number): ParsedStatement {
  cursor.advance();
  if (!takeIn(cursor)) cursor.expect("IN");
  const target = tableReference(cursor);
  if (!takeIn(cursor)) return { kind: "showColumns", target, ...cursor.span(start) };
  const schema = objectName(cursor);
  const name: QualifiedName = { ...target.name, parts: [...schema.parts, ...target.name.parts] };
  return { kind: "showColumns", target: { ...target, name }, ...cursor.span(start) };
}

function takeIn(cursor: Cursor): boolean {
  return cursor.take("IN") || cursor.take("FROM");
}

function showGrants(cursor: Cursor, start: number): ParsedStatement {
  cursor.advance();
  const to = cursor.at("ON") ? {} : { principal: principal(cursor) };
  cursor.expect("ON");
  return { kind: "showGrants", on: securable(cursor), ...to, ...cursor.span(start) };
}

const LISTS: Readonly<Record<string, ShowWhat>> = {
  CATALOGS: "CATALOGS",
  SCHEMAS: "SCHEMAS",
  DATABASES: "SCHEMAS",
  TABLES: "TABLES",
  VIEWS: "VIEWS",
  FUNCTIONS: "FUNCTIONS",
  VOLUMES: "VOLUMES",
};

/** Lists that Databricks has and this grammar has not. */
const OTHER_LISTS =
  /^(?:ALL|CONNECTIONS|CREDENTIALS|GROUPS|USERS|PARTITIONS|TABLE|PROCEDURES|POLICIES|LOCKS|STORAGE|EXTERNAL|SYSTEM|USER|CURRENT)$/u;

/** SHOW [USER] FUNCTIONS, SHOW TABLES [IN s] [[LIKE] 'pattern'] */
function showList(cursor: Cursor, start: number): ParsedStatement {
  if (cursor.at("USER", "FUNCTIONS")) cursor.advance();
  const { symbol } = cursor.token;
  const what = LISTS[symbol];
  if (!what) return OTHER_LISTS.test(symbol) ? cursor.unsupported(`SHOW ${symbol}`) : cursor.fail();
  cursor.advance();
  const where: { in?: QualifiedName } = takeIn(cursor) ? { in: objectName(cursor) } : {};
  const explicit = cursor.take("LIKE");
  const like = explicit || cursor.token.type === "string" ? { like: stringLiteral(cursor) } : {};
  return { kind: "show", what, ...where, ...like, ...cursor.span(start) };
}
