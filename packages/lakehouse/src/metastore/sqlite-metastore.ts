import type { ObjectName } from "@clone-xs/unity";
import { type Database, openDatabase, text } from "./database.ts";
import { grantStore, tagStore } from "./grants.ts";
import type { Metastore } from "./metastore.ts";
import { runStore } from "./job-runs.ts";
import { migrate } from "./migrations.ts";
import { principalStore } from "./principals.ts";
import { securableStore } from "./securables.ts";
import { shareStore } from "./shares.ts";
import { warehouseStore } from "./warehouses.ts";

export interface MetastoreOptions {
  /** The database file, or `:memory:`. */
  readonly path: string;
  readonly now: () => number;
  /** A random uuid, for the identity of a new metastore. */
  readonly uuid: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
}

/** Opens or creates the metastore's database. Throws WORKSPACE_INCOMPATIBLE when a newer program wrote it. */
export function openMetastore({ path, now, uuid, randomBytes }: MetastoreOptions): Metastore {
  const database = openDatabase(path);
  database.all("PRAGMA journal_mode=WAL");
  database.exec("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
  migrate(database);
  const id = fact(database, "metastore_id", uuid);
  return {
    id,
    globalId: `embedded:local:${id}`,
    fact: (name, make) => fact(database, name, make),
    setFact: (name, value) =>
      void database.run("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", [name, value]),
    transaction: (work) => database.transaction(work),
    ...securables(database),
    ...grantStore(database),
    ...tagStore(database),
    ...principalStore(database, { now, randomBytes }),
    ...warehouseStore(database),
    runs: runStore(database),
    sharing: shareStore(database),
    sweepable: () =>
      database.all("SELECT location FROM sweepable ORDER BY location").map((row) => text(row, "location")),
    sweepLater: (location) => remember(database, location),
    swept: (location) => void database.run("DELETE FROM sweepable WHERE location = ?", [location]),
    close: () => database.close(),
  };
}

type Securables = Pick<
  Metastore,
  | `${"catalog" | "schema" | "table" | "function" | "volume"}${"" | "s"}`
  | "tablesAfter"
  | "renameTable"
  | `${"put" | "remove"}${"Catalog" | "Schema" | "Table" | "Function" | "Volume"}`
>;

function securables(database: Database): Securables {
  const store = securableStore(database);
  return {
    catalogs: () => store.list("catalog"),
    catalog: (name) => store.find("catalog", { catalog: name }),
    putCatalog(record) {
      const name = record.name.toLowerCase();
      store.put("catalog", { catalog: name }, { ...record, name });
    },
    removeCatalog: (name) => store.remove("catalog", { catalog: name }),

    schemas: (catalog) => store.list("schema", { catalog }),
    schema: ({ catalog, schema }) => store.find("schema", { catalog, schema }),
    putSchema(record) {
      const name = { catalog: record.catalog.toLowerCase(), schema: record.schema.toLowerCase() };
      store.put("schema", name, { ...record, ...name });
    },
    removeSchema: ({ catalog, schema }) => store.remove("schema", { catalog, schema }),

    tables: (scope) => store.list("table", scope),
    tablesAfter: ({ catalog, schema }, { after, limit }) =>
      store.listAfter("table", { catalog, schema, name: after }, limit),
    table: (name) => store.find("table", objectPlace(name)),
    putTable: (record) => store.put("table", objectPlace(record), { ...record, ...objectPlace(record) }),
    removeTable(name, options = {}) {
      const { sweepLocation } = options;
      database.transaction(() => {
        store.remove("table", objectPlace(name));
        if (sweepLocation !== undefined) remember(database, sweepLocation);
      });
    },

    renameTable: (from, to) => store.rename("table", objectPlace(from), objectPlace(to)),

    functions: (scope) => store.list("function", scope),
    function: (name) => store.find("function", objectPlace(name)),
    putFunction: (record) =>
      store.put("function", objectPlace(record), { ...record, ...objectPlace(record) }),
    removeFunction: (name) => store.remove("function", objectPlace(name)),

    volumes: (scope) => store.list("volume", scope),
    volume: (name) => store.find("volume", objectPlace(name)),
    putVolume: (record) => store.put("volume", objectPlace(record), { ...record, ...objectPlace(record) }),
    removeVolume: (name) => store.remove("volume", objectPlace(name)),
  };
}

function objectPlace({ catalog, schema, name }: ObjectName): ObjectName {
  return { catalog: catalog.toLowerCase(), schema: schema.toLowerCase(), name: name.toLowerCase() };
}

function remember(database: Database, location: string): void {
  database.run("INSERT OR IGNORE INTO sweepable (location) VALUES (?)", [location]);
}

/** A value that is made once and kept. */
function fact(database: Database, name: string, make: () => string): string {
  return database.transaction(() => {
    const found = database.first("SELECT value FROM facts WHERE name = ?", [name]);
    if (found !== undefined) return text(found, "value");
    const value = make();
    database.run("INSERT INTO facts (name, value) VALUES (?, ?)", [name, value]);
    return value;
  });
}
