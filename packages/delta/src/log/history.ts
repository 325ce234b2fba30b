import { DeltaError } from "../errors.ts";
import { type Json, type JsonObject, printJson } from "../json.ts";
import { parseLine } from "./action-text.ts";
import { inCommitTimestampOf, promisesTimestampsSince, requireTimestamp } from "./in-commit-timestamp.ts";
import { fewAtATime, type LogSource, readCommit } from "./read.ts";
import type { CommitText, TableState } from "./state.ts";
import type { CommitClock } from "./times.ts";

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

/** What the history needs of the table as it is now: asked for only when a commit has no timestamp of its own. */
export interface HistoryOf extends Pick<TableState, "protocol" | "metaData"> {
  readonly clock: CommitClock;
}

/**
 * History of the given versions, newest first. A commit that vanished meanwhile (log clean-up) is left out. Commits without a timestamp of
 * their own get the one that time travel knows them by. Throws DELTA_LOG_CORRUPT naming a commit without actions, or one without the
 * in-commit timestamp that the table promises.
 */
export async function readHistory(
  source: LogSource,
  versions: readonly number[],
  table: () => Promise<HistoryOf>,
): Promise<readonly HistoryEntry[]> {
  const found = await fewAtATime(versions, async (version) => ({
    version,
    commit: await readCommit(source, version).catch(absent),
  }));
  const commits = found.flatMap(({ version, commit }) => (commit === undefined ? [] : [{ version, commit }]));
  const times = await timesOf(commits, table);
  return commits.map(({ version, commit }, i) => historyEntry(version, times[i] ?? 0, commitInfoOf(commit)));
}

async function timesOf(
  commits: readonly { readonly version: number; readonly commit: CommitText }[],
  table: () => Promise<HistoryOf>,
): Promise<readonly number[]> {
  const exact = commits.flatMap(({ commit }) => inCommitTimestampOf(commit) ?? []);
  if (exact.length === commits.length) return exact;
  const { clock, ...definition } = await table();
  return Promise.all(
    commits.map(({ version, commit }) => {
      if (promisesTimestampsSince(definition, version)) requireTimestamp(commit);
      return clock.timeOf(version);
    }),
  );
}

/** The row of one commit. */
function historyEntry(version: number, timestamp: number, info: JsonObject | undefined): HistoryEntry {
  if (info === undefined) return { version, timestamp, operationParameters: {}, operationMetrics: {} };
  return {
    version,
    timestamp,
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
