import type { SecurableType } from "@clone-xs/unity";
import type { Database } from "./database.ts";

/** Where records of one kind are found: by full name, or below a catalog or schema. All names in lower case. */
export interface Place {
  readonly catalog: string;
  readonly schema?: string | undefined;
  readonly name?: string;
}

/** The key of a record: `c`, `c.s` or `c.s.t`. No part can hold a dot, so that it is unambiguous. */
export function keyOf({ catalog, schema, name }: Place): string {
  return [catalog, schema, name]
    .filter((part) => part !== undefined)
    .join(".")
    .toLowerCase();
}

/** Records of all kinds in one table, as JSON under their full names, with the grants and tags on them. */
export interface SecurableStore {
  list<Record>(kind: SecurableType, below?: Place): readonly Record[];
  find<Record>(kind: SecurableType, place: Place): Record | undefined;
  put(kind: SecurableType, place: Place, record: object): void;
  /** Removes one record with everything below it, and all their grants and tags. */
  remove(kind: SecurableType, place: Place): void;
}

interface Row {
  readonly record: string;
}

export function securableStore(database: Database): SecurableStore {
  const parse = <Record>(rows: readonly Row[]) => rows.map((row) => JSON.parse(row.record) as Record);
  return {
    list<Record>(kind: SecurableType, below?: Place) {
      const select = "SELECT record FROM securables WHERE kind = ?";
      if (below === undefined) return parse<Record>(database.all(`${select} ORDER BY full_name`, [kind]));
      const catalog = below.catalog.toLowerCase();
      if (below.schema === undefined)
        return parse<Record>(database.all(`${select} AND catalog = ? ORDER BY full_name`, [kind, catalog]));
      const values = [kind, catalog, below.schema.toLowerCase()];
      return parse<Record>(
        database.all(`${select} AND catalog = ? AND schema = ? ORDER BY full_name`, values),
      );
    },
    find<Record>(kind: SecurableType, place: Place) {
      const sql = "SELECT record FROM securables WHERE kind = ? AND full_name = ?";
      return parse<Record>(database.all(sql, [kind, keyOf(place)]))[0];
    },
    put(kind, place, record) {
      database.run(
        "INSERT OR REPLACE INTO securables (kind, full_name, catalog, schema, record) VALUES (?, ?, ?, ?, ?)",
        [
          kind,
          keyOf(place),
          place.catalog.toLowerCase(),
          place.schema?.toLowerCase() ?? null,
          JSON.stringify(record),
        ],
      );
    },
    remove(kind, place) {
      const key = keyOf(place);
      database.transaction(() => {
        for (const table of ["securables", "grants", "tags"]) {
          database.run(`DELETE FROM ${table} WHERE kind = ? AND full_name = ?`, [kind, key]);
          if (kind === "catalog" || kind === "schema")
            database.run(`DELETE FROM ${table} WHERE full_name > ? AND full_name < ?`, below(key));
        }
      });
    },
  };
}

/** Bounds of the keys that start with `key` and a dot; `/` follows the dot in ASCII. */
export function below(key: string): [string, string] {
  return [`${key}.`, `${key}/`];
}
