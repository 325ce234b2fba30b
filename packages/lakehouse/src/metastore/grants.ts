import type { PrivilegeAssignment, SecurableType, Tag } from "@clone-xs/unity";
import { type Database, type Row, text } from "./database.ts";
import type { Metastore } from "./metastore.ts";
import { below } from "./securables.ts";

export type GrantStore = Pick<Metastore, "grants" | "grantsBelow" | "grant" | "revoke">;

/** Direct grants, one row per principal and privilege. */
export function grantStore(database: Database): GrantStore {
  const columns = "SELECT kind, full_name, principal, privilege FROM grants";
  return {
    grants(type, fullName) {
      const sql = `${columns} WHERE kind = ? AND full_name = ? ORDER BY principal, privilege`;
      return byPrincipal(database.all(sql, [type, fullName.toLowerCase()]));
    },
    grantsBelow(catalog) {
      const key = catalog.toLowerCase();
      const rows = database.all(
        `${columns} WHERE (full_name > ? AND full_name < ?) OR (kind = 'catalog' AND full_name = ?) ORDER BY full_name, kind, principal, privilege`,
        [...below(key), key],
      );
      return rows.map((row) => ({
        type: text(row, "kind") as SecurableType,
        fullName: text(row, "full_name"),
        principal: text(row, "principal"),
        privilege: text(row, "privilege"),
      }));
    },
    grant(type, fullName, principal, privileges) {
      const sql = "INSERT OR IGNORE INTO grants (kind, full_name, principal, privilege) VALUES (?, ?, ?, ?)";
      database.transaction(() => {
        for (const privilege of privileges)
          database.run(sql, [type, fullName.toLowerCase(), principal, privilege]);
      });
    },
    revoke(type, fullName, principal, privileges) {
      const sql = "DELETE FROM grants WHERE kind = ? AND full_name = ? AND principal = ? AND privilege = ?";
      database.transaction(() => {
        for (const privilege of privileges)
          database.run(sql, [type, fullName.toLowerCase(), principal, privilege]);
      });
    },
  };
}

function byPrincipal(rows: readonly Row[]): readonly PrivilegeAssignment[] {
  const found = new Map<string, string[]>();
  for (const row of rows) {
    const [principal, privilege] = [text(row, "principal"), text(row, "privilege")];
    const privileges = found.get(principal);
    if (privileges === undefined) found.set(principal, [privilege]);
    else privileges.push(privilege);
  }
  return [...found].map(([principal, privileges]) => ({ principal, privileges }));
}

export type TagStore = Pick<Metastore, "tags" | "tagsBelow" | "setTags" | "unsetTags">;

/** Tags; a column's name is matched in lower case like all names. */
export function tagStore(database: Database): TagStore {
  const columns = "SELECT kind, full_name, column_name, name, value FROM tags";
  return {
    tags(type, fullName, column = "") {
      const sql = `${columns} WHERE kind = ? AND full_name = ? AND column_name = ? ORDER BY name`;
      return database.all(sql, [type, fullName.toLowerCase(), column.toLowerCase()]).map(tagOf);
    },
    tagsBelow(catalog) {
      const key = catalog.toLowerCase();
      const rows = database.all(
        `${columns} WHERE (full_name > ? AND full_name < ?) OR (kind = 'catalog' AND full_name = ?) ORDER BY full_name, kind, column_name, name`,
        [...below(key), key],
      );
      return rows.map((row) => ({
        type: text(row, "kind") as SecurableType,
        fullName: text(row, "full_name"),
        ...(row["column_name"] === "" ? {} : { column: text(row, "column_name") }),
        tag: tagOf(row),
      }));
    },
    setTags(type, fullName, tags, column = "") {
      const sql =
        "INSERT OR REPLACE INTO tags (kind, full_name, column_name, name, value) VALUES (?, ?, ?, ?, ?)";
      database.transaction(() => {
        for (const tag of tags)
          database.run(sql, [type, fullName.toLowerCase(), column.toLowerCase(), tag.name, tag.value]);
      });
    },
    unsetTags(type, fullName, names, column = "") {
      const sql = "DELETE FROM tags WHERE kind = ? AND full_name = ? AND column_name = ? AND name = ?";
      database.transaction(() => {
        for (const name of names)
          database.run(sql, [type, fullName.toLowerCase(), column.toLowerCase(), name]);
      });
    },
  };
}

function tagOf(row: Row): Tag {
  return { name: text(row, "name"), value: text(row, "value") };
}
