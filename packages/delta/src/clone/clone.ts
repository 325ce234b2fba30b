import type { Action } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { isLocal } from "../paths.ts";
import type { LiveFile, Snapshot } from "../snapshot.ts";
import { inParallel } from "../storage/in-parallel.ts";
import type { FileCopy, Storage } from "../storage/storage.ts";
import { checkCloneable, type CloneDefinition, cloneDefinition, type CloneLimits } from "./definition.ts";
import { refuseForeignFiles, tableStands } from "./leftovers.ts";
import {
  type ClonePlan,
  type ClonePlanInput,
  doubtfulLocations,
  planDeepClone,
  planShallowClone,
} from "./plan.ts";
import type { CloneMetrics, CloneRequest, CloneResult, CloneSource } from "./request.ts";

/**
 * Makes the target a full copy of the source: data and deletion vector files are copied under the same names,
 * then one commit makes them the table. On an existing target only what differs is copied, and what the
 * source lacks is removed, rows of other writers included; there is always a commit. Killed before the
 * commit, the target is at its old version, and the next clone goes on with what is there. Never rebased: a
 * concurrent commit on the target is DELTA_CONCURRENT_WRITE. Throws too: DELTA_COPY_INCOMPLETE,
 * DELTA_FILE_NOT_FOUND, DELTA_UNSUPPORTED_PATH, DELTA_UNSUPPORTED_FEATURES_FOR_WRITE,
 * DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION, and what {@link cloneDefinition} throws.
 */
export async function deepClone(request: CloneRequest): Promise<CloneResult> {
  const { source, target, parallelism = PARALLEL } = request;
  const { storage } = target.environment;
  const prepared = await prepare(request);
  const { base, input } = prepared;
  const occupied =
    base === undefined ? new Set<string>() : await existing(storage, doubtfulLocations(input), parallelism);
  const plan = planDeepClone({ ...input, occupied });
  if (base === undefined) await refuseForeignFiles(storage, target.root, destinations(plan));
  const data = await missingCopies(storage, plan, parallelism);
  const vectors = await inParallel(plan.vectors, parallelism, (copy) => withSize(storage, copy));
  await storage.copyFiles([...data, ...vectors].map(checkLocal), { parallelism });
  const copied = { files: data.length, bytes: data.reduce((sum, { size }) => sum + size, 0) };
  const transactions = Array.from(source.transactions.values(), (txn): Action => ({ txn }));
  return commitClone(request, { ...prepared, plan, copied, isShallow: false, transactions });
}

/**
 * Makes the target a table over the source's own files, by absolute path: only a log is written. A clone of a
 * clone refers to the original files. Errors and concurrency as {@link deepClone}.
 */
export async function shallowClone(request: CloneRequest): Promise<CloneResult> {
  const { target } = request;
  const prepared = await prepare(request);
  const plan = planShallowClone(prepared.input);
  if (prepared.base === undefined)
    await refuseForeignFiles(target.environment.storage, target.root, new Set());
  const copied = { files: 0, bytes: 0 };
  return commitClone(request, { ...prepared, plan, copied, isShallow: true, transactions: [] });
}

/** Files that are looked at or copied at the same time. */
const PARALLEL = 8;

interface Prepared {
  readonly base: Snapshot | undefined;
  readonly definition: CloneDefinition;
  readonly input: ClonePlanInput;
}

/** Reads the target and decides what the table will be: whatever can be refused is, before a byte is copied. */
async function prepare(request: CloneRequest): Promise<Prepared> {
  const { source, target, properties = {}, replaces = true } = request;
  const { now, uuid } = target.environment;
  const base = await currentSnapshot(request);
  if (base !== undefined && !replaces) throw tableStands(target.root);
  const definition = cloneDefinition({ source, ...(base && { base }), properties, uuid, now: now() });
  const input = {
    sourceRoot: source.root,
    files: checkedFiles(source, { properties, hasRowTracking: definition.hasRowTracking }),
    targetRoot: target.root,
    ...(base && { base }),
    now: now(),
  };
  return { base, definition, input };
}

interface Planned extends Prepared {
  readonly plan: ClonePlan;
  readonly copied: { readonly files: number; readonly bytes: number };
  readonly isShallow: boolean;
  readonly transactions: readonly Action[];
}

async function commitClone(
  request: CloneRequest,
  { base, definition, plan, copied, isShallow, transactions }: Planned,
): Promise<CloneResult> {
  const { source, sourceName, target, userId, userName } = request;
  const { metaData, protocol, domains } = definition;
  const metrics = metricsOf(source, plan, copied);
  const { version } = await target.commit({
    ...(base && { base }),
    operation: "CLONE",
    operationParameters: { source: sourceName, sourceVersion: source.version, isShallow },
    operationMetrics: metricTexts(metrics, isShallow),
    isolationLevel: "Serializable",
    reads: { kind: "exclusive" },
    ...(userId !== undefined && { userId }),
    ...(userName !== undefined && { userName }),
    actions: [
      { metaData },
      ...plan.remove.map((remove): Action => ({ remove })),
      ...plan.add.map((add): Action => ({ add })),
      ...transactions,
      ...domains,
      ...(protocol ? [{ protocol }] : []),
    ],
  });
  return { version, metrics };
}

async function currentSnapshot({ target }: CloneRequest): Promise<Snapshot | undefined> {
  return (await target.exists()) ? target.snapshot() : undefined;
}

/** Every file as often as it is asked for, checked each time. */
function checkedFiles({ files }: CloneSource, limits: CloneLimits): Iterable<LiveFile> {
  return {
    *[Symbol.iterator]() {
      for (const file of files()) {
        checkCloneable(file, limits);
        yield file;
      }
    },
  };
}

function destinations({ data, vectors }: ClonePlan): ReadonlySet<string> {
  return new Set([...data, ...vectors].map(({ to }) => to));
}

async function existing(
  storage: Storage,
  locations: readonly string[],
  parallelism: number,
): Promise<ReadonlySet<string>> {
  const stats = await inParallel(locations, parallelism, (location) => storage.stat(location));
  return new Set(locations.filter((_, i) => stats[i] !== undefined));
}

/** Leaves out files that an older version of the target left behind, whole. */
async function missingCopies(
  storage: Storage,
  { data }: ClonePlan,
  parallelism: number,
): Promise<readonly FileCopy[]> {
  const isThere = async ({ to, size, mayExist }: ClonePlan["data"][number]) =>
    mayExist && (await storage.stat(to))?.size === size;
  const present = await inParallel(data, parallelism, isThere);
  return data.filter((_, i) => !present[i]);
}

async function withSize(storage: Storage, { from, to }: Omit<FileCopy, "size">): Promise<FileCopy> {
  const stat = await storage.stat(from);
  if (stat === undefined)
    throw new DeltaError("DELTA_FILE_NOT_FOUND", `${from} does not exist`, { context: { path: from } });
  return { from, to, size: stat.size };
}

function checkLocal(copy: FileCopy): FileCopy {
  if (isLocal(copy.from)) return copy;
  throw new DeltaError(
    "DELTA_UNSUPPORTED_PATH",
    `${copy.from} is not on the local file system and cannot be copied`,
    {
      context: { path: copy.from },
    },
  );
}

function metricsOf(source: CloneSource, plan: ClonePlan, copied: Planned["copied"]): CloneMetrics {
  return {
    sourceTableSize: source.sizeInBytes,
    sourceNumOfFiles: source.numFiles,
    numRemovedFiles: plan.removedFiles,
    numCopiedFiles: copied.files,
    removedFilesSize: plan.removedBytes,
    copiedFilesSize: copied.bytes,
  };
}

/** As Databricks orders and spells them in the commit; the vector counts stand only in shallow clones. */
function metricTexts(metrics: CloneMetrics, isShallow: boolean): Readonly<Record<string, string>> {
  const vectors = isShallow ? { numDeletionVectorsAdded: "0", numDeletionVectorsRemoved: "0" } : {};
  return {
    removedFilesSize: String(metrics.removedFilesSize),
    numRemovedFiles: String(metrics.numRemovedFiles),
    sourceTableSize: String(metrics.sourceTableSize),
    numCopiedFiles: String(metrics.numCopiedFiles),
    ...vectors,
    copiedFilesSize: String(metrics.copiedFilesSize),
    sourceNumOfFiles: String(metrics.sourceNumOfFiles),
  };
}
