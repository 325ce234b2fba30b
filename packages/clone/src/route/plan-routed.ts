import { localName } from "@clone-xs/unity";
import type { Ends } from "../inspect/ends.ts";
import { type Inventory, localKey } from "../inspect/inventory.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { planClone } from "../plan/plan-clone.ts";
import type { CloneRequest } from "../request/request.ts";
import type { RunPorts } from "../run/run.ts";
import { findRoute } from "./find-route.ts";
import { withBarred } from "./barred.ts";
import { routed } from "./routed.ts";

/** The plan of a request over what was found at both ends, by the route that there is between them. Throws as `findRoute` does. */
export async function planRouted(
  request: CloneRequest,
  { source, target }: Ends,
  ports: Pick<RunPorts, "source" | "target">,
): Promise<ClonePlan> {
  const route = await findRoute(request, ports);
  const barred = await withBarred(request, source, route, ports.target);
  const plan = routed(planClone(request, barred, target), route);
  return { ...plan, notes: [...plan.notes, ...coveredNote(request, barred, plan)] };
}

/** Whoever asks for masks to be lifted is told of what is not copied all the same. */
function coveredNote(
  { targets, dryRun }: CloneRequest,
  { schemas, lifted }: Inventory,
  { decisions }: ClonePlan,
): readonly string[] {
  if (!targets.some(({ handleMasks }) => handleMasks)) return [];
  const left = new Set(decisions.filter(({ action }) => action === "impossible").map(localKey));
  const covered = schemas
    .flatMap(({ tables }) => tables)
    .filter((table) => table.rowFilter !== undefined || table.columns.some(({ mask }) => mask))
    .filter((table) => left.has(localKey(table)))
    .map(localName);
  if (covered.length === 0) return [];
  const are = `${covered.join(", ")} ${covered.length === 1 ? "is" : "are"}`;
  if (dryRun && lifted === undefined)
    return [
      `auto_handle_masks: nothing is lifted by a dry run, so ${are} shown as not copied; a run lifts their masks and filters once nobody but it reads them.`,
    ];
  return [`auto_handle_masks: ${are} not copied; the residue says why.`];
}
