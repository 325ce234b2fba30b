import { z } from "zod";
import { runListItem } from "./runs.ts";
import { streamState } from "./streams.ts";

/** How many runs ended how, and what they copied. Dry runs change nothing and are counted apart. */
const runCounts = z.object({
  completed: z.int(),
  /** Some of their objects failed. */
  partial: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  dry_runs: z.int(),
  bytes_copied: z.number(),
});

/** A catalog and its copy; `target` names another workspace, null is the server's own. */
const pairName = z.object({
  source_catalog: z.string(),
  destination_catalog: z.string(),
  target: z.string().nullable(),
});

const runOfPair = z.object({
  job_id: z.string(),
  /** False: the run itself was forgotten meanwhile, and only this is left of it. */
  kept: z.boolean(),
  ended: z.enum(["completed", "partial", "failed", "cancelled"]),
  load_type: z.string(),
  dry_run: z.boolean(),
  completed_at: z.string(),
  error: z.string().nullable(),
  /** Things that the source has and the target did not get. */
  residue: z.int(),
  /** It was undone, at least in part: the destination is not what this run left. */
  rolled_back: z.boolean(),
});

const driftPoint = z.object({ at: z.string(), drifted_tables: z.int() });

/** What is known of a copy by the runs that made it or looked at it. */
export const pairOverview = pairName.extend({
  /** The newest that was no dry run. */
  last_clone: runOfPair.nullable(),
  last_run: runOfPair,
  /** Tables that differ as far as is known; null when no run tells. */
  drifted_tables: z.int().nullable(),
  /** When that was seen. */
  drift_seen_at: z.string().nullable(),
  /** The last time that nothing was left to do. */
  in_sync_at: z.string().nullable(),
  /** The run that tells looked at a part of the catalog. */
  in_part: z.boolean(),
  runs: z.int(),
  bytes_copied: z.number(),
  /** What SELECTIVE runs and dry runs found, oldest first; the newest twenty. */
  drift: z.array(driftPoint),
});

/** A stream as it was seen last. */
export const streamOverview = z.object({
  stream_id: z.string(),
  source_catalog: z.string(),
  destination_catalog: z.string(),
  schema: z.string().nullable(),
  status: streamState,
  tables: z.int(),
  /** Of the table that is furthest behind; null when that is not known. */
  lag_seconds: z.number().nullable(),
  lag_seen_at: z.string().nullable(),
  /** Tables of which the lag is not known. */
  lag_unknown: z.int(),
  error: z.string().nullable(),
});

/** Something that somebody should look at, why, and what mends it. */
export const attentionItem = z.object({
  /** The same for the same trouble, whenever it is asked. */
  id: z.string(),
  kind: z.enum([
    "run_failed",
    "residue",
    "drift",
    "guard_held",
    "stream_failed",
    "stream_lag",
    "schedule_failed",
    "schedule_missed",
    "connection_unreadable",
    "disk_low",
  ]),
  severity: z.enum(["bad", "warn"]),
  title: z.string(),
  reason: z.string(),
  since: z.string().nullable(),
  pair: pairName.nullable(),
  /** What mends it, or shows more: an address of the page. */
  link: z.object({ label: z.string(), page: z.string() }),
  /** The same on the command line, where there is one. */
  command: z.string().nullable(),
});

/** Everything that the first page shows but its charts. */
export const overview = z.object({
  as_of: z.string(),
  attention: z.array(attentionItem),
  runs: z.object({ last_7_days: runCounts, last_30_days: runCounts }),
  /** Queued and running ones, oldest first. */
  live: z.array(runListItem),
  /** The newest that are over. */
  recent: z.array(runListItem),
  /** The one with the newest run comes first. */
  pairs: z.array(pairOverview),
  streams: z.array(streamOverview),
});

const lagPoint = z.object({ at: z.string(), lag_seconds: z.number().nullable() });

/** What the charts of the first page draw. */
export const overviewSeries = z.object({
  as_of: z.string(),
  /** Every day of the time asked for, oldest first; `at` is its beginning where the reader is. */
  days: z.array(runCounts.extend({ day: z.iso.date(), at: z.string() })),
  drift: z.array(pairName.extend({ points: z.array(driftPoint) })),
  lag: z.array(
    z.object({
      stream_id: z.string(),
      source_catalog: z.string(),
      destination_catalog: z.string(),
      points: z.array(lagPoint),
    }),
  ),
});

/** How far a stream was behind, over time: the worst of its tables, null where that was not known. */
export const streamLag = z.object({ stream_id: z.string(), points: z.array(lagPoint) });

export type RunCounts = z.infer<typeof runCounts>;
export type PairName = z.infer<typeof pairName>;
export type PairOverview = z.infer<typeof pairOverview>;
export type StreamOverview = z.infer<typeof streamOverview>;
export type AttentionItem = z.infer<typeof attentionItem>;
export type Overview = z.infer<typeof overview>;
export type OverviewSeries = z.infer<typeof overviewSeries>;
export type StreamLag = z.infer<typeof streamLag>;
