import type { Viewer } from "../../authorization/index.ts";
import type { Metastore, TableRecord } from "../../metastore/metastore.ts";

/**
 * A viewer for one pass over a listing, without a pause in between: what was read of grants and parents is not read again for each object.
 * `tables` are records of the listing, which need not be looked up.
 */
export function remembering<V extends Viewer>(viewer: V, tables: readonly TableRecord[]): V {
  const { metastore } = viewer;
  const listed = new Map(tables.map((table) => [keyOf(table), table]));
  const remembered: Partial<Metastore> = {
    grants: memo(
      (type, fullName) => metastore.grants(type, fullName),
      (type, fullName) => `${type} ${fullName}`,
    ),
    catalog: memo(
      (name) => metastore.catalog(name),
      (name) => name,
    ),
    schema: memo(
      (name) => metastore.schema(name),
      ({ catalog, schema }) => `${catalog}.${schema}`,
    ),
    table: (name) => listed.get(keyOf(name)) ?? metastore.table(name),
  };
  return { ...viewer, metastore: { ...metastore, ...remembered } };
}

function keyOf({ catalog, schema, name }: Pick<TableRecord, "catalog" | "schema" | "name">): string {
  return `${catalog}.${schema}.${name}`;
}

function memo<A extends readonly unknown[], R>(read: (...by: A) => R, keyOf: (...by: A) => string) {
  const known = new Map<string, R>();
  return (...by: A): R => {
    const key = keyOf(...by);
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = read(...by);
    known.set(key, value);
    return value;
  };
}
