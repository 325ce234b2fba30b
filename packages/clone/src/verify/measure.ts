import { clauses, id, join, lit, type SqlFragment, sql, statement, unsafeText } from "@clone-xs/sql";
import type { ObjectName, Statement, Workspace } from "@clone-xs/unity";
import { rowsByName } from "../inspect/rows.ts";
import { type HashedColumn, hashText, type RowHash, rowHash } from "./row-hash.ts";

/** A table at a version; `null`: as it is. */
export interface TableAt {
  readonly table: ObjectName;
  readonly version: string | null;
}

/** The rows of a table that satisfy a condition, and the columns that their hash is made of. */
export interface Measuring extends TableAt {
  readonly columns: readonly HashedColumn[];
  readonly where?: string;
}

export interface Measured {
  readonly rows: number;
  /** `null` when no column was hashed. */
  readonly hash: string | null;
  readonly leftOut: RowHash["leftOut"];
}

/** Counts and hashes the rows of a table by one statement that gives one row. Throws what the workspace throws. */
export async function measure(
  measuring: Measuring,
  { statements }: Pick<Workspace, "statements">,
  signal: AbortSignal | undefined,
): Promise<Measured> {
  const { aggregates, leftOut } = rowHash(measuring.columns);
  const result = await statements.execute(measureStatement(measuring, aggregates), signal ? { signal } : {});
  const [row] = rowsByName(result);
  const sums = aggregates.map((_, i) => row?.get(`hash_${i + 1}`) ?? null);
  return {
    rows: Number(row?.get("row_count") ?? 0),
    hash: sums.length === 0 ? null : hashText(sums),
    leftOut,
  };
}

/** The columns of a table at a version, in their order: without rows, the result of a query tells them. */
export async function shapeOf(
  { table, version }: TableAt,
  { statements }: Pick<Workspace, "statements">,
  signal: AbortSignal | undefined,
): Promise<readonly HashedColumn[]> {
  const query = clauses(sql`SELECT * FROM ${id(table)}`, atVersion(version), sql`LIMIT 0`);
  const { columns } = await statements.execute(statement("select", query), signal ? { signal } : {});
  return columns.map(({ name, typeText }) => ({ name, typeText: typeText.toLowerCase() }));
}

/** The condition stands last, where a comment in it hides nothing. */
function measureStatement(
  { table, version, where }: Omit<Measuring, "columns">,
  aggregates: readonly SqlFragment[],
): Statement {
  const counted = join([sql`count(*) AS row_count`, ...aggregates]);
  return statement(
    "select",
    clauses(
      sql`SELECT ${counted} FROM ${id(table)}`,
      atVersion(version),
      where !== undefined && sql`WHERE ${unsafeText(where.trim())}`,
    ),
  );
}

function atVersion(version: string | null): SqlFragment | false {
  return version !== null && sql`VERSION AS OF ${lit(BigInt(version))}`;
}
