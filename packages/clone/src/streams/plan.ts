import type { StreamCost } from "./cost.ts";

/** What a stream would do, before anything is done; keys are the wire's own. */
export interface StreamPlan {
  readonly stream_id: string;
  readonly source_catalog: string;
  readonly destination_catalog: string;
  readonly schema: string | null;
  readonly trigger_ms: number;
  readonly tables: readonly PlannedStreamTable[];
  /** Of a whole schema: what is in it and cannot be streamed. */
  readonly skipped: readonly { readonly table: string; readonly reason: string }[];
  /** Tables whose changes cannot be read, with the statement that has them recorded from then on. */
  readonly without_change_feed: readonly { readonly table: string; readonly alter: string }[];
  /** Why it cannot be started; empty when it can. */
  readonly problems: readonly StreamProblem[];
  readonly cost: StreamCost;
}

export interface PlannedStreamTable {
  /** `schema.table` */
  readonly table: string;
  readonly source: string;
  readonly target: string;
  /** `merge`: the last change of each key. `clone`: an incremental clone whenever the source has changed. */
  readonly method: "merge" | "clone";
  /** Why this method. */
  readonly reason: string;
  readonly keys: readonly string[];
  readonly keys_from: "request" | "primary_key" | null;
  readonly change_feed: boolean;
  readonly first_copy: FirstCopy;
  /** The source's newest version, as decimal text. */
  readonly source_version: string;
}

/** `create`: there is no copy yet. `replace`: a clone of the source that nobody has changed becomes the copy. `continue`: it has a position. */
export type FirstCopy = "create" | "replace" | "continue";

export interface StreamProblem {
  readonly table: string | null;
  readonly code: StreamProblemCode;
  readonly message: string;
  /** A statement that would help. */
  readonly remedy?: string;
}

export type StreamProblemCode =
  | "TABLE_NOT_FOUND"
  | "NOT_STREAMABLE"
  | "NO_CHANGE_FEED"
  | "NO_HISTORY"
  | "UNKNOWN_KEY"
  | "FOREIGN_TARGET"
  | "TARGET_MODIFIED"
  | "TARGET_TAKEN"
  | "NOTHING_TO_SYNC";
