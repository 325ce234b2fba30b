import { printJson, rewriteFiles } from "@clone-xs/delta";
import type { Expression } from "@clone-xs/sql";
import { rowScope } from "../execution/statements/rows.ts";
import { provenance, type StatementOf } from "../execution/statements/statement.ts";
import { cast } from "../execution/translate/casts.ts";
import { raise } from "../execution/translate/raise.ts";
import { simple } from "../execution/translate/typed.ts";
import { BOOLEAN } from "../execution/types/types.ts";
import type { Work } from "../execution/work.ts";
import { ownColumns, PLACE_COLUMNS, type RowAction, SOURCE_TABLE } from "./changes.ts";
import { assign } from "./insert-columns.ts";
import { bytesOf, texts } from "./metrics.ts";
import { rewrite } from "./rewrite.ts";
import { refuseAppendOnly, rowTarget } from "./target.ts";
import { sightOf } from "./visible.ts";

type ReplaceWhere = StatementOf<"insert"> & { readonly replaceWhere: Expression };

/**
 * INSERT INTO … REPLACE WHERE: rows that meet the condition go, those of the query come, in one commit. Gives how many came. Throws
 * DELTA_REPLACE_WHERE_MISMATCH for one of them that does not meet the condition.
 */
export async function replaceRows(work: Work, statement: ReplaceWhere): Promise<bigint> {
  const target = await rowTarget(work, statement.target, "INSERT");
  const { base, parts } = target;
  refuseAppendOnly(base);
  const { replaceWhere } = statement;
  const { environment, visible } = await sightOf(work, statement);
  const query = environment.translate.query(statement.query, environment);
  const scope = rowScope(base.metadata.schema.fields, parts);
  const condition = cast(environment.translate.expression(replaceWhere, scope, environment), BOOLEAN).sql;
  const words = work.input.text.slice(replaceWhere.start, replaceWhere.end);
  const ids = new Map(query.columns.map((column) => [column.id, column]));
  const values = new Map(
    [...assign(statement, query, base, parts)].flatMap(([name, id]) => {
      const column = ids.get(id);
      return column === undefined ? [] : [[name, simple(`s.${id}`, column.type)] as const];
    }),
  );
  const inserted: RowAction = { change: "insert", values, holds: { condition, error: mismatch(words) } };
  const { source, file, row, action } = PLACE_COLUMNS;
  const own = ownColumns(base);
  const rewritten = await rewrite(work, {
    target,
    visible,
    source: `SELECT row_number() OVER () AS ${source}, q.* FROM (${query.sql}) AS q`,
    found: (rows) => {
      const gone = [`t.${file}`, `t.${row}`, `CAST(NULL AS BIGINT) AS ${source}`, `0 AS ${action}`];
      const come = ["NULL", "NULL", `s.${source}`, "1"];
      const olds = own.map(({ name }) => `t.${name}`);
      const nulls = own.map(({ type }) => `CAST(NULL AS ${type})`);
      return `SELECT ${[...gone, ...olds].join(", ")} FROM ${rows} AS t WHERE ${condition} UNION ALL SELECT ${[...come, ...nulls].join(", ")} FROM ${SOURCE_TABLE} AS s`;
    },
    actions: [{ change: "delete" }, inserted],
  });
  const { touched, added, counts, copied, masked } = rewritten;
  const rows = counts.get(1) ?? 0n;
  if (counts.size > 0)
    await rewriteFiles(target.table, {
      base,
      remove: touched.map(({ live }) => live),
      add: added,
      cdc: rewritten.cdc,
      ...(rewritten.schema && { schema: rewritten.schema }),
      operation: "WRITE",
      operationParameters: {
        mode: "Overwrite",
        partitionBy: printJson([...base.metadata.partitionColumns]),
        predicate: printJson([words]),
      },
      operationMetrics: texts({
        numFiles: added.length - masked.length,
        numOutputRows: rows,
        numOutputBytes: bytesOf(added) - bytesOf(masked),
        numRemovedFiles: touched.length - masked.length,
        numRemovedBytes: bytesOf(touched.map(({ live }) => live)) - bytesOf(masked),
        numDeletedRows: counts.get(0) ?? 0n,
        numCopiedRows: copied,
      }),
      ...provenance(work),
    });
  return rows;
}

function mismatch(words: string): string {
  return raise("DELTA_REPLACE_WHERE_MISMATCH", "44000", [
    `Written data does not conform to partial table overwrite condition or constraint '${words}'.`,
  ]);
}
