import type { ObjectName, Statement } from "@clone-xs/unity";
import { clauses, id, join, type SqlFragment, sql, statement, unsafeText } from "../tag/index.ts";

export interface PrimaryKeyRequest {
  readonly name: string;
  readonly columns: readonly string[];
  /** Key columns that hold the time of a time series; a subset of `columns`. */
  readonly timeseries?: readonly string[];
  /** Lets the optimizer rely on it. */
  readonly rely?: boolean;
}

/** ``ALTER TABLE t ADD CONSTRAINT `pk` PRIMARY KEY (`a`, `at` TIMESERIES) RELY``. The columns must be NOT NULL. */
export function addPrimaryKey(table: ObjectName, key: PrimaryKeyRequest): Statement {
  const { name, columns, timeseries = [], rely } = key;
  const items = columns.map((column) => clauses(id(column), timeseries.includes(column) && sql`TIMESERIES`));
  return added(table, name, clauses(sql`PRIMARY KEY (${join(items)})`, rely && sql`RELY`));
}

export interface ForeignKeyRequest {
  readonly name: string;
  readonly columns: readonly string[];
  readonly parent: ObjectName;
  readonly parentColumns: readonly string[];
  readonly rely?: boolean;
}

/** ``ALTER TABLE t ADD CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `c`.`s`.`p` (`b`)``. The parent's primary key must be there. */
export function addForeignKey(table: ObjectName, key: ForeignKeyRequest): Statement {
  const { name, columns, parent, parentColumns, rely } = key;
  const references = sql`REFERENCES ${id(parent)} (${names(parentColumns)})`;
  return added(table, name, clauses(sql`FOREIGN KEY (${names(columns)})`, references, rely && sql`RELY`));
}

/** `ALTER TABLE t ADD CONSTRAINT c CHECK (…)`; the condition is SQL already and goes in as typed. */
export function addCheck(table: ObjectName, name: string, condition: string): Statement {
  // A line comment in the condition must end before the parenthesis.
  const text = condition.includes("--") ? `${condition}\n` : condition;
  return added(table, name, sql`CHECK (${unsafeText(text)})`);
}

/** Drops a constraint of any kind; a primary key with `cascade` takes the foreign keys that refer to it along. */
export function dropConstraint(
  table: ObjectName,
  name: string,
  options: { readonly ifExists?: boolean; readonly cascade?: boolean } = {},
): Statement {
  return statement(
    "alter",
    clauses(
      sql`ALTER TABLE ${id(table)} DROP CONSTRAINT`,
      options.ifExists && sql`IF EXISTS`,
      id(name),
      options.cascade && sql`CASCADE`,
    ),
  );
}

function added(table: ObjectName, name: string, constraint: SqlFragment): Statement {
  return statement("alter", sql`ALTER TABLE ${id(table)} ADD CONSTRAINT ${id(name)} ${constraint}`);
}

function names(columns: readonly string[]): SqlFragment {
  return join(columns.map((column) => id(column)));
}
