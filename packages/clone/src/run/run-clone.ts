import { runFanout } from "../fanout/run-fanout.ts";
import { inspectEnds, type InspectPorts } from "../inspect/ends.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { toWire } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";
import { planRouted } from "../route/plan-routed.ts";
import type { RunSummary } from "../summarize/summary.ts";
import { carryOutAtTarget } from "./carry-out-at-target.ts";
import type { RunPorts } from "./run.ts";
import { withTarget } from "./with-target.ts";

/**
 * Carries out one clone request: inspect, decide and plan, execute, summarize; for each of its targets, when it has several. Resolves with
 * the summary also when objects or targets failed, when the run was refused and when it was cancelled. Throws CATALOG_NOT_FOUND for an
 * unknown source, and lets errors of the workspace pass that end the inspection as a whole; the ledger has the end of the run in
 * every case.
 */
export async function runClone(request: CloneRequest, ports: RunPorts, runId: string): Promise<RunSummary> {
  const startedAt = ports.clock.now();
  await ports.ledger.append({ at: startedAt, type: "run", runId, request: toWire(request), version: 1 });
  if (request.fanout !== undefined) return runFanout({ request, runId, startedAt, resumed: false }, ports);
  return carryOutAtTarget(request, ports, runId, (single) => ({
    request: single,
    plan: (ends, at) => planRouted(single, ends, at),
    done: new Map(),
    startedAt,
  }));
}

/** Inspects and plans, and changes nothing. Throws as `runClone` does, and what connecting to the target throws. */
export function previewClone(request: CloneRequest, ports: InspectPorts): Promise<ClonePlan> {
  return withTarget(request, ports, async (single, at) =>
    planRouted(single, await inspectEnds(single, at), at),
  );
}
