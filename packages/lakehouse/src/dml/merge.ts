import { rewriteFiles } from "@clone-xs/delta";
import type { Merge } from "@clone-xs/sql";
import type { ExecutionResult } from "../execution/execution.ts";
import { rowScope } from "../execution/statements/rows.ts";
import { provenance } from "../execution/statements/statement.ts";
import { cast } from "../execution/translate/casts.ts";
import { EMPTY_SCOPE, type Environment, type Scope } from "../execution/translate/environment.ts";
import { relationList } from "../execution/translate/relations.ts";
import { quoteName } from "../execution/translate/quote.ts";
import { simple } from "../execution/translate/typed.ts";
import { BOOLEAN, LONG } from "../execution/types/types.ts";
import { table, type Work } from "../execution/work.ts";
import { firstAction, ownColumns, PLACE_COLUMNS, SOURCE_TABLE } from "./changes.ts";
import { evolved } from "./evolve.ts";
import { broughtColumns, type MergeStep, mergeSteps } from "./merge-actions.ts";
import { mergeMetrics, mergeParameters, rowsOfMerge } from "./metrics.ts";
import { rewrite } from "./rewrite.ts";
import { sightOf } from "./visible.ts";
import { refuseAppendOnly, rowTarget, type RowTarget } from "./target.ts";

/** MERGE INTO; one commit, none when neither rows nor columns change. */
export async function mergeInto(work: Work, statement: Merge): Promise<ExecutionResult> {
  const found = await rowTarget(work, statement.target, "MERGE");
  const { steps, source, condition, visible, target, definition } = await translated(work, statement, found);
  if (steps.some(({ action }) => action.change !== "insert")) refuseAppendOnly(target.base);
  const matched = steps.filter(({ when }) => when === "MATCHED");
  const rewritten = await rewrite(work, {
    target,
    source,
    visible,
    found: (rows) => foundRows(rows, { steps, condition, columns: ownColumns(target.base) }),
    actions: steps.map(({ action }) => action),
    mayRepeat:
      matched.length === 1 && matched[0]?.condition === undefined && matched[0]?.action.change === "delete",
  });
  const rows = rowsOfMerge(steps, rewritten.counts);
  if (rewritten.counts.size > 0 || definition !== undefined)
    await rewriteFiles(target.table, {
      base: found.base,
      remove: rewritten.touched.map(({ live }) => live),
      add: rewritten.added,
      cdc: rewritten.cdc,
      ...(rewritten.schema && { schema: rewritten.schema }),
      ...(definition && { definition }),
      operation: "MERGE",
      operationParameters: mergeParameters(work.input.text, statement),
      operationMetrics: mergeMetrics(rewritten, rows),
      ...provenance(work),
    });
  const { updated, deleted, inserted } = rows;
  return table(
    ["num_affected_rows", "num_updated_rows", "num_deleted_rows", "num_inserted_rows"].map(
      (name) => [name, LONG] as const,
    ),
    [[updated + deleted + inserted, updated, deleted, inserted].map(String)],
  );
}

async function translated(work: Work, statement: Merge, target: RowTarget) {
  const { environment, visible } = await sightOf(work, statement);
  const { fields } = target.base.metadata.schema;
  const parts = statement.alias === undefined ? target.parts : [statement.alias.text];
  const targetScope = rowScope(fields, parts);
  const { sql, scope: sourceScope } = sourceRows(statement, environment);
  const both: Scope = {
    ...EMPTY_SCOPE,
    relations: [...targetScope.relations, ...sourceScope.relations],
  };
  const scopes = { both, source: sourceScope, target: targetScope };
  const { base, definition } = statement.schemaEvolution
    ? evolved(
        work,
        target.base,
        broughtColumns(statement, { schema: target.base.metadata.schema, parts }, sourceScope),
      )
    : { base: target.base };
  const { schema } = base.metadata;
  return {
    visible,
    target: { ...target, base },
    definition,
    source: sql,
    condition: cast(environment.translate.expression(statement.on, both, environment), BOOLEAN).sql,
    steps: mergeSteps(statement, { schema, parts }, scopes, environment),
  };
}

/** The source numbered, and its columns as they are called in the table that keeps it. */
function sourceRows(
  { source }: Merge,
  environment: Environment,
): { readonly sql: string; readonly scope: Scope } {
  const from = relationList([source], environment, undefined);
  const items: string[] = [];
  const relations = from.scope.relations.map((relation) => ({
    parts: relation.parts,
    columns: relation.columns.map(({ name, value }) => {
      const id = `s${items.length}`;
      items.push(`${value.sql} AS ${id}`);
      return { name, value: simple(`s.${id}`, value.type) };
    }),
  }));
  const number = `row_number() OVER () AS ${PLACE_COLUMNS.source}`;
  return {
    sql: `SELECT ${[number, ...items].join(", ")} FROM ${from.sql}`,
    scope: { ...EMPTY_SCOPE, relations },
  };
}

interface Finding {
  readonly steps: readonly MergeStep[];
  readonly condition: string;
  readonly columns: ReturnType<typeof ownColumns>;
}

/** Places of rows that matched, under names of their own: qualified ones could mean fields of a column that is called as the alias. */
const MATCH = {
  source: quoteName("\u0001match source"),
  file: quoteName("\u0001match file"),
  row: quoteName("\u0001match row"),
} as const;

/** Pairs that match, source rows without a match, target rows without one: each with its first clause that applies. */
function foundRows(rows: string, { steps, condition, columns }: Finding): string {
  const { file, row, source, action } = PLACE_COLUMNS;
  const chosen = (when: MergeStep["when"]) =>
    firstAction(steps.flatMap((step, index) => (step.when === when ? [{ ...step, index }] : [])));
  const own = columns.map(({ name }) => `t.${name}`);
  const none = columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${name}`);
  const names = [file, row, source, action, ...columns.map(({ name }) => name)].join(", ");
  const matched = `matched AS MATERIALIZED (SELECT ${[`t.${file}`, `t.${row}`, `s.${source}`, `${chosen("MATCHED")} AS ${action}`, ...own].join(", ")} FROM ${rows} AS t JOIN ${SOURCE_TABLE} AS s ON ${condition})`;
  const parts = [
    `SELECT ${names} FROM matched`,
    ...(steps.some(({ when }) => when === "NOT MATCHED")
      ? [
          `SELECT ${["NULL", "NULL", `s.${source}`, chosen("NOT MATCHED"), ...none].join(", ")} FROM ${SOURCE_TABLE} AS s ANTI JOIN (SELECT ${source} AS ${MATCH.source} FROM matched) ON ${MATCH.source} = ${source}`,
        ]
      : []),
    ...(steps.some(({ when }) => when === "NOT MATCHED BY SOURCE")
      ? [
          `SELECT ${[`t.${file}`, `t.${row}`, "NULL", chosen("NOT MATCHED BY SOURCE"), ...own].join(", ")} FROM ${rows} AS t ANTI JOIN (SELECT ${file} AS ${MATCH.file}, ${row} AS ${MATCH.row} FROM matched) ON ${MATCH.file} = ${file} AND ${MATCH.row} = ${row}`,
        ]
      : []),
  ];
  return `WITH ${matched} SELECT * FROM (${parts.join(" UNION ALL ")}) WHERE ${action} IS NOT NULL`;
}
