import type { RollbackSummary } from "@clone-xs/clone";
import { z } from "zod";

/** Body of `POST /api/clone/{id}/rollback`. */
export const rollbackRequest = z.strictObject({
  /** Look and tell, and change nothing. */
  dry_run: z.boolean().optional(),
  /** Undo also what others wrote to the copies since the run. */
  force: z.boolean().optional(),
});

export type RollbackRequest = z.input<typeof rollbackRequest>;

/** What a run that is taken back comes to: what is as before, and what stays with the reason. */
export const rollback = z.looseObject({
  run_id: z.string(),
  destination_catalog: z.string(),
  status: z.enum(["success", "partial", "failed", "cancelled"]),
  dry_run: z.boolean(),
  undone: z.array(z.object({ object: z.string(), what: z.string() })).readonly(),
  left: z.array(z.object({ object: z.string(), reason: z.string() })).readonly(),
  errors: z
    .array(z.object({ object: z.string(), operation: z.string(), code: z.string(), message: z.string() }))
    .readonly(),
});

export type { RollbackSummary };
