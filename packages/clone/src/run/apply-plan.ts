import { weighPlan } from "../estimate/weigh-plan.ts";
import { type Ends, inspectEnds, type InspectPorts } from "../inspect/ends.ts";
import { readHistories } from "../inspect/history.ts";
import { localKey } from "../inspect/inventory.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { toWire } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";
import { planRouted } from "../route/plan-routed.ts";
import type { ObjectError, RunSummary } from "../summarize/summary.ts";
import { CloneError } from "../errors.ts";
import {
  type PlanDocument,
  planDocument,
  type PlannedWork,
  plannedWork,
  requestOfPlan,
} from "./apply-document.ts";
import { type PinHistories, planToApply } from "./apply-moved.ts";
import { carryOutRecorded } from "./carry-out.ts";
import { openRun } from "./open-run.ts";
import type { RunPorts } from "./run.ts";
import { withTarget } from "./with-target.ts";

/** Plans a request for later, with all that `applyPlan` needs to know. Changes nothing; throws as `previewClone` does. */
export async function planForLater(
  request: CloneRequest,
  ports: InspectPorts,
  { product, at }: { readonly product: string; readonly at: number },
): Promise<PlanDocument> {
  return withTarget(request, ports, async (single, here) => {
    const ends = await inspectEnds(single, here);
    const { host, userName } = here.target.identity;
    const { metastoreId } = await here.target.unity.metastore();
    const { plan } = await weighPlan(await planRouted(single, ends, here), ends, single, here);
    const header = { product, madeAt: new Date(at).toISOString(), madeBy: userName, host };
    return planDocument(plannedWork(plan, single, { ...ends, metastoreId }), header);
  });
}

/**
 * Carries out a plan that was made before, exactly as it was made, and only what of it is not there yet. Where source or target moved
 * in a way that matters the run is refused: its summary has an error PLAN_STALE for each such object. Throws PLAN_ELSEWHERE when the
 * plan was made in another metastore, PLAN_UNREADABLE when its request is not understood, and otherwise what `runClone` throws.
 */
export async function applyPlan(document: PlanDocument, ports: RunPorts, runId: string): Promise<RunSummary> {
  return withTarget(requestOfPlan(document), ports, async (request, at) => {
    await requireMetastore(document.metastoreId, at);
    const startedAt = ports.clock.now();
    const plan = async (ends: Ends) =>
      planToApply(document, request, ends, await pinHistories(document, ends, request, at));
    const course = { request, sight: sightOf(request), plan, done: new Map(), startedAt };
    await ports.ledger.append({ at: startedAt, type: "run", runId, request: toWire(request), version: 1 });
    return carryOutRecorded(openRun(course, at, runId));
  });
}

/** What carrying out a plan would come to now. */
export interface PlanCheck {
  /** With only the steps that are not done yet. What keeps it from being carried out is among its `refused`. */
  readonly plan: ClonePlan;
  /** What moved since the plan was made, object by object; nothing is carried out while there is any. */
  readonly moved: readonly ObjectError[];
}

/**
 * Looks at both ends as `applyPlan` does, and changes nothing. Throws PLAN_ELSEWHERE when the plan was made in another metastore,
 * PLAN_UNREADABLE when its request is not understood, and otherwise what `previewClone` throws.
 */
export async function checkPlan(document: PlanDocument, ports: InspectPorts): Promise<PlanCheck> {
  return withTarget(requestOfPlan(document), ports, async (request, at) => {
    await requireMetastore(document.metastoreId, at);
    const ends = await inspectEnds(sightOf(request), at);
    const plan = planToApply(document, request, ends, await pinHistories(document, ends, request, at));
    return { plan, moved: plan.refused.slice(document.plan.refused.length) };
  });
}

/** Every load type but INCREMENTAL reads what happened to existing clones; here it is always needed. */
export function sightOf(request: CloneRequest): CloneRequest {
  return request.loadType === "INCREMENTAL" ? { ...request, loadType: "SELECTIVE" } : request;
}

/** Entries in which a version is looked for that is not the newest any more. */
const ENTRIES = 2000;

/** The histories of the source tables that the plan clones at a version: those read already, and deeper ones where the version is not in them. */
async function pinHistories(
  { plan }: PlannedWork,
  { source }: Ends,
  { maxParallel }: CloneRequest,
  ports: InspectPorts,
): Promise<PinHistories> {
  const there = new Set(source.schemas.flatMap(({ tables }) => tables.map(localKey)));
  const deeper = plan.steps.flatMap(({ operation }) => {
    if (operation.kind !== "clone_table" || operation.version === null) return [];
    const read = source.histories[localKey(operation.source)];
    const isThere = read?.ok && read.entries.some(({ version }) => version === operation.version);
    return isThere || !there.has(localKey(operation.source)) ? [] : [operation.source];
  });
  const options = {
    limit: ENTRIES,
    parallel: maxParallel,
    ...(ports.signal ? { signal: ports.signal } : {}),
  };
  return { ...source.histories, ...(await readHistories(ports.source.statements, deeper, options)) };
}

/** Throws PLAN_ELSEWHERE when a plan speaks of catalogs of another metastore. */
export async function requireMetastore(planned: string, { target }: Pick<RunPorts, "target">): Promise<void> {
  const { metastoreId } = await target.unity.metastore();
  if (metastoreId === planned) return;
  throw new CloneError(
    "PLAN_ELSEWHERE",
    `The plan was made in metastore ${planned}; ${target.identity.host} has metastore ${metastoreId}. Carry it out where it was made.`,
  );
}
