import { filesOf } from "@clone-xs/sql";
import { fullName, type Statements, type Table } from "@clone-xs/unity";
import { fingerprintOf } from "../decide/fingerprint.ts";
import { failureOf } from "./failure.ts";
import { inParallel } from "./in-parallel.ts";
import { type FingerprintRead, localKey } from "./inventory.ts";
import { rowsByName } from "./rows.ts";

export interface FingerprintOptions {
  /** Statements under way at the same time. */
  readonly parallel: number;
  readonly signal?: AbortSignal;
}

/** The fingerprints of tables without versions, by `localKey`: one statement a table lists its files. */
export async function readFingerprints(
  statements: Statements,
  tables: readonly Table[],
  { parallel, signal }: FingerprintOptions,
): Promise<Readonly<Record<string, FingerprintRead>>> {
  const reads = await inParallel(
    tables,
    parallel,
    async (table): Promise<[string, FingerprintRead]> => [
      localKey(table),
      await readFingerprint(statements, table, signal),
    ],
  );
  return Object.fromEntries(reads);
}

async function readFingerprint(
  statements: Statements,
  table: Table,
  signal: AbortSignal | undefined,
): Promise<FingerprintRead> {
  try {
    const rows = rowsByName(await statements.execute(filesOf(table), signal ? { signal } : {}));
    const files = rows.map((row) => ({
      path: row.get("file_path") ?? "",
      size: row.get("file_size") ?? "",
      modified: row.get("file_modification_time") ?? "",
    }));
    return { ok: true, fingerprint: fingerprintOf(table, files) };
  } catch (error) {
    return { ok: false, failure: failureOf(error, `The files of ${fullName(table)} could not be listed`) };
  }
}
