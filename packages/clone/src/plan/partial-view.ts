import type { Inventory } from "../inspect/inventory.ts";

/** Privileges on the catalog with which everything in it is listed. */
const SHOWS_ALL = new Set(["MANAGE", "BROWSE", "ALL_PRIVILEGES"]);

/**
 * What a reader who does not own the catalog should know: listings show only what it may see, and `information_schema` shows the grants
 * of others to owners alone. Source: "information_schema" in the Databricks documentation; BROWSE and MANAGE in the privileges reference.
 */
export function partialView(inventory: Inventory): readonly string[] {
  const { catalog, userName } = inventory;
  if (ownNames(inventory).has(catalog.owner)) return [];
  const objects = `${catalog.name} belongs to ${catalog.owner}: what ${userName} may not see there is not cloned and not counted.`;
  const hidden = `Grants on what ${userName} does not own in ${catalog.name} may be hidden: those are not copied, and who gains access is told without them.`;
  return showsAll(inventory) ? [hidden] : [objects, hidden];
}

/** Whether the reader sees every object of the catalog. */
export function showsAll(inventory: Inventory): boolean {
  const { catalog, grants } = inventory;
  const own = ownNames(inventory);
  if (own.has(catalog.owner)) return true;
  const rows = grants.ok ? grants.rows : (grants.partial?.rows ?? []);
  return rows.some(
    ({ level, principal, privilege }) =>
      level === "catalog" &&
      SHOWS_ALL.has(privilege) &&
      (own.has(principal) || principal === "account users"),
  );
}

function ownNames({ userName, groups }: Inventory): ReadonlySet<string> {
  return new Set([userName, ...(groups.ok ? groups.rows : [])]);
}
