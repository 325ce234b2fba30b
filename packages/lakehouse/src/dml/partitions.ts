import { fieldFacts } from "@clone-xs/delta";
import type { Expression } from "@clone-xs/sql";
import { blankEnvironment } from "../execution/catalog/blank.ts";
import { mentionedIn } from "../execution/catalog/walk.ts";
import { failure } from "../execution/errors.ts";
import { runPlain } from "../execution/run.ts";
import { rowScope } from "../execution/statements/rows.ts";
import { cast } from "../execution/translate/casts.ts";
import { quoteName } from "../execution/translate/quote.ts";
import { duckType } from "../execution/types/duckdb.ts";
import { BOOLEAN } from "../execution/types/types.ts";
import type { Work } from "../execution/work.ts";
import { partitionLiteral } from "../tables/partition-values.ts";
import type { RowTarget, TargetFile } from "./target.ts";

/** The files whose partition meets the condition; all without one. Throws where it names other columns than those of the partitioning. */
export async function filesWhere(
  work: Work,
  { base, files }: RowTarget,
  where: Expression | undefined,
): Promise<readonly TargetFile[]> {
  if (where === undefined) return files;
  const { schema, partitionColumns } = base.metadata;
  const fields = schema.fields.filter((f) =>
    partitionColumns.some((p) => p.toLowerCase() === f.name.toLowerCase()),
  );
  refuseOtherColumns(where, partitionColumns);
  const environment = blankEnvironment(work, work.input.text);
  const scope = rowScope(fields);
  const condition = cast(environment.translate.expression(where, scope, environment), BOOLEAN).sql;
  if (files.length === 0) return files;
  const row = ({ read }: TargetFile, i: number) => {
    const values = fields.map((field) => {
      const value = read.partitionValues[fieldFacts(field).physicalName] ?? null;
      return `CAST(${partitionLiteral(field.type, value)} AS ${duckType(field.type)})`;
    });
    return `(${[i, ...values].join(", ")})`;
  };
  const names = [quoteName("\u0001file"), ...fields.map(({ name }) => quoteName(name))];
  const { rows } = await runPlain(
    work,
    `SELECT CAST(t.${names[0]} AS VARCHAR) FROM (VALUES ${files.map(row).join(", ")}) AS t(${names.join(", ")}) WHERE ${condition}`,
  );
  const kept = new Set(rows.map(([i]) => Number(i)));
  return files.filter((_, i) => kept.has(i));
}

function refuseOtherColumns(where: Expression, partitionColumns: readonly string[]): void {
  const known = new Set(partitionColumns.map((name) => name.toLowerCase()));
  for (const { parts } of mentionedIn(where).columns) {
    const named = parts.at(-1)?.text ?? "";
    if (!known.has(named.toLowerCase()))
      throw failure(
        "DELTA_NON_PARTITION_COLUMN_REFERENCE",
        "42P10",
        `Predicate references non-partition column '${named}'. Only the partition columns may be referenced: [${partitionColumns.join(", ")}].`,
      );
  }
}
