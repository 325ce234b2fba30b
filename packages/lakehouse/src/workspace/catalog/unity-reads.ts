import { fileUri } from "@clone-xs/delta";
import { type Routine, type UnityReads, type Volume, WorkspaceError } from "@clone-xs/unity";
import type { CatalogRecord, FunctionRecord, SchemaRecord, VolumeRecord } from "../../metastore/metastore.ts";
import {
  type CatalogReader,
  catalogOf,
  describeTables,
  tableOf,
  visibleCatalogs,
  visibleFunctions,
  visibleSchemas,
  visibleTables,
  visibleVolumes,
} from "./lookup.ts";
import { directGrants, effectiveGrants } from "./permissions.ts";
import { present } from "./present.ts";

/** Name of the one metastore of an embedded workspace. */
export const METASTORE_NAME = "embedded";

/** The catalog as one principal sees it, without HTTP. `reader` is asked anew for each call, so that changed groups take effect. */
export function unityReads(reader: () => CatalogReader): UnityReads {
  return {
    async metastore() {
      const { id, globalId } = reader().metastore;
      return { metastoreId: id, name: METASTORE_NAME, globalMetastoreId: globalId };
    },
    catalogs: async () => visibleCatalogs(reader()).map(toCatalog),
    catalog: (name) => missingAsUndefined(async () => toCatalog(catalogOf(reader(), name))),
    schemas: async (catalog) => visibleSchemas(reader(), catalog).map(toSchema),
    async tables(catalog, schema) {
      const described = await describeTables(reader(), visibleTables(reader(), { catalog, schema }));
      return described.map(({ table }) => table);
    },
    table: (name) =>
      missingAsUndefined(async () => {
        const [described] = await describeTables(reader(), [tableOf(reader(), name)]);
        return described?.table;
      }),
    functions: async (catalog, schema) => visibleFunctions(reader(), { catalog, schema }).map(toRoutine),
    volumes: async (catalog, schema) => visibleVolumes(reader(), { catalog, schema }).map(toVolume),
    permissions: async (type, fullName) => directGrants(reader(), type, fullName),
    effectivePermissions: async (type, fullName) => effectiveGrants(reader(), type, fullName),
  };
}

async function missingAsUndefined<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WorkspaceError && error.code === "NOT_FOUND") return undefined;
    throw error;
  }
}

function toCatalog({ name, owner, comment, properties, share }: CatalogRecord) {
  const catalogType = share === undefined ? "MANAGED_CATALOG" : "DELTASHARING_CATALOG";
  return { name, owner, catalogType, properties, ...present({ comment, share }) };
}

function toSchema({ catalog, schema, owner, comment, properties }: SchemaRecord) {
  return { catalog, schema, owner, properties, ...present({ comment }) };
}

function toRoutine(record: FunctionRecord): Routine {
  const { catalog, schema, name, owner, parameters, returns, definition, deterministic } = record;
  const { comment, returnColumns } = record;
  return {
    catalog,
    schema,
    name,
    owner,
    parameters,
    returns,
    definition,
    deterministic,
    language: "SQL",
    ...present({ comment, returnColumns }),
  };
}

function toVolume({ catalog, schema, name, owner, comment, volumeType, location }: VolumeRecord): Volume {
  return {
    catalog,
    schema,
    name,
    owner,
    volumeType,
    storageLocation: fileUri(location),
    ...present({ comment }),
  };
}
