import { DeltaError } from "../errors.ts";
import { type Json, type JsonObject, printJson } from "../json.ts";
import { parseLine } from "./action-text.ts";
import { inCommitTimestampOf, promisesTimestampsSince, requireTimestamp } from "./in-commit-timestamp.ts";
import { type LogSource, readCommit } from "./read.ts";
import type { CommitText, TableState } from "./state.ts";
import { fileTime, monotonic } from "./times.ts";

/**
 * One row of DESCRIBE HISTORY, from the commitInfo of one commit. Parameters and metrics are text whatever
 * the log holds.
 */
export interface HistoryEntry {
  readonly version: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly userId?: string;
  readonly userName?: string;
  /** Absent when the commit has no commitInfo. */
  readonly operation?: string;
  readonly operationParameters: Readonly<Record<string, string>>;
  readonly job?: Readonly<Record<string, string>>;
  readonly notebook?: Readonly<Record<string, string>>;
  readonly clusterId?: string;
  readonly readVersion?: number;
  readonly isolationLevel?: string;
  readonly isBlindAppend?: boolean;
  readonly operationMetrics: Readonly<Record<string, string>>;
  readonly userMetadata?: string;
  readonly engineInfo?: string;
}

/**
 * History of the given versions, newest first. A commit that vanished meanwhile (log clean-up) is left out. `definition` gives the
 * table's newest protocol and metadata; it is asked only when a commit has no timestamp of its own. Throws DELTA_LOG_CORRUPT naming a
 * commit without actions, or one without the in-commit timestamp that the table promises.
 */
export async function readHistory(
  source: LogSource,
  versions: readonly number[],
  definition: () => Promise<Pick<TableState, "protocol" | "metaData">>,
): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  let newest: ReturnType<typeof definition> | undefined;
  for (const version of versions.toSorted((a, b) => a - b)) {
    const commit = await readCommit(source, version).catch(absent);
    if (commit === undefined) continue;
    if (inCommitTimestampOf(commit) === undefined) {
      newest ??= definition();
      if (promisesTimestampsSince(await newest, version)) requireTimestamp(commit);
    }
    entries.push(historyEntry(version, commitInfoOf(commit), await fileTime(source, version)));
  }
  const times = monotonic(entries.map((entry) => entry.timestamp));
  return entries.map((entry, i) => ({ ...entry, timestamp: times[i] ?? entry.timestamp })).toReversed();
}

/** The row of one commit; `fileTime` stands in where there is no in-commit timestamp. */
function historyEntry(version: number, info: JsonObject | undefined, fileTime: number): HistoryEntry {
  if (info === undefined)
    return { version, timestamp: fileTime, operationParameters: {}, operationMetrics: {} };
  const exact = info["inCommitTimestamp"];
  return {
    version,
    timestamp: typeof exact === "number" ? exact : fileTime,
    operationParameters: texts(info["operationParameters"]),
    operationMetrics: texts(info["operationMetrics"]),
    ...pick(
      info,
      ["userId", "userName", "operation", "clusterId", "isolationLevel", "userMetadata", "engineInfo"],
      "string",
    ),
    ...pick(info, ["readVersion"], "number"),
    ...pick(info, ["isBlindAppend"], "boolean"),
    ...(isObject(info["job"]) && { job: texts(info["job"]) }),
    ...(isObject(info["notebook"]) && { notebook: texts(info["notebook"]) }),
  };
}

function commitInfoOf({ lines }: CommitText): JsonObject | undefined {
  for (const line of lines) {
    if (!line.includes('"commitInfo"')) continue;
    const action = parseLine(line)?.action;
    if (action !== undefined && "commitInfo" in action) return action.commitInfo;
  }
  return undefined;
}

function pick(info: JsonObject, keys: readonly string[], type: "string" | "number" | "boolean"): object {
  return Object.fromEntries(keys.filter((key) => typeof info[key] === type).map((key) => [key, info[key]]));
}

/** Text stays as it is; numbers, booleans and nested values become their JSON text; nulls are left out. */
function texts(value: Json | undefined): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  const entries = Object.entries(value).filter(([, v]) => v !== null);
  return Object.fromEntries(entries.map(([key, v]) => [key, typeof v === "string" ? v : printJson(v)]));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function absent(error: unknown): undefined {
  if (error instanceof DeltaError && error.code === "DELTA_FILE_NOT_FOUND") return undefined;
  throw error;
}
