import {
  endpoints,
  type QueryHistoryResponse,
  type QueryInfo,
  type QueryStatus,
  type StatementState,
} from "@clone-xs/databricks/contract";
import type { FastifyInstance } from "fastify";
import { present } from "../workspace/catalog/present.ts";
import type { TrackedStatement } from "../workspace/statements/registry.ts";
import { callerOf, type ServerContext } from "./context.ts";
import { invalidParameter } from "./refusal.ts";

/** Entries of a page: when nothing is said, and at most. Source: Query History API, "max_results". */
const PAGE_SIZE = 100;
const MOST = 1000;

const statusOf: Readonly<Record<StatementState, QueryStatus>> = {
  PENDING: "QUEUED",
  RUNNING: "RUNNING",
  SUCCEEDED: "FINISHED",
  CLOSED: "FINISHED",
  FAILED: "FAILED",
  CANCELED: "CANCELED",
};

type Query = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Query history, newest first: one's own statements, for admins everybody's. Filters by statement, user, warehouse, status and start time.
 * A page token names the last statement that was given: what comes later is older, whatever was submitted meanwhile.
 */
export function historyRoute(app: FastifyInstance, context: ServerContext): void {
  app.get(endpoints.queryHistory.path, (request): QueryHistoryResponse => {
    const query = request.query as Query;
    const { name, admin } = callerOf(request);
    const wanted = filterOf(query, context);
    const after = one(query["page_token"]) ?? "";
    const found = context.statements
      .history()
      .filter((statement) => (admin || statement.principal === name) && wanted(statement))
      .filter(({ id }) => after === "" || id < after);
    const res = found.slice(0, pageSize(query));
    const last = res.at(-1);
    const more = last !== undefined && found.length > res.length;
    return {
      res: res.map((statement) => queryInfo(statement, context.warehouseId)),
      has_next_page: more,
      ...(more ? { next_page_token: last.id } : {}),
    };
  });
}

function filterOf(query: Query, { warehouseId }: ServerContext): (statement: TrackedStatement) => boolean {
  const among = (name: string) => {
    const values = [query[`filter_by.${name}`] ?? []].flat();
    return (value: string) => values.length === 0 || values.includes(value);
  };
  const [id, user, warehouse, status] = [
    among("statement_ids"),
    among("user_ids"),
    among("warehouse_ids"),
    among("statuses"),
  ];
  const from = time(query, "start_time_ms") ?? 0;
  const until = time(query, "end_time_ms") ?? Number.POSITIVE_INFINITY;
  return (statement) =>
    id(statement.id) &&
    user(statement.principal) &&
    warehouse(warehouseId) &&
    status(statusOf[statement.state]) &&
    statement.submittedAt >= from &&
    statement.submittedAt <= until;
}

function queryInfo(statement: TrackedStatement, warehouse_id: string): QueryInfo {
  const { id, text, principal, state, submittedAt, endedAt, failure, result, tags } = statement;
  const query_tags = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return {
    query_id: id,
    status: statusOf[state],
    query_text: text,
    query_start_time_ms: submittedAt,
    ...present({
      execution_end_time_ms: endedAt,
      query_end_time_ms: endedAt,
      duration: endedAt === undefined ? undefined : endedAt - submittedAt,
      error_message: failure?.message,
      rows_produced: result?.rows.length,
    }),
    user_id: principal,
    user_name: principal,
    executed_as_user_name: principal,
    warehouse_id,
    is_final: endedAt !== undefined,
    ...(query_tags.length === 0 ? {} : { query_tags }),
  };
}

function pageSize(query: Query): number {
  const wanted = Number(one(query["max_results"]) ?? PAGE_SIZE);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MOST)
    throw invalidParameter(`max_results must be between 1 and ${MOST}.`);
  return wanted;
}

function time(query: Query, name: string): number | undefined {
  const text = one(query[`filter_by.query_start_time_range.${name}`]);
  if (text === undefined) return undefined;
  if (!/^\d+$/u.test(text))
    throw invalidParameter(`${name} must be in milliseconds since 1970, not ${text}.`);
  return Number(text);
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
