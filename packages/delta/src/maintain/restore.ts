import type { Action, DomainMetadata } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { fileKey } from "../log/state.ts";
import { addOf, type Provenance, provenance, redefinition, removeOf } from "../operations.ts";
import { isLocal } from "../paths.ts";
import { withFurtherMarks } from "../schema/identity.ts";
import type { LiveFile, Snapshot } from "../snapshot.ts";
import type { Storage } from "../storage/storage.ts";
import type { DeltaTable } from "../table.ts";
import { vectorLocation } from "../vectors/place.ts";

/** What a RESTORE changed, in files and bytes. */
export interface RestoreMetrics {
  readonly tableSizeAfterRestore: number;
  readonly numOfFilesAfterRestore: number;
  readonly numRemovedFiles: number;
  readonly numRestoredFiles: number;
  readonly removedFilesSize: number;
  readonly restoredFilesSize: number;
}

export interface RestoreRequest extends Provenance {
  /** The table as it is. */
  readonly base: Snapshot;
  /** The table as it shall be again: an older snapshot of it. */
  readonly to: Snapshot;
}

/**
 * Makes the files, schema and properties of an older version the table's again, by one more commit. Protocol and id stay, and so do the
 * marks that count on: row ids, identity columns, column ids. Throws DELTA_FILE_NOT_FOUND when VACUUM took files of that version, and
 * DELTA_CONCURRENT_WRITE: like a clone it is never rebased.
 */
export async function restoreTable(
  table: DeltaTable,
  { base, to, ...said }: RestoreRequest,
): Promise<{ readonly version: number; readonly metrics: RestoreMetrics }> {
  const { storage, now, uuid } = table.environment;
  const [wanted, present] = [keyed(to), keyed(base)];
  const added = [...wanted].flatMap(([key, file]) => (present.has(key) ? [] : [file]));
  const removed = [...present].flatMap(([key, file]) => (wanted.has(key) ? [] : [file]));
  await checkPresent(storage, to, added);
  const metrics = metricsOf(to, added, removed);
  const time = now();
  const { version } = await table.commit({
    base,
    operation: "RESTORE",
    operationParameters: { version: String(to.version), timestamp: null },
    operationMetrics: Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, String(value)])),
    isolationLevel: "Serializable",
    reads: { kind: "exclusive" },
    ...provenance(said),
    actions: [
      ...redefinition(base, definitionOf(base, to), { now: time, uuid }),
      ...removed.map((file): Action => ({ remove: removeOf(file, time) })),
      ...added.map((file): Action => ({ add: { ...addOf(file), dataChange: true } })),
    ],
  });
  return { version, metrics };
}

function keyed(snapshot: Snapshot): ReadonlyMap<string, LiveFile> {
  return new Map(
    Array.from(snapshot.files(), (file) => [fileKey(snapshot.root, file.path, file.deletionVector), file]),
  );
}

/** Files on other systems cannot be looked for and count as present. */
async function checkPresent(storage: Storage, to: Snapshot, files: readonly LiveFile[]): Promise<void> {
  const places = files.flatMap(({ location, deletionVector }) => [
    location,
    ...(deletionVector === undefined ? [] : [vectorLocation(to.root, deletionVector) ?? []].flat()),
  ]);
  const local = [...new Set(places)].filter(isLocal);
  const stats = await Promise.all(local.map((place) => storage.stat(place)));
  const missing = local.filter((_, i) => stats[i] === undefined);
  if (missing.length === 0) return;
  throw new DeltaError(
    "DELTA_FILE_NOT_FOUND",
    `Not all files from version ${to.version} are available in file system. Missed files (top 100 files): ${missing.slice(0, 100).join(",")}. Please use more recent version or timestamp for restoring.`,
    { context: { version: to.version, files: missing } },
  );
}

function metricsOf(to: Snapshot, added: readonly LiveFile[], removed: readonly LiveFile[]): RestoreMetrics {
  const bytes = (files: readonly LiveFile[]) => files.reduce((sum, { size }) => sum + size, 0);
  return {
    tableSizeAfterRestore: to.sizeInBytes,
    numOfFilesAfterRestore: to.numFiles,
    numRemovedFiles: removed.length,
    numRestoredFiles: added.length,
    removedFilesSize: bytes(removed),
    restoredFilesSize: bytes(added),
  };
}

function definitionOf(base: Snapshot, to: Snapshot): Parameters<typeof redefinition>[1] {
  const { schema, partitionColumns, configuration, name, description } = to.metadata;
  return {
    schema: withFurtherMarks(schema, base.metadata.schema),
    partitionColumns,
    properties: withHigherColumnId(configuration, base.metadata.configuration),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    domains: domainsOf(base, to),
  };
}

const MAX_COLUMN_ID = "delta.columnMapping.maxColumnId";
const ROW_TRACKING = "delta.rowTracking";

function withHigherColumnId(
  restored: Snapshot["metadata"]["configuration"],
  current: Snapshot["metadata"]["configuration"],
): Snapshot["metadata"]["configuration"] {
  const highest = Math.max(Number(restored[MAX_COLUMN_ID] ?? 0), Number(current[MAX_COLUMN_ID] ?? 0));
  return MAX_COLUMN_ID in restored ? { ...restored, [MAX_COLUMN_ID]: String(highest) } : restored;
}

/** Clustering and the like as they were; the mark of row ids stays. */
function domainsOf(base: Snapshot, to: Snapshot): readonly DomainMetadata[] {
  const set = [...to.domainMetadata.values()].filter(
    ({ domain, configuration }) =>
      domain !== ROW_TRACKING && base.domainMetadata.get(domain)?.configuration !== configuration,
  );
  const gone = [...base.domainMetadata.values()].filter(
    ({ domain }) => domain !== ROW_TRACKING && !to.domainMetadata.has(domain),
  );
  return [...set, ...gone.map((domain) => ({ ...domain, removed: true }))];
}
