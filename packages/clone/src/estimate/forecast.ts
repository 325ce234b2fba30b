import { bytesOnlyIn, filesOf } from "@clone-xs/sql";
import type { ObjectName, Statements } from "@clone-xs/unity";
import { failureOf } from "../inspect/failure.ts";
import type { Decision } from "../decide/decision.ts";
import type { Failure, HistoryRead } from "../inspect/inventory.ts";
import { rowsByName } from "../inspect/rows.ts";
import { bytesSince } from "./added-bytes.ts";
import type { ForecastMethod } from "./document.ts";

/** What cloning one table will copy. */
export interface Forecast {
  readonly bytes: number;
  readonly method: ForecastMethod;
}

/** What is known of a table that a run would clone, before any file is listed. */
export interface ToForecast {
  readonly decision: Decision;
  /** Of the source's live files. */
  readonly bytes: number;
  readonly sourceHistory: HistoryRead | undefined;
}

/** Bounds that differ by no more than this share of the larger are good enough. */
const TOLERANCE = 0.1;

/** The forecast that needs no listing of files; `undefined` when only the files can tell. Pure. */
export function forecastOf({ decision, bytes, sourceHistory }: ToForecast): Forecast | undefined {
  const { reason, clonedVersion } = decision;
  if (bytes === 0) return { bytes: 0, method: "whole" };
  if (reason === "never_cloned" || reason === "source_recreated") return { bytes, method: "whole" };
  if (reason !== "version_drift" && reason !== "schema_drift") return undefined;
  if (clonedVersion === undefined || sourceHistory?.ok !== true) return undefined;
  const bounds = bytesSince(sourceHistory.entries, BigInt(clonedVersion), bytes);
  if (bounds === undefined || bounds.most - bounds.least > TOLERANCE * bounds.most) return undefined;
  return { bytes: Math.round((bounds.least + bounds.most) / 2), method: "metrics" };
}

type FileComparison =
  | { readonly ok: true; readonly bytes: number }
  | { readonly ok: false; readonly failure: Failure };

/** The bytes of the source's live files that the clone lacks, by their names and sizes: one statement, where one workspace sees both. */
export async function compareFiles(
  statements: Statements,
  { source, target }: { readonly source: ObjectName; readonly target: ObjectName },
  signal: AbortSignal | undefined,
): Promise<FileComparison> {
  try {
    const result = await statements.execute(bytesOnlyIn(source, target), signal ? { signal } : {});
    return { ok: true, bytes: Number(rowsByName(result)[0]?.get("bytes") ?? 0) };
  } catch (error) {
    return { ok: false, failure: failureOf(error, "The files could not be compared") };
  }
}

/** One table, and the workspace that sees it. */
export interface TableAt {
  readonly statements: Statements;
  readonly name: ObjectName;
}

/** As `compareFiles`, where no workspace sees both: a list of files from each. */
export async function compareFilesApart(
  source: TableAt,
  target: TableAt,
  signal: AbortSignal | undefined,
): Promise<FileComparison> {
  try {
    const [here, there] = await Promise.all([filesAt(source, signal), filesAt(target, signal)]);
    const lacking = [...here].filter(([file]) => !there.has(file));
    return { ok: true, bytes: lacking.reduce((sum, [, size]) => sum + size, 0) };
  } catch (error) {
    return { ok: false, failure: failureOf(error, "The files could not be compared") };
  }
}

/** Sizes by name and size: a deep clone keeps both, and puts them elsewhere. */
async function filesAt(
  { statements, name }: TableAt,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, number>> {
  const rows = rowsByName(await statements.execute(filesOf(name), signal ? { signal } : {}));
  return new Map(
    rows.map((row) => {
      const [path, size] = [row.get("file_path") ?? "", row.get("file_size") ?? "0"];
      return [`${path.slice(path.lastIndexOf("/") + 1)} ${size}`, Number(size)];
    }),
  );
}
