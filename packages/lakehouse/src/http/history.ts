import {
  endpoints,
  type QueryHistoryResponse,
  type QueryInfo,
  type QueryStatus,
  type StatementState,
} from "@clone-xs/databricks/contract";
import type { FastifyInstance } from "fastify";
import type { StatementRecord } from "../metastore/statement-history.ts";
import { present } from "../workspace/catalog/present.ts";
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
    const size = pageSize(query);
    const { statuses, ...filter } = filterOf(query, admin ? undefined : name);
    const found: StatementRecord[] = [];
    // Statuses change while statements run, so that they are compared here.
    for (let after = filter.after; found.length <= size; ) {
      const some = context.statements.history({ ...filter, ...present({ after }), limit: MOST });
      found.push(...some.filter(({ state }) => statuses === undefined || statuses.includes(statusOf[state])));
      after = some.at(-1);
      if (some.length < MOST) break;
    }
    const res = found.slice(0, size);
    const last = res.at(-1);
    const more = last !== undefined && found.length > res.length;
    return {
      res: res.map(queryInfo),
      has_next_page: more,
      ...(more ? { next_page_token: tokenOf(last) } : {}),
    };
  });
}

function filterOf(query: Query, only: string | undefined) {
  const among = (name: string) => {
    const values = [query[`filter_by.${name}`] ?? []].flat();
    return values.length === 0 ? undefined : values;
  };
  const users = among("user_ids");
  const token = one(query["page_token"]) ?? "";
  return {
    ...present({
      principals: only === undefined ? users : (users ?? [only]).filter((user) => user === only),
      ids: among("statement_ids"),
      warehouseIds: among("warehouse_ids"),
      statuses: among("statuses"),
      from: time(query, "start_time_ms"),
      until: time(query, "end_time_ms"),
      after: token === "" ? undefined : positionOf(token),
    }),
  };
}

function tokenOf({ submittedAt, id }: Pick<StatementRecord, "id" | "submittedAt">): string {
  return Buffer.from(`${submittedAt} ${id}`).toString("base64url");
}

function positionOf(token: string): Pick<StatementRecord, "id" | "submittedAt"> {
  const [, at, id] = /^(\d+) (\S+)$/u.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (at === undefined || id === undefined)
    throw invalidParameter(`page_token '${token}' is not one that this list gave.`);
  return { submittedAt: Number(at), id };
}

function queryInfo({
  id,
  text,
  principal,
  warehouseId,
  state,
  submittedAt,
  startedAt,
  endedAt,
  failure,
  rowCount,
  tags,
}: StatementRecord): QueryInfo {
  const query_tags = Object.entries(tags).map(([key, value]) => ({ key, value }));
  return {
    query_id: id,
    status: statusOf[state],
    query_text: text,
    query_start_time_ms: submittedAt,
    ...present({
      execution_end_time_ms: startedAt === undefined ? undefined : endedAt,
      query_end_time_ms: endedAt,
      duration: endedAt === undefined ? undefined : endedAt - submittedAt,
      error_message: failure?.message,
      rows_produced: rowCount,
    }),
    user_id: principal,
    user_name: principal,
    executed_as_user_name: principal,
    warehouse_id: warehouseId,
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
