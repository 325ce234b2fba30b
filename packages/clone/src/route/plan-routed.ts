import { localName } from "@clone-xs/unity";
import type { Ends } from "../inspect/ends.ts";
import { type Inventory, localKey } from "../inspect/inventory.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { planClone } from "../plan/plan-clone.ts";
import type { CloneRequest } from "../request/request.ts";
import type { RunPorts } from "../run/run.ts";
import { findRoute } from "./find-route.ts";
import { routed } from "./routed.ts";

/** The plan of a request over what was found at both ends, by the route that there is between them. Throws as `findRoute` does. */
export async function planRouted(
  request: CloneRequest,
  { source, target }: Ends,
  ports: Pick<RunPorts, "source" | "target">,
): Promise<ClonePlan> {
  const route = await findRoute(request, ports);
  const plan = routed(planClone(request, source, target), route);
  return { ...plan, notes: [...plan.notes, ...coveredNote(request, plan, source)] };
}

/**
 * Whoever asks for masks to be lifted is told that they stay. Taking the reads of the table is not enough to lift one: a view that the
 * runner owns, in any catalog, would show its readers the bare values meanwhile, and a copy has them before it has its mask.
 */
function coveredNote(
  { targets }: CloneRequest,
  { decisions }: ClonePlan,
  { schemas }: Inventory,
): readonly string[] {
  if (!targets.some(({ handleMasks }) => handleMasks)) return [];
  const left = new Set(decisions.filter(({ action }) => action === "impossible").map(localKey));
  const covered = schemas
    .flatMap(({ tables }) => tables)
    .filter((table) => table.rowFilter !== undefined || table.columns.some(({ mask }) => mask))
    .filter((table) => left.has(localKey(table)))
    .map(localName);
  if (covered.length === 0) return [];
  return [
    `auto_handle_masks: no mask or row filter is lifted by this version, so ${covered.join(", ")} ${covered.length === 1 ? "is" : "are"} not copied.`,
  ];
}
