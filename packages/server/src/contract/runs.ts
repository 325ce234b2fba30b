import type { RollbackSummary, RunEvent, RunProgress, RunSummary } from "@clone-xs/clone";
import { z } from "zod";
import { rollback } from "./rollback.ts";
import { runSchedule } from "./schedules.ts";
import { verification } from "./verification.ts";

/** Where a run is in its life. A run whose summary is `partial` ends `failed`, with the summary present. */
export const runState = z.enum(["queued", "running", "cancelling", "completed", "failed", "cancelled"]);
export type RunState = z.infer<typeof runState>;

const counts = z.object({ success: z.int(), failed: z.int(), skipped: z.int() });

const found = z.enum(["created", "reused"]).optional();

/** What lets a target in another metastore read the source. */
const route = {
  share_name: z.string().optional(),
  share_status: found,
  recipient_name: z.string().optional(),
  recipient_status: found,
  shared_catalog_name: z.string().optional(),
  shared_catalog_status: found,
};

const residue = z.array(z.object({ object: z.string(), what: z.string(), reason: z.string() })).readonly();

/** How a run with several targets ended at one of them. */
const targetSummary = z.object({
  target_name: z.string(),
  target_host: z.string(),
  destination_catalog: z.string(),
  target_status: z.enum(["success", "partial", "failed"]),
  target_duration_seconds: z.number(),
  tables: counts,
  views: counts,
  functions: counts,
  volumes: counts,
  bytes_copied: z.number(),
  files_copied: z.number(),
  formats: z.record(z.string(), z.number()),
  load_type: z.enum(["FULL", "INCREMENTAL", "SELECTIVE"]),
  total_drifted_tables: z.int().optional(),
  statements: z.record(z.string(), z.number()),
  residue,
  ...route,
  error: z.string().optional(),
});

export const runProgress = z.object({
  phase: z.enum(["inspecting", "planning", "executing", "validating", "summarizing"]),
  objectsDone: z.int(),
  objectsTotal: z.int(),
  objectsFailed: z.int(),
  bytesCopied: z.number(),
  bytesTotal: z.number().nullable(),
  running: z.array(z.string()).readonly(),
}) satisfies z.ZodType<RunProgress>;

/** What a run reports. Loose: a reader must not lose a key that a newer engine adds. */
export const runSummary = z.looseObject({
  run_id: z.string(),
  mode: z.enum(["full", "incremental", "selective", "fanout"]),
  status: z.enum(["success", "partial", "failed", "cancelled"]),
  clone_type: z.enum(["DEEP", "SHALLOW"]),
  dry_run: z.boolean(),
  source_catalog: z.string(),
  destination_catalog: z.string(),
  /** Present when the copy went to another workspace. */
  target_name: z.string().optional(),
  target_host: z.string().optional(),
  ...route,
  started_at: z.string(),
  completed_at: z.string(),
  duration_seconds: z.number(),
  schemas_processed: z.int(),
  tables: counts,
  views: counts,
  functions: counts,
  volumes: counts,
  errors: z
    .array(
      z.object({
        /** Of several targets the one that it is about. */
        target: z.string().optional(),
        object: z.string(),
        operation: z.string(),
        code: z.string(),
        message: z.string(),
      }),
    )
    .readonly(),
  schema_durations: z.record(z.string(), z.number()),
  formats: z.record(z.string(), z.number()),
  bytes_copied: z.number(),
  files_copied: z.number(),
  source_table_size: z.number(),
  source_num_of_files: z.number(),
  volume_files_copied: z.number().default(0),
  volume_bytes_copied: z.number().default(0),
  statements: z.record(z.string(), z.number()),
  residue,
  /** Of a run with several targets. */
  target_count: z.int().optional(),
  succeeded_targets: z.int().optional(),
  failed_targets: z.int().optional(),
  per_target: z.array(targetSummary).readonly().optional(),
  planned: z
    .object({
      bytes: z.number().optional(),
      tables: z.int(),
      views: z.int(),
      functions: z.int(),
      volumes: z.int(),
    })
    .optional(),
  orphaned: z.array(z.string()).readonly().optional(),
  validation: verification.optional(),
  total_drifted_tables: z.int().optional(),
  drift: z
    .array(
      z.object({
        schema: z.string(),
        table: z.string(),
        reason: z.string(),
        source_version: z.number().nullable(),
        cloned_version: z.number().nullable(),
      }),
    )
    .readonly()
    .optional(),
  selective: z
    .object({
      target_exists: z.boolean(),
      tables_to_clone: z.int(),
      tables_in_sync: z.int(),
      size_bytes: z.number().optional(),
      savings_pct: z.number(),
      recommended: z.boolean(),
    })
    .optional(),
});

/** The answer to a submitted clone. */
export const submitted = z.object({
  job_id: z.string().regex(/^[0-9a-f]{8}$/),
  status: runState,
  message: z.string(),
});

/** What a cancel came to by the time of the answer. */
export const cancelled = submitted.extend({
  /** What was given back to those whose writes were stopped, or could not be, in the words of the log. */
  restored: z.array(z.string()),
});

/** One run as lists show it. */
export const runListItem = z.object({
  job_id: z.string(),
  status: runState,
  source_catalog: z.string(),
  destination_catalog: z.string(),
  clone_type: z.string(),
  load_type: z.string(),
  dry_run: z.boolean(),
  /** Other workspaces that it clones to; empty: the one that the server works on. */
  targets: z.array(z.object({ name: z.string(), destination_catalog: z.string() })),
  progress: runProgress.nullable(),
  /** Of the summary, once there is one: what lists show. */
  outcome: z
    .object({
      status: z.enum(["success", "partial", "failed", "cancelled"]),
      tables: counts,
      bytes_copied: z.number(),
    })
    .nullable(),
  error: z.string().nullable(),
  /** Its place among all that wait, from 1; null when it does not wait. */
  queue_position: z.int().nullable(),
  /** The one that started it; null: somebody submitted it. */
  schedule: runSchedule.nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
});

/** One run in full. `summary` is `result` under the name that older scripts read. */
export const run = runListItem.extend({
  request: z.record(z.string(), z.unknown()),
  result: runSummary.nullable(),
  summary: runSummary.nullable(),
  /** It was interrupted, and can be gone on with. */
  resumable: z.boolean(),
  /** It changed something, and what it needs to be taken back was recorded. */
  undoable: z.boolean(),
  /** How it was taken back, the last time. */
  rollback: rollback.nullable(),
  logs: z.array(z.string()),
});

export type Submitted = z.infer<typeof submitted>;
export type Cancelled = z.infer<typeof cancelled>;
export type RunListItem = z.infer<typeof runListItem>;

export interface Run extends RunListItem {
  readonly request: Readonly<Record<string, unknown>>;
  readonly result: RunSummary | null;
  readonly summary: RunSummary | null;
  readonly resumable: boolean;
  readonly undoable: boolean;
  readonly rollback: RollbackSummary | null;
  readonly logs: string[];
}

/**
 * What `GET /api/clone/{id}/events` sends, as server-sent events. `event` messages carry an id and are complete and in
 * order: a reader that comes back with `Last-Event-ID` gets exactly what it missed. `run` messages carry the newest state
 * and have no id. `end` is the last message of a run that is over. Who asks for the newest events only (`tail`, `from=now`) is sent an id
 * first, without a message: where it stands. `GET /api/events` sends `run` messages alone, of every run that changes.
 */
export type RunMessage =
  | { readonly event: "event"; readonly id: number; readonly data: RunEvent }
  | { readonly event: "run"; readonly data: RunListItem }
  | { readonly event: "end"; readonly data: { readonly status: RunState } };

export type { RunEvent, RunProgress, RunSummary };
