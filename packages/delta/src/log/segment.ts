import { DeltaError } from "../errors.ts";
import type { LogFile } from "./names.ts";

/**
 * What must be read to know a version: a checkpoint (its files, all parts) and the commits after it, oldest
 * first.
 */
export interface LogSegment {
  readonly version: number;
  readonly checkpoint?: CheckpointFiles;
  /** With `compacted` contiguous, up to `version`. */
  readonly commits: readonly number[];
  /** Files that stand for several commits each. */
  readonly compacted?: readonly CompactedFile[];
}

type CompactedFile = Extract<LogFile, { kind: "compacted" }>;

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
 * The oldest version that can be put together: 0 while its commit is there, else that of the oldest complete
 * checkpoint; `undefined` when neither is.
 */
export function earliestVersion(files: readonly LogFile[]): number | undefined {
  if (files.some((f) => (f.kind === "commit" ? f.version === 0 : f.kind === "compacted" && f.from === 0)))
    return 0;
  return completeCheckpoints(files).at(-1)?.version;
}

/**
 * Ways to read `version` (the newest when absent), best first: from each complete checkpoint not newer than
 * it, then from commit 0; by compacted files only where commits are gone: writers exist whose compacted files say something else
 * than their commits. Throws DELTA_VERSION_NOT_FOUND, DELTA_VERSIONS_NOT_CONTIGUOUS. Protocol: "Action
 * Reconciliation"; a checkpoint with missing parts does not count.
 */
export function segmentsFor(files: readonly LogFile[], version?: number): readonly LogSegment[] {
  const newest = newestVersion(files);
  const wanted = version ?? newest;
  if (wanted === undefined || newest === undefined)
    throw new DeltaError("DELTA_TABLE_NOT_FOUND", "The log holds no commit and no complete checkpoint");
  const earliest = earliestVersion(files);
  if (wanted > newest || wanted < (earliest ?? 0))
    throw versionNotFound(wanted, { earliest: earliest ?? 0, latest: newest });
  if (earliest === undefined) throw truncated(wanted);
  const present = new Set(files.filter((f) => f.kind === "commit").map((f) => f.version));
  const checkpoints = completeCheckpoints(files).filter((c) => c.version <= wanted);
  const starts: (CheckpointFiles | undefined)[] = [...checkpoints, undefined];
  const compactions = files.filter((f) => f.kind === "compacted");
  const segments = starts.flatMap((start) => {
    const first = (start?.version ?? -1) + 1;
    const way = stepsFrom(first, wanted, present, []) ?? stepsFrom(first, wanted, present, compactions);
    return way === undefined ? [] : [segmentOf(wanted, start, way)];
  });
  if (segments.length > 0) return segments;
  throw notContiguous(present, { from: (checkpoints[0]?.version ?? -1) + 1, wanted, newest });
}

interface Steps {
  readonly commits: readonly number[];
  readonly compacted: readonly CompactedFile[];
}

function segmentOf(
  version: number,
  checkpoint: CheckpointFiles | undefined,
  { commits, compacted }: Steps,
): LogSegment {
  return {
    version,
    commits,
    ...(checkpoint && { checkpoint }),
    ...(compacted.length > 0 && { compacted }),
  };
}

/** From `first` to `last`, the longest compacted file at each place; stops at the first gap, since a name may claim any version. */
function stepsFrom(
  first: number,
  last: number,
  present: ReadonlySet<number>,
  compactions: readonly CompactedFile[],
): Steps | undefined {
  const commits: number[] = [];
  const compacted: CompactedFile[] = [];
  for (let next = first; next <= last; next++) {
    const files = compactions.filter(({ from, version }) => from === next && version <= last);
    const longest = files.reduce<CompactedFile | undefined>(
      (a, b) => (a === undefined || b.version > a.version ? b : a),
      undefined,
    );
    if (longest !== undefined) {
      compacted.push(longest);
      next = longest.version;
    } else if (present.has(next)) commits.push(next);
    else return undefined;
  }
  return { commits, compacted };
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
    .filter(
      ({ count, names }) => names.size === count && [...names.keys()].every((i) => i >= 1 && i <= count),
    )
    .sort((a, b) => b.version - a.version || a.count - b.count)
    .map(({ version, names }) => ({
      version,
      names: [...names].sort(([a], [b]) => a - b).map(([, name]) => name),
    }));
}

/** Spark's words for a version that cannot be had. */
export function versionNotFound(
  version: number,
  { earliest, latest }: { readonly earliest: number; readonly latest: number },
): DeltaError {
  return new DeltaError(
    "DELTA_VERSION_NOT_FOUND",
    `Cannot time travel Delta table to version ${version}. Available versions: [${earliest}, ${latest}].`,
    { context: { version, earliest, latest } },
  );
}

/** Neither the first commit nor a checkpoint is left. */
function truncated(version: number): DeltaError {
  return new DeltaError(
    "DELTA_TRUNCATED_TRANSACTION_LOG",
    `Unable to reconstruct state at version ${version} as the transaction log has been truncated due to manual deletion or the log retention policy (delta.logRetentionDuration): it holds neither commit 0 nor a complete checkpoint.`,
    { context: { version } },
  );
}

function notContiguous(
  present: ReadonlySet<number>,
  { from, wanted, newest }: { readonly from: number; readonly wanted: number; readonly newest: number },
): DeltaError {
  let missing = from;
  while (present.has(missing)) missing++;
  const [before, after] = [
    missing - 1,
    [...present].filter((v) => v > missing).reduce((a, b) => Math.min(a, b), newest),
  ];
  return new DeltaError(
    "DELTA_VERSIONS_NOT_CONTIGUOUS",
    `Versions (${before}, ${after}) are not contiguous. A gap in the delta log between versions ${before} and ${after} was detected while trying to load version ${wanted}: commit ${missing} is missing.`,
    { context: { version: wanted, missing } },
  );
}
