import { z } from "zod";
import { run, runProgress } from "./runs.ts";
import { verification } from "./verification.ts";

/** Runs to look for: a state, `live` for all that are not over, `partial` for those that failed in part. */
export const runStatusFilter = z.enum([
  "live",
  "queued",
  "running",
  "cancelling",
  "completed",
  "failed",
  "partial",
  "cancelled",
]);
export type RunStatusFilter = z.infer<typeof runStatusFilter>;

/** `waiting`: to be done; `kept`: in sync; `left`: excluded or left as it is; `impossible`: in the residue. */
export const objectState = z.enum([
  "waiting",
  "started",
  "succeeded",
  "failed",
  "skipped",
  "kept",
  "left",
  "impossible",
]);

/** What became of one object of a run, or of one step around it. */
export const runObject = z.object({
  /** Of several targets the one that it is at. */
  target: z.string().nullable(),
  /** Target name: `catalog.schema.name`. */
  object: z.string(),
  /** table, view, function, volume, schema, catalog; governance: what stands around an object; orphan, route. */
  kind: z.string(),
  /** Id of the step that worked on it last. */
  step: z.string().nullable(),
  state: objectState,
  operation: z.string().nullable(),
  reason: z.string(),
  detail: z.string().nullable(),
  /** Newest version of the source, and the one that the copy was made of before, as decimal text. */
  source_version: z.string().nullable(),
  cloned_version: z.string().nullable(),
  format: z.string().nullable(),
  started_at: z.string().nullable(),
  seconds: z.number().nullable(),
  bytes: z.number().nullable(),
  files: z.number().nullable(),
  /** Of the statement that was submitted last for it, at the warehouse. */
  statement_id: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

export const runObjects = z.object({
  /** How many there are in all that meet the filters. */
  total: z.int(),
  /** How many objects the run has of each state and kind, whatever the filters. */
  counts: z.array(z.object({ state: objectState, kind: z.string(), objects: z.int() })),
  objects: z.array(runObject),
});

/** One object with what was done around it. */
export const runObjectDetail = z.object({
  objects: z.array(runObject),
  /** The CLONE statements that the log has of it. */
  statements: z.array(z.string()),
});

export const logLine = z.object({
  id: z.int(),
  at: z.string(),
  level: z.enum(["info", "warn", "error"]),
  line: z.string(),
});

export const logLines = z.object({ total: z.int(), lines: z.array(logLine) });

/** CLONE statements in the order in which they were sent, with what is known of the table that each was for. */
export const runStatements = z.object({
  total: z.int(),
  statements: z.array(
    z.object({
      id: z.int(),
      at: z.string(),
      text: z.string(),
      target: z.string().nullable(),
      object: z.string(),
      state: objectState.nullable(),
      statement_id: z.string().nullable(),
    }),
  ),
});

/** What a run did when. */
export const runTimeline = z.object({
  from: z.string().nullable(),
  to: z.string().nullable(),
  phases: z.array(z.object({ phase: z.string(), at: z.string() })),
  /** Steps under way at the same time, on average over each of equal parts of the time. */
  parallel: z.array(z.number()),
  /** Steps that were begun. */
  total: z.int(),
  /** In the order in which they began. */
  steps: z.array(runObject),
});

/** How one target of several stands. */
const targetStanding = z.object({
  name: z.string(),
  destination: z.string(),
  state: z.enum(["waiting", "connecting", "running", "success", "partial", "failed", "cancelled"]),
  host: z.string().exactOptional(),
  progress: runProgress.exactOptional(),
  seconds: z.number().exactOptional(),
  error: z.string().exactOptional(),
});

/** A run with all that stands above its parts, and no part of it: small however long the run is. */
export const runStanding = run.omit({ logs: true }).extend({
  /** Number of its newest event: where live events go on from. */
  last_event: z.int(),
  standing: z.array(targetStanding),
  /** Lines of the log that tell of a quiesce and of what was given back. */
  guard_lines: z.array(z.string()),
  objects: z.int(),
  log_lines: z.int(),
});

/** What is to be compared; nothing: rows by hash. */
export const verifyRequest = z.strictObject({
  rows: z.enum(["hash", "count"]).optional(),
  /** Read the files of volumes too. */
  content: z.boolean().optional(),
  /** Compare tags, grants and owners too. */
  governance: z.boolean().optional(),
});

/** The copies of one target, compared; `error`: why they could not be. */
const targetVerification = z.object({
  target: z.string().nullable(),
  verification: verification.nullable(),
  error: z.string().nullable(),
});

/** Where comparing the copies of a run with their sources is. `none`: nobody asked. */
export const runVerification = z.object({
  state: z.enum(["none", "running", "done", "failed", "cancelled"]),
  rows: z.enum(["hash", "count"]).nullable(),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  /** Objects compared, of how many; null before that is known. */
  done: z.int(),
  total: z.int().nullable(),
  error: z.string().nullable(),
  targets: z.array(targetVerification),
});

export type ObjectState = z.infer<typeof objectState>;
export type RunVerification = z.infer<typeof runVerification>;
