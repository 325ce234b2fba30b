import { type SqlWarehouse, type Workspace, WorkspaceError } from "@clone-xs/unity";
import type { ConnectionCheck, Warehouse } from "../contract/index.ts";
import { ServerError } from "../errors.ts";

type Found = Omit<ConnectionCheck, "ok" | "checks">;
type Check = ConnectionCheck["checks"][number]["check"];

/** Tries what a clone needs first: to sign in, the metastore, a warehouse. No warehouse is started. Never throws for what does not work. */
export async function checkConnection(
  open: () => Promise<Workspace>,
  warehouseId: string | undefined,
): Promise<ConnectionCheck> {
  const checks: ConnectionCheck["checks"] = [];
  let found: Found = { host: null, user_name: null, metastore_id: null, warehouse: null };
  let workspace: Workspace | undefined;
  const attempt = async (check: Check, work: () => Promise<string>): Promise<boolean> => {
    try {
      checks.push({ check, ok: true, message: await work() });
      return true;
    } catch (error) {
      if (!(error instanceof WorkspaceError || error instanceof ServerError)) throw error;
      checks.push({ check, ok: false, message: error.message });
      return false;
    }
  };
  const connect = async () => {
    workspace = await open();
    const { host, userName } = workspace.identity;
    found = { ...found, host, user_name: userName };
    return `Signed in to ${host} as ${userName}.`;
  };
  const metastore = async ({ unity }: Workspace) => {
    const { globalMetastoreId, name } = await unity.metastore();
    found = { ...found, metastore_id: globalMetastoreId };
    return `Metastore ${name} (${globalMetastoreId}).`;
  };
  const warehouse = async (there: Workspace) => {
    const chosen = chooseFrom((await there.warehouses()).map(toWarehouse), warehouseId);
    found = { ...found, warehouse: chosen };
    return `Warehouse ${chosen.name} (${chosen.state ?? "state unknown"}).`;
  };
  try {
    await attempt("connect", connect);
    const there = workspace;
    if (there !== undefined) {
      await attempt("metastore", () => metastore(there));
      await attempt("warehouse", () => warehouse(there));
    }
    return { ok: checks.every(({ ok }) => ok), ...found, checks };
  } finally {
    await workspace?.close();
  }
}

/** A warehouse as the API shows it. */
export function toWarehouse({ id, name, state, size, serverless }: SqlWarehouse): Warehouse {
  return {
    id,
    name,
    state: state ?? null,
    size: size ?? null,
    serverless,
  };
}

function chooseFrom(warehouses: readonly Warehouse[], wanted: string | undefined): Warehouse {
  const chosen = wanted === undefined ? warehouses[0] : warehouses.find(({ id }) => id === wanted);
  if (chosen !== undefined) return chosen;
  const there = warehouses.map(({ id, name }) => `${id} (${name})`).join(", ") || "none";
  const what = wanted === undefined ? "no SQL warehouse" : `no SQL warehouse ${wanted}`;
  throw new WorkspaceError(
    "CONFIGURATION",
    `This workspace shows ${what} that you may use. Warehouses there: ${there}.`,
  );
}
