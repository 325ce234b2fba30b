import type { Verification } from "@clone-xs/clone";
import { z } from "zod";

const difference = z.object({
  object: z.string(),
  what: z.string(),
  source: z.string().nullable(),
  target: z.string().nullable(),
});

const certificate = z.object({
  object: z.string(),
  kind: z.enum(["table", "view", "function", "volume", "schema"]),
  verdict: z.enum(["match", "differs", "not_comparable"]),
  reason: z.string().nullable(),
  source_version: z.string().nullable(),
  target_version: z.string().nullable(),
  source_rows: z.number().nullable(),
  target_rows: z.number().nullable(),
  source_hash: z.string().nullable(),
  target_hash: z.string().nullable(),
  files: z.int().exactOptional(),
  differences: z.array(difference).readonly(),
  notes: z.array(z.string()).readonly(),
});

/** How the copies that a run made compare with their sources, object by object. */
export const verification = z.object({
  matched: z.int(),
  differing: z.int(),
  not_comparable: z.int(),
  objects: z.array(certificate).readonly(),
}) satisfies z.ZodType<Verification>;
