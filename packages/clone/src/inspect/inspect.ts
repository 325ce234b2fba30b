import { fullName, type Schema, type Workspace } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { nearest } from "../request/nearest.ts";
import { failureOf } from "./failure.ts";
import { readGrants, readTags } from "./governance.ts";
import { inParallel } from "./in-parallel.ts";
import type { Inventory, SchemaInventory } from "./inventory.ts";

export interface InspectOptions {
  readonly catalog: string;
  /** Which schemas to look into; all of them are listed anyway. */
  readonly wanted: (schema: string) => boolean;
  /** Schemas that the request names: one that is not there is an error, not an empty clone. */
  readonly named?: readonly string[];
  /** Schemas listed at the same time. */
  readonly parallel: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads one catalog: three listings a schema and two statements for tags and grants; `undefined` when it does not exist.
 * A schema whose listing fails is in the inventory with its failure. Histories are read apart, for the tables that need them.
 * Throws what the workspace throws when it is the connection that fails, not one schema.
 */
export async function inspectCatalog(
  workspace: Workspace,
  options: InspectOptions,
): Promise<Inventory | undefined> {
  const catalog = await workspace.unity.catalog(options.catalog);
  if (catalog === undefined) return undefined;
  const all = await workspace.unity.schemas(options.catalog);
  requireSchemas(options, all);
  const data = all.filter(({ schema }) => schema.toLowerCase() !== "information_schema");
  const wanted = data.filter(({ schema }) => options.wanted(schema));
  const [schemas, tags, grants] = await Promise.all([
    inspectSchemas(workspace, wanted, options),
    readTags(workspace.statements, options.catalog, options.signal),
    readGrants(workspace.statements, options.catalog, options.signal),
  ]);
  return {
    catalog,
    userName: workspace.identity.userName,
    schemas,
    unread: data.filter(({ schema }) => !options.wanted(schema)),
    groups: { ok: true, rows: [] },
    histories: {},
    fingerprints: {},
    definitions: {},
    volumes: {},
    tags,
    grants,
  };
}

/** As `inspectCatalog`, for a catalog that must be there. Throws CATALOG_NOT_FOUND and SCHEMA_NOT_FOUND, naming those that exist. */
export async function inspectExistingCatalog(
  workspace: Workspace,
  options: InspectOptions,
): Promise<Inventory> {
  const inventory = await inspectCatalog(workspace, options);
  if (inventory) return inventory;
  const existing = (await workspace.unity.catalogs()).map(({ name }) => name);
  const near = nearest(options.catalog, existing);
  const listed = [...near, ...existing.filter((name) => !near.includes(name))].slice(0, 10);
  const meant = near[0] === undefined ? "" : ` Did you mean ${near[0]}?`;
  throw new CloneError(
    "CATALOG_NOT_FOUND",
    `Catalog ${options.catalog} does not exist at ${workspace.identity.host}, or ${workspace.identity.userName} may not see it.${meant} Catalogs there: ${listed.join(", ") || "none"}.`,
    { object: options.catalog, details: listed },
  );
}

function requireSchemas({ catalog, named = [] }: InspectOptions, schemas: readonly Schema[]): void {
  const existing = schemas.map(({ schema }) => schema).filter((name) => name !== "information_schema");
  const missing = named.find((name) => !existing.some((other) => other.toLowerCase() === name.toLowerCase()));
  if (missing === undefined) return;
  const [near] = nearest(missing, existing);
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  throw new CloneError(
    "SCHEMA_NOT_FOUND",
    `${catalog} has no schema ${missing}, which the request names.${meant} Schemas there: ${existing.join(", ") || "none"}.`,
    { object: `${catalog}.${missing}`, details: existing },
  );
}

/** Three listings of each schema. One whose listing fails is among them with its failure. */
export function inspectSchemas(
  workspace: Workspace,
  schemas: readonly Schema[],
  { parallel, signal }: Pick<InspectOptions, "parallel" | "signal">,
): Promise<readonly SchemaInventory[]> {
  return inParallel(schemas, parallel, (schema) => inspectSchema(workspace, schema, signal));
}

async function inspectSchema(
  { unity }: Workspace,
  schema: Schema,
  signal: AbortSignal | undefined,
): Promise<SchemaInventory> {
  signal?.throwIfAborted();
  try {
    const [tables, functions, volumes] = await Promise.all([
      unity.tables(schema.catalog, schema.schema),
      unity.functions(schema.catalog, schema.schema),
      unity.volumes(schema.catalog, schema.schema),
    ]);
    return { schema, tables, functions, volumes };
  } catch (error) {
    const failure = failureOf(error, `Schema ${fullName(schema)} could not be listed`);
    return { schema, tables: [], functions: [], volumes: [], failure };
  }
}
