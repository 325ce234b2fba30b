import { checkPlan, CloneError, type PlanDocument } from "@clone-xs/clone";
import type { PlanCheckResult } from "../contract/index.ts";

type Ports = Parameters<typeof checkPlan>[1];

/**
 * Whether a plan can be carried out now, and what moved. A source that is gone as a whole, or another metastore, is an answer too; throws
 * what the workspace throws.
 */
export async function lookAgain(document: PlanDocument, ports: Ports, at: number): Promise<PlanCheckResult> {
  const checked = { checked_at: new Date(at).toISOString() };
  try {
    const { plan, moved } = await checkPlan(document, ports);
    const known = new Set(document.plan.notes);
    return {
      ...checked,
      applicable: plan.refused.length === 0,
      moved: moved.length > 0 ? moved : plan.refused,
      done: document.plan.steps.length - plan.steps.length,
      steps: plan.steps.length,
      notes: plan.notes.filter((note) => !known.has(note)),
    };
  } catch (error) {
    if (!(error instanceof CloneError) || !MOVED.has(error.code)) throw error;
    const { code, message, object = document.plan.sourceCatalog } = error;
    const moved = [{ object, operation: "inspect", code, message }];
    return { ...checked, applicable: false, moved, done: 0, steps: 0, notes: [] };
  }
}

const MOVED: ReadonlySet<string> = new Set(["CATALOG_NOT_FOUND", "SCHEMA_NOT_FOUND", "PLAN_ELSEWHERE"]);
