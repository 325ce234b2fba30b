import type { ClonePlan, Decision } from "@clone-xs/clone";
import { z } from "zod";

const objectError = z.object({
  object: z.string(),
  operation: z.string(),
  code: z.string(),
  message: z.string(),
});

/** The plan a run would execute now. Loose: a newer engine may say more. */
export const plan = z.looseObject({
  version: z.literal(1),
  sourceCatalog: z.string(),
  destinationCatalog: z.string(),
  targetExists: z.boolean(),
  decisions: z
    .array(
      z.looseObject({
        kind: z.enum(["table", "view", "function", "volume"]),
        schema: z.string(),
        name: z.string(),
        action: z.enum(["clone", "keep", "leave", "block", "refuse", "impossible", "drop"]),
        reason: z.string(),
        detail: z.string().optional(),
      }),
    )
    .readonly(),
  steps: z
    .array(z.looseObject({ id: z.string(), stage: z.string(), object: z.string(), reason: z.string() }))
    .readonly(),
  blocked: z.array(objectError).readonly(),
  refused: z.array(objectError).readonly(),
  residue: z.array(z.object({ object: z.string(), what: z.string(), reason: z.string() })).readonly(),
  access: z
    .array(
      z.object({ principal: z.string(), object: z.string(), privileges: z.array(z.string()).readonly() }),
    )
    .readonly(),
  /** Of which moment the pinned versions are. */
  cut: z.object({ from: z.string() }).optional(),
  notes: z.array(z.string()).readonly(),
});

/** A plan with all that is needed to carry it out later; it is taken as it was given, or not at all. */
export const planDocument = z.looseObject({
  format: z.literal("clone-xs plan"),
  version: z.literal(1),
  product: z.string(),
  madeAt: z.string(),
  madeBy: z.string(),
  host: z.string(),
  plan: z.unknown(),
  against: z.record(z.string(), z.unknown()),
  metastoreId: z.string(),
  digest: z.string(),
});

export type { ClonePlan, Decision };
