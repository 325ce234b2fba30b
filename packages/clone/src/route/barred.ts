import { type PrivilegeAssignment, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { findReadThrough } from "../guards/masks/read-through.ts";
import type { Inventory } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";
import { aliasOf, aliasText } from "./aliases.ts";
import type { Route } from "./find-route.ts";
import { routeNames } from "./names.ts";

/**
 * The source with a note at each lifted table that somebody at the target could read bare: through the catalog that the route mounts, or
 * through a view or function of the runner's over its copy.
 */
export async function withBarred(
  { targets, destinationCatalog }: CloneRequest,
  source: Inventory,
  route: Route,
  target: Workspace,
): Promise<Inventory> {
  const { lifted } = source;
  if (lifted === undefined || !targets.some(({ handleMasks }) => handleMasks)) return source;
  const tables = source.schemas
    .flatMap((schema) => schema.tables)
    .filter((table) => lifted[`${table.schema}.${table.name}`.toLowerCase()] !== undefined);
  const barred: Record<string, { readonly barred?: string }> = {};
  const withheld = route.kind === "same_metastore" ? source.catalog.name : undefined;
  for (const table of tables) {
    const { schema, name } = table;
    const one = { schema, name, columns: [], masks: [] };
    const through = await findReadThrough(destinationCatalog, [one], target, withheld);
    const reader = await readerOfMount(table, route, target);
    const why = [
      ...through.open.map((text) => `${text}, could read its copy before that is covered`),
      ...(reader === undefined ? [] : [`${reader} could read it where it is shared to`]),
    ][0];
    barred[`${schema}.${name}`.toLowerCase()] = why === undefined ? {} : { barred: why };
  }
  return { ...source, lifted: barred };
}

/** Who but the runner reads the catalog that the route mounts, when it is there already. */
async function readerOfMount(
  table: { readonly catalog: string; readonly schema: string; readonly name: string },
  route: Route,
  { unity, identity }: Workspace,
): Promise<string | undefined> {
  if (route.kind !== "sharing") return undefined;
  const { share } = routeNames(route.tuple);
  const mounts = (await unity.catalogs()).filter((catalog) => catalog.share?.share === share);
  for (const { name, owner } of mounts) {
    if (owner !== identity.userName) return owner;
    const alias = aliasText(aliasOf(table));
    const [schema = ""] = alias.split(".");
    const held = await Promise.all([
      unity.permissions("catalog", name),
      whenThere(unity.permissions("schema", `${name}.${schema}`)),
      whenThere(unity.permissions("table", `${name}.${alias}`)),
    ]);
    const reader = held
      .flat()
      .find(
        ({ principal, privileges }) =>
          principal !== identity.userName &&
          privileges.some((privilege) => READING.has(privilege.replaceAll(" ", "_"))),
      );
    if (reader !== undefined) return reader.principal;
  }
  return undefined;
}

const READING = new Set(["SELECT", "ALL_PRIVILEGES", "MANAGE"]);

async function whenThere(
  read: Promise<readonly PrivilegeAssignment[]>,
): Promise<readonly PrivilegeAssignment[]> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof WorkspaceError && error.code === "NOT_FOUND") return [];
    throw error;
  }
}
