import type { FastifyRequest } from "fastify";
import type { WarehouseLevel, WarehouseRecord } from "../metastore/metastore.ts";
import { mayDo } from "../workspace/warehouses/permissions.ts";
import { callerOf, type ServerContext } from "./context.ts";
import { invalidParameter, Refusal } from "./refusal.ts";

/** The warehouse of an id, for who may do this with it. Throws 400 for what is no id, 404 for one that nobody has, 403. */
export function requireWarehouse(
  { metastore }: ServerContext,
  request: FastifyRequest,
  { id, level }: { readonly id: string; readonly level: WarehouseLevel },
): WarehouseRecord {
  if (!/^[0-9a-f]{16}$/u.test(id)) throw invalidParameter(`${id} is not a valid endpoint id.`);
  const record = metastore.warehouse(id);
  if (record === undefined)
    throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", `SQL warehouse ${id} does not exist.`);
  const { name } = callerOf(request);
  if (!mayDo(callerOf(request), level, record))
    throw new Refusal(
      403,
      "PERMISSION_DENIED",
      `${name} does not have ${level.replace("_", " ")} permission on SQL warehouse ${id}.`,
    );
  return record;
}
