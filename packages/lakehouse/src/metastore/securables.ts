import type { ObjectName, SecurableType } from "@clone-xs/unity";
import { type Database, type Row, text } from "./database.ts";
import type { CatalogRecord, FunctionRecord, SchemaRecord, TableRecord, VolumeRecord } from "./metastore.ts";

interface Records {
  readonly catalog: CatalogRecord;
  readonly schema: SchemaRecord;
  readonly table: TableRecord;
  readonly function: FunctionRecord;
  readonly volume: VolumeRecord;
}

/** Where records of one kind are found: by full name, or below a catalog or schema. All names in lower case. */
interface Place {
  readonly catalog: string;
  readonly schema?: string | undefined;
  readonly name?: string;
}

/** The key of a record: `c`, `c.s` or `c.s.t`. No part can hold a dot, so that it is unambiguous. */
function keyOf({ catalog, schema, name }: Place): string {
  return [catalog, schema, name]
    .filter((part) => part !== undefined)
    .join(".")
    .toLowerCase();
}

/** Records of all kinds in one table, as JSON under their full names, with the grants and tags on them. */
export interface SecurableStore {
  list<Kind extends SecurableType>(kind: Kind, below?: Place): readonly Records[Kind][];
  /** Records of the same schema behind a place, by name, `limit` at most. */
  listAfter<Kind extends SecurableType>(
    kind: Kind,
    place: ObjectName,
    limit: number,
  ): readonly Records[Kind][];
  find<Kind extends SecurableType>(kind: Kind, place: Place): Records[Kind] | undefined;
  put(kind: SecurableType, place: Place, record: object): void;
  /** Moves a record that has nothing below it, with its grants and tags. */
  rename(kind: "table", from: ObjectName, to: ObjectName): void;
  /** Removes one record with everything below it, and all their grants and tags. */
  remove(kind: SecurableType, place: Place): void;
}

export function securableStore(database: Database): SecurableStore {
  const select = "SELECT record FROM securables WHERE kind = ?";
  return {
    list<Kind extends SecurableType>(kind: Kind, below?: Place) {
      const scope = [below?.catalog, below?.schema].filter((part) => part !== undefined);
      const where = ["", " AND catalog = ?", " AND catalog = ? AND schema = ?"][scope.length] ?? "";
      const values = [kind, ...scope.map((part) => part.toLowerCase())];
      return database.all(`${select}${where} ORDER BY full_name`, values).map((row) => parse(kind, row));
    },
    listAfter<Kind extends SecurableType>(kind: Kind, place: ObjectName, limit: number) {
      const { catalog, schema } = place;
      const [, end] = below(keyOf({ catalog, schema }));
      return database
        .all(`${select} AND full_name > ? AND full_name < ? ORDER BY full_name LIMIT ?`, [
          kind,
          keyOf(place),
          end,
          limit,
        ])
        .map((row) => parse(kind, row));
    },
    find<Kind extends SecurableType>(kind: Kind, place: Place) {
      return database
        .all(`${select} AND full_name = ?`, [kind, keyOf(place)])
        .map((row) => parse(kind, row))[0];
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
    rename(kind, from, to) {
      database.transaction(() => {
        const record = this.find(kind, from);
        if (record === undefined) return;
        this.put(kind, to, { ...record, ...to });
        database.run("DELETE FROM securables WHERE kind = ? AND full_name = ?", [kind, keyOf(from)]);
        for (const table of ["grants", "tags"])
          database.run(`UPDATE OR REPLACE ${table} SET full_name = ? WHERE kind = ? AND full_name = ?`, [
            keyOf(to),
            kind,
            keyOf(from),
          ]);
      });
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

function parse<Kind extends SecurableType>(_kind: Kind, row: Row): Records[Kind] {
  return JSON.parse(text(row, "record")) as Records[Kind];
}

/** Bounds of the keys that start with `key` and a dot; `/` follows the dot in ASCII. */
export function below(key: string): [string, string] {
  return [`${key}.`, `${key}/`];
}
