import { type PlanDocument, readPlanDocument, requestOfPlan } from "@clone-xs/clone";
import { z } from "zod";
import { plan } from "../contract/index.ts";
import { readAs } from "../validation.ts";

/** What of a document is looked at beyond its digest: whoever can reckon that can also write a plan by hand. */
const readable = z.looseObject({
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  host: z.string(),
  product: z.string(),
  metastoreId: z.string(),
  against: z.record(z.string(), z.looseObject({ kind: z.string() })),
  plan: plan.extend({
    request: z.looseObject({}),
    steps: z.array(
      z.looseObject({
        id: z.string(),
        stage: z.string(),
        kind: z.string(),
        object: z.string(),
        reason: z.string(),
        dependsOn: z.array(z.string()),
        operation: z.looseObject({ kind: z.string() }),
      }),
    ),
  }),
});

/**
 * Reads a document that somebody uploaded, as `clxs plan --out` wrote it. Throws PLAN_UNREADABLE for what is no plan, of another version,
 * cut short or changed, and INVALID_REQUEST naming what a plan made by hand lacks.
 */
export function readUpload(body: unknown): PlanDocument {
  const document = readPlanDocument(JSON.stringify(body));
  readAs(readable, document);
  requestOfPlan(document);
  return document;
}
