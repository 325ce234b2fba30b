import type { Query } from "@clone-xs/sql";
import { environmentFor } from "../catalog/view.ts";
import type { ExecutionResult } from "../execution.ts";
import { runQuery } from "../run.ts";
import type { Work } from "../work.ts";

/** SELECT and its like. */
export async function query(work: Work, node: Query): Promise<ExecutionResult> {
  const environment = await environmentFor(work, node);
  return runQuery(work, environment.translate.query(node, environment));
}
