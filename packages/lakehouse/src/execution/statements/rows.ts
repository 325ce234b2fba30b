import type { StructField, TableMetadata } from "@clone-xs/delta";
import { fieldFacts } from "@clone-xs/delta";
import { parseExpression } from "@clone-xs/sql";
import { blankEnvironment } from "../catalog/blank.ts";
import { cast } from "../translate/casts.ts";
import { EMPTY_SCOPE, type Environment, type Scope, type TranslatedQuery } from "../translate/environment.ts";
import { quoteName } from "../translate/quote.ts";
import { raise } from "../translate/raise.ts";
import { nullOf, simple, type Typed, typed } from "../translate/typed.ts";
import { duckType } from "../types/duckdb.ts";
import { BOOLEAN } from "../types/types.ts";
import type { Work } from "../work.ts";
import { enforced } from "./enforced.ts";
import { identityValues } from "./identity.ts";

/** Which column of a query goes into which column of the table; columns without an entry get their default. */
export type Assignment = ReadonlyMap<string, string>;

type Shape = Pick<TableMetadata, "schema" | "configuration">;

/**
 * A query's rows as rows of a table: cast to the columns' types, defaults and generated columns filled in, NOT NULL and CHECK enforced.
 * The result's columns are called as the table's. Keys of `assignment` are lower-case column names, values are ids of the query's columns.
 */
export function tableRows(
  work: Work,
  query: TranslatedQuery,
  metadata: Shape,
  assignment: Assignment,
): string {
  const stored = metadata.schema.fields.map((field) => ({
    field,
    value: storedValue(work, field, query, assignment),
  }));
  const plain = `SELECT ${stored.map(({ field, value }) => `${value.sql} AS ${quoteName(field.name)}`).join(", ")} FROM (${query.sql}) AS q`;
  const filled = generatedColumns(work, plain, metadata, assignment);
  return enforced(filled, metadata, (text) => cast(overRow(work, text, metadata), BOOLEAN).sql);
}

function storedValue(work: Work, field: StructField, query: TranslatedQuery, assignment: Assignment): Typed {
  const { identity, currentDefault } = fieldFacts(field);
  const id = assignment.get(field.name.toLowerCase());
  const column = query.columns.find((c) => c.id === id);
  if (column !== undefined) return cast(typed(`q.${column.id}`, column.type), field.type);
  if (identity !== undefined) return identityValues(field.name, identity);
  if (currentDefault !== undefined) return cast(constant(work, currentDefault), field.type);
  return typed(nullOf(field.type), field.type);
}

/** A default: an expression that names nothing. */
function constant(work: Work, text: string): Typed {
  const environment = blankEnvironment(work, text);
  return environment.translate.expression(parseExpression(text), EMPTY_SCOPE, environment);
}

function generatedColumns(work: Work, sql: string, metadata: Shape, assignment: Assignment): string {
  const { fields } = metadata.schema;
  if (!fields.some((f) => fieldFacts(f).generationExpression !== undefined)) return sql;
  const items = fields.map((field) => {
    const { generationExpression } = fieldFacts(field);
    if (generationExpression === undefined) return quoteName(field.name);
    const computed = cast(overRow(work, generationExpression, metadata), field.type).sql;
    if (!assignment.has(field.name.toLowerCase())) return `${computed} AS ${quoteName(field.name)}`;
    const error = raise("DELTA_VIOLATE_CONSTRAINT_WITH_VALUES", "23001", [
      `CHECK constraint Generated Column (\`${field.name}\` <=> ${generationExpression}) violated by row.`,
    ]);
    return `CASE WHEN ${quoteName(field.name)} IS NOT DISTINCT FROM ${computed} THEN ${quoteName(field.name)} ELSE ${error} END AS ${quoteName(field.name)}`;
  });
  return `SELECT ${items.join(", ")} FROM (${sql}) AS t`;
}

/** An expression of the table's own columns, in DuckDB's words over a relation called `t`. */
export function overRow(work: Work, text: string, { schema }: Pick<TableMetadata, "schema">): Typed {
  const environment: Environment = blankEnvironment(work, text);
  return environment.translate.expression(parseExpression(text), rowScope(schema.fields), environment);
}

export function rowScope(
  fields: readonly StructField[],
  parts: readonly string[] = ["t"],
  relation = "t",
): Scope {
  const columns = fields
    .filter((f) => duckType(f.type) !== undefined)
    .map((f) => ({ name: f.name, value: simple(`${relation}.${quoteName(f.name)}`, f.type) }));
  return { ...EMPTY_SCOPE, relations: [{ parts, columns }] };
}
