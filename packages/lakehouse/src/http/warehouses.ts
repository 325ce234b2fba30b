import {
  endpoints,
  routePattern,
  type WarehouseInfo,
  WarehouseSettings,
} from "@clone-xs/databricks/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { WarehouseLevel, WarehouseRecord } from "../metastore/metastore.ts";
import { mayDo } from "../workspace/warehouses/permissions.ts";
import { changedWarehouse, newWarehouse } from "../workspace/warehouses/settings.ts";
import type { Warehouse } from "../workspace/warehouses/warehouses.ts";
import { callerOf, type ServerContext } from "./context.ts";
import { invalidParameter } from "./refusal.ts";
import { requireWarehouse } from "./require-warehouse.ts";
import { warehousePermissionRoutes } from "./warehouse-permissions.ts";

/** SQL Warehouses API 2.0: warehouses are made, changed, started and stopped; a stopped one starts when a statement comes. */
export function warehouseRoutes(app: FastifyInstance, context: ServerContext): void {
  const { warehouses, statements } = context;
  const idOf = (request: FastifyRequest) => (request.params as { readonly id: string }).id;
  const known = (request: FastifyRequest, level: WarehouseLevel) =>
    requireWarehouse(context, request, { id: idOf(request), level });

  app.get(endpoints.listWarehouses.path, (request) => ({
    warehouses: warehouses
      .list()
      .filter(({ record }) => mayDo(callerOf(request), "CAN_USE", record))
      .map((warehouse) => warehouseInfo(warehouse, request)),
  }));
  app.post(endpoints.createWarehouse.path, (request) => {
    const id = Buffer.from(context.randomBytes(8)).toString("hex");
    const settings = settingsOf(request.body);
    const record = newWarehouse(settings, { id, creator: callerOf(request).name });
    requireFreeName(context, record);
    warehouses.put({ ...record, stopped: true });
    warehouses.start(id);
    return { id };
  });
  app.get(routePattern(endpoints.getWarehouse), (request) => {
    const { id } = known(request, "CAN_USE");
    const warehouse = warehouses.find(id);
    return warehouse === undefined ? {} : warehouseInfo(warehouse, request);
  });
  app.post(routePattern(endpoints.editWarehouse), (request) => {
    const before = known(request, "CAN_MANAGE");
    const record = changedWarehouse(before, settingsOf(request.body));
    requireFreeName(context, record);
    warehouses.put(record);
    return {};
  });
  app.delete(routePattern(endpoints.deleteWarehouse), (request) => {
    const { id } = known(request, "CAN_MANAGE");
    if (id === context.warehouseId)
      throw invalidParameter("The warehouse that an embedded workspace comes with cannot be deleted.");
    statements.cancelAll(id);
    warehouses.remove(id);
    return {};
  });
  app.post(routePattern(endpoints.startWarehouse), (request) => {
    warehouses.start(known(request, "CAN_USE").id);
    return {};
  });
  app.post(routePattern(endpoints.stopWarehouse), (request) => {
    const { id } = known(request, "CAN_USE");
    warehouses.stop(id);
    statements.cancelAll(id);
    return {};
  });
  warehousePermissionRoutes(app, context);
}

function settingsOf(body: unknown): WarehouseSettings {
  const parsed = WarehouseSettings.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidParameter(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is not valid"}`);
}

function requireFreeName({ metastore }: ServerContext, { id, name }: WarehouseRecord): void {
  if (metastore.warehouses().some((other) => other.name === name && other.id !== id))
    throw invalidParameter(`SQL warehouse with name \`${name}\` already exists`);
}

function warehouseInfo({ record, state, clusters }: Warehouse, request: FastifyRequest): WarehouseInfo {
  const { id, tags } = record;
  const { hostname, protocol, port } = request;
  return {
    id,
    name: record.name,
    state,
    cluster_size: record.clusterSize,
    min_num_clusters: record.minClusters,
    max_num_clusters: record.maxClusters,
    num_clusters: clusters,
    num_active_sessions: 0,
    auto_stop_mins: record.autoStopMinutes,
    warehouse_type: record.warehouseType,
    enable_serverless_compute: record.serverless,
    enable_photon: record.photon,
    spot_instance_policy: record.spotInstancePolicy,
    channel: { name: record.channel },
    ...(tags.length === 0 ? {} : { tags: { custom_tags: [...tags] } }),
    health: { status: "HEALTHY" },
    creator_name: record.creator,
    odbc_params: { hostname, path: `/sql/1.0/warehouses/${id}`, protocol, port: port ?? 80 },
  };
}
