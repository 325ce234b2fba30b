import type { Estimate } from "@clone-xs/clone";
import { z } from "zod";

const weight = {
  schema: z.string(),
  table: z.string(),
  format: z.string(),
  size_bytes: z.number(),
  size_gb: z.number(),
};

/** What a full clone weighs and costs. `selective` is absent when the destination is not named or does not exist. */
export const estimate = z.looseObject({
  source_catalog: z.string(),
  destination_catalog: z.string().nullable(),
  total_bytes: z.number(),
  total_gb: z.number(),
  monthly_cost_usd: z.number(),
  yearly_cost_usd: z.number(),
  table_count: z.int(),
  top_tables: z.array(z.object(weight)).readonly(),
  prices: z.object({
    storage_usd_per_gb_month: z.number(),
    storage_price_from: z.enum(["default", "configuration", "request"]),
    note: z.string(),
  }),
  unmeasured: z.array(z.object({ table: z.string(), reason: z.string() })).readonly(),
  selective: z
    .object({
      target_exists: z.literal(true),
      tables_to_clone: z.int(),
      tables_in_sync: z.int(),
      size_bytes: z.number(),
      size_gb: z.number(),
      monthly_cost_usd: z.number(),
      savings_pct: z.number(),
      recommended: z.boolean(),
      drift_breakdown: z.record(z.string(), z.int()),
      top_drifted_tables: z.array(z.object({ ...weight, reason: z.string(), method: z.string() })).readonly(),
    })
    .optional(),
});

export type { Estimate };
