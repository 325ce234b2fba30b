import type { Metastore } from "../../metastore/metastore.ts";

type Made = { readonly createdAt: number };

/** The metastore as a replica would show it that has not heard of what was made since a moment. For reading only. */
export function staleMetastore(metastore: Metastore, since: number): Metastore {
  const old = <T extends Made>(record: T | undefined) =>
    record !== undefined && record.createdAt <= since ? record : undefined;
  const all = <T extends Made>(records: readonly T[]) =>
    records.filter(({ createdAt }) => createdAt <= since);
  return {
    ...metastore,
    catalogs: () => all(metastore.catalogs()),
    catalog: (name) => old(metastore.catalog(name)),
    schemas: (catalog) => all(metastore.schemas(catalog)),
    schema: (name) => old(metastore.schema(name)),
    tables: (scope) => all(metastore.tables(scope)),
    tablesAfter: (scope, { after, limit }) =>
      all(metastore.tables(scope))
        .filter(({ name }) => name > after)
        .slice(0, limit),
    table: (name) => old(metastore.table(name)),
    functions: (scope) => all(metastore.functions(scope)),
    function: (name) => old(metastore.function(name)),
    volumes: (scope) => all(metastore.volumes(scope)),
    volume: (name) => old(metastore.volume(name)),
  };
}
