import type { MetadataAction, Protocol } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { isTrue } from "../protocol/properties.ts";
import { parseLine } from "./action-text.ts";

/** A commit as lines, and where it stands. */
interface Commit {
  readonly path: string;
  readonly lines: readonly string[];
  /** Stands for several commits, and has none of their times. */
  readonly isCompacted?: true;
}

/** In-commit timestamps are in the first line or nowhere. */
export function inCommitTimestampOf({
  lines: [line = ""],
}: {
  readonly lines: readonly string[];
}): number | undefined {
  if (!line.includes('"inCommitTimestamp"')) return undefined;
  const action = parseLine(line)?.action;
  const value =
    action !== undefined && "commitInfo" in action ? action.commitInfo["inCommitTimestamp"] : undefined;
  return typeof value === "number" ? value : undefined;
}

/** Protocol and metadata a commit starts from. */
interface Definition {
  readonly protocol?: Protocol;
  readonly metaData?: MetadataAction;
}

/**
 * Commits that follow `base`, oldest first: each one that leaves in-commit timestamps on must begin with its own. A commit that does
 * not was cut short or written by something that does not know the table. Throws DELTA_LOG_CORRUPT naming the file. Protocol:
 * "Writer Requirements for In-Commit Timestamps".
 */
export function checkInCommitTimestamps(base: Definition, commits: readonly Commit[]): void {
  let definition = base;
  for (const commit of commits) {
    definition = { ...definition, ...definedBy(commit) };
    if (promisesTimestamps(definition) && commit.isCompacted === undefined) requireTimestamp(commit);
  }
}

/** Throws DELTA_LOG_CORRUPT naming the commit that has no in-commit timestamp. */
export function requireTimestamp(commit: Commit): void {
  if (inCommitTimestampOf(commit) !== undefined) return;
  throw new DeltaError(
    "DELTA_LOG_CORRUPT",
    `${commit.path}: the table has in-commit timestamps, and this commit does not begin with a commitInfo that holds one`,
    { context: { path: commit.path } },
  );
}

/** Whether every commit from `version` on must have a timestamp, by the newest definition of the table. */
export function promisesTimestampsSince({ protocol, metaData }: Definition, version: number): boolean {
  if (!promisesTimestamps({ ...(protocol && { protocol }), ...(metaData && { metaData }) })) return false;
  const since = timestampsSince(metaData?.configuration ?? {});
  return since !== undefined && version >= since.version;
}

/**
 * From which version and which instant on commits have times of their own; `undefined` when they have none. Without an enablement they all
 * have. Protocol: "In-Commit Timestamps", `delta.inCommitTimestampEnablementVersion` and `…Timestamp`.
 */
export function timestampsSince(
  configuration: Readonly<Record<string, string>>,
): { readonly version: number; readonly timestamp: number } | undefined {
  if (!isTrue(configuration["delta.enableInCommitTimestamps"])) return undefined;
  const [version, timestamp] = ["Version", "Timestamp"].map((what) =>
    Number(configuration[`delta.inCommitTimestampEnablement${what}`]),
  );
  if (version === undefined || !Number.isInteger(version))
    return { version: 0, timestamp: Number.NEGATIVE_INFINITY };
  return {
    version,
    timestamp: timestamp === undefined || Number.isNaN(timestamp) ? Number.NEGATIVE_INFINITY : timestamp,
  };
}

function promisesTimestamps({ protocol, metaData }: Definition): boolean {
  return (
    isTrue(metaData?.configuration["delta.enableInCommitTimestamps"]) &&
    protocol?.writerFeatures?.includes("inCommitTimestamp") === true
  );
}

function definedBy({ lines }: Commit): Definition {
  let definition: Definition = {};
  for (const line of lines) {
    if (!line.includes('"metaData"') && !line.includes('"protocol"')) continue;
    const action = parseLine(line)?.action;
    if (action !== undefined && "metaData" in action)
      definition = { ...definition, metaData: action.metaData };
    if (action !== undefined && "protocol" in action)
      definition = { ...definition, protocol: action.protocol };
  }
  return definition;
}
