import { fieldFacts, type StructField, type TableMetadata, walkFields } from "@clone-xs/delta";
import { parseExpression } from "@clone-xs/sql";
import { mentionedIn } from "../catalog/walk.ts";
import { quoteName, quoteText } from "../translate/quote.ts";
import { raise } from "../translate/raise.ts";
import { declaredType } from "../types/text.ts";
import type { StructType } from "../types/types.ts";
import { textLimits } from "./declared-text.ts";

type Shape = Pick<TableMetadata, "schema" | "configuration">;

/** What must hold of every row, over a relation called `t`, and DuckDB's text of the error where it does not. */
interface Rule {
  readonly holds: string;
  readonly error: string;
}

/**
 * A query over the same rows that stops at the first one a rule of the table refuses: NOT NULL, also of fields in structs, CHECK, the
 * invariants that older writers left in the schema, and the length of CHAR and VARCHAR. NULL in a CHECK refuses too. `overRow` gives the
 * DuckDB text of a condition over `t`.
 */
export function enforced(sql: string, metadata: Shape, overRow: (condition: string) => string): string {
  const { fields } = metadata.schema;
  const rules = [
    ...notNulls(fields),
    ...fields.flatMap(limits),
    ...conditions(metadata).map((condition) => checkRule(metadata, condition, overRow)),
  ];
  if (rules.length === 0) return sql;
  const where = rules.map(({ holds, error }) => `CASE WHEN ${holds} THEN true ELSE ${error} END`);
  return `SELECT * FROM (${sql}) AS t WHERE ${where.join(" AND ")}`;
}

/** A field in a struct that is NULL as a whole is not missing. */
function notNulls(
  fields: readonly StructField[],
  parent?: { readonly sql: string; readonly path: string },
): readonly Rule[] {
  return fields.flatMap((field): readonly Rule[] => {
    const sql =
      parent === undefined
        ? `t.${quoteName(field.name)}`
        : `struct_extract(${parent.sql}, ${quoteText(field.name)})`;
    const path = parent === undefined ? field.name : `${parent.path}.${field.name}`;
    const error = raise("DELTA_NOT_NULL_CONSTRAINT_VIOLATED", "23502", [
      `NOT NULL constraint violated for column: ${path}.`,
    ]);
    const holds = `${parent === undefined ? "" : `${parent.sql} IS NULL OR `}${sql} IS NOT NULL`;
    const own = field.nullable ? [] : [{ holds, error }];
    return field.type.kind === "struct" ? [...own, ...notNulls(field.type.fields, { sql, path })] : own;
  });
}

function limits(field: StructField): readonly Rule[] {
  const declared = declaredType(field);
  if (declared === undefined) return [];
  return textLimits(declared, { sql: `t.${quoteName(field.name)}`, path: field.name }).map(
    ({ sql, path, limit, holds }) => ({
      holds,
      error: raise("DELTA_EXCEED_CHAR_VARCHAR_LIMIT", "22001", [
        'Value "',
        { sql: `CAST(${sql} AS VARCHAR)` },
        `" exceeds char/varchar type length limitation. Failed check: (isnull(${path}) OR (length(${path}) <= ${limit})).`,
      ]),
    }),
  );
}

interface Condition {
  readonly name: string;
  readonly text: string;
}

const CHECK = "delta.constraints.";

/** CHECK constraints of a table, from its properties. */
export function checksOf(configuration: Readonly<Record<string, string>>): readonly Condition[] {
  return Object.entries(configuration).flatMap(([key, text]) =>
    key.startsWith(CHECK) ? [{ name: key.slice(CHECK.length), text }] : [],
  );
}

function conditions({ schema, configuration }: Shape): readonly Condition[] {
  return [...checksOf(configuration), ...invariantsOf(schema)];
}

/** Conditions in the metadata of fields, as writers of protocol version 2 kept them. Protocol: "Column Invariants". */
function invariantsOf(schema: StructType): readonly Condition[] {
  return [...walkFields(schema)].flatMap(({ field }) => {
    const { invariant: text } = fieldFacts(field);
    return text === undefined ? [] : [{ name: `EXPRESSION(${text})`, text }];
  });
}

function checkRule(metadata: Shape, { name, text }: Condition, overRow: (condition: string) => string): Rule {
  const values = valuesOf(text, metadata.schema).flatMap(({ name: column }) => [
    `\n - ${column} : `,
    { sql: `CAST(t.${quoteName(column)} AS VARCHAR)` },
  ]);
  return {
    holds: `coalesce(${overRow(text)}, false)`,
    error: raise("DELTA_VIOLATE_CONSTRAINT_WITH_VALUES", "23001", [
      `CHECK constraint ${name} (${text}) violated by row with values:`,
      ...values,
    ]),
  };
}

/** The columns that a condition names. */
function valuesOf(text: string, { fields }: StructType): readonly StructField[] {
  const named = new Set(
    mentionedIn(parseExpression(text)).columns.flatMap(
      ({ parts: [first] }) => first?.text.toLowerCase() ?? [],
    ),
  );
  return fields.filter(({ name }) => named.has(name.toLowerCase()));
}
