import type { PlanState } from "../contract/index.ts";
import type { StoredRun } from "../runs/store.ts";
import type { StoredPlan, StoredReview } from "./store.ts";

/**
 * How long deleted files of a Delta table are kept when nobody says otherwise (`delta.deletedFileRetentionDuration`): after that VACUUM may
 * have removed files of the versions that a plan pinned.
 */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

export function expiryOf({ facts }: Pick<StoredPlan, "facts">): number {
  return facts.madeAt + KEPT_MS;
}

/** The run that carries a plan out, as far as it is still known. */
export type PlanRun = Pick<StoredRun, "state" | "result">;

/** Where a plan is in its life. `run`: the run that it names; `undefined` when it names none, or that is forgotten. */
export function stateOf(
  plan: Pick<StoredPlan, "facts" | "check" | "runId">,
  run: PlanRun | undefined,
  now: number,
): PlanState {
  if (plan.runId !== null && !wasRefused(run)) return "applied";
  if (now > expiryOf(plan)) return "expired";
  return plan.runId !== null || plan.check?.applicable === false ? "stale" : "open";
}

/** It was over before anything was done, because source or target had moved; or it was cancelled before it began. */
function wasRefused(run: PlanRun | undefined): boolean {
  if (run === undefined) return false;
  if (run.state === "cancelled" && run.result === null) return true;
  return run.state === "failed" && (run.result?.errors.some(({ code }) => code === "PLAN_STALE") ?? false);
}

export interface Judged {
  readonly state: PlanState;
  readonly runId: string | null;
  readonly keptBy: string;
  /** The last one. */
  readonly review: StoredReview | undefined;
  /** Only what somebody else approved is carried out. */
  readonly requireReview: boolean;
}

/** Why a plan may not be carried out now, whatever source and target say; `undefined` when it may. */
export function reasonAgainst({ state, runId, keptBy, review, requireReview }: Judged): string | undefined {
  if (state === "applied")
    return `It was carried out already, by run ${runId ?? ""}. Make a new plan for what has changed since.`;
  if (state === "expired")
    return "It is older than deleted files are kept: what it pinned may be gone from the source. Make it again.";
  if (review?.verdict === "rejected") return `It was rejected by ${review.by}.`;
  if (!requireReview) return undefined;
  if (review === undefined)
    return "This server carries out only plans that were approved, and nobody has approved this one.";
  if (review.by === keptBy)
    return `This server carries out only plans that somebody else than their maker approved, and ${keptBy} both made and approved this one.`;
  return undefined;
}
