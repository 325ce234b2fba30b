import { parseStatement, showCreateTable, type Span, SqlError } from "@clone-xs/sql";
import { fullName, type Statements, type Table } from "@clone-xs/unity";
import { failureOf } from "./failure.ts";
import type { FingerprintOptions } from "./fingerprints.ts";
import { inParallel } from "./in-parallel.ts";
import { type Failure, localKey } from "./inventory.ts";

export type DefinitionRead =
  | { readonly ok: true; readonly definition: TableDefinition }
  | { readonly ok: false; readonly failure: Failure };

/** What a table is beside its rows and properties: all that CREATE TABLE takes. Expressions are SQL text, as the workspace writes them. */
export interface TableDefinition {
  readonly columns: readonly DefinedColumn[];
  readonly partitionedBy: readonly string[];
  /** Parts of each clustering column's name. */
  readonly clusterBy: readonly (readonly string[])[] | "auto";
  readonly checks: readonly { readonly name: string; readonly condition: string }[];
}

export interface DefinedColumn {
  readonly name: string;
  readonly typeText: string;
  readonly nullable: boolean;
  readonly comment: string | null;
  readonly default: string | null;
  readonly generated: string | null;
  /** 64-bit numbers as decimal text. */
  readonly identity: { readonly always: boolean; readonly start: string; readonly step: string } | null;
}

/** The definitions of tables, by `localKey`: one SHOW CREATE TABLE each, the only place where defaults, generated and identity columns stand. */
export async function readDefinitions(
  statements: Statements,
  tables: readonly Table[],
  { parallel, signal }: FingerprintOptions,
): Promise<Readonly<Record<string, DefinitionRead>>> {
  const reads = await inParallel(
    tables,
    parallel,
    async (table): Promise<[string, DefinitionRead]> => [
      localKey(table),
      await readDefinition(statements, table, signal),
    ],
  );
  return Object.fromEntries(reads);
}

async function readDefinition(
  statements: Statements,
  table: Table,
  signal: AbortSignal | undefined,
): Promise<DefinitionRead> {
  const attempted = `The definition of ${fullName(table)} could not be read`;
  try {
    const { rows } = await statements.execute(showCreateTable(table), signal ? { signal } : {});
    return { ok: true, definition: definitionOf(rows[0]?.[0] ?? "", table.properties) };
  } catch (error) {
    if (error instanceof SqlError)
      return { ok: false, failure: { code: error.code, message: `${attempted}: ${error.message}` } };
    return { ok: false, failure: failureOf(error, attempted) };
  }
}

/** Reads what SHOW CREATE TABLE answers. Throws SqlError for what is no CREATE TABLE with columns. */
export function definitionOf(
  text: string,
  properties: Readonly<Record<string, string>> = {},
): TableDefinition {
  const statement = parseStatement(text);
  if (statement.kind !== "createTable" || statement.columns.length === 0)
    throw new SqlError("INVALID_VALUE", "SHOW CREATE TABLE did not answer with the columns of a table.");
  const slice = (span: Span | undefined) => (span === undefined ? null : text.slice(span.start, span.end));
  const stated = statement.constraints.flatMap((constraint, i) =>
    constraint.kind === "check"
      ? [{ name: constraint.name?.text ?? `check_${i + 1}`, condition: slice(constraint.condition) ?? "" }]
      : [],
  );
  return {
    columns: statement.columns.map((column) => ({
      name: column.name.text,
      typeText: text.slice(column.type.start, column.type.end),
      nullable: column.nullable,
      comment: column.comment ?? null,
      default: slice(column.default),
      generated: slice(column.generated),
      identity: column.identity
        ? {
            always: column.identity.always,
            start: `${column.identity.start}`,
            step: `${column.identity.step}`,
          }
        : null,
    })),
    partitionedBy: statement.partitionedBy.map(({ text: name }) => name),
    clusterBy: statement.clusterByAuto
      ? "auto"
      : statement.clusterBy.map(({ parts }) => parts.map(({ text: part }) => part)),
    checks: distinct([...stated, ...checksAmong(properties)]),
  };
}

const CHECK = "delta.constraints.";

/** Delta keeps CHECK constraints among the properties. */
function checksAmong(properties: Readonly<Record<string, string>>): TableDefinition["checks"] {
  return Object.entries(properties)
    .filter(([key]) => key.startsWith(CHECK))
    .map(([key, condition]) => ({ name: key.slice(CHECK.length), condition }));
}

function distinct(checks: TableDefinition["checks"]): TableDefinition["checks"] {
  return [...new Map(checks.map((check) => [check.name.toLowerCase(), check])).values()];
}
