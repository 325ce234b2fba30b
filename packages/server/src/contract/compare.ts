import type {
  CatalogComparison,
  CatalogDiff,
  ComparedObject,
  ComparedRow,
  CompareRequestWire,
  Difference,
} from "@clone-xs/clone";
import { z } from "zod";

/** Where two catalogs differ, each place in a line. */
export const diff = z.looseObject({
  source_catalog: z.string(),
  destination_catalog: z.string(),
  identical: z.boolean(),
  compared: z.record(z.string(), z.int()),
  rows: z.object({
    compared: z.int(),
    not_compared: z.array(z.object({ object: z.string(), reason: z.string() })).readonly(),
  }),
  differences: z
    .array(
      z.object({
        object: z.string(),
        what: z.string(),
        source: z.string().nullable(),
        target: z.string().nullable(),
      }),
    )
    .readonly(),
});

const row = z.object({
  what: z.string(),
  column: z.string().optional(),
  name: z.string().optional(),
  state: z.enum(["same", "differs", "only_source", "only_target", "unknown"]),
  source: z.string().nullable(),
  target: z.string().nullable(),
  note: z.string().optional(),
});

/** Two catalogs side by side: every object of either, with all that is compared of it. */
export const comparison = z.looseObject({
  source_catalog: z.string(),
  destination_catalog: z.string(),
  figures: z.object({
    same: z.int(),
    differs: z.int(),
    only_source: z.int(),
    only_target: z.int(),
    not_compared: z.int(),
  }),
  unread: z.array(z.object({ what: z.string(), reason: z.string() })).readonly(),
  objects: z
    .array(
      z.object({
        kind: z.enum(["catalog", "schema", "table", "view", "function", "volume"]),
        schema: z.string().optional(),
        name: z.string(),
        state: z.enum(["same", "differs", "only_source", "only_target", "not_compared"]),
        rows: z.array(row).readonly(),
      }),
    )
    .readonly(),
});

export type { CatalogComparison, CatalogDiff, ComparedObject, ComparedRow, CompareRequestWire, Difference };
