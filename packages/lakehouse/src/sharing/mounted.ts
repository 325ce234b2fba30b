import { createHash } from "node:crypto";
import type { ObjectName, SharedObject } from "@clone-xs/unity";
import { refuseMounted } from "../authorization/index.ts";
import type { CatalogRecord, Metastore, SchemaRecord, TableRecord } from "../metastore/metastore.ts";
import { providerMissing, shareMissing } from "./errors.ts";
import { type MetastoreNetwork, type Peer, providerNamed } from "./network.ts";

/**
 * A metastore whose catalogs from shares show what their providers share at this moment. What lies in such a catalog can only be read; a
 * provider that is gone, or that took the share away, makes reading throw NOT_FOUND, and leaves the catalog itself as it is.
 */
export function mountedMetastore(stored: Metastore, network: MetastoreNetwork): Metastore {
  const mountOf = (catalog: string): Mount | undefined => {
    const record = stored.catalog(catalog);
    return record?.share === undefined ? undefined : mountFor(stored, network, record, record.share);
  };
  const writing =
    <R extends { readonly catalog: string }, Rest extends readonly unknown[]>(
      work: (record: R, ...rest: Rest) => void,
    ) =>
    (record: R, ...rest: Rest): void => {
      refuseMounted(stored, record.catalog);
      work(record, ...rest);
    };
  return {
    ...stored,
    schemas: (catalog) => mountOf(catalog)?.schemas() ?? stored.schemas(catalog),
    schema(name) {
      const mount = mountOf(name.catalog);
      if (mount === undefined) return stored.schema(name);
      return mount.schemas().find(({ schema }) => schema === name.schema.toLowerCase());
    },
    tables: (scope) => mountOf(scope.catalog)?.tables(scope.schema) ?? stored.tables(scope),
    tablesAfter(scope, part) {
      const mount = mountOf(scope.catalog);
      if (mount === undefined) return stored.tablesAfter(scope, part);
      return mount
        .tables(scope.schema)
        .filter(({ name }) => name > part.after)
        .slice(0, part.limit);
    },
    table(name) {
      const mount = mountOf(name.catalog);
      return mount === undefined ? stored.table(name) : mount.table(name);
    },
    putSchema: writing((record) => stored.putSchema(record)),
    removeSchema: writing((name) => stored.removeSchema(name)),
    putTable: writing((record) => stored.putTable(record)),
    removeTable: writing((name, options) => stored.removeTable(name, options)),
    renameTable(from, to) {
      for (const { catalog } of [from, to]) refuseMounted(stored, catalog);
      stored.renameTable(from, to);
    },
    setTags(type, fullName, tags, column) {
      if (type !== "catalog") refuseMounted(stored, catalogIn(fullName));
      stored.setTags(type, fullName, tags, column);
    },
    unsetTags(type, fullName, names, column) {
      if (type !== "catalog") refuseMounted(stored, catalogIn(fullName));
      stored.unsetTags(type, fullName, names, column);
    },
    putFunction: writing((record) => stored.putFunction(record)),
    putVolume: writing((record) => stored.putVolume(record)),
  };
}

function catalogIn(fullName: string): string {
  return fullName.split(".")[0] ?? "";
}

interface Mount {
  schemas(): readonly SchemaRecord[];
  tables(schema?: string): readonly TableRecord[];
  table(name: ObjectName): TableRecord | undefined;
}

function mountFor(
  { globalId }: Metastore,
  network: MetastoreNetwork,
  catalog: CatalogRecord,
  { provider, share }: NonNullable<CatalogRecord["share"]>,
): Mount {
  const found = (): { readonly peer: Peer; readonly objects: readonly SharedObject[] } => {
    const peer = providerNamed(network, globalId, provider);
    if (peer === undefined) throw providerMissing(provider);
    const objects = peer.objects(globalId, share);
    if (objects === undefined) throw shareMissing(share);
    return { peer, objects };
  };
  return {
    schemas: () => indexOf(found().objects).schemas.map((schema) => schemaRecord(catalog, schema)),
    tables(schema) {
      const { peer, objects } = found();
      return objects
        .filter(({ sharedAs }) => schema === undefined || placeOf(sharedAs).schema === schema.toLowerCase())
        .flatMap((object) => mounted(catalog, object, peer.table(share, object)) ?? [])
        .toSorted((a, b) => (`${a.schema}.${a.name}` < `${b.schema}.${b.name}` ? -1 : 1));
    },
    table(name) {
      const { peer, objects } = found();
      const object = indexOf(objects).byAlias.get(`${name.schema}.${name.name}`.toLowerCase());
      return object && mounted(catalog, object, peer.table(share, object));
    },
  };
}

interface Index {
  readonly byAlias: ReadonlyMap<string, SharedObject>;
  /** In order. */
  readonly schemas: readonly string[];
}

const indexes = new WeakMap<readonly SharedObject[], Index>();

function indexOf(objects: readonly SharedObject[]): Index {
  const known = indexes.get(objects);
  if (known !== undefined) return known;
  const index = {
    byAlias: new Map(objects.map((object) => [object.sharedAs.toLowerCase(), object])),
    schemas: [...new Set(objects.map(({ sharedAs }) => placeOf(sharedAs).schema))].sort(),
  };
  indexes.set(objects, index);
  return index;
}

function placeOf(sharedAs: string): { readonly schema: string; readonly name: string } {
  const [schema = "", name = ""] = sharedAs.toLowerCase().split(".");
  return { schema, name };
}

function schemaRecord(catalog: CatalogRecord, schema: string): SchemaRecord {
  const { owner, createdAt, createdBy, updatedAt, updatedBy } = catalog;
  const id = derivedId(catalog, schema);
  return {
    id,
    catalog: catalog.name,
    schema,
    owner,
    createdAt,
    createdBy,
    updatedAt,
    updatedBy,
    properties: {},
  };
}

/** The provider's table under its name here. Keys that refer to other tables, policies and the place of the files do not travel. */
function mounted(
  catalog: CatalogRecord,
  { sharedAs }: SharedObject,
  record: TableRecord | undefined,
): TableRecord | undefined {
  if (record === undefined) return undefined;
  const place = { catalog: catalog.name, ...placeOf(sharedAs) };
  const { rowFilter: _, ...rest } = record;
  return {
    ...rest,
    ...place,
    id: derivedId(catalog, record.id),
    tableType: "MANAGED",
    owner: catalog.owner,
    locationUri: `uc-deltasharing://${place.catalog}.${place.schema}.${place.name}`,
    constraints: record.constraints.filter(({ kind }) => kind === "primary_key"),
    columnMasks: [],
  };
}

/** The same at every reading, as nothing is stored. */
function derivedId({ id }: CatalogRecord, of: string): string {
  const digest = createHash("sha256").update(`${id}.${of}`).digest("hex");
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
}
