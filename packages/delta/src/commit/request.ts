import type { Action, PartitionValues } from "../actions.ts";
import type { JsonObject } from "../json.ts";
import type { Snapshot } from "../snapshot.ts";

/** What to commit, and what it was decided on. */
export interface CommitRequest {
  /** The snapshot the operation read; absent when it creates the table (version 0). */
  readonly base?: Snapshot;
  /** Delta's name of the operation: `WRITE`, `CREATE TABLE`, `MERGE` … */
  readonly operation: string;
  /** By Spark's custom values are JSON text (`"[]"`, `"true"`); other values are allowed. */
  readonly operationParameters?: JsonObject;
  readonly operationMetrics?: Readonly<Record<string, string>>;
  /**
   * Without commitInfo, which is built here. At most one metaData and one protocol; one add and one remove
   * per path.
   */
  readonly actions: readonly Action[];
  readonly reads: ReadSet;
  /** `Serializable` for CLONE and RESTORE; `WriteSerializable` otherwise. */
  readonly isolationLevel?: "Serializable" | "WriteSerializable" | "SnapshotIsolation";
  readonly userId?: string;
  readonly userName?: string;
  readonly userMetadata?: string;
  /** Further keys of commitInfo: `tags`, `clusterId`, `job`, `notebook` … Keys that are built here win. */
  readonly commitInfo?: JsonObject;
}

/**
 * What the operation looked at, for the conflict check against commits that came between: `nothing` — a blind
 * append; `files` — files of `base`, their paths as in the log (rewrite, delete of known files); `where` — all
 * rows of some partitions, those already there and those that others add; `table` — everything (a predicate over
 * all rows, overwrite); `exclusive` — no commit may come between at all (CLONE,
 * RESTORE: large commits are not rebased).
 */
export type ReadSet =
  | { readonly kind: "nothing" }
  | { readonly kind: "files"; readonly paths: ReadonlySet<string> }
  | {
      readonly kind: "where";
      /** Whether rows of a partition were looked at; values by physical name, as in the log. */
      readonly matches: (partitionValues: PartitionValues) => boolean;
    }
  | { readonly kind: "table" }
  | { readonly kind: "exclusive" };

export interface CommitResult {
  readonly version: number;
  /** The commit's time, epoch milliseconds. */
  readonly timestamp: number;
  /** How many versions other writers took before ours was accepted. */
  readonly rebasedOver: number;
  /**
   * Why the checkpoint that was due could not be written. The commit stands all the same; a later one tries
   * again.
   */
  readonly checkpointFailure?: unknown;
}
