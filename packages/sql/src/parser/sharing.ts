import type {
  AlterShareAction,
  ParsedStatement,
  QualifiedName,
  SharedWord,
  SharingStatement,
  SharingWord,
} from "../tree/index.ts";
import { commentClause, ifNotExists } from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { atIdentifier, objectName, stringLiteral } from "./names.ts";

/** `USING SHARE provider.share` of CREATE CATALOG, or nothing. */
export function usingShare(cursor: Cursor): { readonly usingShare?: QualifiedName } {
  if (!cursor.take("USING", "SHARE")) return {};
  const { token } = cursor;
  const name = objectName(cursor);
  if (name.parts.length !== 2) cursor.fail(token);
  return { usingShare: name };
}

/** CREATE SHARE [IF NOT EXISTS] s [COMMENT '…'] */
export function createShare(cursor: Cursor, start: number): SharingStatement {
  cursor.expect("SHARE");
  const existence = { ifNotExists: ifNotExists(cursor) };
  const name = objectName(cursor);
  return { kind: "createShare", ...existence, name, ...commentClause(cursor), ...cursor.span(start) };
}

/** CREATE RECIPIENT [IF NOT EXISTS] r [USING ID '…'] [COMMENT '…'] */
export function createRecipient(cursor: Cursor, start: number): SharingStatement {
  cursor.expect("RECIPIENT");
  const existence = { ifNotExists: ifNotExists(cursor) };
  const name = objectName(cursor);
  const id = cursor.take("USING", "ID") ? { id: stringLiteral(cursor) } : {};
  const comment = commentClause(cursor);
  if (cursor.at("PROPERTIES")) cursor.unsupported("PROPERTIES of a recipient");
  return { kind: "createRecipient", ...existence, name, ...id, ...comment, ...cursor.span(start) };
}

/** DROP SHARE | RECIPIENT [IF EXISTS] x; the cursor stands at the kind. */
export function dropSharing(cursor: Cursor, start: number): SharingStatement {
  const type = cursor.advance().symbol === "SHARE" ? "SHARE" : "RECIPIENT";
  const ifExists = cursor.take("IF", "EXISTS");
  return { kind: "dropSharing", type, name: objectName(cursor), ifExists, ...cursor.span(start) };
}

/** ALTER SHARE s { ADD | ALTER | REMOVE } … */
export function alterShare(cursor: Cursor, start: number): SharingStatement {
  cursor.expect("SHARE");
  const name = objectName(cursor);
  return { kind: "alterShare", name, action: shareAction(cursor), ...cursor.span(start) };
}

function shareAction(cursor: Cursor): AlterShareAction {
  const { symbol } = cursor.token;
  if (symbol === "RENAME" || symbol === "OWNER" || symbol === "SET")
    cursor.unsupported(`ALTER SHARE … ${symbol}`);
  if (cursor.take("REMOVE"))
    return { kind: "removeObject", type: sharedWord(cursor), name: objectName(cursor) };
  if (!cursor.take("ADD") && !cursor.take("ALTER")) cursor.fail();
  const object = { type: sharedWord(cursor), name: objectName(cursor) };
  const kind = symbol === "ADD" ? "addObject" : "alterObject";
  return { kind, ...object, ...objectClauses(cursor) };
}

const SHARED: Readonly<Record<string, SharedWord>> = {
  TABLE: "TABLE",
  VIEW: "VIEW",
  VOLUME: "VOLUME",
  SCHEMA: "SCHEMA",
  DATABASE: "SCHEMA",
  FUNCTION: "FUNCTION",
};

/** The kind of an object; a name alone is a table. */
function sharedWord(cursor: Cursor): SharedWord {
  if (cursor.at("MATERIALIZED", "VIEW") || (cursor.at("MODEL") && atIdentifier(cursor, 1)))
    cursor.unsupported(`sharing a ${cursor.token.symbol}`);
  const word = atIdentifier(cursor, 1) ? SHARED[cursor.token.symbol] : undefined;
  if (word === undefined) return "TABLE";
  cursor.advance();
  return word;
}

type ObjectClauses = Omit<
  Extract<AlterShareAction, { kind: "addObject" | "alterObject" }>,
  "kind" | "type" | "name"
>;

function objectClauses(cursor: Cursor): ObjectClauses {
  let clauses: ObjectClauses = { changeData: false };
  for (;;) {
    if (cursor.at("COMMENT")) clauses = { ...clauses, ...commentClause(cursor) };
    else if (cursor.at("PARTITION")) cursor.unsupported("PARTITION of a shared table");
    else if (cursor.take("AS")) clauses = { ...clauses, sharedAs: objectName(cursor) };
    else if (cursor.take("WITH", "HISTORY")) clauses = { ...clauses, history: true };
    else if (cursor.take("WITHOUT", "HISTORY")) clauses = { ...clauses, history: false };
    else if (cursor.take("WITH", "CHANGE", "DATA", "FEED")) clauses = { ...clauses, changeData: true };
    else if (cursor.at("START", "VERSION")) cursor.unsupported("START VERSION of a shared change data feed");
    else return clauses;
  }
}

const DESCRIBED: Readonly<Record<string, SharingWord>> = {
  SHARE: "SHARE",
  RECIPIENT: "RECIPIENT",
  PROVIDER: "PROVIDER",
};

/** DESCRIBE SHARE | RECIPIENT | PROVIDER x; nothing where the word is the name of a table. */
export function describeSharing(cursor: Cursor, start: number): SharingStatement | undefined {
  const type = DESCRIBED[cursor.token.symbol];
  if (type === undefined || !atIdentifier(cursor, 1) || cursor.at(type, "AS")) return undefined;
  cursor.advance();
  return { kind: "describeSharing", type, name: objectName(cursor), ...cursor.span(start) };
}

/** SHOW SHARES [IN PROVIDER p] | RECIPIENTS | PROVIDERS [[LIKE] 'pattern'], SHOW ALL IN SHARE s, SHOW GRANTS TO RECIPIENT r; or nothing. */
export function showSharing(cursor: Cursor, start: number): ParsedStatement | undefined {
  if (cursor.take("ALL", "IN", "SHARE"))
    return { kind: "showAllInShare", share: objectName(cursor), ...cursor.span(start) };
  if (cursor.take("GRANTS", "TO", "RECIPIENT") || cursor.take("GRANT", "TO", "RECIPIENT"))
    return { kind: "showRecipientGrants", recipient: objectName(cursor), ...cursor.span(start) };
  const { symbol: what } = cursor.token;
  if (what !== "SHARES" && what !== "RECIPIENTS" && what !== "PROVIDERS") return undefined;
  cursor.advance();
  const provider = what === "SHARES" && cursor.take("IN", "PROVIDER") ? { provider: objectName(cursor) } : {};
  const explicit = cursor.take("LIKE");
  const like = explicit || cursor.token.type === "string" ? { like: stringLiteral(cursor) } : {};
  return { kind: "showSharing", what, ...provider, ...like, ...cursor.span(start) };
}
