import type { ObjectName, SchemaName } from "@clone-xs/unity";
import { clauses, id, join, lit, type SqlFragment, sql, unsafeText } from "../tag/index.ts";

/** A securable by type and name: `{ type: "table", ...table }`. */
export type SecurableName =
  | { readonly type: "catalog"; readonly catalog: string }
  | ({ readonly type: "schema" } & SchemaName)
  | ({ readonly type: "table" | "view" | "volume" } & ObjectName)
  | ({ readonly type: "function" } & ObjectName);

/** How a CREATE behaves when the object is there: fail (default), leave it, or replace it. */
export interface Existence {
  readonly replace?: boolean;
  readonly ifNotExists?: boolean;
}

/** `key → value` of TBLPROPERTIES or tags. */
export type TextMap = Readonly<Record<string, string>>;

/** `CREATE [OR REPLACE] <what> [IF NOT EXISTS] <name>` */
export function create(what: SqlFragment, name: SqlFragment, existence: Existence): SqlFragment {
  return clauses(
    existence.replace ? sql`CREATE OR REPLACE` : sql`CREATE`,
    what,
    existence.ifNotExists && !existence.replace && sql`IF NOT EXISTS`,
    name,
  );
}

/** `COMMENT '…'`, or nothing. */
export function commentClause(comment: string | undefined): SqlFragment | undefined {
  return comment === undefined ? undefined : sql`COMMENT ${lit(comment)}`;
}

/** `<word> ('k' = 'v', …)`, or nothing when the map is empty; keys in the map's order. */
export function mapClause(word: SqlFragment, map: TextMap | undefined): SqlFragment | undefined {
  const entries = Object.entries(map ?? {});
  if (entries.length === 0) return undefined;
  return sql`${word} (${join(entries.map(([key, value]) => sql`${lit(key)} = ${lit(value)}`))})`;
}

/** `('a', 'b')` */
export function keyList(keys: readonly string[]): SqlFragment {
  return sql`(${join(keys.map(lit))})`;
}

const WORDS: Readonly<Record<SecurableName["type"], SqlFragment>> = {
  catalog: unsafeText("CATALOG"),
  schema: unsafeText("SCHEMA"),
  table: unsafeText("TABLE"),
  view: unsafeText("VIEW"),
  volume: unsafeText("VOLUME"),
  function: unsafeText("FUNCTION"),
};

/** `TABLE` */
function securableWord(securable: SecurableName): SqlFragment {
  return WORDS[securable.type];
}

/** The securable's name alone, quoted. */
export function securableName(securable: SecurableName): SqlFragment {
  switch (securable.type) {
    case "catalog":
      return id(securable.catalog);
    case "schema":
      return id(securable.catalog, securable.schema);
    default:
      return id(securable.catalog, securable.schema, securable.name);
  }
}

/** ``TABLE `c`.`s`.`t` `` */
export function named(securable: SecurableName): SqlFragment {
  return sql`${securableWord(securable)} ${securableName(securable)}`;
}
