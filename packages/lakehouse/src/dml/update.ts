import { rewriteFiles } from "@clone-xs/delta";
import type { Expression, Identifier } from "@clone-xs/sql";
import type { ExecutionResult } from "../execution/execution.ts";
import { rowScope } from "../execution/statements/rows.ts";
import { provenance, type StatementOf } from "../execution/statements/statement.ts";
import { cast } from "../execution/translate/casts.ts";
import type { Environment, Scope } from "../execution/translate/environment.ts";
import { BOOLEAN, LONG } from "../execution/types/types.ts";
import { table, type Work } from "../execution/work.ts";
import { assignedValues } from "./assignments.ts";
import { PLACE_COLUMNS, type RowAction } from "./changes.ts";
import { rewriteMetrics } from "./metrics.ts";
import { filesThatMay } from "./partitions.ts";
import { rewrite, type RowChanges } from "./rewrite.ts";
import { sightOf } from "./visible.ts";
import { refuseAppendOnly, rowTarget, type RowTarget } from "./target.ts";

/** DELETE FROM: matching rows are masked by deletion vectors, or their files written again without them. */
export async function deleteRows(work: Work, statement: StatementOf<"delete">): Promise<ExecutionResult> {
  const place = await placeOf(work, statement, "DELETE");
  return changeRows(work, { ...place, where: statement.where, action: { change: "delete" } });
}

/** UPDATE … SET; all values are computed from the row as it was. */
export async function updateRows(work: Work, statement: StatementOf<"update">): Promise<ExecutionResult> {
  const place = await placeOf(work, statement, "UPDATE");
  const { target, parts, scope, environment } = place;
  const { schema } = target.base.metadata;
  const values = assignedValues(statement.assignments, { schema, parts }, scope, environment);
  return changeRows(work, { ...place, where: statement.where, action: { change: "update", values } });
}

interface Place {
  readonly target: RowTarget;
  readonly parts: readonly string[];
  readonly scope: Scope;
  readonly environment: Environment;
  readonly visible: RowChanges["visible"];
}

async function placeOf(
  work: Work,
  statement: { readonly target: StatementOf<"delete">["target"]; readonly alias?: Identifier },
  operation: string,
): Promise<Place> {
  const target = await rowTarget(work, statement.target, operation);
  refuseAppendOnly(target.base);
  const parts = statement.alias === undefined ? target.parts : [statement.alias.text];
  const scope = rowScope(target.base.metadata.schema.fields, parts);
  return { target, parts, scope, ...(await sightOf(work, statement)) };
}

async function changeRows(
  work: Work,
  {
    target: whole,
    parts,
    scope,
    environment,
    visible,
    where,
    action,
  }: Place & { readonly where: Expression | undefined; readonly action: RowAction },
): Promise<ExecutionResult> {
  const condition =
    where === undefined
      ? "true"
      : cast(environment.translate.expression(where, scope, environment), BOOLEAN).sql;
  const target = { ...whole, files: await filesThatMay(work, whole, where, { environment, parts }) };
  const { source, action: index } = PLACE_COLUMNS;
  const found = (rows: string) =>
    `SELECT CAST(NULL AS BIGINT) AS ${source}, 0 AS ${index}, t.* FROM ${rows} AS t WHERE ${condition}`;
  const rewritten = await rewrite(work, { target, found, visible, actions: [action] });
  const count = rewritten.counts.get(0) ?? 0n;
  if (count > 0n)
    await rewriteFiles(target.table, {
      base: target.base,
      remove: rewritten.touched.map(({ live }) => live),
      add: rewritten.added,
      cdc: rewritten.cdc,
      operation: action.change.toUpperCase(),
      operationParameters: { predicate: predicateText(work, where) },
      operationMetrics: rewriteMetrics(rewritten, {
        [action.change === "delete" ? "numDeletedRows" : "numUpdatedRows"]: count,
      }),
      ...provenance(work),
    });
  return table([["num_affected_rows", LONG]], [[String(count)]]);
}

/** The condition in the statement's own words, as JSON text. */
function predicateText({ input }: Work, where: Expression | undefined): string {
  return JSON.stringify(where === undefined ? [] : [input.text.slice(where.start, where.end)]);
}
