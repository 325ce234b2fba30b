import { createHash } from "node:crypto";
import { CloneError } from "../errors.ts";
import type { Ends } from "../inspect/ends.ts";
import type { ClonePlan } from "../plan/plan.ts";
import { planningOf } from "../plan/planning.ts";
import { parseCloneRequest } from "../request/parse.ts";
import type { CloneRequest } from "../request/request.ts";
import { type Standing, standingOf } from "./apply-standing.ts";

/** A plan together with what it was made against: enough to notice that the target has moved. */
export interface PlannedWork {
  readonly plan: ClonePlan;
  /** Step id → what stood on the target, for each step that makes an object. */
  readonly against: Readonly<Record<string, Standing>>;
  /** Plans speak of catalogs, and those belong to a metastore, whatever workspace it is reached through. */
  readonly metastoreId: string;
}

/** What `clxs plan --out` writes and `clxs apply` reads. */
export interface PlanDocument extends PlannedWork {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** Version of the product that made the plan. */
  readonly product: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly madeBy: string;
  readonly host: string;
  /** Of everything else in the document: a plan is applied as it was made or not at all. */
  readonly digest: string;
}

const FORMAT = "clone-xs plan";
const VERSION = 1;

/** The plan with the state of the target that it was made against. */
export function plannedWork(
  plan: ClonePlan,
  request: CloneRequest,
  { source, target, metastoreId }: Ends & { readonly metastoreId: string },
): PlannedWork {
  const planning = planningOf(request, source, target);
  const against = plan.steps.flatMap((step) => {
    const standing = standingOf(step, planning);
    return standing === undefined ? [] : [[step.id, standing] as const];
  });
  return { plan, against: Object.fromEntries(against), metastoreId };
}

/** A digest of the work: two documents with the same one ask for the same. */
export function digestOfWork(work: unknown): string {
  return createHash("sha256").update(JSON.stringify(work)).digest("hex");
}

export type PlanHeader = Pick<PlanDocument, "product" | "madeAt" | "madeBy" | "host">;

export function planDocument(work: PlannedWork, header: PlanHeader): PlanDocument {
  const document = { format: FORMAT, version: VERSION, ...header, ...work } as const;
  return { ...document, digest: digestOfWork(document) };
}

/**
 * Reads a plan document from the text of its file. Throws PLAN_UNREADABLE, saying what is wrong: no plan at all, of another version,
 * cut short, or changed since it was made.
 */
export function readPlanDocument(text: string): PlanDocument {
  const value = jsonOf(text);
  if (!isObject(value) || value["format"] !== FORMAT)
    throw unreadable("it is no plan that clxs plan --out wrote");
  if (value["version"] !== VERSION)
    throw unreadable(
      `it is a plan of version ${String(value["version"])}, and this program knows version ${VERSION}`,
    );
  const { digest, ...rest } = value;
  if (digest !== digestOfWork(rest))
    throw unreadable("it was changed after it was made; make the plan again");
  // What carries the digest is what `planDocument` wrote.
  return value as object as PlanDocument;
}

/** What the plan was asked for, to be done now. Throws PLAN_UNREADABLE when this program does not know that request. */
export function requestOfPlan({ plan }: PlannedWork): CloneRequest {
  const parsed = parseCloneRequest(plan.request);
  if (parsed.ok) return { ...parsed.request, dryRun: false };
  const [problem] = parsed.problems;
  throw unreadable(`its request is not understood (${problem?.path ?? ""}: ${problem?.message ?? ""})`);
}

function unreadable(why: string): CloneError {
  return new CloneError("PLAN_UNREADABLE", `The plan cannot be read: ${why}.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CloneError("PLAN_UNREADABLE", "The plan cannot be read: it is no whole JSON document.", {
      cause,
    });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
