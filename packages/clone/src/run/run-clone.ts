import { type Ends, inspectEnds, type InspectPorts } from "../inspect/ends.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { planClone } from "../plan/plan-clone.ts";
import { toWire } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";
import type { RunSummary } from "../summarize/summary.ts";
import { carryOutRecorded } from "./carry-out.ts";
import { openRun } from "./open-run.ts";
import type { RunPorts } from "./run.ts";

/**
 * Carries out one clone request: inspect, decide and plan, execute, summarize. Resolves with the summary also when objects failed,
 * when the run was refused and when it was cancelled. Throws CATALOG_NOT_FOUND for an unknown source, and lets errors of the
 * workspace pass that end the inspection as a whole; the ledger has the end of the run in every case.
 */
export async function runClone(request: CloneRequest, ports: RunPorts, runId: string): Promise<RunSummary> {
  const startedAt = ports.clock.now();
  const plan = ({ source, target }: Ends) => planClone(request, source, target);
  const run = openRun({ request, plan, done: new Map(), startedAt }, ports, runId);
  await ports.ledger.append({ at: startedAt, type: "run", runId, request: toWire(request), version: 1 });
  return carryOutRecorded(run);
}

/** Inspects and plans, and changes nothing. Throws as `runClone` does. */
export async function previewClone(request: CloneRequest, ports: InspectPorts): Promise<ClonePlan> {
  const { source, target } = await inspectEnds(request, ports);
  return planClone(request, source, target);
}
