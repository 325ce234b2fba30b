import { endpoints, routePattern, type WarehouseInfo } from "@clone-xs/databricks/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { callerOf, type ServerContext } from "./context.ts";
import { Refusal } from "./refusal.ts";

/** The one warehouse: it can be stopped and started, and starts by itself when a statement comes. */
export function warehouseRoutes(app: FastifyInstance, context: ServerContext): void {
  let state: "RUNNING" | "STOPPED" = "RUNNING";
  const info = (request: FastifyRequest) => warehouseInfo(context, request, state);
  const known = (request: FastifyRequest) => requireWarehouse(context, (request.params as { id: string }).id);

  app.get(endpoints.listWarehouses.path, (request) => ({ warehouses: [info(request)] }));
  app.get(routePattern(endpoints.getWarehouse), (request) => {
    known(request);
    return info(request);
  });
  app.post(routePattern(endpoints.startWarehouse), (request) => {
    known(request);
    state = "RUNNING";
    return {};
  });
  app.post(routePattern(endpoints.stopWarehouse), (request) => {
    known(request);
    state = "STOPPED";
    return {};
  });
  app.addHook("preHandler", async ({ method, routeOptions }) => {
    if (method === "POST" && routeOptions.url === endpoints.executeStatement.path) state = "RUNNING";
  });
}

/** Throws 404 for any id but the one there is. */
export function requireWarehouse({ warehouseId }: ServerContext, id: string): void {
  if (id !== warehouseId)
    throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", `SQL warehouse ${id} does not exist.`);
}

function warehouseInfo(
  { warehouseId, metastore }: ServerContext,
  request: FastifyRequest,
  state: string,
): WarehouseInfo {
  const path = `/sql/1.0/warehouses/${warehouseId}`;
  const running = state === "RUNNING" ? 1 : 0;
  return {
    id: warehouseId,
    name: "Starter Warehouse",
    state,
    cluster_size: "2X-Small",
    min_num_clusters: 1,
    max_num_clusters: 1,
    num_clusters: running,
    num_active_sessions: 0,
    auto_stop_mins: 0,
    warehouse_type: "PRO",
    enable_serverless_compute: true,
    enable_photon: true,
    spot_instance_policy: "COST_OPTIMIZED",
    channel: { name: "CHANNEL_NAME_CURRENT" },
    creator_name: metastore.fact("owner", () => callerOf(request).name),
    odbc_params: { hostname: request.hostname, path, protocol: request.protocol, port: request.port ?? 80 },
  };
}
