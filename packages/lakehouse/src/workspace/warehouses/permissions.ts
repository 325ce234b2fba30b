import { namesOf } from "../../authorization/index.ts";
import type { PrincipalRecord, WarehouseLevel, WarehouseRecord } from "../../metastore/metastore.ts";

/** Each level contains those before it. Source: access control, "SQL warehouse ACLs". */
export const warehouseLevels: readonly WarehouseLevel[] = [
  "CAN_USE",
  "CAN_MONITOR",
  "CAN_MANAGE",
  "IS_OWNER",
];

/** The group that everybody in a workspace is in. */
export const EVERYBODY = "users";

/** Whether somebody may use, or manage, a warehouse. Admins manage all of them. */
export function mayDo(
  principal: PrincipalRecord,
  level: WarehouseLevel,
  { permissions }: WarehouseRecord,
): boolean {
  if (principal.admin) return true;
  const names = new Set([...namesOf(principal), EVERYBODY]);
  const needed = warehouseLevels.indexOf(level);
  return permissions.some(
    (granted) => names.has(granted.principal) && warehouseLevels.indexOf(granted.level) >= needed,
  );
}
