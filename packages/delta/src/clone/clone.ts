import type { Action } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { isLocal } from "../paths.ts";
import type { LiveFile, Snapshot } from "../snapshot.ts";
import type { FileCopy, Storage } from "../storage/storage.ts";
import { checkVectorsAllowed, cloneDefinition } from "./definition.ts";
import { type ClonePlan, doubtfulLocations, planDeepClone, planShallowClone } from "./plan.ts";
import type { CloneMetrics, CloneRequest, CloneResult, CloneSource } from "./request.ts";

/**
 * Makes the target a full copy of the source: data and deletion vector files are copied under the same names,
 * then one commit makes them the table. On an existing target only what differs is copied, and what the
 * source lacks is removed, rows of other writers included; there is always a commit. Killed before the
 * commit, the target is at its old version. Never rebased: a concurrent commit on the target is
 * DELTA_CONCURRENT_WRITE. Throws too: DELTA_COPY_INCOMPLETE, DELTA_FILE_NOT_FOUND, DELTA_UNSUPPORTED_PATH,
 * DELTA_UNSUPPORTED_FEATURES_FOR_WRITE.
 */
export async function deepClone(request: CloneRequest): Promise<CloneResult> {
  const { source, target, parallelism = 8 } = request;
  const { storage } = target.environment;
  const base = await currentSnapshot(request);
  const occupied =
    base === undefined
      ? new Set<string>()
      : await existing(storage, doubtfulLocations(planInput(request, base)));
  const plan = planDeepClone({ ...planInput(request, base), occupied });
  const data = await missingCopies(storage, plan);
  const vectors = await Promise.all(plan.vectors.map((copy) => withSize(storage, copy)));
  await storage.copyFiles([...data, ...vectors].map(checkLocal), { parallelism });
  const copied = { files: data.length, bytes: data.reduce((sum, { size }) => sum + size, 0) };
  const transactions = Array.from(source.transactions.values(), (txn): Action => ({ txn }));
  return commitClone(request, { base, plan, copied, isShallow: false, transactions });
}

/**
 * Makes the target a table over the source's own files, by absolute path: only a log is written. A clone of a
 * clone refers to the original files. Errors and concurrency as {@link deepClone}.
 */
export async function shallowClone(request: CloneRequest): Promise<CloneResult> {
  const base = await currentSnapshot(request);
  const plan = planShallowClone(planInput(request, base));
  return commitClone(request, {
    base,
    plan,
    copied: { files: 0, bytes: 0 },
    isShallow: true,
    transactions: [],
  });
}

interface Prepared {
  readonly base: Snapshot | undefined;
  readonly plan: ClonePlan;
  readonly copied: { readonly files: number; readonly bytes: number };
  readonly isShallow: boolean;
  readonly transactions: readonly Action[];
}

async function commitClone(
  request: CloneRequest,
  { base, plan, copied, isShallow, transactions }: Prepared,
): Promise<CloneResult> {
  const { source, sourceName, target, userId, userName } = request;
  const { now, uuid } = target.environment;
  const properties = request.properties ?? {};
  const { metaData, protocol, domains } = cloneDefinition({
    source,
    ...(base && { base }),
    properties,
    uuid,
    now: now(),
  });
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

function planInput({ source, target, properties = {} }: CloneRequest, base: Snapshot | undefined) {
  return {
    sourceRoot: source.root,
    files: checkedFiles(source.files(), properties),
    targetRoot: target.root,
    ...(base && { base }),
    now: target.environment.now(),
  };
}

function* checkedFiles(
  files: Iterable<LiveFile>,
  properties: Readonly<Record<string, string>>,
): Generator<LiveFile> {
  for (const file of files) {
    checkVectorsAllowed(file, properties);
    yield file;
  }
}

async function existing(storage: Storage, locations: readonly string[]): Promise<ReadonlySet<string>> {
  const stats = await Promise.all(locations.map((location) => storage.stat(location)));
  return new Set(locations.filter((_, i) => stats[i] !== undefined));
}

/** Leaves out files that an older version of the target left behind, whole. */
async function missingCopies(storage: Storage, { data }: ClonePlan): Promise<readonly FileCopy[]> {
  const isThere = async ({ to, size, mayExist }: ClonePlan["data"][number]) =>
    mayExist && (await storage.stat(to))?.size === size;
  const present = await Promise.all(data.map(isThere));
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

function metricsOf(source: CloneSource, plan: ClonePlan, copied: Prepared["copied"]): CloneMetrics {
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
