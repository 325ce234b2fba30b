import { grant, id, join, lit, sql, statement } from "@clone-xs/sql";
import { type PrivilegeAssignment, WorkspaceError } from "@clone-xs/unity";
import { exclusionReason, schemaInScope } from "../../decide/scope.ts";
import { CloneError } from "../../errors.ts";
import { readGrants } from "../../inspect/governance.ts";
import { inParallel } from "../../inspect/in-parallel.ts";
import type { DirectGrant } from "../../inspect/inventory.ts";
import { rowsByName } from "../../inspect/rows.ts";
import type { CloneRequest } from "../../request/request.ts";
import { type SendPorts, send } from "../guard-ports.ts";
import { isMissing } from "../guard-tables.ts";
import { type Place, placeKey, securableOf } from "./holding.ts";
import type { OwnedPlace, QuiesceFacts, QuiesceScope } from "./plan-quiesce.ts";

/**
 * Reads what a quiesce is decided by: all direct grants of the source, who owns what, and what of it is in scope. Two statements.
 * Who holds MANAGE without owning sees in information_schema only grants of its own: the API is asked then, securable by securable.
 * Throws QUIESCE_REFUSED when the grants cannot be read as a whole.
 */
export async function readQuiesceFacts(request: CloneRequest, ports: SendPorts): Promise<QuiesceFacts> {
  const catalog = request.sourceCatalog;
  const owners = await readOwners(catalog, ports);
  const runner = ports.workspace.identity.userName;
  await requireSight(catalog, runner, ports);
  const grants = await readAllGrants(catalog, owners, ports);
  return { grants, owners, scope: scopeOf(request), runner };
}

/** Who may not manage the catalog is shown its own grants as if there were no others: that must not pass for a source without writers. */
async function requireSight(catalog: string, runner: string, ports: SendPorts): Promise<void> {
  try {
    await send(statement("describe", sql`SHOW GRANTS ON CATALOG ${id(catalog)}`), ports);
  } catch (error) {
    if (isMissing(error)) throw missing(catalog);
    if (!(error instanceof WorkspaceError) || error.code !== "PERMISSION_DENIED") throw error;
    const remedy = grant(["MANAGE"], { type: "catalog", catalog }, runner).text;
    throw new CloneError(
      "QUIESCE_REFUSED",
      `The source cannot be quiesced: ${runner} may not see who may write to ${catalog}, nor give back what it revokes. An owner can allow it: ${remedy}`,
      { object: catalog, cause: error },
    );
  }
}

function missing(catalog: string): CloneError {
  return new CloneError("CATALOG_NOT_FOUND", `Catalog ${catalog} does not exist, so it cannot be quiesced.`, {
    object: catalog,
  });
}

/** All direct grants of a catalog, whatever the runner sees in information_schema. Throws QUIESCE_REFUSED. */
export async function readAllGrants(
  catalog: string,
  places: readonly Place[],
  ports: SendPorts,
): Promise<readonly DirectGrant[]> {
  const { unity, statements } = ports.workspace;
  const [listed, ofCatalog] = await Promise.all([
    readGrants({ ...statements, execute: (each) => send(each, ports) }, catalog),
    unity.permissions("catalog", catalog),
  ]);
  if (!listed.ok)
    throw new CloneError(
      "QUIESCE_REFUSED",
      `The source cannot be quiesced: its grants cannot be read. ${listed.failure.message}`,
      { object: catalog },
    );
  const seen = listed.rows.filter(({ level }) => level === "catalog");
  if (sameGrants(seen, rowsOf({ level: "catalog" }, ofCatalog))) return listed.rows;
  const read = await inParallel(places, 10, async (place) => {
    const { level } = place;
    const name = [catalog, place.schema, place.name].filter((part) => part !== undefined).join(".");
    return level === "catalog"
      ? rowsOf(place, ofCatalog)
      : rowsOf(place, await unity.permissions(level, name));
  });
  return read.flat();
}

function rowsOf(place: Place, assignments: readonly PrivilegeAssignment[]): readonly DirectGrant[] {
  const { level, schema, name } = place;
  const on = { level, ...(schema ? { schema } : {}), ...(name ? { name } : {}) };
  return assignments.flatMap(({ principal, privileges }) =>
    privileges.map((privilege) => ({ ...on, principal, privilege: privilege.replaceAll(" ", "_") })),
  );
}

function sameGrants(a: readonly DirectGrant[], b: readonly DirectGrant[]): boolean {
  const texts = (grants: readonly DirectGrant[]) =>
    grants.map(({ principal, privilege }) => JSON.stringify([principal, privilege])).sort();
  return JSON.stringify(texts(a)) === JSON.stringify(texts(b));
}

async function readOwners(catalog: string, ports: SendPorts): Promise<readonly OwnedPlace[]> {
  const whole = await ports.workspace.unity.catalog(catalog);
  const view = (name: string) => id(catalog, "information_schema", name);
  const text = join(
    [
      sql`SELECT ${lit("schema")} AS level, schema_name AS in_schema, CAST(NULL AS STRING) AS object_name, CAST(NULL AS STRING) AS object_type, schema_owner AS object_owner FROM ${view("schemata")}`,
      sql`SELECT ${lit("table")} AS level, table_schema AS in_schema, table_name AS object_name, table_type AS object_type, table_owner AS object_owner FROM ${view("tables")}`,
      sql`SELECT ${lit("volume")} AS level, volume_schema AS in_schema, volume_name AS object_name, CAST(NULL AS STRING) AS object_type, volume_owner AS object_owner FROM ${view("volumes")}`,
    ],
    " UNION ALL ",
  );
  const rows = rowsByName(await send(statement("select", text), ports));
  const below = rows.flatMap((row): readonly OwnedPlace[] => {
    const [schema, name] = [row.get("in_schema") ?? "", row.get("object_name")];
    if (schema.toLowerCase() === "information_schema") return [];
    const level = row.get("level") as OwnedPlace["level"];
    const isView = row.get("object_type")?.includes("VIEW") ?? false;
    return [{ level, schema, ...(name ? { name } : {}), owner: row.get("object_owner") ?? "", isView }];
  });
  return [...(whole === undefined ? [] : [{ level: "catalog", owner: whole.owner } as const]), ...below];
}

function scopeOf(request: CloneRequest): QuiesceScope {
  const { scope, sourceCatalog: catalog } = request;
  const contains = ({ level, schema = "", name = "" }: Place) => {
    if (level === "catalog") return true;
    if (!schemaInScope(schema, scope)) return false;
    return level === "schema" || exclusionReason({ schema, name, type: level }, request) === undefined;
  };
  return {
    catalog,
    contains,
    wholeCatalog: scope.includeSchemas.length === 0 && scope.includeObjects.length === 0,
  };
}

/** Ids of the tables among the places, by `placeKey`: by them a table is found again under another name. */
export async function tableIds(
  catalog: string,
  places: readonly Place[],
  { workspace }: SendPorts,
): Promise<ReadonlyMap<string, string>> {
  const tables = places.filter(({ level }) => level === "table");
  const ids = await inParallel(tables, 10, async (place) => {
    const name = securableOf(catalog, place);
    const table = name.type === "table" ? await workspace.unity.table(name) : undefined;
    return table?.tableId === undefined ? [] : [[placeKey(place), table.tableId] as const];
  });
  return new Map(ids.flat());
}
