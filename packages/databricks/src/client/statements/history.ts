import type { RecentFilter, RecentStatement, StatementState } from "@clone-xs/unity";
import { endpoints, type QueryInfo, QueryHistoryResponse } from "../../contract/index.ts";
import type { HttpClient } from "../http/client.ts";
import { listPages } from "../unity/pages.ts";

export interface HistoryUser {
  /** As SCIM says; not every workspace does. */
  readonly id: string | undefined;
  readonly name: string;
}

/**
 * Statements of a user on a warehouse, newest first. The service filters by user, warehouse and time; tags come back with the rows and are
 * compared here. Source: Query History API, "filter_by".
 */
export async function recentStatements(
  http: HttpClient,
  {
    since,
    tags = {},
    user,
    warehouseId,
  }: RecentFilter & { readonly user: HistoryUser; readonly warehouseId: string },
): Promise<readonly RecentStatement[]> {
  const found = await listPages(http, {
    path: endpoints.queryHistory.path,
    query: {
      max_results: 1000,
      "filter_by.warehouse_ids": warehouseId,
      "filter_by.query_start_time_range.start_time_ms": since,
      ...(user.id === undefined ? {} : { "filter_by.user_ids": user.id }),
    },
    answer: QueryHistoryResponse,
    items: (page) => page.res,
  });
  const wanted = Object.entries(tags);
  return found
    .filter(({ user_name }) => user.id !== undefined || user_name === user.name)
    .map(toRecent)
    .filter((statement) => statement.startedAt >= since)
    .filter((statement) => wanted.every(([key, value]) => statement.tags[key] === value));
}

function toRecent({
  query_id,
  query_text = "",
  status = "",
  query_start_time_ms = 0,
  query_tags = [],
}: QueryInfo): RecentStatement {
  return {
    statementId: query_id,
    text: query_text,
    state: stateOf(status),
    startedAt: query_start_time_ms,
    tags: Object.fromEntries(query_tags.map(({ key, value = "" }) => [key, value])),
  };
}

/** An unknown status is one of a statement that has not ended. */
function stateOf(status: string): StatementState {
  if (status === "FINISHED") return "SUCCEEDED";
  if (status === "FAILED" || status === "CANCELED") return status;
  return status === "QUEUED" ? "PENDING" : "RUNNING";
}
