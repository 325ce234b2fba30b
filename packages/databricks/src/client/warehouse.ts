import { type SqlWarehouse, WorkspaceError } from "@clone-xs/unity";
import { endpoints, ListWarehousesResponse, type WarehouseInfo } from "../contract/index.ts";
import type { HttpClient } from "./http/client.ts";
import { listPages } from "./unity/pages.ts";

/** The configured warehouse, else the first usable one of the workspace, looked up once when a statement needs it. */
export function warehouseFinder(http: HttpClient, configured: string | undefined): () => Promise<string> {
  let found: Promise<string> | undefined;
  return () => {
    if (configured !== undefined) return Promise.resolve(configured);
    found ??= findWarehouse(http).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function findWarehouse(http: HttpClient): Promise<string> {
  return chooseWarehouse(await usableWarehouses(http)).id;
}

/** The same as the port shows them, with the one that statements go to. */
export async function shownWarehouses(
  http: HttpClient,
  inUse: () => Promise<string>,
): Promise<readonly SqlWarehouse[]> {
  const found = await usableWarehouses(http);
  const used = found.length === 0 ? undefined : await inUse();
  return found.map(({ id, name, state, cluster_size: size, enable_serverless_compute }) => ({
    id,
    name,
    ...(state === undefined ? {} : { state }),
    ...(size === undefined ? {} : { size }),
    serverless: enable_serverless_compute ?? false,
    inUse: id === used,
  }));
}

/** Every warehouse of the workspace that the user may use, in whatever state. */
function usableWarehouses(http: HttpClient): Promise<readonly WarehouseInfo[]> {
  return listPages(http, {
    path: endpoints.listWarehouses.path,
    query: { skip_cannot_use: true },
    answer: ListWarehousesResponse,
    items: (page) => page.warehouses,
  });
}

/** Cheapest to use first: running, then starting, then one that starts in seconds. Deleted ones are no choice. */
const order: readonly ((warehouse: WarehouseInfo) => boolean)[] = [
  ({ state }) => state === "RUNNING",
  ({ state }) => state === "STARTING",
  ({ enable_serverless_compute }) => enable_serverless_compute === true,
  () => true,
];

/** Throws CONFIGURATION when there is none, saying how to name one. */
export function chooseWarehouse(warehouses: readonly WarehouseInfo[]): WarehouseInfo {
  const usable = warehouses.filter(({ state }) => state !== "DELETED" && state !== "DELETING");
  for (const preferred of order) {
    const warehouse = usable.find(preferred);
    if (warehouse !== undefined) return warehouse;
  }
  throw new WorkspaceError(
    "CONFIGURATION",
    "This workspace shows no SQL warehouse that you may use. Create one, ask for CAN USE on one, or name it: DATABRICKS_WAREHOUSE_ID, or `warehouse_id` in the profile.",
  );
}
