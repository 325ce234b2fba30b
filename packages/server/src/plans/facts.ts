import { bytesOfSteps, type PlanDocument } from "@clone-xs/clone";

/** What lists tell of a plan, taken from its document once. */
export interface PlanFacts {
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  readonly target: string | null;
  readonly loadType: string;
  readonly madeAt: number;
  readonly madeBy: string;
  readonly host: string;
  readonly digest: string;
  /** Decisions by what becomes of the object. */
  readonly actions: Readonly<Record<string, number>>;
  readonly steps: number;
  readonly refused: number;
  readonly blocked: number;
  readonly residue: number;
  readonly access: number;
  /** Of what is copied; `null` when it is not known of each table. */
  readonly bytes: number | null;
}

export function factsOfPlan({ plan, madeAt, madeBy, host, digest }: PlanDocument): PlanFacts {
  return {
    sourceCatalog: plan.sourceCatalog,
    destinationCatalog: plan.destinationCatalog,
    target: targetOf(plan.request),
    loadType: plan.request.load_type ?? "FULL",
    madeAt: Date.parse(madeAt),
    madeBy,
    host,
    digest,
    actions: countBy(plan.decisions.map(({ action }) => action)),
    steps: plan.steps.length,
    refused: plan.refused.length,
    blocked: plan.blocked.length,
    residue: plan.residue.length,
    access: plan.access.length,
    bytes: bytesOfSteps(plan.steps),
  };
}

function targetOf({ target_workspace: target }: PlanDocument["plan"]["request"]): string | null {
  if (target == null) return null;
  return typeof target === "string" ? target : (target.name ?? target.connection ?? null);
}

function countBy(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
