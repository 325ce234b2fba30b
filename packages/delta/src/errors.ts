/**
 * What went wrong. Names are Databricks' error classes where one exists; `DELTA_LOG_CORRUPT` and
 * `DELTA_COPY_INCOMPLETE` are ours.
 */
export type DeltaErrorCode =
  | "DELTA_TABLE_NOT_FOUND"
  | "DELTA_TABLE_ALREADY_EXISTS"
  | "DELTA_VERSION_NOT_FOUND"
  | "DELTA_TIMESTAMP_GREATER_THAN_COMMIT"
  | "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION"
  | "DELTA_VERSIONS_NOT_CONTIGUOUS"
  | "DELTA_TRUNCATED_TRANSACTION_LOG"
  | "DELTA_UNSUPPORTED_TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION_DURATION"
  | "DELTA_STATE_RECOVER_ERROR"
  | "DELTA_LOG_CORRUPT"
  | "DELTA_INVALID_PROTOCOL_VERSION"
  | "DELTA_UNSUPPORTED_FEATURES_FOR_READ"
  | "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE"
  | "DELTA_UNSUPPORTED_TYPE_CHANGE"
  | "DELTA_CONCURRENT_APPEND"
  | "DELTA_CONCURRENT_DELETE_READ"
  | "DELTA_CONCURRENT_DELETE_DELETE"
  | "DELTA_CONCURRENT_TRANSACTION"
  | "DELTA_CONCURRENT_WRITE"
  | "DELTA_METADATA_CHANGED"
  | "DELTA_PROTOCOL_CHANGED"
  | "DELTA_INVALID_ACTION"
  | "DELTA_CANNOT_MODIFY_APPEND_ONLY"
  | "DELTA_DELETION_VECTOR_INVALID"
  | "DELTA_FILE_NOT_FOUND"
  | "DELTA_UNSUPPORTED_PATH"
  | "DELTA_COPY_INCOMPLETE"
  | "DELTA_ADDING_DELETION_VECTORS_DISALLOWED"
  | "DELTA_ADDING_COLUMN_WITH_INTERNAL_NAME_FAILED"
  | "DELTA_CANNOT_MODIFY_TABLE_PROPERTY"
  | "DELTA_CLONE_WITH_ROW_TRACKING_WITHOUT_STATS"
  | "DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION"
  | "DELTA_UNSUPPORTED_COLUMN_MAPPING_MODE_CHANGE"
  | "DELTA_INVALID_TABLE_PROPERTY"
  | "DELTA_INVALID_PROTOCOL_DOWNGRADE"
  | "DELTA_READ_FEATURE_PROTOCOL_REQUIRES_WRITE"
  | "DELTA_ROW_ID_ASSIGNMENT_WITHOUT_STATS"
  | "DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT"
  | "DELTA_INVALID_CDC_RANGE"
  | "DELTA_MISSING_CHANGE_DATA";

/** The only error this package throws on purpose. Compare by `code`, never by message. */
export class DeltaError extends Error {
  override readonly name = "DeltaError";
  readonly code: DeltaErrorCode;
  /** Names and values the message speaks of: `path`, `version`, `features` … */
  readonly context: Readonly<Record<string, string | number | readonly string[]>>;

  constructor(code: DeltaErrorCode, message: string, details: DeltaErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.context = details.context ?? {};
  }

  /** Whether reading the table again and repeating the whole operation may succeed. */
  get retryable(): boolean {
    return (
      this.code.startsWith("DELTA_CONCURRENT_") ||
      this.code === "DELTA_METADATA_CHANGED" ||
      this.code === "DELTA_PROTOCOL_CHANGED"
    );
  }
}

export interface DeltaErrorDetails {
  readonly context?: DeltaError["context"];
  readonly cause?: unknown;
}
