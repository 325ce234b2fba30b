import type { CheckpointCodec } from "./codec.ts";
import type { CommitRequest, CommitResult } from "./commit/request.ts";
import type { HistoryEntry } from "./log/history.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Storage } from "./storage/storage.ts";

export interface TableEnvironment {
  readonly storage: Storage;
  readonly codec: CheckpointCodec;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A fresh random uuid in lower case. */
  readonly uuid: () => string;
  /** `engineInfo` of our commits, e.g. `Clone-Xs/0.1.0`. */
  readonly engineInfo: string;
}

/**
 * Which version: the newest, a number, or the newest one committed at or before an instant (epoch
 * milliseconds).
 */
export type At = { readonly version: number } | { readonly timestamp: number };

/**
 * A handle on a directory; whether a table is there is found out by each call. Holds the newest snapshot read
 * and advances it.
 */
export interface DeltaTable {
  readonly root: string;
  readonly environment: TableEnvironment;
  /** Whether there is a Delta log. */
  exists(): Promise<boolean>;
  /** Throws DELTA_TABLE_NOT_FOUND. */
  latestVersion(): Promise<number>;
  /**
   * Throws DELTA_TABLE_NOT_FOUND, DELTA_VERSION_NOT_FOUND, DELTA_TIMESTAMP_GREATER_THAN_COMMIT,
   * DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION, DELTA_UNSUPPORTED_FEATURES_FOR_READ, DELTA_LOG_CORRUPT and
   * the like.
   */
  snapshot(at?: At): Promise<Snapshot>;
  /** Commits still in the log, newest first. */
  history(options?: { readonly limit?: number }): Promise<readonly HistoryEntry[]>;
  /**
   * See {@link CommitRequest}. Throws a DELTA_CONCURRENT_… error (`retryable`) when a winner's commit
   * contradicts ours.
   */
  commit(request: CommitRequest): Promise<CommitResult>;
}
