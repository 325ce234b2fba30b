import { DeltaError } from "../errors.ts";
import type { LogFile } from "./names.ts";

/**
 * What must be read to know a version: a checkpoint (its files, all parts) and the commits after it, oldest
 * first.
 */
export interface LogSegment {
  readonly version: number;
  readonly checkpoint?: CheckpointFiles;
  /** Contiguous, up to `version`. */
  readonly commits: readonly number[];
  /** Whether the commit file of `version` itself is still in the log. */
  readonly hasCommitOfVersion: boolean;
}

export interface CheckpointFiles {
  readonly version: number;
  /** Names in `_delta_log`. */
  readonly names: readonly string[];
}

/** The newest version a log holds, by commit or by complete checkpoint; `undefined` for an empty log. */
export function newestVersion(files: readonly LogFile[]): number | undefined {
  const checkpoints = completeCheckpoints(files).map((c) => c.version);
  const versions = [...files.filter((f) => f.kind === "commit").map((f) => f.version), ...checkpoints];
  return versions.length === 0 ? undefined : versions.reduce((a, b) => Math.max(a, b));
}

/**
 * Ways to read `version` (the newest when absent), best first: from each complete checkpoint not newer than
 * it, then from commit 0. Throws DELTA_VERSION_NOT_FOUND, DELTA_VERSIONS_NOT_CONTIGUOUS. Protocol: "Action
 * Reconciliation"; a checkpoint with missing parts does not count.
 */
export function segmentsFor(files: readonly LogFile[], version?: number): readonly LogSegment[] {
  const newest = newestVersion(files);
  const wanted = version ?? newest;
  if (wanted === undefined || newest === undefined || wanted > newest || wanted < 0)
    throw notFound(files, wanted, newest);
  const present = new Set(files.filter((f) => f.kind === "commit").map((f) => f.version));
  const checkpoints = completeCheckpoints(files).filter((c) => c.version <= wanted);
  const starts: (CheckpointFiles | undefined)[] = [...checkpoints, undefined];
  const segments = starts.flatMap((start) => segmentFrom(start, wanted, present));
  if (segments.length > 0) return segments;
  const missing = firstMissing((checkpoints[0]?.version ?? -1) + 1, wanted, present);
  if (checkpoints.length === 0 && missing === 0) throw notFound(files, wanted, newest);
  throw new DeltaError(
    "DELTA_VERSIONS_NOT_CONTIGUOUS",
    `Version ${wanted} cannot be read: commit ${missing} is missing from the log`,
    { context: { version: wanted, missing } },
  );
}

function segmentFrom(
  checkpoint: CheckpointFiles | undefined,
  version: number,
  present: ReadonlySet<number>,
): LogSegment[] {
  const first = (checkpoint?.version ?? -1) + 1;
  const commits = Array.from({ length: version - first + 1 }, (_, i) => first + i);
  if (!commits.every((v) => present.has(v))) return [];
  const segment = { version, commits, hasCommitOfVersion: present.has(version) };
  return [checkpoint === undefined ? segment : { ...segment, checkpoint }];
}

function firstMissing(from: number, to: number, present: ReadonlySet<number>): number {
  let version = from;
  while (version <= to && present.has(version)) version++;
  return version;
}

/** Newest first; of several checkpoints of one version, single files before multi-part ones. */
export function completeCheckpoints(files: readonly LogFile[]): readonly CheckpointFiles[] {
  const groups = new Map<string, { version: number; count: number; names: Map<number, string> }>();
  for (const file of files) {
    if (file.kind !== "checkpoint") continue;
    const { version, name, part = { index: 1, count: 1 } } = file;
    const key = file.part === undefined ? name : `${version}/${part.count}`;
    const group = groups.get(key) ?? { version, count: part.count, names: new Map<number, string>() };
    group.names.set(part.index, name);
    groups.set(key, group);
  }
  return [...groups.values()]
    .filter(({ count, names }) => Array.from({ length: count }, (_, i) => i + 1).every((i) => names.has(i)))
    .sort((a, b) => b.version - a.version || a.count - b.count)
    .map(({ version, names }) => ({
      version,
      names: [...names].sort(([a], [b]) => a - b).map(([, name]) => name),
    }));
}

function notFound(
  files: readonly LogFile[],
  wanted: number | undefined,
  newest: number | undefined,
): DeltaError {
  if (wanted === undefined || newest === undefined)
    return new DeltaError("DELTA_TABLE_NOT_FOUND", "The log holds no commit and no complete checkpoint");
  const earliest = files.reduce((least, f) => Math.min(least, f.version), newest);
  return new DeltaError(
    "DELTA_VERSION_NOT_FOUND",
    `Cannot time travel Delta table to version ${wanted}. Available versions: [${earliest}, ${newest}].`,
    { context: { version: wanted, earliest, latest: newest } },
  );
}
