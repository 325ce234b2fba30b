import type { Identifier, Property, QualifiedName, Securable, SecurableWord } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { identifier, objectName, stringLiteral } from "./names.ts";

/** `('k' = 'v', delta.appendOnly = true)`; values become text, the equals sign may be missing. */
export function properties(cursor: Cursor): Property[] {
  return cursor.parenthesized((c) => {
    const key = propertyKey(c);
    c.take("=");
    return { key, value: propertyValue(c) };
  });
}

/** `('k' = 'v', 'alone')`: a tag may have no value. */
export function tags(cursor: Cursor): Property[] {
  return cursor.parenthesized((c) => {
    const key = propertyKey(c);
    return { key, value: c.take("=") ? propertyValue(c) : "" };
  });
}

/** `('a', 'b')` */
export function propertyKeys(cursor: Cursor): string[] {
  return cursor.parenthesized(propertyKey);
}

/** A string, or identifiers with points between them, whose case is kept. */
export function propertyKey(cursor: Cursor): string {
  // Just one literal: the next may be the value.
  if (cursor.token.type === "string") return cursor.advance().text;
  return objectName(cursor)
    .parts.map((part) => part.text)
    .join(".");
}

function propertyValue(cursor: Cursor): string {
  const { token } = cursor;
  if (token.type === "string") return stringLiteral(cursor);
  const sign = cursor.take("-") ? "-" : "";
  if (cursor.token.type === "number") return sign + cursor.advance().text;
  if (sign === "" && (token.symbol === "TRUE" || token.symbol === "FALSE"))
    return cursor.advance().text.toLowerCase();
  return cursor.fail();
}

/** `COMMENT '…'` */
export function commentClause(cursor: Cursor): { readonly comment?: string } {
  return cursor.take("COMMENT") ? { comment: stringLiteral(cursor) } : {};
}

/** `[OR REPLACE]` has been read; takes `[IF NOT EXISTS]`. */
export function ifNotExists(cursor: Cursor): boolean {
  return cursor.take("IF", "NOT", "EXISTS");
}

/** `(a, b)`, or nothing. */
export function columnNames(cursor: Cursor): readonly Identifier[] {
  return cursor.at("(") ? cursor.parenthesized(identifier) : [];
}

/** The place of names that are not there. */
function noName(cursor: Cursor): QualifiedName {
  const { start } = cursor.token;
  return { parts: [], start, end: start };
}

const SECURABLES: Readonly<Record<string, SecurableWord>> = {
  CATALOG: "CATALOG",
  SCHEMA: "SCHEMA",
  DATABASE: "SCHEMA",
  TABLE: "TABLE",
  VIEW: "VIEW",
  VOLUME: "VOLUME",
  FUNCTION: "FUNCTION",
  METASTORE: "METASTORE",
  SHARE: "SHARE",
};

/** The word of a securable and what it means, when one stands here. */
export function securableWord(cursor: Cursor): SecurableWord | undefined {
  return SECURABLES[cursor.token.symbol];
}

/** `TABLE c.s.t`; a name alone is a table, METASTORE stands alone. */
export function securable(cursor: Cursor): Securable {
  const { start } = cursor.token;
  const next = cursor.peek(1);
  const word = next.type === "word" || next.type === "quoted" ? securableWord(cursor) : undefined;
  if (cursor.at("METASTORE")) {
    cursor.advance();
    return { type: "METASTORE", name: noName(cursor), ...cursor.span(start) };
  }
  if (!word || NAME_ENDS.has(next.symbol))
    return { type: "TABLE", name: objectName(cursor), ...cursor.span(start) };
  cursor.advance();
  return { type: word, name: objectName(cursor), ...cursor.span(start) };
}

/** After these the word before was itself the name: GRANT SELECT ON view TO x. */
const NAME_ENDS = new Set(["TO", "FROM", "IS"]);

/** A user, group or service principal. */
export function principal(cursor: Cursor): string {
  return objectName(cursor)
    .parts.map((part) => part.text)
    .join(".");
}
