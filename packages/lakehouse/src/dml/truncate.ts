import { rewriteFiles } from "@clone-xs/delta";
import { snapshotOf } from "../execution/catalog/resolve-table.ts";
import type { ExecutionResult } from "../execution/execution.ts";
import { provenance, type StatementOf } from "../execution/statements/statement.ts";
import { DONE, type Work } from "../execution/work.ts";
import { bytesOf, texts } from "./metrics.ts";
import { refuseAppendOnly, writeTarget } from "./target.ts";

/** TRUNCATE TABLE: all files go, no row is read. */
export async function truncate(work: Work, statement: StatementOf<"truncate">): Promise<ExecutionResult> {
  const target = writeTarget(work, statement.target, "TRUNCATE TABLE");
  const base = await snapshotOf(target.table, target.parts);
  refuseAppendOnly(base);
  const remove = [...base.files()];
  await rewriteFiles(target.table, {
    base,
    remove,
    add: [],
    operation: "TRUNCATE",
    operationParameters: {},
    operationMetrics: texts({ numRemovedFiles: remove.length, numRemovedBytes: bytesOf(remove) }),
    ...provenance(work),
  });
  return DONE;
}
