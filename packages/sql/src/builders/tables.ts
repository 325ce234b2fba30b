import type { ObjectName, Statement } from "@clone-xs/unity";
import { SqlError } from "../errors.ts";
import {
  clauses,
  id,
  join,
  lit,
  type LiteralValue,
  type SqlFragment,
  sql,
  statement,
  unsafeText,
} from "../tag/index.ts";
import { create, type Existence, keyList, mapClause, type TextMap } from "./clauses.ts";

/** A table by its name, or by the path where its files lie. */
export type TableSource =
  | ObjectName
  | { readonly format: "delta" | "parquet" | "iceberg"; readonly path: string };

/** A moment of a table: a version, or a timestamp as Databricks reads it (`2026-01-31 12:00:00`). */
export type AsOf = { readonly version: bigint | number } | { readonly timestamp: string };

export interface CloneTableRequest extends Existence {
  readonly target: ObjectName;
  readonly source: TableSource;
  readonly asOf?: AsOf;
  readonly shallow?: boolean;
  /** Override those of the source. */
  readonly tblProperties?: TextMap;
  /** Makes the target external. */
  readonly location?: string;
}

/**
 * `CREATE OR REPLACE TABLE t DEEP CLONE s VERSION AS OF 7 TBLPROPERTIES ('k' = 'v')`, always on one line.
 * Databricks puts IF NOT EXISTS and OR REPLACE against each other: with both set, `replace` wins.
 */
export function cloneTable(request: CloneTableRequest): Statement {
  return statement(
    "clone",
    clauses(
      create(sql`TABLE`, id(request.target), request),
      request.shallow ? sql`SHALLOW CLONE` : sql`DEEP CLONE`,
      tableSource(request.source),
      request.asOf && asOfClause(request.asOf),
      mapClause(sql`TBLPROPERTIES`, request.tblProperties),
      request.location !== undefined && sql`LOCATION ${lit(request.location)}`,
    ),
  );
}

export function setTableProperties(
  table: ObjectName,
  properties: TextMap,
  type: "table" | "view" = "table",
): Statement {
  const clause = mapClause(sql`TBLPROPERTIES`, properties);
  if (!clause) throw new SqlError("INVALID_VALUE", "SET TBLPROPERTIES needs at least one property.");
  return statement("alter", sql`${alter(type, table)} SET ${clause}`);
}

export function unsetTableProperties(
  table: ObjectName,
  keys: readonly string[],
  type: "table" | "view" = "table",
): Statement {
  return statement("alter", sql`${alter(type, table)} UNSET TBLPROPERTIES IF EXISTS ${keyList(keys)}`);
}

/** ``RESTORE TABLE t TO VERSION AS OF 7``. Source: RESTORE in the Databricks SQL reference. */
export function restoreTable(table: ObjectName, version: bigint): Statement {
  return statement("write", sql`RESTORE TABLE ${id(table)} TO VERSION AS OF ${lit(version)}`);
}

export function selectCount(table: TableSource, asOf?: AsOf): Statement {
  return statement(
    "select",
    clauses(sql`SELECT count(*) FROM`, tableSource(table), asOf && asOfClause(asOf)),
  );
}

/** One number: the rows in which each of the columns has the text given. */
export function countWhere(table: ObjectName, columns: TextMap): Statement {
  const conditions = Object.entries(columns).map(([column, text]) => sql`${id(column)} = ${lit(text)}`);
  if (conditions.length === 0) throw new SqlError("INVALID_VALUE", "No column to look for.");
  return statement("select", sql`SELECT count(*) FROM ${id(table)} WHERE ${join(conditions, " AND ")}`);
}

/**
 * The data files that a table's rows lie in, one row each: of a format without a log nothing else shows what has changed.
 * A file without rows is not among them. Source: "File metadata column" in the Databricks documentation.
 */
export function filesOf(table: TableSource): Statement {
  return statement(
    "select",
    sql`SELECT DISTINCT _metadata.file_path, _metadata.file_size, _metadata.file_modification_time FROM ${tableSource(table)}`,
  );
}

/**
 * One number: the bytes of the data files of `table` that `other` has none of the same name and size of. A deep clone keeps names,
 * so this is what cloning `table` over `other` copies.
 */
export function bytesOnlyIn(table: TableSource, other: TableSource): Statement {
  const files = (of: TableSource) =>
    sql`SELECT DISTINCT _metadata.file_name AS file_name, _metadata.file_size AS file_size FROM ${tableSource(of)}`;
  return statement(
    "select",
    sql`SELECT sum(file_size) AS bytes FROM (${files(table)} EXCEPT ${files(other)})`,
  );
}

/** A cell of {@link insertValues}: a literal, or a fragment such as sql`TIMESTAMP '…'`. */
export type Cell = LiteralValue | SqlFragment;

export interface InsertValuesRequest {
  readonly table: ObjectName;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** `INSERT INTO t (a, b) VALUES (1, 'x'), …` in one statement. Throws INVALID_VALUE when there are no rows. */
export function insertValues({ table, columns, rows }: InsertValuesRequest): Statement {
  if (rows.length === 0) throw new SqlError("INVALID_VALUE", "INSERT needs at least one row.");
  const tuples = rows.map((row) => sql`(${join(row.map(cell))})`);
  return statement(
    "write",
    sql`INSERT INTO ${id(table)} (${join(columns.map((column) => id(column)))}) VALUES ${join(tuples)}`,
  );
}

/** ``ALTER TABLE `c`.`s`.`t` `` */
function alter(type: "table" | "view", name: ObjectName): SqlFragment {
  return type === "view" ? sql`ALTER VIEW ${id(name)}` : sql`ALTER TABLE ${id(name)}`;
}

/** ``delta.`/path` `` or the quoted name. */
export function tableSource(source: TableSource): SqlFragment {
  return "path" in source ? sql`${unsafeText(source.format)}.${id(source.path)}` : id(source);
}

/** `VERSION AS OF 7` */
export function asOfClause(asOf: AsOf): SqlFragment {
  return "version" in asOf
    ? sql`VERSION AS OF ${lit(asOf.version)}`
    : sql`TIMESTAMP AS OF ${lit(asOf.timestamp)}`;
}

function cell(value: Cell): SqlFragment {
  return typeof value === "object" && value !== null ? value : lit(value);
}
