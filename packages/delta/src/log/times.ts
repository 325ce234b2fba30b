import { DeltaError } from "../errors.ts";
import { isTrue } from "../protocol/properties.ts";
import { inCommitTimestampOf } from "./in-commit-timestamp.ts";
import { type LogFile, checkpointName, commitName } from "./names.ts";
import { type LogSource, logDirectory, readCommit } from "./read.ts";
import type { TableState } from "./state.ts";

/**
 * When a version was committed. Protocol: "In-Commit Timestamps"; without them the commit file's modification
 * time.
 */
export async function commitTime(source: LogSource, version: number, state: TableState): Promise<number> {
  if (isTrue(state.metaData?.configuration["delta.enableInCommitTimestamps"])) {
    const exact = state.inCommitTimestamp ?? (await inCommitTimestamp(source, version));
    if (exact !== undefined) return exact;
  }
  return fileTime(source, version);
}

/**
 * The newest version committed at or before `timestamp`. Throws DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION
 * before the first commit of the log and DELTA_TIMESTAMP_GREATER_THAN_COMMIT after the last, as Spark does.
 */
export async function versionAt(
  source: LogSource,
  files: readonly LogFile[],
  timestamp: number,
): Promise<number> {
  const times = await commitTimes(source, files);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined)
    throw new DeltaError("DELTA_TABLE_NOT_FOUND", `${source.root} has no commits`);
  if (timestamp < first.timestamp)
    throw outside(
      "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION",
      "before the earliest",
      timestamp,
      first.timestamp,
    );
  if (timestamp > last.timestamp)
    throw outside("DELTA_TIMESTAMP_GREATER_THAN_COMMIT", "after the latest", timestamp, last.timestamp);
  return times.findLast((t) => t.timestamp <= timestamp)?.version ?? first.version;
}

/** Version and time of every commit file, oldest first, times strictly rising. */
export async function commitTimes(
  source: LogSource,
  files: readonly LogFile[],
): Promise<readonly { version: number; timestamp: number }[]> {
  const versions = files
    .filter((f) => f.kind === "commit")
    .map((f) => f.version)
    .sort((a, b) => a - b);
  const found = await Promise.all(
    versions.map(async (v) => (await inCommitTimestamp(source, v)) ?? fileTime(source, v)),
  );
  return monotonic(found).map((timestamp, i) => ({ version: versions[i] as number, timestamp }));
}

/**
 * Raises each time that is not after its predecessor to one millisecond after it, as Spark does with
 * modification times.
 */
export function monotonic(times: readonly number[]): readonly number[] {
  let last = Number.NEGATIVE_INFINITY;
  return times.map((time) => {
    last = Math.max(time, last + 1);
    return last;
  });
}

/** Modification time of a version's commit file, or of its checkpoint when the commit was cleaned up. */
export async function fileTime({ storage, root }: LogSource, version: number): Promise<number> {
  const directory = logDirectory(root);
  const stat =
    (await storage.stat(`${directory}/${commitName(version)}`)) ??
    (await storage.stat(`${directory}/${checkpointName(version)}`));
  return stat?.modificationTime ?? 0;
}

async function inCommitTimestamp(source: LogSource, version: number): Promise<number | undefined> {
  try {
    return inCommitTimestampOf(await readCommit(source, version));
  } catch (error) {
    if (error instanceof DeltaError && error.code === "DELTA_FILE_NOT_FOUND") return undefined;
    throw error;
  }
}

function outside(
  code: "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION" | "DELTA_TIMESTAMP_GREATER_THAN_COMMIT",
  where: string,
  timestamp: number,
  bound: number,
): DeltaError {
  const [given, limit] = [new Date(timestamp).toISOString(), new Date(bound).toISOString()];
  return new DeltaError(
    code,
    `The provided timestamp (${given}) is ${where} version available to this table (${limit}).`,
    {
      context: { timestamp, bound },
    },
  );
}
