import type { TableConstraint } from "@clone-xs/unity";
import type { TableRecord } from "../../metastore/metastore.ts";
import { checksOf } from "../statements/enforced.ts";
import { isUnreadable } from "../errors.ts";
import type { Work } from "../work.ts";
import { visibleTables } from "./tables.ts";
import type { RowMaker, ViewRow } from "./views.ts";

interface Constrained {
  readonly table: TableRecord;
  readonly constraint: TableConstraint;
}

function informational(work: Work, catalogs: readonly string[]): readonly Constrained[] {
  return visibleTables(work, catalogs).flatMap((table) =>
    table.constraints.map((constraint) => ({ table, constraint })),
  );
}

function names(table: TableRecord, constraint: string): ViewRow {
  return { constraint_catalog: table.catalog, constraint_schema: table.schema, constraint_name: constraint };
}

function tableNames(table: TableRecord): ViewRow {
  return { table_catalog: table.catalog, table_schema: table.schema, table_name: table.name };
}

const TYPES: Readonly<Record<TableConstraint["kind"], string>> = {
  primary_key: "PRIMARY KEY",
  foreign_key: "FOREIGN KEY",
};

export const constraintViews = {
  table_constraints: async (work, catalogs) => [
    ...informational(work, catalogs).map(({ table, constraint }) => ({
      ...names(table, constraint.name),
      ...tableNames(table),
      constraint_type: TYPES[constraint.kind],
      is_deferrable: "YES",
      initially_deferred: "YES",
      enforced: "NO",
    })),
    ...(await checks(work, catalogs)).map(({ table, name }) => ({
      ...names(table, name),
      ...tableNames(table),
      constraint_type: "CHECK",
      is_deferrable: "NO",
      initially_deferred: "NO",
      enforced: "YES",
    })),
  ],
  key_column_usage: (work, catalogs) =>
    informational(work, catalogs).flatMap(({ table, constraint }) =>
      constraint.columns.map((column, i) => ({
        ...names(table, constraint.name),
        ...tableNames(table),
        column_name: column,
        ordinal_position: i + 1,
        position_in_unique_constraint:
          constraint.kind === "foreign_key" ? positionInKey(work, constraint, i) : undefined,
      })),
    ),
  referential_constraints: (work, catalogs) =>
    informational(work, catalogs).flatMap(({ table, constraint }) => {
      if (constraint.kind !== "foreign_key") return [];
      const [catalog, schema] = constraint.parentTable.split(".");
      return [
        {
          ...names(table, constraint.name),
          unique_constraint_catalog: catalog,
          unique_constraint_schema: schema,
          unique_constraint_name: keyOf(work, constraint.parentTable)?.name,
          match_option: "FULL",
          update_rule: "NO ACTION",
          delete_rule: "NO ACTION",
        },
      ];
    }),
  constraint_table_usage: (work, catalogs) =>
    informational(work, catalogs).map(({ table, constraint }) => ({
      ...names(table, constraint.name),
      ...referenced(table, constraint),
    })),
  constraint_column_usage: (work, catalogs) =>
    informational(work, catalogs).flatMap(({ table, constraint }) => {
      const columns = constraint.kind === "foreign_key" ? constraint.parentColumns : constraint.columns;
      return columns.map((column) => ({
        ...names(table, constraint.name),
        ...referenced(table, constraint),
        column_name: column,
      }));
    }),
  check_constraints: async (work, catalogs) =>
    (await checks(work, catalogs)).map(({ table, name, text }) => ({
      ...names(table, name),
      check_clause: text,
    })),
} satisfies Record<string, RowMaker>;

/** The table whose key a constraint is about. */
function referenced(table: TableRecord, constraint: TableConstraint): ViewRow {
  if (constraint.kind === "primary_key") return tableNames(table);
  const [table_catalog, table_schema, table_name] = constraint.parentTable.split(".");
  return { table_catalog, table_schema, table_name };
}

function keyOf(work: Work, fullName: string): TableConstraint | undefined {
  const [catalog = "", schema = "", name = ""] = fullName.split(".");
  return work.context.metastore
    .table({ catalog, schema, name })
    ?.constraints.find((c) => c.kind === "primary_key");
}

function positionInKey(
  work: Work,
  constraint: Extract<TableConstraint, { kind: "foreign_key" }>,
  index: number,
): number {
  const column = constraint.parentColumns[index]?.toLowerCase();
  const key = keyOf(work, constraint.parentTable)?.columns ?? constraint.parentColumns;
  return key.findIndex((c) => c.toLowerCase() === column) + 1;
}

/** CHECK constraints, which are properties of Delta tables. */
async function checks(
  work: Work,
  catalogs: readonly string[],
): Promise<readonly { readonly table: TableRecord; readonly name: string; readonly text: string }[]> {
  const found = await Promise.all(
    visibleTables(work, catalogs).map(async (table) =>
      (await configuration(work, table)).map((check) => ({ table, ...check })),
    ),
  );
  return found.flat();
}

async function configuration(work: Work, table: TableRecord) {
  if (table.format !== "DELTA" || table.location === undefined) return [];
  try {
    return checksOf((await work.context.deltaTable(table.location).snapshot()).metadata.configuration);
  } catch (error) {
    if (isUnreadable(error)) return [];
    throw error;
  }
}
