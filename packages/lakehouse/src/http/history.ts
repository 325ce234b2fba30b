import type { StatementState } from "@clone-xs/databricks/contract";
import type { FastifyInstance } from "fastify";
import type { TrackedStatement } from "../workspace/statements/registry.ts";
import { callerOf, type ServerContext } from "./context.ts";

const MOST = 1000;

const statusOf: Readonly<Record<StatementState, string>> = {
  PENDING: "QUEUED",
  RUNNING: "RUNNING",
  SUCCEEDED: "FINISHED",
  CLOSED: "FINISHED",
  FAILED: "FAILED",
  CANCELED: "CANCELED",
};

/** Query history, newest first: one's own statements, for admins everybody's. Filters: ids and start time. */
export function historyRoute(app: FastifyInstance, context: ServerContext): void {
  app.get("/api/2.0/sql/history/queries", (request) => {
    const query = request.query as Readonly<Record<string, string | string[] | undefined>>;
    const ids = [query["filter_by.statement_ids"] ?? []].flat();
    const from = Number(query["filter_by.query_start_time_range.start_time_ms"] ?? 0);
    const until = Number(query["filter_by.query_start_time_range.end_time_ms"] ?? Number.POSITIVE_INFINITY);
    const { name, admin } = callerOf(request);
    const found = context.statements.history().filter(({ id, principal, submittedAt }) => {
      const mine = admin || principal === name;
      return mine && (ids.length === 0 || ids.includes(id)) && submittedAt >= from && submittedAt <= until;
    });
    const most = Math.min(Number(query["max_results"] ?? 100) || 100, MOST);
    const res = found.slice(0, most).map((statement) => historyItem(statement, context.warehouseId));
    return { res, has_next_page: found.length > most };
  });
}

function historyItem(statement: TrackedStatement, warehouse_id: string) {
  const { id, text, principal, state, submittedAt, endedAt, failure, result } = statement;
  return {
    query_id: id,
    status: statusOf[state],
    query_text: text,
    query_start_time_ms: submittedAt,
    ...(endedAt === undefined ? {} : { query_end_time_ms: endedAt, duration: endedAt - submittedAt }),
    ...(failure === undefined ? {} : { error_message: failure.message }),
    ...(result === undefined ? {} : { rows_produced: result.rows.length }),
    user_name: principal,
    executed_as_user_name: principal,
    warehouse_id,
    is_final: endedAt !== undefined,
  };
}
