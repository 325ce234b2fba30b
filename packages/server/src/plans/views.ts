import type { PlanDocument } from "@clone-xs/clone";
import type { KeptPlan, KeptPlanDetail, PlanReview } from "../contract/index.ts";
import { toPlanView } from "../views.ts";
import { expiryOf, type PlanRun, reasonAgainst, stateOf } from "./state.ts";
import type { StoredPlan, StoredReview } from "./store.ts";

/** What beside its row there is to tell of a plan. */
export interface PlanSurroundings {
  readonly run: PlanRun | undefined;
  readonly reviews: readonly StoredReview[];
  readonly requireReview: boolean;
  readonly now: number;
}

export function toKeptPlan(plan: StoredPlan, { run, reviews, now }: PlanSurroundings): KeptPlan {
  const { facts } = plan;
  const review = reviews.at(-1);
  return {
    plan_id: plan.id,
    name: plan.name,
    state: stateOf(plan, run, now),
    source_catalog: facts.sourceCatalog,
    destination_catalog: facts.destinationCatalog,
    target: facts.target,
    load_type: facts.loadType,
    origin: plan.origin,
    made_at: iso(facts.madeAt),
    made_by: facts.madeBy,
    host: facts.host,
    kept_by: plan.keptBy,
    kept_at: iso(plan.keptAt),
    expires_at: iso(expiryOf(plan)),
    digest: facts.digest,
    counts: {
      actions: { ...facts.actions },
      steps: facts.steps,
      refused: facts.refused,
      blocked: facts.blocked,
      residue: facts.residue,
      access: facts.access,
      bytes: facts.bytes,
    },
    review: review === undefined ? null : toReview(review),
    checked_at: plan.check?.checked_at ?? null,
    run_id: plan.runId,
    applied_by: plan.appliedBy,
  };
}

export function toKeptPlanDetail(
  plan: StoredPlan,
  document: PlanDocument,
  surroundings: PlanSurroundings,
): KeptPlanDetail {
  const kept = toKeptPlan(plan, surroundings);
  const { reviews, requireReview } = surroundings;
  const against = reasonAgainst({ ...plan, state: kept.state, review: reviews.at(-1), requireReview });
  return {
    ...kept,
    product: document.product,
    metastore_id: document.metastoreId,
    request: { ...document.plan.request },
    plan: { ...toPlanView(document.plan), steps: document.plan.steps.map(shortened) },
    reviews: reviews.map(toReview),
    check: plan.check,
    not_applicable: against ?? null,
  };
}

/** A step without the parameters of its operation: those are for whoever carries it out. */
function shortened({ id, stage, kind, object, reason, operation }: PlanDocument["plan"]["steps"][number]) {
  return { id, stage, kind, object, reason, operation: operation.kind };
}

function toReview({ verdict, note, by, at }: StoredReview): PlanReview {
  return { verdict, note, by, at: iso(at) };
}

const iso = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
