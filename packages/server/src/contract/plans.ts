import { z } from "zod";
import { plan } from "./plan.ts";

const problem = z.object({
  object: z.string(),
  operation: z.string(),
  code: z.string(),
  message: z.string(),
});

/** What a plan comes to. */
const planCounts = z.object({
  /** Decisions by what becomes of the object. */
  actions: z.record(z.string(), z.int()),
  steps: z.int(),
  refused: z.int(),
  blocked: z.int(),
  residue: z.int(),
  access: z.int(),
  /** Of tables and volumes that are copied; null when it is not known of each of them. */
  bytes: z.number().nullable(),
});

/**
 * `open`: it can be carried out. `applied`: it was, by `run_id`. `stale`: when it was looked at last, source or target had moved.
 * `expired`: it is older than deleted files are kept, so that what it pinned may be gone.
 */
export const planState = z.enum(["open", "applied", "stale", "expired"]);

const planReview = z.object({
  verdict: z.enum(["approved", "rejected"]),
  note: z.string(),
  by: z.string(),
  at: z.string(),
});

/** What the check of a plan found: source and target were looked at, and nothing was changed. */
export const planCheck = z.object({
  checked_at: z.string(),
  applicable: z.boolean(),
  /** Why it cannot be carried out, object by object. */
  moved: z.array(problem).readonly(),
  /** Objects that are as planned already, and stay as they are. */
  done: z.int(),
  /** Steps that would be carried out. */
  steps: z.int(),
  notes: z.array(z.string()).readonly(),
});

/** A plan that is kept, as lists show it. */
export const keptPlan = z.object({
  plan_id: z.string(),
  name: z.string(),
  state: planState,
  source_catalog: z.string(),
  destination_catalog: z.string(),
  /** Null: the source's own workspace. */
  target: z.string().nullable(),
  load_type: z.string(),
  /** `made`: by this server. `opened`: from a file. */
  origin: z.enum(["made", "opened"]),
  made_at: z.string(),
  /** Who made it, as the workspace knows them, and where. */
  made_by: z.string(),
  host: z.string(),
  /** Who made or opened it here. */
  kept_by: z.string(),
  kept_at: z.string(),
  expires_at: z.string(),
  digest: z.string(),
  counts: planCounts,
  /** The last one; null: nobody has looked through it yet. */
  review: planReview.nullable(),
  checked_at: z.string().nullable(),
  run_id: z.string().nullable(),
  applied_by: z.string().nullable(),
});

export const keptPlans = z.array(keptPlan);

/** A kept plan in full. */
export const keptPlanDetail = keptPlan.extend({
  /** Clone-Xs's version when it was made. */
  product: z.string(),
  metastore_id: z.string(),
  request: z.record(z.string(), z.unknown()),
  plan,
  reviews: z.array(planReview).readonly(),
  check: planCheck.nullable(),
  /** Why it cannot be applied now; null: it can. What source and target have to say is for the check. */
  not_applicable: z.string().nullable(),
});

/** Body of `POST /api/plans`. */
export const newPlan = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  request: z.record(z.string(), z.unknown()),
});

/** Body of `POST /api/plans/{id}/review`. */
export const planReviewRequest = z.strictObject({
  verdict: z.enum(["approved", "rejected"]),
  note: z.string().max(2000).default(""),
});

export const deletedPlan = z.object({ plan_id: z.string(), message: z.string() });

export type KeptPlan = z.infer<typeof keptPlan>;
export type KeptPlanDetail = z.infer<typeof keptPlanDetail>;
export type PlanCheckResult = z.infer<typeof planCheck>;
export type PlanReview = z.infer<typeof planReview>;
export type PlanState = z.infer<typeof planState>;
