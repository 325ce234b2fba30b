import type { ObjectName, Privilege, Statement } from "@clone-xs/unity";
import { SqlError } from "../errors.ts";
import { id, join, lit, type SqlFragment, sql, statement, unsafeText } from "../tag/index.ts";
import { keyList, mapClause, named, type SecurableName, securableName, type TextMap } from "./clauses.ts";

/** A column of a table or view. */
export type ColumnName = ObjectName & {
  readonly type: "column";
  readonly of: "table" | "view";
  readonly column: string;
};

/** What carries a comment; Databricks has no COMMENT ON FUNCTION. A view's comment is set as a table's. */
export type Commentable = Exclude<SecurableName, { type: "function" }> | ColumnName;

/** `COMMENT ON TABLE t IS '…'`; `null` removes the comment. */
export function commentOn(target: Commentable, comment: string | null): Statement {
  return statement("comment", sql`COMMENT ON ${commented(target)} IS ${lit(comment)}`);
}

/** ``ALTER TABLE t ALTER COLUMN `a` COMMENT '…', `b` COMMENT '…'``: comments of several columns of a table in one statement. */
export function columnComments(table: ObjectName, comments: TextMap): Statement {
  const items = Object.entries(comments).map(([column, text]) => sql`${id(column)} COMMENT ${lit(text)}`);
  if (items.length === 0) throw new SqlError("INVALID_VALUE", "No column to comment on.");
  return statement("comment", sql`ALTER TABLE ${id(table)} ALTER COLUMN ${join(items)}`);
}

/** `ALTER … SET TAGS ('k' = 'v', …)`: all tags of one securable or column in one statement. */
export function setTags(target: SecurableName | ColumnName, tags: TextMap): Statement {
  const clause = mapClause(sql`TAGS`, tags);
  if (!clause) throw new SqlError("INVALID_VALUE", "SET TAGS needs at least one tag.");
  return statement("tag", sql`${altered(target)} SET ${clause}`);
}

export function unsetTags(target: SecurableName | ColumnName, keys: readonly string[]): Statement {
  return statement("tag", sql`${altered(target)} UNSET TAGS ${keyList(keys)}`);
}

/** `GRANT SELECT, MODIFY ON TABLE t TO p`; privileges in REST or SQL spelling. */
export function grant(privileges: readonly Privilege[], on: SecurableName, principal: string): Statement {
  return statement("grant", sql`GRANT ${privilegeList(privileges)} ON ${named(on)} TO ${id(principal)}`);
}

export function revoke(privileges: readonly Privilege[], on: SecurableName, principal: string): Statement {
  return statement("grant", sql`REVOKE ${privilegeList(privileges)} ON ${named(on)} FROM ${id(principal)}`);
}

export function setOwner(securable: SecurableName, principal: string): Statement {
  return statement("alter", sql`ALTER ${named(securable)} OWNER TO ${id(principal)}`);
}

function commented(target: Commentable): SqlFragment {
  switch (target.type) {
    case "column":
      return sql`COLUMN ${id(target)}.${id(target.column)}`;
    case "view":
      return sql`TABLE ${securableName(target)}`;
    default:
      return named(target);
  }
}

function altered(target: SecurableName | ColumnName): SqlFragment {
  if (target.type !== "column") return sql`ALTER ${named(target)}`;
  return sql`ALTER ${named({ type: target.of, catalog: target.catalog, schema: target.schema, name: target.name })} ALTER COLUMN ${id(target.column)}`;
}

/** REST spells `USE_SCHEMA`, SQL `USE SCHEMA`. Throws INVALID_VALUE for an empty list or what cannot be a privilege. */
function privilegeList(privileges: readonly Privilege[]): SqlFragment {
  if (privileges.length === 0) throw new SqlError("INVALID_VALUE", "No privilege given.");
  return join(privileges.map(privilegeWords));
}

function privilegeWords(privilege: Privilege): SqlFragment {
  if (!/^[A-Z]+(?:[_ ][A-Z]+)*$/u.test(privilege))
    throw new SqlError("INVALID_VALUE", `'${privilege}' is no privilege.`);
  return unsafeText(privilege.replaceAll("_", " "));
}
