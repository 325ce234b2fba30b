import { localName, type ObjectName, WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { compareFiles, type Fates, type FilePolicy, isTouched, sampleOf, sampleWords } from "./compare.ts";
import { copyFile, type CopyPorts, hasContent } from "./copy-file.ts";
import { type FileRecord, type Manifest, openManifest, type RecordChange } from "./manifest.ts";
import type { Slots } from "./slots.ts";
import { listVolume, type VolumeTree, volumeRoot } from "./tree.ts";

export interface VolumeCopy {
  readonly source: ObjectName;
  readonly target: ObjectName;
  readonly policy: FilePolicy;
  /** Files whose source is gone are deleted from the copy, unless somebody changed them. */
  readonly prune: boolean;
  /** Read every file again that was copied, and compare it with what was sent. */
  readonly validate: boolean;
}

export interface VolumePorts extends CopyPorts {
  /** Files under way at the same time, of all volumes of the run. */
  readonly slots: Slots;
  readonly progress: (copied: CopiedBytes) => void;
}

export interface CopiedBytes {
  readonly bytes: number;
  readonly files: number;
}

export interface VolumeCopied extends CopiedBytes {
  /** What the user should know of the copy, a sentence each. */
  readonly remarks: readonly string[];
}

/** Files whose records are written together: what a killed run copies again at most, beside those under way. */
const BATCH_FILES = 200;
const BATCH_BYTES = 256 * 1024 * 1024;
const LISTED_AT_ONCE = 8;

/**
 * Makes the files of one volume those of another: what is new or changed is streamed over, what is there with its size, time and checksum
 * on record is skipped. Which files are ours is on record before they are written, so that whoever goes on after a kill overwrites no
 * other. Throws FOREIGN_TARGET, TARGET_MODIFIED or FILES_NOT_COPIED when some files could not be done; the others are done then.
 */
export async function copyVolume(copy: VolumeCopy, ports: VolumePorts): Promise<VolumeCopied> {
  const { source, target, policy } = copy;
  const options = { parallel: LISTED_AT_ONCE, ...(ports.signal ? { signal: ports.signal } : {}) };
  const manifest = await openManifest(ports.target.files, source, target);
  const [from, to] = [
    await listVolume(ports.source.files, source, options),
    await listVolume(ports.target.files, target, options),
  ];
  const fates = compareFiles(from, to, manifest.records, policy);
  const work: Work = { copy, ports, manifest, from, to, fates };
  const copied = await copyBatches(work);
  for (const path of from.empty) await ports.target.files.makeDirectory(`${volumeRoot(target)}/${path}`);
  const removed = copy.prune ? await prune(work) : 0;
  await manifest.append(fates.gone.map((path) => [path, { state: "forgotten" }]));
  if (copy.validate) await validate(work);
  await manifest.compact();
  requireWhole(work, copied.failures);
  return { bytes: copied.bytes, files: copied.files, remarks: remarksOn(work, copied.vanished, removed) };
}

interface Work {
  readonly copy: VolumeCopy;
  readonly ports: VolumePorts;
  readonly manifest: Manifest;
  readonly from: VolumeTree;
  readonly to: VolumeTree;
  readonly fates: Fates;
}

interface Batches extends CopiedBytes {
  readonly vanished: readonly string[];
  readonly failures: readonly Failure[];
}

interface Failure {
  readonly path: string;
  readonly error: unknown;
}

async function copyBatches(work: Work): Promise<Batches> {
  let sum: Batches = { bytes: 0, files: 0, vanished: [], failures: [] };
  for (const paths of batches(work.fates.copy, work.from)) {
    const { bytes, files, vanished, failures } = await copyBatch(paths, work);
    sum = {
      bytes: sum.bytes + bytes,
      files: sum.files + files,
      vanished: [...sum.vanished, ...vanished],
      failures: [...sum.failures, ...failures],
    };
  }
  return sum;
}

/** Records that the files are ours, copies them, and records what came of it also when the rest is given up. */
async function copyBatch(paths: readonly string[], work: Work): Promise<Batches> {
  const { manifest, ports } = work;
  ports.signal?.throwIfAborted();
  await manifest.append(paths.map((path) => [path, { state: "begun" }]));
  const results = await Promise.all(paths.map((path) => ports.slots.run(() => attempt(path, work))));
  const done = results.flatMap(({ path, record }) => (record ? [{ path, record }] : []));
  const vanished = results.flatMap(({ path, vanished }) => (vanished ? [path] : []));
  await manifest.append([
    ...done.map(({ path, record }): RecordChange => [path, record]),
    ...vanished.filter((path) => !work.to.files.has(path)).map((path): RecordChange => [path, FORGOTTEN]),
  ]);
  const failures = results.flatMap(({ path, error }) => (error === undefined ? [] : [{ path, error }]));
  const fatal = failures.find(({ error }) => endsAll(error));
  ports.signal?.throwIfAborted();
  if (fatal) throw fatal.error;
  const bytes = done.reduce((total, { record }) => total + record.size, 0);
  return { bytes, files: done.length, vanished, failures };
}

const FORGOTTEN = { state: "forgotten" } as const;

interface Attempt {
  readonly path: string;
  readonly record?: Extract<FileRecord, { state: "copied" }>;
  readonly vanished?: boolean;
  readonly error?: unknown;
}

/** Copies one file; a failure is an outcome, as the others go on. */
async function attempt(path: string, { copy, ports, from }: Work): Promise<Attempt> {
  try {
    ports.signal?.throwIfAborted();
    const listed = from.files.get(path) ?? { size: 0, modifiedAt: 0 };
    const record = await copyFile(
      {
        from: `${volumeRoot(copy.source)}/${path}`,
        to: `${volumeRoot(copy.target)}/${path}`,
        listed,
        onBytes: (bytes) => ports.progress({ bytes, files: 0 }),
      },
      ports,
    );
    if (record === undefined) return { path, vanished: true };
    ports.progress({ bytes: 0, files: 1 });
    return { path, record };
  } catch (error) {
    return { path, error };
  }
}

/** Errors that every other file would have too. */
function endsAll(error: unknown): boolean {
  return (
    error instanceof WorkspaceError && ["UNAUTHENTICATED", "UNAVAILABLE", "CANCELED"].includes(error.code)
  );
}

function* batches(paths: readonly string[], from: VolumeTree): Generator<readonly string[]> {
  let batch: string[] = [];
  let bytes = 0;
  for (const path of paths) {
    batch.push(path);
    bytes += from.files.get(path)?.size ?? 0;
    if (batch.length < BATCH_FILES && bytes < BATCH_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

/** Deletes copies whose source is gone and that are as we wrote them; how many. */
async function prune({ copy, ports, manifest, fates, to }: Work): Promise<number> {
  const ours = fates.orphaned.filter((path) => isAsWritten(path, to, manifest));
  for (const path of ours) {
    ports.signal?.throwIfAborted();
    await ports.target.files.remove(`${volumeRoot(copy.target)}/${path}`);
  }
  await manifest.append(ours.map((path): RecordChange => [path, FORGOTTEN]));
  return ours.length;
}

function isAsWritten(path: string, to: VolumeTree, { records }: Manifest): boolean {
  const [there, record] = [to.files.get(path), records.get(path)];
  return there !== undefined && record?.state === "copied" && !isTouched(there, record);
}

/** Throws FILES_NOT_COPIED for copies whose bytes are not those that were sent; they are copied again by the next run. */
async function validate({ copy, ports, manifest, fates }: Work): Promise<void> {
  const differing = await Promise.all(
    [...fates.copy, ...fates.keep].map((path) =>
      ports.slots.run(async () => {
        const record = manifest.records.get(path);
        if (record?.state !== "copied") return [];
        ports.signal?.throwIfAborted();
        const same = await hasContent(ports, `${volumeRoot(copy.target)}/${path}`, record.sha256);
        return same ? [] : [path];
      }),
    ),
  );
  const paths = differing.flat();
  if (paths.length === 0) return;
  await manifest.append(paths.map((path): RecordChange => [path, { state: "begun" }]));
  const message = `Read again, ${sampleWords(sampleOf(paths))} of ${localName(copy.target)} do not hold the bytes that were copied.`;
  throw new CloneError("FILES_NOT_COPIED", message, { object: localName(copy.target), details: paths });
}

function requireWhole({ copy, fates }: Work, failures: readonly Failure[]): void {
  const object = localName(copy.target);
  if (failures[0] !== undefined) {
    const { path, error } = failures[0];
    const why = error instanceof Error ? error.message : String(error);
    const words = sampleWords(sampleOf(failures.map((failure) => failure.path)));
    throw new CloneError("FILES_NOT_COPIED", `${words} could not be copied; ${path}: ${why}`, {
      object,
      cause: error,
    });
  }
  if (fates.foreign.length > 0) throw foreignFiles(object, fates.foreign);
  if (fates.modified.length > 0) throw modifiedFiles(object, fates.modified);
}

function foreignFiles(object: string, paths: readonly string[]): CloneError {
  const message = `${object} has ${sampleWords(sampleOf(paths))} that no clone of this source wrote; they are left. Say replace_foreign to replace them.`;
  return new CloneError("FOREIGN_TARGET", message, { object });
}

function modifiedFiles(object: string, paths: readonly string[]): CloneError {
  const message = `${object} was changed since it was copied and is left so: ${sampleWords(sampleOf(paths))}. Say on_target_modified overwrite to replace them, or skip to leave them.`;
  return new CloneError("TARGET_MODIFIED", message, { object });
}

function remarksOn({ copy, fates }: Work, vanished: readonly string[], removed: number): readonly string[] {
  const orphans = fates.orphaned.length - removed;
  return [
    ...(vanished.length > 0
      ? [`removed from the source during the copy: ${sampleWords(sampleOf(vanished))}`]
      : []),
    ...(copy.prune && orphans > 0
      ? [`gone on the source, but changed on the copy and kept there: ${orphans}`]
      : []),
  ];
}
