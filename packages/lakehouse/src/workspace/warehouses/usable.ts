import type { SqlWarehouse } from "@clone-xs/unity";
import type { PrincipalRecord } from "../../metastore/metastore.ts";
import { mayDo } from "./permissions.ts";
import type { Warehouse } from "./warehouses.ts";

/** The warehouses that somebody may use, as the workspace port shows them; `inUse` is the one that a workspace in process works with. */
export function usableBy(
  principal: PrincipalRecord,
  warehouses: readonly Warehouse[],
  inUse: string,
): readonly SqlWarehouse[] {
  return warehouses
    .filter(({ record }) => mayDo(principal, "CAN_USE", record))
    .map(({ state, record: { id, name, clusterSize, serverless } }) => ({
      id,
      name,
      state,
      size: clusterSize,
      serverless,
      inUse: id === inUse,
    }));
}
