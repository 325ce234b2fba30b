import type { WeighedPlan } from "../estimate/weigh-plan.ts";
import { type Executed, executePlan } from "../execute/execute.ts";
import type { Guarded } from "../guards/guarded.ts";
import { type Ends, inspectEnds } from "../inspect/ends.ts";
import { withCovers } from "../guards/masks/with-covers.ts";
import type { DirectGrant } from "../inspect/inventory.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { undoRecord } from "../rollback/undo-record.ts";
import type { OpenedRoute } from "../route/route-operation.ts";
import { digestOfWork, type PlannedWork, plannedWork } from "./apply-document.ts";
import { lookForRoute } from "./look-for-route.ts";
import { makePlan } from "./make-plan.ts";
import type { Run } from "./open-run.ts";

/** How far a run came: without a plan when it ended before there was one. */
export interface Done extends Executed, Partial<WeighedPlan> {
  /** What stands between both ends where nothing had to be read. */
  readonly route?: OpenedRoute;
}

/** Looks at both ends, plans, and carries the plan out, as far as nothing stops it. Throws what ends the inspection as a whole. */
export async function inspectAndExecute(run: Run, guarded: Guarded): Promise<Done> {
  const earlier = run.earlier ? { plan: run.earlier.plan } : {};
  await run.settle?.(run.ports, (line) => run.emit({ type: "log", level: "info", line }));
  const seen = await inspectUnlessCancelled(run);
  if (seen === undefined) return { ...earlier, outcomes: run.done };
  const granted = guarded.grants === undefined ? seen : withGrants(seen, guarded.grants);
  const ends = { ...granted, source: withCovers(granted.source, guarded.lifted ?? []) };
  const weighed = await makePlan(ends, run);
  await guarded.pinned();
  if (guarded.signal.aborted) return { ...weighed, outcomes: run.done };
  return { ...weighed, ...(await executed(weighed.plan, ends, run, guarded)) };
}

/** The source as it is when nothing is quiesced: what is taken from its writers for a while is not theirs any less. */
function withGrants({ source, target }: Ends, grants: readonly DirectGrant[]): Ends {
  return { source: { ...source, grants: { ok: true, rows: grants } }, target };
}

/** `undefined` when the run was cancelled meanwhile. */
async function inspectUnlessCancelled(run: Run): Promise<Ends | undefined> {
  const { request, sight, ports, emit, share } = run;
  emit({ type: "phase", phase: "inspecting" });
  try {
    return await inspectEnds(sight ?? request, share ? { ...ports, sharedSource: share.source } : ports);
  } catch (error) {
    if (ports.signal?.aborted) return undefined;
    throw error;
  }
}

async function executed(plan: ClonePlan, ends: Ends, run: Run, { beforeStep }: Guarded): Promise<Done> {
  const { request, ports, runId, emit } = run;
  if (plan.refused.length > 0) return { outcomes: run.done };
  if (request.dryRun) {
    await ports.documents.write("plan", await workOf(plan, ends, run));
    return { outcomes: run.done };
  }
  emit({ type: "phase", phase: "executing" });
  if (run.earlier === undefined) await record(plan, ends, run);
  const known = run.known?.(ends) ?? run.done;
  const route = await lookForRoute(plan, run);
  const options = { limit: request.maxParallel, known };
  const done = await executePlan(plan, options, { ...ports, runId, emit, beforeStep });
  return route === undefined ? done : { ...done, route };
}

/** The plan is on the disk whole before the ledger says that it is, and that before anything is done. */
async function record(plan: ClonePlan, ends: Ends, run: Run): Promise<void> {
  const { request, ports, runId } = run;
  const work = await workOf(plan, ends, run);
  if (request.rollback)
    await ports.documents.write("undo", undoRecord(plan, ends.target, { runId, at: ports.clock.now() }));
  await ports.documents.write("plan", work);
  const steps = plan.steps.length;
  await ports.ledger.append({ at: ports.clock.now(), type: "plan", steps, fingerprint: digestOfWork(work) });
}

async function workOf(plan: ClonePlan, ends: Ends, { request, ports }: Run): Promise<PlannedWork> {
  const { metastoreId } = await ports.target.unity.metastore();
  return plannedWork(plan, request, { ...ends, metastoreId });
}
