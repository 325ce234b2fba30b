import type { TableReference } from "@clone-xs/sql";
import { detailOf, detailText } from "../detail.ts";
import type { ExecutionResult } from "../execution.ts";
import { table, type Work } from "../work.ts";

/** DESCRIBE DETAIL: one row. */
export async function describeDetail(work: Work, target: TableReference): Promise<ExecutionResult> {
  const cells = await detailOf(work, target);
  return table(
    cells.map(([name, type]) => [name, type] as const),
    [cells.map(([, , value]) => detailText(value))],
  );
}
