import { closeRoute } from "../route/close-route.ts";
import { openRoute } from "../route/open-route.ts";
import type { CloseRouteOperation, OpenRouteOperation } from "../route/route-operation.ts";
import type { Performed, PerformPorts } from "./sending.ts";

/** Opens the route to the source. Tables that cannot be shared are told at once, and their steps are left out. */
export async function performOpening(operation: OpenRouteOperation, ports: PerformPorts): Promise<Performed> {
  const { route, unshared } = await openRoute(operation, ports);
  for (const { residue } of unshared) ports.warn(`${residue.object}: ${residue.reason}`);
  return { route, ...(unshared.length > 0 ? { unshared } : {}) };
}

export async function performClosing(
  operation: CloseRouteOperation,
  ports: PerformPorts,
): Promise<Performed> {
  await closeRoute(operation, ports);
  return {};
}
