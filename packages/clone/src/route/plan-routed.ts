import type { Ends } from "../inspect/ends.ts";
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
  return routed(planClone(request, source, target), route);
}
