import type { ParsedStatement, Securable } from "../tree/index.ts";
import { principal, securable, securableWord } from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { atIdentifier, objectName, stringLiteral } from "./names.ts";
import { dropSharing } from "./sharing.ts";

/** GRANT p, … ON x TO who; REVOKE p, … ON x FROM who. Who reads a share is a RECIPIENT. */
export function grantOrRevoke(cursor: Cursor): ParsedStatement {
  const { start, symbol } = cursor.advance();
  const kind = symbol === "GRANT" ? "grant" : "revoke";
  const privileges = cursor.list(privilege);
  cursor.expect("ON");
  const on = securable(cursor);
  cursor.expect(kind === "grant" ? "TO" : "FROM");
  if (on.type === "SHARE") cursor.expect("RECIPIENT");
  const who = principal(cursor);
  if (cursor.at("WITH", "GRANT", "OPTION")) cursor.unsupported("WITH GRANT OPTION");
  return { kind, privileges, on, principal: who, ...cursor.span(start) };
}

/** The words up to the comma or ON: `USE SCHEMA`. */
function privilege(cursor: Cursor): string {
  const words: string[] = [];
  while (cursor.token.type === "word" && !cursor.at("ON")) words.push(cursor.advance().symbol);
  if (words.length === 0 || words.some((word) => !/^[A-Z_]+$/u.test(word))) cursor.fail();
  return words.join(" ");
}

/** COMMENT ON x IS 'text' | NULL */
export function commentOn(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  cursor.expect("ON");
  const on = commented(cursor);
  cursor.expect("IS");
  const comment = cursor.take("NULL") ? null : stringLiteral(cursor);
  return { kind: "comment", on, comment, ...cursor.span(start) };
}

function commented(cursor: Cursor): Securable | { type: "COLUMN"; name: Securable["name"] } {
  if (cursor.at("COLUMN") && atIdentifier(cursor, 1)) {
    cursor.advance();
    return { type: "COLUMN", name: objectName(cursor) };
  }
  if (!securableWord(cursor)) cursor.fail();
  return securable(cursor);
}

/** DROP TABLE [IF EXISTS] x, DROP SCHEMA x CASCADE … */
export function drop(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  const type = securableWord(cursor);
  if (type === "SHARE" || cursor.at("RECIPIENT")) return dropSharing(cursor, start);
  if (!type || type === "METASTORE") return refusedDrop(cursor);
  cursor.advance();
  const ifExists = cursor.take("IF", "EXISTS");
  const name = objectName(cursor);
  const cascade = cursor.take("CASCADE");
  if (!cascade) cursor.take("RESTRICT");
  if (cursor.at("FORCE")) cursor.unsupported("DROP … FORCE");
  return { kind: "drop", type, name, ifExists, cascade, ...cursor.span(start) };
}

function refusedDrop(cursor: Cursor): never {
  const known =
    /^(?:PROVIDER|CONNECTION|EXTERNAL|STORAGE|MATERIALIZED|STREAMING|TEMPORARY|PROCEDURE|POLICY|VARIABLE)$/u;
  if (known.test(cursor.token.symbol)) cursor.unsupported(`DROP ${cursor.token.symbol}`);
  return cursor.fail();
}

/** USE [CATALOG | SCHEMA] x, SET CATALOG x; bare `USE c.s` is a schema. */
export function use(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  const word = atIdentifier(cursor, 1) ? securableWord(cursor) : undefined;
  const type = word === "CATALOG" ? "CATALOG" : "SCHEMA";
  if (word === "CATALOG" || word === "SCHEMA") cursor.advance();
  return { kind: "use", type, name: objectName(cursor), ...cursor.span(start) };
}
