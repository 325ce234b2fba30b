import type { Check, Preflight } from "@clone-xs/clone";
import { z } from "zod";

/** Whether a clone can be expected to succeed, and the GRANTs that are missing where not. Loose: a newer engine may say more. */
export const preflight = z.looseObject({
  source_catalog: z.string(),
  destination_catalog: z.string(),
  host: z.string(),
  user_name: z.string(),
  ok: z.boolean(),
  blocking: z.int(),
  warnings: z.int(),
  checks: z
    .array(
      z.object({
        check: z.string(),
        state: z.enum(["pass", "warn", "block", "unknown"]),
        object: z.string(),
        message: z.string(),
        grant: z.string().optional(),
      }),
    )
    .readonly(),
  grants: z.array(z.string()).readonly(),
});

export type { Check, Preflight };
