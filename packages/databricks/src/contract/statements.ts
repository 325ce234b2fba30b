import { z } from "zod";

/** Statement Execution API 2.0. Lists of values are the service's own; every cell of a result is text or null. */
export const statementStates = ["PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELED", "CLOSED"] as const;
export const StatementState = z.enum(statementStates);
export type StatementState = z.infer<typeof StatementState>;

/** Whether a statement in this state will not change any more. CLOSED means succeeded, result gone. */
export function isTerminal(state: StatementState): boolean {
  return state !== "PENDING" && state !== "RUNNING";
}

/** `status.error.error_code`. SQL errors of every kind come as BAD_REQUEST with the class in the message. */
export const serviceErrorCodes = [
  "ABORTED",
  "ALREADY_EXISTS",
  "BAD_REQUEST",
  "CANCELLED",
  "DEADLINE_EXCEEDED",
  "INTERNAL_ERROR",
  "IO_ERROR",
  "NOT_FOUND",
  "RESOURCE_EXHAUSTED",
  "SERVICE_UNDER_MAINTENANCE",
  "TEMPORARILY_UNAVAILABLE",
  "UNAUTHENTICATED",
  "UNKNOWN",
  "WORKSPACE_TEMPORARILY_UNAVAILABLE",
] as const;
export type ServiceErrorCode = (typeof serviceErrorCodes)[number];

export const StatementParameterItem = z.object({
  name: z.string(),
  /** Omitted or null is SQL NULL. */
  value: z.string().nullish(),
  /** STRING when absent. */
  type: z.string().optional(),
});
export type StatementParameterItem = z.infer<typeof StatementParameterItem>;

export const ExecuteStatementRequest = z.object({
  statement: z.string(),
  warehouse_id: z.string(),
  catalog: z.string().optional(),
  schema: z.string().optional(),
  parameters: z.array(StatementParameterItem).optional(),
  /** `0s`, or `5s` to `50s`; `10s` when absent. */
  wait_timeout: z.string().optional(),
  on_wait_timeout: z.enum(["CONTINUE", "CANCEL"]).optional(),
  disposition: z.enum(["INLINE", "EXTERNAL_LINKS", "INLINE_OR_EXTERNAL_LINKS"]).optional(),
  format: z.enum(["JSON_ARRAY", "ARROW_STREAM", "CSV"]).optional(),
  row_limit: z.number().optional(),
  byte_limit: z.number().optional(),
  query_tags: z.array(z.object({ key: z.string(), value: z.string().optional() })).optional(),
  /** Sent by drivers that open sessions. */
  session_id: z.string().optional(),
  result_compression: z.string().optional(),
});
export type ExecuteStatementRequest = z.infer<typeof ExecuteStatementRequest>;

export const StatementStatus = z.object({
  state: StatementState,
  error: z.object({ error_code: z.string().optional(), message: z.string().optional() }).optional(),
  /** Only when FAILED. */
  sql_state: z.string().optional(),
});
export type StatementStatus = z.infer<typeof StatementStatus>;

export const ResultColumnInfo = z.object({
  name: z.string(),
  /** 0-based. */
  position: z.number(),
  type_name: z.string(),
  type_text: z.string(),
  type_precision: z.number().optional(),
  type_scale: z.number().optional(),
  type_interval_type: z.string().optional(),
});
export type ResultColumnInfo = z.infer<typeof ResultColumnInfo>;

export const ChunkInfo = z.object({
  chunk_index: z.number(),
  row_offset: z.number(),
  row_count: z.number(),
  /** Absent for INLINE results. */
  byte_count: z.number().optional(),
});
export type ChunkInfo = z.infer<typeof ChunkInfo>;

/** A statement without rows (DDL) has zero columns, zero chunks, and `result: {}`. */
export const ResultManifest = z.object({
  format: z.string().optional(),
  schema: z.object({ column_count: z.number(), columns: z.array(ResultColumnInfo).optional() }),
  total_row_count: z.number().optional(),
  total_chunk_count: z.number().optional(),
  total_byte_count: z.number().optional(),
  truncated: z.boolean().optional(),
  chunks: z.array(ChunkInfo).optional(),
});
export type ResultManifest = z.infer<typeof ResultManifest>;

export type ResultRow = readonly (string | null)[];

/** Checked by a plain loop: results are large, and a schema for each cell would be the slowest part of reading them. */
const RowArray = z.custom<readonly ResultRow[]>(
  (value) =>
    Array.isArray(value) &&
    value.every(
      (row) => Array.isArray(row) && row.every((cell) => cell === null || typeof cell === "string"),
    ),
  "must be an array of rows whose cells are text or null",
);

export const ExternalLink = z.object({
  external_link: z.string(),
  expiration: z.string().optional(),
  chunk_index: z.number(),
  row_offset: z.number(),
  row_count: z.number(),
  byte_count: z.number().optional(),
  next_chunk_index: z.number().optional(),
  next_chunk_internal_link: z.string().optional(),
  http_headers: z.record(z.string(), z.string()).optional(),
});
export type ExternalLink = z.infer<typeof ExternalLink>;

/** One chunk: the `result` of a statement, and the whole answer of the chunk endpoint. */
export const ResultData = z.object({
  chunk_index: z.number().optional(),
  row_offset: z.number().optional(),
  row_count: z.number().optional(),
  byte_count: z.number().optional(),
  data_array: RowArray.optional(),
  /** Both absent on the last chunk. The link is an absolute path on the same host. */
  next_chunk_index: z.number().optional(),
  next_chunk_internal_link: z.string().optional(),
  external_links: z.array(ExternalLink).optional(),
});
export type ResultData = z.infer<typeof ResultData>;

/** Answer of execute and get: while PENDING or RUNNING only id and status. */
export const StatementResponse = z.object({
  statement_id: z.string(),
  status: StatementStatus,
  manifest: ResultManifest.optional(),
  result: ResultData.optional(),
});
export type StatementResponse = z.infer<typeof StatementResponse>;
