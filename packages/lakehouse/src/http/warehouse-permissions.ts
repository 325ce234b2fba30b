import { AccessControlRequest, endpoints, routePattern } from "@clone-xs/databricks/contract";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { WarehouseLevel, WarehousePermission, WarehouseRecord } from "../metastore/metastore.ts";
import { EVERYBODY, warehouseLevels } from "../workspace/warehouses/permissions.ts";
import type { ServerContext } from "./context.ts";
import { invalidParameter, Refusal } from "./refusal.ts";
import { requireWarehouse } from "./require-warehouse.ts";

/** Permissions API 2.0 on warehouses. Groups are never sent a list that takes the owner's place: PUT keeps the owner unless it names another. */
export function warehousePermissionRoutes(app: FastifyInstance, context: ServerContext): void {
  const path = routePattern(endpoints.warehousePermissions);
  const managed = (request: FastifyRequest) => {
    const { id } = request.params as { readonly id: string };
    return requireWarehouse(context, request, { id, level: "CAN_MANAGE" });
  };
  const change = (
    request: FastifyRequest,
    combine: (
      before: WarehouseRecord,
      given: readonly WarehousePermission[],
    ) => readonly WarehousePermission[],
  ) => {
    const before = managed(request);
    const record = { ...before, permissions: combine(before, requested(context, request.body)) };
    context.warehouses.put(record);
    return listOf(context, record);
  };

  app.get(path, (request) => listOf(context, managed(request)));
  app.get(`${path}/permissionLevels`, (request) => {
    managed(request);
    return {
      permission_levels: warehouseLevels.map((permission_level) => ({
        permission_level,
        description: descriptions[permission_level],
      })),
    };
  });
  app.put(path, (request) => change(request, ({ permissions }, given) => withOwner(permissions, given)));
  app.patch(path, (request) =>
    change(request, ({ permissions }, given) => [
      ...permissions.filter(({ principal }) => !given.some((other) => other.principal === principal)),
      ...given,
    ]),
  );
}

const descriptions: Readonly<Record<WarehouseLevel, string>> = {
  CAN_USE: "Can use the SQL warehouse",
  CAN_MONITOR: "Can use and monitor the SQL warehouse",
  CAN_MANAGE: "Can manage the SQL warehouse",
  IS_OWNER: "Is owner of the SQL warehouse",
};

function withOwner(
  before: readonly WarehousePermission[],
  given: readonly WarehousePermission[],
): readonly WarehousePermission[] {
  const isOwner = ({ level }: WarehousePermission) => level === "IS_OWNER";
  return given.some(isOwner) ? given : [...before.filter(isOwner), ...given];
}

function requested({ metastore }: ServerContext, body: unknown): readonly WarehousePermission[] {
  const parsed = AccessControlRequest.safeParse(body);
  if (!parsed.success)
    throw invalidParameter("access_control_list must be a list of a principal and a permission_level.");
  return (parsed.data.access_control_list ?? []).map((entry) => {
    const principal = entry.user_name ?? entry.group_name ?? entry.service_principal_name;
    const level = warehouseLevels.find((known) => known === entry.permission_level);
    if (principal === undefined)
      throw invalidParameter("An entry of access_control_list names no principal.");
    if (level === undefined)
      throw invalidParameter(`${entry.permission_level} is no permission level of a SQL warehouse.`);
    if (principal !== EVERYBODY && metastore.principal(principal) === undefined)
      throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", `Principal '${principal}' does not exist.`);
    return { principal, level };
  });
}

function listOf({ metastore }: ServerContext, { id, permissions }: WarehouseRecord) {
  const member = (principal: string) => {
    const kind = principal === EVERYBODY ? "group" : metastore.principal(principal)?.kind;
    if (kind === "group") return { group_name: principal };
    return kind === "service_principal" ? { service_principal_name: principal } : { user_name: principal };
  };
  return {
    object_id: `/sql/warehouses/${id}`,
    object_type: "warehouses",
    access_control_list: [
      ...permissions.map(({ principal, level }) => ({
        ...member(principal),
        all_permissions: [{ permission_level: level, inherited: false }],
      })),
      {
        group_name: "admins",
        all_permissions: [
          { permission_level: "CAN_MANAGE", inherited: true, inherited_from_object: ["/sql/warehouses/"] },
        ],
      },
    ],
  };
}
