import { mapCell, rowsByName } from "@clone-xs/clone";
import { describeHistoryBefore } from "@clone-xs/sql";
import { fullName, type ObjectName, type Workspace } from "@clone-xs/unity";
import type { TableHistory } from "../contract/index.ts";
import { found, requireNames } from "./parts.ts";

export interface HistoryPage {
  readonly limit: number;
  /** Only versions below this one. */
  readonly before?: bigint;
}

/** One page of a table's history, newest first. Throws NOT_FOUND, and what the workspace throws for what has none. */
export async function tableHistory(
  { unity, statements }: Workspace,
  name: ObjectName,
  { limit, before }: HistoryPage,
  signal: AbortSignal,
): Promise<TableHistory> {
  requireNames("table", name.catalog, name.schema, name.name);
  const table = found(await unity.table(name), "table", fullName(name));
  // One more than is shown tells whether there is more.
  const { catalog, schema } = table;
  const asked = describeHistoryBefore({ catalog, schema, name: table.name }, limit + 1, before);
  const entries = rowsByName(await statements.execute(asked, { signal })).map((row) => ({
    version: row.get("version") ?? "0",
    timestamp: row.get("timestamp") ?? "",
    user_name: row.get("username") ?? null,
    operation: row.get("operation") ?? "",
    parameters: { ...mapCell(row.get("operationparameters")) },
    metrics: { ...mapCell(row.get("operationmetrics")) },
  }));
  const page = entries.slice(0, limit);
  return { entries: page, next: entries.length > limit ? (page.at(-1)?.version ?? null) : null };
}
