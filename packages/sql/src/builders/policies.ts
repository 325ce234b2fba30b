import type { ObjectName, Statement } from "@clone-xs/unity";
import { clauses, id, join, sql, statement } from "../tag/index.ts";

export interface MaskRequest {
  readonly table: ObjectName;
  readonly column: string;
  readonly function: ObjectName;
  /** Further columns whose values the function takes after the masked one. */
  readonly usingColumns?: readonly string[];
}

/** ``ALTER TABLE t ALTER COLUMN `c` SET MASK `c`.`s`.`f` USING COLUMNS (`a`, `b`)``; replaces a mask that is there. */
export function setMask({ table, column, function: mask, usingColumns = [] }: MaskRequest): Statement {
  const using = join(usingColumns.map((name) => id(name)));
  return statement(
    "alter",
    clauses(
      sql`ALTER TABLE ${id(table)} ALTER COLUMN ${id(column)} SET MASK ${id(mask)}`,
      usingColumns.length > 0 && sql`USING COLUMNS (${using})`,
    ),
  );
}

export function dropMask(table: ObjectName, column: string): Statement {
  return statement("alter", sql`ALTER TABLE ${id(table)} ALTER COLUMN ${id(column)} DROP MASK`);
}

export interface RowFilterRequest {
  readonly table: ObjectName;
  readonly function: ObjectName;
  /** Columns whose values the function takes, in order; none are allowed. */
  readonly columns: readonly string[];
}

/** ``ALTER TABLE t SET ROW FILTER `c`.`s`.`f` ON (`a`)``; replaces a filter that is there. */
export function setRowFilter({ table, function: filter, columns }: RowFilterRequest): Statement {
  const on = join(columns.map((name) => id(name)));
  return statement("alter", sql`ALTER TABLE ${id(table)} SET ROW FILTER ${id(filter)} ON (${on})`);
}

export function dropRowFilter(table: ObjectName): Statement {
  return statement("alter", sql`ALTER TABLE ${id(table)} DROP ROW FILTER`);
}
