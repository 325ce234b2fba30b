import type { Metastore, WarehouseRecord } from "../metastore/metastore.ts";
import type { LakehouseOptions } from "./lakehouse.ts";
import { EVERYBODY } from "./warehouses/permissions.ts";

/** Where names without a catalog are looked for. */
export const DEFAULT_CATALOG = "main";

/** Makes what every workspace has: an owner, a warehouse id, the default catalog. Does nothing that was done before. */
export function firstRun(
  metastore: Metastore,
  { owner: wanted = "owner@embedded.local", principals = [], now, uuid, randomBytes }: LakehouseOptions,
): { readonly owner: string; readonly warehouseId: string } {
  return metastore.transaction(() => {
    const owner = metastore.fact("owner", () => wanted);
    const warehouseId = metastore.fact("warehouse_id", () => Buffer.from(randomBytes(8)).toString("hex"));
    if (metastore.principal(owner) === undefined) {
      metastore.putPrincipal({ name: owner, kind: "user", groups: ["admins"], admin: true });
      makeDefaultCatalog(metastore, { owner, at: now(), uuid });
    }
    if (metastore.warehouse(warehouseId) === undefined)
      metastore.putWarehouse(starterWarehouse(warehouseId, owner));
    for (const principal of principals) metastore.putPrincipal(principal);
    return { owner, warehouseId };
  });
}

/** The warehouse that a new workspace has: everybody may use it, and it never stops by itself. */
function starterWarehouse(id: string, owner: string): WarehouseRecord {
  return {
    id,
    name: "Starter Warehouse",
    clusterSize: "2X-Small",
    minClusters: 1,
    maxClusters: 1,
    autoStopMinutes: 0,
    warehouseType: "PRO",
    serverless: true,
    photon: true,
    spotInstancePolicy: "COST_OPTIMIZED",
    channel: "CHANNEL_NAME_CURRENT",
    tags: [],
    creator: owner,
    stopped: false,
    permissions: [
      { principal: owner, level: "IS_OWNER" },
      { principal: EVERYBODY, level: "CAN_USE" },
    ],
  };
}

function makeDefaultCatalog(
  metastore: Metastore,
  { owner, at, uuid }: { readonly owner: string; readonly at: number; readonly uuid: () => string },
): void {
  const stamp = { owner, createdAt: at, createdBy: owner, updatedAt: at, updatedBy: owner, properties: {} };
  metastore.putCatalog({ ...stamp, id: uuid(), name: DEFAULT_CATALOG });
  metastore.putSchema({
    ...stamp,
    id: uuid(),
    catalog: DEFAULT_CATALOG,
    schema: "default",
    comment: "Default schema (auto-created)",
  });
}
