import type { AddFile, RemoveFile } from "../actions.ts";
import { fileKey } from "../log/state.ts";
import { addOf, removeOf } from "../operations.ts";
import { locate } from "../paths.ts";
import type { LiveFile, Snapshot } from "../snapshot.ts";
import type { FileCopy } from "../storage/storage.ts";
import { copiedVector, copyPaths, isUniquePath, referenced } from "./place.ts";

/** What must happen so that the target has exactly the source's files. */
export interface ClonePlan {
  readonly add: readonly AddFile[];
  readonly remove: readonly RemoveFile[];
  /** Data files to copy, their sizes from the log. */
  readonly data: readonly PlannedCopy[];
  /** Deletion vector files to copy; the log does not know their sizes. */
  readonly vectors: readonly Omit<FileCopy, "size">[];
  /** Of the files removed, those whose data file is not added again (with another vector). */
  readonly removedFiles: number;
  readonly removedBytes: number;
}

interface PlannedCopy extends FileCopy {
  /** An older version of the target had this very file: no need to copy it unless VACUUM took it. */
  readonly mayExist: boolean;
}

export interface ClonePlanInput {
  readonly sourceRoot: string;
  readonly files: Iterable<LiveFile>;
  readonly targetRoot: string;
  /** The target so far; absent when it is new. */
  readonly base?: Pick<Snapshot, "files" | "removedFiles">;
  /** Locations that {@link doubtfulLocations} gave and where there is a file. */
  readonly occupied?: ReadonlySet<string>;
  readonly now: number;
}

/**
 * Where a deep clone would put files whose names could come twice. On an existing target a file there may
 * belong to an older version that the log no longer tells of, and must not be overwritten.
 */
export function doubtfulLocations({ sourceRoot, files, targetRoot }: ClonePlanInput): readonly string[] {
  const paths = Array.from(files, (file) => copyPaths(sourceRoot, file)[0]);
  return paths.filter((path) => !isUniquePath(path)).map((path) => locate(targetRoot, path));
}

/**
 * Plans a deep clone. A file that the target has already, under the path a copy of it would have, with its
 * size and modification time, is neither copied nor mentioned; one whose copy an older version of the target
 * left behind is mentioned, not copied. A path that another file of the target ever had is never written.
 */
export function planDeepClone(input: ClonePlanInput): ClonePlan {
  const { sourceRoot, files, targetRoot, now } = input;
  const known = knownFiles(input);
  const plan = emptyPlan();
  for (const file of files) {
    const path = choosePath(targetRoot, known, plan.origins, copyPaths(sourceRoot, file), file);
    const to = locate(targetRoot, path);
    plan.origins.set(to, file.location);
    const stored = file.deletionVector && copiedVector(sourceRoot, file.deletionVector);
    const key = fileKey(targetRoot, path, stored?.vector);
    if (known.live.delete(key)) continue;
    const add = withoutRowIds(addOf(file));
    plan.add.push({ ...add, path, dataChange: true, ...(stored && { deletionVector: stored.vector }) });
    const there = known.places.get(to);
    const isThere = isSame(there, file);
    if (to !== file.location && !(isThere && there?.isLive))
      plan.data.push({ from: file.location, to, size: file.size, mayExist: isThere });
    if (stored?.from !== undefined && stored.to !== undefined && sourceRoot !== targetRoot) {
      const vectorTo = `${targetRoot}/${stored.to}`;
      plan.vectors.set(vectorTo, { from: stored.from, to: vectorTo });
    }
  }
  return finished(plan, known.live, now);
}

/** Plans a shallow clone: no copies, the source's files by absolute path. */
export function planShallowClone(input: ClonePlanInput): ClonePlan {
  const { sourceRoot, files, targetRoot, now } = input;
  const known = knownFiles(input);
  const plan = emptyPlan();
  for (const file of files) {
    const add = withoutRowIds(referenced(sourceRoot, targetRoot, file));
    if (known.live.delete(fileKey(targetRoot, add.path, add.deletionVector))) continue;
    plan.add.push({ ...add, dataChange: true });
  }
  return finished(plan, known.live, now);
}

/** Row ids belong to one table; the clone's commit assigns its own. */
function withoutRowIds({
  baseRowId: _baseRowId,
  defaultRowCommitVersion: _version,
  ...add
}: AddFile): AddFile {
  return add;
}

interface Draft {
  readonly add: AddFile[];
  readonly data: PlannedCopy[];
  /** Which source file each target location is a copy of. */
  readonly origins: Map<string, string>;
  readonly vectors: Map<string, Omit<FileCopy, "size">>;
}

interface KnownFile {
  readonly isLive: boolean;
  readonly isUnique: boolean;
  readonly size: number | undefined;
  /** Absent for a removed file: the log does not keep it. */
  readonly modificationTime?: number;
}

interface KnownFiles {
  readonly occupied: ReadonlySet<string>;
  /** Live logical files by {@link fileKey}; what the source has is taken out, the rest is removed. */
  readonly live: Map<string, LiveFile>;
  /** Every data file the target's log speaks of, by location. */
  readonly places: ReadonlyMap<string, KnownFile>;
}

function emptyPlan(): Draft {
  return { add: [], data: [], origins: new Map(), vectors: new Map() };
}

function knownFiles({ targetRoot, base, occupied = new Set() }: ClonePlanInput): KnownFiles {
  const live = new Map<string, LiveFile>();
  const places = new Map<string, KnownFile>();
  for (const { path, size } of base?.removedFiles() ?? [])
    places.set(locate(targetRoot, path), { isLive: false, isUnique: isUniquePath(path), size });
  for (const file of base?.files() ?? []) {
    live.set(fileKey(targetRoot, file.path, file.deletionVector), file);
    places.set(file.location, {
      isLive: true,
      isUnique: isUniquePath(file.path),
      size: file.size,
      modificationTime: file.modificationTime,
    });
  }
  return { occupied, live, places };
}

/** The preferred path, unless the target has another file there or another source file took it. */
function choosePath(
  targetRoot: string,
  known: KnownFiles,
  origins: ReadonlyMap<string, string>,
  [preferred, unique]: readonly [string, string],
  file: LiveFile,
): string {
  const location = locate(targetRoot, preferred);
  const there = known.places.get(location);
  const isFree = (origins.get(location) ?? file.location) === file.location;
  const isUnused = there === undefined && !known.occupied.has(location);
  return isFree && (isUnused || isSame(there, file)) ? preferred : unique;
}

/** A removed file's time is not known: there the name must be enough. */
function isSame(there: KnownFile | undefined, { size, modificationTime }: LiveFile): boolean {
  if (there === undefined || there.size !== size) return false;
  return there.isLive ? there.modificationTime === modificationTime : there.isUnique;
}

function finished(
  { add, data, vectors }: Draft,
  gone: ReadonlyMap<string, LiveFile>,
  now: number,
): ClonePlan {
  const added = new Set(add.map((file) => file.path));
  const removed = [...gone.values()];
  const files = removed.filter((file) => !added.has(file.path));
  return {
    add,
    remove: removed.map((file) => removeOf(file, now)),
    data,
    vectors: [...vectors.values()],
    removedFiles: files.length,
    removedBytes: files.reduce((sum, file) => sum + file.size, 0),
  };
}
