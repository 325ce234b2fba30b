import { fieldFacts } from "@clone-xs/delta";
import type { Expression } from "@clone-xs/sql";
import { blankEnvironment } from "../execution/catalog/blank.ts";
import { mentionedIn } from "../execution/catalog/walk.ts";
import { failure } from "../execution/errors.ts";
import { runPlain } from "../execution/run.ts";
import { rowScope } from "../execution/statements/rows.ts";
import { cast } from "../execution/translate/casts.ts";
import type { Environment } from "../execution/translate/environment.ts";
import { quoteName } from "../execution/translate/quote.ts";
import { duckType } from "../execution/types/duckdb.ts";
import { BOOLEAN } from "../execution/types/types.ts";
import type { Work } from "../execution/work.ts";
import { partitionLiteral } from "../tables/partition-values.ts";
import type { RowTarget, TargetFile } from "./target.ts";

/** In which words a condition speaks: what it may name, and how it names the table. */
interface Words {
  readonly environment?: Environment;
  readonly parts?: readonly string[];
}

/**
 * The files that may hold rows which meet the condition, by the parts of it that a partition decides alone: those joined by AND that name
 * no other columns, no tables, and no functions, which could answer otherwise for each row.
 */
export async function filesThatMay(
  work: Work,
  { base, files }: Pick<RowTarget, "base" | "files">,
  where: Expression | undefined,
  words: Words,
): Promise<readonly TargetFile[]> {
  const known = new Set(base.metadata.partitionColumns.map((name) => name.toLowerCase()));
  let kept = files;
  for (const part of where === undefined ? [] : conjuncts(where)) {
    const { columns, calls, tables } = mentionedIn(part);
    const isDecided = columns.every(({ parts }) => known.has(parts.at(-1)?.text.toLowerCase() ?? ""));
    if (isDecided && columns.length > 0 && calls.length === 0 && tables.length === 0)
      kept = await filesWhere(work, { base, files: kept }, part, words);
  }
  return kept;
}

function conjuncts(where: Expression): readonly Expression[] {
  if (!("operator" in where) || where.kind !== "binary" || where.operator !== "AND") return [where];
  return [...conjuncts(where.left), ...conjuncts(where.right)];
}

/** The files whose partition meets the condition; all without one. Throws where it names other columns than those of the partitioning. */
export async function filesWhere(
  work: Work,
  { base, files }: Pick<RowTarget, "base" | "files">,
  where: Expression | undefined,
  { environment = blankEnvironment(work, work.input.text), parts = ["t"] }: Words = {},
): Promise<readonly TargetFile[]> {
  if (where === undefined) return files;
  const { schema, partitionColumns } = base.metadata;
  const fields = schema.fields.filter((f) =>
    partitionColumns.some((p) => p.toLowerCase() === f.name.toLowerCase()),
  );
  refuseOtherColumns(where, partitionColumns);
  const scope = rowScope(fields, parts);
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
