import type { ObjectName, Statement } from "@clone-xs/unity";
import { SqlError } from "../errors.ts";
import { clauses, id, join, lit, type SqlFragment, sql, statement } from "../tag/index.ts";
import { type TableSource, tableSource } from "./tables.ts";

export function describeDetail(table: TableSource): Statement {
  return statement("describe", sql`DESCRIBE DETAIL ${tableSource(table)}`);
}

/** The columns of {@link sizesOfMany}, in order. */
export const SIZE_COLUMNS = ["source_key", "format", "numFiles", "sizeInBytes"] as const;

/**
 * Files and bytes of several tables in one statement. Databricks takes DESCRIBE DETAIL in parentheses as a relation; one table that
 * cannot be read fails the whole statement.
 */
export function sizesOfMany(tables: readonly KeyedTable[]): Statement {
  if (tables.length === 0) throw new SqlError("INVALID_VALUE", "No table to read the size of.");
  const [, ...columns] = SIZE_COLUMNS;
  const selected = join(columns.map((column) => id(column)));
  const selects = tables.map(
    ({ key, table }) =>
      sql`SELECT ${lit(key)} AS ${id("source_key")}, ${selected} FROM (DESCRIBE DETAIL ${tableSource(table)})`,
  );
  return statement("describe", join(selects, " UNION ALL "));
}

/** Everything the catalog says of a table or view, as one JSON document in the column `json_metadata`. */
export function describeAsJson(table: ObjectName): Statement {
  return statement("describe", sql`DESCRIBE TABLE EXTENDED ${id(table)} AS JSON`);
}

/** Newest first; all of it without a limit. */
export function describeHistory(table: TableSource, limit?: number): Statement {
  return statement("history", history(table, limit));
}

/** The newest `limit` versions below `before`, newest first: a page of a history. All columns. */
export function describeHistoryBefore(table: TableSource, limit: number, before?: bigint): Statement {
  const version = id("version");
  return before === undefined
    ? describeHistory(table, limit)
    : statement(
        "history",
        sql`SELECT * FROM (${history(table, undefined)}) WHERE ${version} < ${lit(before)} ORDER BY ${version} DESC LIMIT ${lit(limit)}`,
      );
}

/** One table of {@link historyOfMany}; `key` comes back in the column `source_key` of its rows. */
export interface KeyedTable {
  readonly key: string;
  readonly table: TableSource;
}

/** The columns of {@link historyOfMany}, in order. */
export const HISTORY_COLUMNS = [
  "source_key",
  "version",
  "timestamp",
  "operation",
  "operationParameters",
  "operationMetrics",
] as const;

/**
 * The newest `limit` history entries of several tables in one statement. Databricks takes DESCRIBE HISTORY in
 * parentheses as a relation; one table that cannot be read fails the whole statement.
 */
export function historyOfMany(tables: readonly KeyedTable[], limit: number): Statement {
  if (tables.length === 0) throw new SqlError("INVALID_VALUE", "No table to read the history of.");
  const [, ...columns] = HISTORY_COLUMNS;
  const selected = join(columns.map((column) => id(column)));
  const selects = tables.map(
    ({ key, table }) =>
      sql`SELECT ${lit(key)} AS ${id("source_key")}, ${selected} FROM (${history(table, limit)})`,
  );
  return statement("history", join(selects, " UNION ALL "));
}

function history(table: TableSource, limit: number | undefined): SqlFragment {
  return clauses(
    sql`DESCRIBE HISTORY ${tableSource(table)}`,
    limit !== undefined && sql`LIMIT ${lit(limit)}`,
  );
}
