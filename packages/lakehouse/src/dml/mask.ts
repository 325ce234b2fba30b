import {
  type AddFile,
  addOf,
  featuresOf,
  type JsonObject,
  parseJson,
  printJson,
  type Snapshot,
  writeDeletionVectors,
} from "@clone-xs/delta";
import type { EngineSession } from "../engine/engine.ts";
import { quoteText } from "../execution/translate/quote.ts";
import type { Work } from "../execution/work.ts";
import { FOUND_TABLE, PLACE_COLUMNS } from "./changes.ts";
import type { RowTarget, TargetFile } from "./target.ts";

/** Whether rows of a table go away by deletion vectors, so that their files need not be written again. */
export function masksRows({ metadata, protocol }: Pick<Snapshot, "metadata" | "protocol">): boolean {
  return (
    metadata.configuration["delta.enableDeletionVectors"]?.toLowerCase() === "true" &&
    featuresOf(protocol).includes("deletionVectors")
  );
}

/**
 * Masks the found rows in their files: gives each file once more with the vector of all its rows that are gone, except files without any
 * row left. The vectors are written as one file, which is in no version yet.
 */
export async function maskFound(
  session: EngineSession,
  { context }: Work,
  { base, files, table }: RowTarget,
): Promise<readonly AddFile[]> {
  const found = await foundPositions(session);
  const masked: { readonly file: TargetFile; readonly rows: readonly number[]; readonly count: bigint }[] =
    [];
  for (const [index, positions] of found) {
    const file = files[index];
    if (file === undefined) continue;
    const rows = ascending([...file.read.deleted, ...positions]);
    const count = rowCount(file) ?? (await countedRows(session, file));
    if (BigInt(rows.length) < count) masked.push({ file, rows, count });
  }
  const vectors = await writeDeletionVectors(table.environment.storage, base.root, {
    uuid: context.uuid(),
    vectors: masked.map(({ rows }) => rows),
  });
  return masked.flatMap(({ file: { live }, count }, i): readonly AddFile[] => {
    const deletionVector = vectors[i];
    return deletionVector === undefined
      ? []
      : [{ ...addOf(live), deletionVector, stats: looseStats(live.stats, count) }];
  });
}

/** The rows to mask by index of their file. */
async function foundPositions(
  session: EngineSession,
): Promise<readonly (readonly [number, readonly number[]])[]> {
  const { file, row } = PLACE_COLUMNS;
  const { rows } = await session.query(
    `SELECT CAST(${file} AS VARCHAR), string_agg(CAST(${row} AS VARCHAR), ',') FROM ${FOUND_TABLE} WHERE ${file} IS NOT NULL GROUP BY ${file} ORDER BY ${file}`,
  );
  return rows.map(([index, list]) => [Number(index), (list ?? "").split(",").map(Number)]);
}

/** Numbers as numbers: an array of its own would be sorted as text or by calls. */
function ascending(rows: readonly number[]): readonly number[] {
  return Array.from(Float64Array.from(rows).sort());
}

function statsOf(stats: string | undefined): JsonObject {
  return stats === undefined ? {} : (parseJson(stats) as JsonObject);
}

function rowCount({ live }: TargetFile): bigint | undefined {
  const count = statsOf(live.stats)["numRecords"];
  return typeof count === "number" || typeof count === "bigint" ? BigInt(count) : undefined;
}

/** A file with a vector must have a row count. Protocol: "Per-file Statistics". */
async function countedRows(session: EngineSession, { read }: TargetFile): Promise<bigint> {
  const { rows } = await session.query(
    `SELECT CAST(num_rows AS VARCHAR) FROM parquet_file_metadata(${quoteText(read.location)})`,
  );
  return BigInt(rows[0]?.[0] ?? "0");
}

/** Statistics of all rows of a file bound those that are left, but no longer tightly. */
function looseStats(stats: string | undefined, count: bigint): string {
  return printJson({ numRecords: count, ...statsOf(stats), tightBounds: false });
}
