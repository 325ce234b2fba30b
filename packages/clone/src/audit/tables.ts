import {
  type Cell,
  createCatalog,
  createSchema,
  id,
  insertValues,
  join,
  lit,
  sql,
  type SqlFragment,
  statement,
} from "@clone-xs/sql";
import type { ObjectName, Statement } from "@clone-xs/unity";
import type { AuditNames } from "../run/settings.ts";

type ColumnType = "text" | "moment" | "count" | "number" | "flag";

/** A row as it is kept: moments as ISO 8601 text, counts as numbers or decimal text. */
export type AuditRow = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditTable {
  readonly name: ObjectName;
  readonly comment: string;
  readonly columns: readonly (readonly [name: string, type: ColumnType])[];
}

const KINDS = ["tables", "views", "functions", "volumes"] as const;
const ENDS = ["success", "failed", "skipped"] as const;

/** A row for each run, and for each target of a run that has several. */
export function runTable({ catalog, logSchema: schema, runTable: name }: AuditNames): AuditTable {
  return {
    name: { catalog, schema, name },
    comment: "Runs of Clone-Xs: a row for each, and for each target of a run with several",
    columns: [
      ["clone_id", "text"],
      ["timestamp", "moment"],
      ["mode", "text"],
      ["target", "text"],
      ["source_catalog", "text"],
      ["destination_catalog", "text"],
      ["clone_type", "text"],
      ["load_type", "text"],
      ["dry_run", "flag"],
      ["schemas_processed", "count"],
      ...KINDS.flatMap((kind) => ENDS.map((end) => [`${kind}_${end}`, "count"] as const)),
      ["total_errors", "count"],
      ["error_details", "text"],
      ["status", "text"],
      ["duration_seconds", "number"],
      ["bytes_copied", "count"],
      ["files_copied", "count"],
      ["user_name", "text"],
      ["host", "text"],
    ],
  };
}

/** A row for each table that a run cloned or failed to clone. */
export function metricsTable({ catalog, metricsSchema: schema, metricsTable: name }: AuditNames): AuditTable {
  return {
    name: { catalog, schema, name },
    comment: "Tables cloned by Clone-Xs: a row for each table and run, with the counters of its CLONE",
    columns: [
      ["clone_id", "text"],
      ["timestamp", "moment"],
      ["source_table", "text"],
      ["target_table", "text"],
      ["source_format", "text"],
      ["clone_type", "text"],
      ["reason", "text"],
      ["source_version", "count"],
      ["target_version", "count"],
      ["status", "text"],
      ["duration_seconds", "number"],
      ["source_table_size", "count"],
      ["source_num_of_files", "count"],
      ["num_removed_files", "count"],
      ["num_copied_files", "count"],
      ["removed_files_size", "count"],
      ["copied_files_size", "count"],
    ],
  };
}

const TYPES: Readonly<Record<ColumnType, SqlFragment>> = {
  text: sql`STRING`,
  moment: sql`TIMESTAMP`,
  count: sql`BIGINT`,
  number: sql`DOUBLE`,
  flag: sql`BOOLEAN`,
};

/** What makes a table where it, its schema or its catalog may not be there. */
export function makeSchema({ name: { catalog, schema } }: AuditTable): Statement {
  return createSchema({ catalog, schema, ifNotExists: true });
}

export function makeCatalog({ name: { catalog } }: AuditTable): Statement {
  return createCatalog({ catalog, ifNotExists: true });
}

export function makeTable({ name, comment, columns }: AuditTable): Statement {
  const defined = columns.map(([column, type]) => sql`${id(column)} ${TYPES[type]}`);
  return statement(
    "create",
    sql`CREATE TABLE IF NOT EXISTS ${id(name)} (${join(defined)}) COMMENT ${lit(comment)}`,
  );
}

/** Bytes of one statement's text: below the 4 MiB that a warehouse is sure to take. */
const STATEMENT_BYTES = 3 * 2 ** 20;

/** What a run has cloned as far as a table of metrics tells: the name of each target table and when, in epoch milliseconds. */
export function clonedAlready({ name }: AuditTable, run: string): Statement {
  const columns = sql`${id("target_table")}, unix_millis(${id("timestamp")})`;
  return statement("select", sql`SELECT ${columns} FROM ${id(name)} WHERE ${id("clone_id")} = ${lit(run)}`);
}

/** The rows of a run, or those of one of its targets and of the run as a whole. */
interface EarlierRows {
  readonly run: string;
  readonly target?: string;
}

/** Takes rows out again. */
export function deleteRows({ name }: AuditTable, { run, target }: EarlierRows): Statement {
  const ofTarget =
    target === undefined ? sql`` : sql` AND (${id("target")} = ${lit(target)} OR ${id("target")} IS NULL)`;
  const text = sql`DELETE FROM ${id(name)} WHERE ${id("clone_id")} = ${lit(run)}${ofTarget}`;
  return statement("write", text);
}

export interface Insert {
  readonly statement: Statement;
  /** Columns by which one of its rows is found again. */
  readonly first: Readonly<Record<string, string>>;
}

/** As few INSERTs as the size of their text allows. */
export function insertsOf(table: AuditTable, rows: readonly AuditRow[]): readonly Insert[] {
  const columns = table.columns.map(([name]) => name);
  const cells = (row: AuditRow) => table.columns.map(([name, type]) => cellOf(row[name] ?? null, type));
  const insert = (some: readonly AuditRow[]) =>
    insertValues({ table: table.name, columns, rows: some.map(cells) });
  const groups: AuditRow[][] = [];
  let room = 0;
  for (const row of rows) {
    const bytes = Buffer.byteLength(insert([row]).text);
    if (bytes > room) {
      groups.push([]);
      room = STATEMENT_BYTES;
    }
    groups.at(-1)?.push(row);
    room -= bytes;
  }
  return groups.map((some) => ({ statement: insert(some), first: keyOf(some[0] ?? {}) }));
}

function keyOf(row: AuditRow): Insert["first"] {
  const keys = ["clone_id", "target", "target_table"] as const;
  return Object.fromEntries(keys.flatMap((key) => (row[key] ? [[key, String(row[key])]] : [])));
}

function cellOf(value: string | number | boolean | null, type: ColumnType): Cell {
  if (value === null) return null;
  if (type === "moment") return sql`TIMESTAMP ${lit(String(value))}`;
  if (type === "count") return BigInt(value);
  return type === "number" ? sql`CAST(${lit(String(value))} AS DOUBLE)` : value;
}
