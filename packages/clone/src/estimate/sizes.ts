import { describeDetail, sizesOfMany } from "@clone-xs/sql";
import { fullName, type ObjectName, type Statements, WorkspaceError } from "@clone-xs/unity";
import { failureOf } from "../inspect/failure.ts";
import { chunks } from "../inspect/history.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { type Failure, localKey } from "../inspect/inventory.ts";
import { type Row, rowsByName } from "../inspect/rows.ts";

interface TableSize {
  readonly files: number;
  /** Bytes of the files that are live now; exact up to 9 petabytes. */
  readonly bytes: number;
}

export type SizeRead =
  | { readonly ok: true; readonly size: TableSize }
  | { readonly ok: false; readonly failure: Failure };

export interface SizeOptions {
  /** Statements under way at the same time. */
  readonly parallel: number;
  /** Rather leave sizes unknown than send a statement for each table. */
  readonly onlyTogether?: boolean;
  readonly signal?: AbortSignal;
}

const TABLES_PER_STATEMENT = 25;

/**
 * The sizes of tables, by `localKey`, as DESCRIBE DETAIL tells them: 25 tables a statement where the workspace takes DESCRIBE DETAIL as a
 * relation, else one statement a table. A table that cannot be read has its failure and hides no other.
 */
export async function readSizes(
  statements: Statements,
  tables: readonly ObjectName[],
  options: SizeOptions,
): Promise<ReadonlyMap<string, SizeRead>> {
  const batches = chunks(tables, TABLES_PER_STATEMENT);
  const reads = await inParallel(batches, options.parallel, (batch) => readBatch(statements, batch, options));
  return new Map(reads.flat());
}

type KeyedSize = readonly [key: string, read: SizeRead];

/** A batch that fails for whatever reason is read table by table: the failure is then that of one table. */
async function readBatch(
  statements: Statements,
  tables: readonly ObjectName[],
  options: SizeOptions,
): Promise<readonly KeyedSize[]> {
  if (tables.length > 1 || options.onlyTogether === true) {
    const rows = await together(statements, tables, options);
    if (rows !== undefined || options.onlyTogether === true)
      return tables.map((table) => [localKey(table), sizeIn(rows?.get(localKey(table)))]);
  }
  const reads: KeyedSize[] = [];
  for (const table of tables) reads.push([localKey(table), await readOne(statements, table, options)]);
  return reads;
}

async function together(
  statements: Statements,
  tables: readonly ObjectName[],
  { signal }: SizeOptions,
): Promise<ReadonlyMap<string, Row> | undefined> {
  const keyed = tables.map((table) => ({ key: localKey(table), table }));
  try {
    const result = await statements.execute(sizesOfMany(keyed), signal ? { signal } : {});
    return new Map(rowsByName(result).map((row) => [row.get("source_key") ?? "", row]));
  } catch (error) {
    if (error instanceof WorkspaceError && error.code === "STATEMENT_FAILED") return undefined;
    throw error;
  }
}

async function readOne(
  statements: Statements,
  table: ObjectName,
  { signal }: SizeOptions,
): Promise<SizeRead> {
  try {
    const result = await statements.execute(describeDetail(table), signal ? { signal } : {});
    return sizeIn(rowsByName(result)[0]);
  } catch (error) {
    return { ok: false, failure: failureOf(error, `The size of ${fullName(table)} could not be read`) };
  }
}

function sizeIn(row: Row | undefined): SizeRead {
  const bytes = row?.get("sizeinbytes");
  if (bytes) return { ok: true, size: { files: Number(row?.get("numfiles") ?? 0), bytes: Number(bytes) } };
  return { ok: false, failure: { code: "SIZE_UNKNOWN", message: "DESCRIBE DETAIL does not tell its size" } };
}
