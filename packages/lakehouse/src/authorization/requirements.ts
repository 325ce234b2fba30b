import type { ObjectName, SchemaName } from "@clone-xs/unity";
import { ExecutionError } from "../execution/execution.ts";
import { refuseMounted } from "./read-only.ts";
import { holds, manages, nameOf, owns, type Target, type Viewer } from "./privileges.ts";

/**
 * Reading a table or view: USE CATALOG, USE SCHEMA and SELECT. The denial is the analyzer's `[INSUFFICIENT_PERMISSIONS]`.
 * All functions of this file throw `ExecutionError` in the words of the service and return nothing.
 */
export function requireSelect(viewer: Viewer, table: ObjectName): void {
  requireUseSchema(viewer, table);
  if (!holds(viewer, "SELECT", { type: "table", name: table }))
    throw insufficient("SELECT", { type: "table", name: table });
}

/** Writing needs MODIFY and SELECT both. Source: Unity Catalog privileges reference, "MODIFY". */
export function requireModify(viewer: Viewer, table: ObjectName): void {
  requireUseSchema(viewer, table);
  refuseMounted(viewer.metastore, table.catalog);
  for (const privilege of ["MODIFY", "SELECT"])
    if (!holds(viewer, privilege, { type: "table", name: table }))
      throw denied(privilege, { type: "table", name: table });
}

export function requireExecute(viewer: Viewer, routine: ObjectName): void {
  requireUseSchema(viewer, routine);
  if (!holds(viewer, "EXECUTE", { type: "function", name: routine }))
    throw denied("EXECUTE", { type: "function", name: routine });
}

export function requireReadVolume(viewer: Viewer, volume: ObjectName): void {
  requireUseSchema(viewer, volume);
  if (!holds(viewer, "READ_VOLUME", { type: "volume", name: volume }))
    throw denied("READ_VOLUME", { type: "volume", name: volume });
}

export function requireUseCatalog(viewer: Viewer, catalog: string): void {
  if (!holds(viewer, "USE_CATALOG", { type: "catalog", name: catalog }))
    throw insufficient("USE_CATALOG", { type: "catalog", name: catalog });
}

/** USE SCHEMA on the schema of any name, and USE CATALOG on its catalog. */
export function requireUseSchema(viewer: Viewer, { catalog, schema }: SchemaName): void {
  requireUseCatalog(viewer, catalog);
  if (!holds(viewer, "USE_SCHEMA", { type: "schema", name: { catalog, schema } }))
    throw insufficient("USE_SCHEMA", { type: "schema", name: { catalog, schema } });
}

/** What does not exist is told only to those who may use its parents: others would learn from the difference what does. */
export function requireUseOfParents(viewer: Viewer, name: SchemaName): void {
  const { metastore } = viewer;
  if (metastore.catalog(name.catalog) === undefined) return;
  if (metastore.schema(name) === undefined) requireUseCatalog(viewer, name.catalog);
  else requireUseSchema(viewer, name);
}

export function requireCreateCatalog(viewer: Viewer): void {
  if (!holds(viewer, "CREATE_CATALOG", { type: "metastore" }))
    throw denied("CREATE_CATALOG", { type: "metastore" });
}

export function requireCreateSchema(viewer: Viewer, catalog: string): void {
  requireUseCatalog(viewer, catalog);
  refuseMounted(viewer.metastore, catalog);
  if (!holds(viewer, "CREATE_SCHEMA", { type: "catalog", name: catalog }))
    throw denied("CREATE_SCHEMA", { type: "catalog", name: catalog });
}

/** Tables and views both need CREATE TABLE on the schema. */
export function requireCreateTable(viewer: Viewer, schema: SchemaName): void {
  requireCreateIn(viewer, schema, "CREATE_TABLE");
}

export function requireCreateFunction(viewer: Viewer, schema: SchemaName): void {
  requireCreateIn(viewer, schema, "CREATE_FUNCTION");
}

export function requireCreateVolume(viewer: Viewer, schema: SchemaName): void {
  requireCreateIn(viewer, schema, "CREATE_VOLUME");
}

/** Changing columns, properties and policies of a table: whoever may write it, or manages it. */
export function requireModifyOrManage(viewer: Viewer, table: ObjectName): void {
  refuseMounted(viewer.metastore, table.catalog);
  if (!manages(viewer, { type: "table", name: table })) requireModify(viewer, table);
}

/** What MANAGE is not enough for: a view's query. Source: "ALTER VIEW", required permissions. */
export function requireOwner(viewer: Viewer, target: Target): void {
  if (owns(viewer, target)) return;
  const message = `PERMISSION_DENIED: User is not an owner of ${described(target)}. SQLSTATE: 42501`;
  throw new ExecutionError("PERMISSION_DENIED", "42501", message);
}

/** Altering, dropping, granting: the owner, an owner above, MANAGE, or a metastore admin. */
export function requireOwnerOrManage(viewer: Viewer, target: Target): void {
  if (!manages(viewer, target)) throw denied("MANAGE", target);
}

/** Tags need APPLY TAG, which whoever manages the securable has. */
export function requireApplyTag(viewer: Viewer, target: Target): void {
  if (!holds(viewer, "APPLY_TAG", target) && !manages(viewer, target)) throw denied("APPLY_TAG", target);
}

function requireCreateIn(viewer: Viewer, { catalog, schema }: SchemaName, privilege: string): void {
  const target: Target = { type: "schema", name: { catalog, schema } };
  requireUseSchema(viewer, target.name);
  refuseMounted(viewer.metastore, catalog);
  if (!holds(viewer, privilege, target)) throw denied(privilege, target);
}

/** What the analyzer says when reading is not allowed. */
function insufficient(privilege: string, target: Target): ExecutionError {
  const message = `[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\n${lacks(privilege, target)} SQLSTATE: 42501`;
  return new ExecutionError("INSUFFICIENT_PERMISSIONS", "42501", message);
}

/** What the catalog says when a write or an administrative action is not allowed: a text without brackets. */
function denied(privilege: string, target: Target): ExecutionError {
  return new ExecutionError(
    "PERMISSION_DENIED",
    "42501",
    `PERMISSION_DENIED: ${lacks(privilege, target)} SQLSTATE: 42501`,
  );
}

/** `User does not have USE SCHEMA on Schema 'c.s'.`: privileges in SQL spelling, types capitalised. */
export function lacks(privilege: string, target: Target): string {
  const what = privilege.replaceAll("_", " ");
  return `User does not have ${what} on ${described(target)}.`;
}

/** `Table 'c.s.t'` */
function described(target: Target): string {
  if (target.type === "metastore") return "Metastore";
  const type = {
    catalog: "Catalog",
    schema: "Schema",
    table: "Table",
    volume: "Volume",
    function: "Routine",
  }[target.type];
  return `${type} '${nameOf(target)}'`;
}
