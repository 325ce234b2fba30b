import { historyOfMany } from "@clone-xs/sql";
import { fullName, type ObjectName, type Statements } from "@clone-xs/unity";
import { failureOf } from "./failure.ts";
import { inParallel } from "./in-parallel.ts";
import { type HistoryEntry, type HistoryRead, localKey } from "./inventory.ts";
import { groupBy, mapCell, type Row, rowsByName } from "./rows.ts";

/** Tables whose histories are read by one statement. */
const TABLES_PER_STATEMENT = 25;

export interface HistoryOptions {
  /** Newest entries to read of each table. */
  readonly limit: number;
  /** Statements under way at the same time. */
  readonly parallel: number;
  readonly signal?: AbortSignal;
}

/**
 * The newest history entries of many tables, by `localKey`, in statements of about 25 tables. A statement that fails is cut
 * in two until the table that cannot be read stands alone; it alone has a failure then.
 */
export async function readHistories(
  statements: Statements,
  tables: readonly ObjectName[],
  options: HistoryOptions,
): Promise<Record<string, HistoryRead>> {
  const batches = chunks(tables, TABLES_PER_STATEMENT);
  const reads = await inParallel(batches, options.parallel, (batch) => readBatch(statements, batch, options));
  return Object.fromEntries(reads.flat());
}

type KeyedRead = readonly [key: string, read: HistoryRead];

async function readBatch(
  statements: Statements,
  tables: readonly ObjectName[],
  options: HistoryOptions,
): Promise<readonly KeyedRead[]> {
  const { limit, signal } = options;
  const keyed = tables.map((table) => ({ key: localKey(table), table }));
  try {
    const result = await statements.execute(historyOfMany(keyed, limit), signal ? { signal } : {});
    const rows = groupBy(rowsByName(result), (row) => row.get("source_key") ?? "");
    return keyed.map(({ key }) => [key, historyRead(rows.get(key) ?? [], limit)]);
  } catch (error) {
    const [only] = tables;
    const failure = failureOf(
      error,
      `The history of ${only ? fullName(only) : "no table"} could not be read`,
    );
    if (tables.length === 1) return keyed.map(({ key }) => [key, { ok: false, failure }]);
  }
  const middle = Math.ceil(tables.length / 2);
  const left = await readBatch(statements, tables.slice(0, middle), options);
  return [...left, ...(await readBatch(statements, tables.slice(middle), options))];
}

function historyRead(rows: readonly Row[], limit: number): HistoryRead {
  const entries = rows.map(historyEntry).sort((a, b) => compareVersions(b.version, a.version));
  const oldest = entries.at(-1);
  return { ok: true, entries, complete: entries.length < limit || oldest?.version === "0" };
}

function historyEntry(row: Row): HistoryEntry {
  return {
    version: row.get("version") ?? "0",
    timestamp: row.get("timestamp") ?? "",
    operation: row.get("operation") ?? "",
    parameters: mapCell(row.get("operationparameters")),
    metrics: mapCell(row.get("operationmetrics")),
  };
}

function compareVersions(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Items in groups of `size`, in their order. */
export function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}
