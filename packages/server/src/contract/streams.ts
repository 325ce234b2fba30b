import type { StreamState } from "@clone-xs/clone";
import { z } from "zod";

/** What a stream is doing. */
export const streamState = z.enum([
  "starting",
  "running",
  "stopping",
  "stopped",
  "failed",
]) satisfies z.ZodType<StreamState>;

const tableProgress = z.object({
  method: z.enum(["merge", "clone"]),
  /** Version of the source that the copy equals. */
  checkpoint: z.string().nullable(),
  /** Seconds since the first commit that the copy does not have; 0 when it has all. */
  lag_seconds: z.number().nullable(),
  error: z.string().nullable(),
});

/** A continuous sync. Loose: a reader must not lose a key that a newer engine adds. */
export const stream = z.looseObject({
  stream_id: z.string(),
  source_catalog: z.string(),
  destination_catalog: z.string(),
  schema: z.string().nullable(),
  /** `schema.table` each. */
  tables: z.array(z.string()).readonly(),
  trigger_ms: z.number(),
  /** Of its newest run; decimal text, 64-bit. */
  run_id: z.string(),
  run_name: z.string(),
  run_page_url: z.string().nullable(),
  attempt: z.int(),
  submitted_at: z.string(),
  status: streamState,
  error: z.string().nullable(),
  last_polled_at: z.string(),
  program_path: z.string(),
  /** How far each copy is, by `schema.table`; as of the last time the stream was refreshed. */
  progress: z.record(z.string(), tableProgress),
});

/** What `GET /api/continuous-sync/streams` answers. */
export const streams = z.array(stream);

const price = z.object({
  value: z.number(),
  from: z.enum(["default", "configuration", "request"]),
  note: z.string(),
});

/** What a stream would do and cost, and what stands in its way. */
export const streamPlan = z.looseObject({
  stream_id: z.string(),
  source_catalog: z.string(),
  destination_catalog: z.string(),
  schema: z.string().nullable(),
  trigger_ms: z.number(),
  tables: z
    .array(
      z.object({
        table: z.string(),
        source: z.string(),
        target: z.string(),
        method: z.enum(["merge", "clone"]),
        reason: z.string(),
        keys: z.array(z.string()).readonly(),
        keys_from: z.enum(["request", "primary_key"]).nullable(),
        change_feed: z.boolean(),
        first_copy: z.enum(["create", "replace", "continue"]),
        source_version: z.string(),
      }),
    )
    .readonly(),
  skipped: z.array(z.object({ table: z.string(), reason: z.string() })).readonly(),
  /** Tables whose changes cannot be read, with the statement that has them recorded. */
  without_change_feed: z.array(z.object({ table: z.string(), alter: z.string() })).readonly(),
  /** Why it cannot be started; empty when it can. */
  problems: z
    .array(
      z.object({
        table: z.string().nullable(),
        code: z.string(),
        message: z.string(),
        remedy: z.string().optional(),
      }),
    )
    .readonly(),
  cost: z.object({
    compute_hours_per_day: z.number(),
    dbu_per_hour: price,
    usd_per_dbu: price,
    usd_per_day: z.number(),
    note: z.string(),
  }),
});

export type { StreamPlan, StreamRecord, StreamRequestWire, StreamState } from "@clone-xs/clone";
