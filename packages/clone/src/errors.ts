/**
 * Why a run could not be carried out at all, or why one object could not. The first kind is thrown as a {@link CloneError};
 * the second stands in the summary's `errors`, beside codes that come from the workspace.
 */
export type CloneErrorCode =
  /** The source catalog does not exist, or the caller may not see it. */
  | "CATALOG_NOT_FOUND"
  /** The request names a schema that the source does not have. */
  | "SCHEMA_NOT_FOUND"
  /** The request cannot be understood; `details` name each problem. */
  | "INVALID_REQUEST"
  /** A target object of that name is no clone of this source. */
  | "FOREIGN_TARGET"
  /** The target was written since it was cloned. */
  | "TARGET_MODIFIED"
  /** The version that is asked for is not, or no longer, in the table's history, or its files are gone. */
  | "VERSION_NOT_AVAILABLE"
  /** Files of a volume could not be copied, or did not arrive as they were sent. */
  | "FILES_NOT_COPIED"
  /** A copy would lie where something lies already, or around it. */
  | "LOCATION_OVERLAP"
  /** A listing or history of one end could not be read. */
  | "INSPECTION_FAILED"
  /** The text of a view or function could not be understood, so its names cannot be moved to the target. */
  | "DEFINITION_NOT_UNDERSTOOD"
  /** Views or functions that need each other. */
  | "DEPENDENCY_CYCLE"
  /** Something that this object needs was not made. */
  | "DEPENDENCY_FAILED"
  /** It names something in a schema that the request leaves out, and the target does not have that either. */
  | "DEPENDENCY_OUT_OF_SCOPE"
  /** Another run works on the source or the target. */
  | "LEASE_HELD"
  /** Another run has taken over what this one worked on. */
  | "LEASE_LOST"
  /** The source cannot or may not be quiesced; nothing was changed. */
  | "QUIESCE_REFUSED"
  /** Writers could not all be stopped; what was revoked was given back. */
  | "QUIESCE_FAILED"
  /** Masks of the source cannot or may not be lifted, or those that were are not all back; nothing more was changed. */
  | "MASK_GUARD_REFUSED"
  /** The configuration says that nothing is ever written there. */
  | "PROTECTED_CATALOG"
  /** A share, recipient or catalog of the name that a route needs belongs to something else. */
  | "ROUTE_TAKEN"
  /** What is asked for cannot be done across metastores. */
  | "ROUTE_IMPOSSIBLE"
  /** The target does not see what is shared with it. */
  | "ROUTE_NOT_SEEN"
  /** The table cannot be shared, so the target cannot read it. */
  | "NOT_SHARED"
  /** Principals would be able to read on the target what the source does not let them read, and that was not wanted. */
  | "ACCESS_WIDENED"
  /** The run was cancelled before this object was done. */
  | "CANCELLED"
  /** The run had to stop before this object was begun. */
  | "NOT_ATTEMPTED"
  /** The record of a run cannot be written. */
  | "LEDGER_FAILED"
  /** The record of a run cannot be understood, or is not there. */
  | "LEDGER_UNREADABLE"
  /** There is no such run. */
  | "RUN_NOT_FOUND"
  /** The run is over: there is nothing to go on with. */
  | "RUN_OVER"
  /** A process that lives carries the run out. */
  | "RUN_ALIVE"
  /** A plan file that this program did not write, or that was changed since. */
  | "PLAN_UNREADABLE"
  /** A plan made in another metastore. */
  | "PLAN_ELSEWHERE"
  /** Source or target moved since the plan was made, in a way that matters to this object. */
  | "PLAN_STALE"
  /** A copy is not what its source is. */
  | "VALIDATION_FAILED"
  /** The answer was lost, and the target does not tell what happened. */
  | "UNKNOWN_RESULT"
  /** A stream cannot be started as it is asked for; `details` name each table and what would help. */
  | "STREAM_REFUSED"
  /** There is no such stream in the workspace. */
  | "STREAM_NOT_FOUND"
  /** The program of a stream is gone, or this program did not write it. */
  | "STREAM_UNREADABLE"
  /** A table of a stream could not be kept in sync. */
  | "STREAM_FAILED"
  /** A broken assumption of this program. */
  | "INTERNAL";

export interface CloneErrorDetails {
  /** What the error is about: a catalog, a file, an object. */
  readonly object?: string;
  readonly details?: readonly string[];
  readonly cause?: unknown;
}

/** The only error this package throws on purpose; errors of the workspace pass through unchanged. */
export class CloneError extends Error {
  override readonly name = "CloneError";
  readonly code: CloneErrorCode;
  readonly object?: string;
  readonly details: readonly string[];

  constructor(code: CloneErrorCode, message: string, details: CloneErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.details = details.details ?? [];
    if (details.object !== undefined) this.object = details.object;
  }
}
