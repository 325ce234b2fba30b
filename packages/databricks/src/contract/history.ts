import { z } from "zod";

/** Query history API 2.0. The statuses are its own, not the states of the Statement Execution API. */
export const QueryStatus = z.enum([
  "QUEUED",
  "STARTED",
  "COMPILING",
  "COMPILED",
  "RUNNING",
  "FINISHED",
  "FAILED",
  "CANCELED",
]);
export type QueryStatus = z.infer<typeof QueryStatus>;

export const QueryInfo = z.object({
  /** The statement's id. */
  query_id: z.string(),
  /** One of {@link QueryStatus}; left open for newer ones. */
  status: z.string().optional(),
  query_text: z.string().optional(),
  /** Epoch milliseconds. */
  query_start_time_ms: z.number().optional(),
  execution_end_time_ms: z.number().optional(),
  query_end_time_ms: z.number().optional(),
  duration: z.number().optional(),
  error_message: z.string().optional(),
  rows_produced: z.number().optional(),
  /** The API shows ids as text and as numbers. */
  user_id: z.union([z.number(), z.string()]).optional(),
  user_name: z.string().optional(),
  executed_as_user_name: z.string().optional(),
  warehouse_id: z.string().optional(),
  statement_type: z.string().optional(),
  is_final: z.boolean().optional(),
  query_tags: z.array(z.object({ key: z.string(), value: z.string().optional() })).optional(),
});
export type QueryInfo = z.infer<typeof QueryInfo>;

export const QueryHistoryResponse = z.object({
  res: z.array(QueryInfo).optional(),
  has_next_page: z.boolean().optional(),
  next_page_token: z.string().optional(),
});
export type QueryHistoryResponse = z.infer<typeof QueryHistoryResponse>;
