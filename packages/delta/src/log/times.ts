import { DeltaError } from "../errors.ts";
import { inCommitTimestampOf, timestampsSince } from "./in-commit-timestamp.ts";
import { type LogFile, checkpointName, commitName } from "./names.ts";
import { type LogSource, logDirectory, readCommit } from "./read.ts";
import { earliestVersion } from "./segment.ts";
import type { TableState } from "./state.ts";

/**
 * When a version was committed. Protocol: "In-Commit Timestamps"; without them the commit file's modification
 * time.
 */
export async function commitTime(source: LogSource, version: number, state: TableState): Promise<number> {
  if (timestampsSince(state.metaData?.configuration ?? {}) !== undefined) {
    const exact = state.inCommitTimestamp ?? (await inCommitTimestamp(source, version));
    if (exact !== undefined) return exact;
  }
  return fileTime(source, version);
}

/** Times of a table's commits, each found out when it is asked for. */
export interface CommitClock {
  /** The commits that can be travelled to, oldest first. */
  readonly versions: readonly number[];
  /** Of one of these. */
  timeOf(version: number): Promise<number>;
  /** The newest of these committed at or before an instant. */
  newestUntil(timestamp: number): Promise<number | undefined>;
}

/**
 * By the newest `configuration` of the table: commits since in-commit timestamps were turned on have their own times; those before it the
 * modification times of their files, which rise among themselves and say nothing about the others. Protocol: "Recommendations for Readers
 * of Tables with In-Commit Timestamps": an instant before the enablement is sought among the older commits only.
 */
export function commitClock(
  source: LogSource,
  files: readonly LogFile[],
  configuration: Readonly<Record<string, string>>,
): CommitClock {
  const versions = travellable(files);
  const since = timestampsSince(configuration);
  const isExact = (version: number) => since !== undefined && version >= since.version;
  const older = versions.filter((version) => !isExact(version));
  const exact = versions.filter(isExact);
  let olderTimes: Promise<readonly number[]> | undefined;
  const exactTimes = new Map<number, Promise<number>>();
  const timeOf = async (version: number): Promise<number> => {
    if (!isExact(version)) {
      olderTimes ??= fileTimes(source, older).then(monotonic);
      return (await olderTimes)[older.indexOf(version)] ?? 0;
    }
    const known = exactTimes.get(version) ?? exactTime(source, version);
    exactTimes.set(version, known);
    return known;
  };
  return {
    versions,
    timeOf,
    newestUntil: async (timestamp) => {
      const until = (among: readonly number[]) =>
        lastWhere(among, async (version) => (await timeOf(version)) <= timestamp);
      const found = since !== undefined && timestamp >= since.timestamp ? await until(exact) : undefined;
      return found ?? until(older);
    },
  };
}

/**
 * The newest version committed at or before `timestamp`. Throws DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION
 * before the first commit that can be travelled to and DELTA_TIMESTAMP_GREATER_THAN_COMMIT after the last, as Spark does.
 */
export async function versionAt(clock: CommitClock, timestamp: number): Promise<number> {
  const [first, last] = [clock.versions[0], clock.versions.at(-1)];
  if (first === undefined || last === undefined)
    throw new DeltaError("DELTA_TABLE_NOT_FOUND", "The log holds no commit that can be travelled to");
  const version = await clock.newestUntil(timestamp);
  if (version === undefined) throw tooEarly(timestamp, await clock.timeOf(first));
  if (version === last) {
    const bound = await clock.timeOf(last);
    if (timestamp > bound) throw tooLate(timestamp, bound);
  }
  return version;
}

/** Spark's words for an instant before the first commit. */
function tooEarly(timestamp: number, bound: number): DeltaError {
  return new DeltaError(
    "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION",
    `The provided timestamp (${instant(timestamp)}) is before the earliest version available to this\ntable (${instant(bound)}). Please use a timestamp after ${instant(bound)}.`,
    { context: { timestamp, bound } },
  );
}

/** Spark's words for an instant after the last commit. */
export function tooLate(timestamp: number, bound: number): DeltaError {
  return new DeltaError(
    "DELTA_TIMESTAMP_GREATER_THAN_COMMIT",
    `The provided timestamp (${instant(timestamp)}) is after the latest version available to this\ntable (${instant(bound)}). Please use a timestamp before or at ${instant(bound)}.`,
    { context: { timestamp, bound } },
  );
}

/** As Java prints it, in UTC: `2026-01-31 12:00:00.0`. */
function instant(timestamp: number): string {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return String(timestamp);
  return date
    .toISOString()
    .replace("T", " ")
    .replace(/(\.\d+?)0*Z$/, "$1");
}

function travellable(files: readonly LogFile[]): readonly number[] {
  const first = earliestVersion(files) ?? Number.POSITIVE_INFINITY;
  return files
    .filter((f) => f.kind === "commit" && f.version >= first)
    .map((f) => f.version)
    .sort((a, b) => a - b);
}

/** The last of `versions` that `holds`, when all before one that does do. */
async function lastWhere(
  versions: readonly number[],
  holds: (version: number) => Promise<boolean>,
): Promise<number | undefined> {
  let [low, high] = [0, versions.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await holds(versions[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return versions[low - 1];
}

/**
 * Raises each time that is not after its predecessor to one millisecond after it, as Spark does with
 * modification times.
 */
function monotonic(times: readonly number[]): readonly number[] {
  let last = Number.NEGATIVE_INFINITY;
  return times.map((time) => {
    last = Math.max(time, last + 1);
    return last;
  });
}

function fileTimes(source: LogSource, versions: readonly number[]): Promise<readonly number[]> {
  return Promise.all(versions.map((version) => fileTime(source, version)));
}

/** Modification time of a version's commit file, or of its checkpoint when the commit was cleaned up. */
export async function fileTime({ storage, root }: LogSource, version: number): Promise<number> {
  const directory = logDirectory(root);
  const stat =
    (await storage.stat(`${directory}/${commitName(version)}`)) ??
    (await storage.stat(`${directory}/${checkpointName(version)}`));
  return stat?.modificationTime ?? 0;
}

async function exactTime(source: LogSource, version: number): Promise<number> {
  return (await inCommitTimestamp(source, version)) ?? fileTime(source, version);
}

async function inCommitTimestamp(source: LogSource, version: number): Promise<number | undefined> {
  try {
    return inCommitTimestampOf(await readCommit(source, version));
  } catch (error) {
    if (error instanceof DeltaError && error.code === "DELTA_FILE_NOT_FOUND") return undefined;
    throw error;
  }
}
