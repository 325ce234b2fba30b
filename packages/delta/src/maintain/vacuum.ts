import type { DeletionVector } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { type Provenance, provenance } from "../operations.ts";
import { locate } from "../paths.ts";
import { deletedFileRetention } from "../retention.ts";
import type { Snapshot } from "../snapshot.ts";
import type { FileStat, Storage } from "../storage/storage.ts";
import type { DeltaTable } from "../table.ts";
import { vectorLocation } from "../vectors/place.ts";

export interface VacuumRequest extends Provenance {
  readonly base: Snapshot;
  /** Milliseconds; by default what the table's properties say. */
  readonly retention?: number;
  /** Files below the root that somebody else's log refers to (shallow clones): kept. */
  readonly keep?: ReadonlySet<string>;
}

/** Files that a VACUUM takes away. */
export interface VacuumPlan {
  readonly files: readonly { readonly path: string; readonly size: number }[];
  /** Directories that were looked into. */
  readonly directories: number;
}

/**
 * Finds what VACUUM would take away: files below the root that no version within the retention needs. A removed file counts from its
 * removal, one that no commit speaks of from its last change: it may be part of a commit still to come. Throws
 * DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT for a retention shorter than the table's own.
 */
export async function planVacuum(table: DeltaTable, request: VacuumRequest): Promise<VacuumPlan> {
  const { storage, now } = table.environment;
  const { base, keep = new Set() } = request;
  const oldest = now() - checkedRetention(request);
  const { needed, expired } = mentioned(base, oldest);
  const found = await filesBelow(storage, base.root);
  const files = found.files.filter(
    ({ path, modificationTime }) =>
      !needed.has(path) && !keep.has(path) && (expired.has(path) || modificationTime < oldest),
  );
  return { files: files.map(({ path, size }) => ({ path, size })), directories: found.directories };
}

/**
 * Takes the files of a plan away, between a VACUUM START and a VACUUM END in the history. A kill in between leaves some of them: the next
 * VACUUM takes the rest.
 */
export async function vacuumTable(table: DeltaTable, request: VacuumRequest): Promise<VacuumPlan> {
  const plan = await planVacuum(table, request);
  const { base, retention } = request;
  const bytes = plan.files.reduce((sum, { size }) => sum + size, 0);
  const shared = { reads: { kind: "nothing" }, isolationLevel: "SnapshotIsolation", actions: [] } as const;
  await table.commit({
    ...shared,
    base,
    ...provenance(request),
    operation: "VACUUM START",
    operationParameters: {
      retentionCheckEnabled: true,
      defaultRetentionMillis: deletedFileRetention(base.metadata.configuration),
      ...(retention !== undefined && { specifiedRetentionMillis: retention }),
    },
    operationMetrics: {
      numFilesToDelete: String(plan.files.length),
      sizeOfDataToDelete: String(bytes),
    },
  });
  for (const { path } of plan.files) await table.environment.storage.remove(path);
  await table.commit({
    ...shared,
    base: await table.snapshot(),
    ...provenance(request),
    operation: "VACUUM END",
    operationParameters: { status: "COMPLETED" },
    operationMetrics: {
      numDeletedFiles: String(plan.files.length),
      numVacuumedDirectories: String(plan.directories),
    },
  });
  return plan;
}

/** Places of the data and vector files that this version needs, and those before it whose retention has not passed. */
export function neededFiles(snapshot: Snapshot, now: number): ReadonlySet<string> {
  return mentioned(snapshot, now - deletedFileRetention(snapshot.metadata.configuration)).needed;
}

function checkedRetention({ base, retention }: VacuumRequest): number {
  const own = deletedFileRetention(base.metadata.configuration);
  if (retention === undefined || retention >= own) return retention ?? own;
  throw new DeltaError(
    "DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT",
    `Are you sure you would like to vacuum files with such a low retention period? If you have writers that are currently writing to this table, there is a risk that you may corrupt the state of your Delta table. If you are certain that there are no operations being performed on this table, such as insert/upsert/delete/optimize, then you may lower the table property delta.deletedFileRetentionDuration first. If you are not sure, please use a value not less than "${own / 3_600_000} hours".`,
    { context: { retention, least: own } },
  );
}

/** Places that the log speaks of: needed by a version within the retention, or by none any more. */
function mentioned(base: Snapshot, oldest: number) {
  const needed = new Set<string>();
  const expired = new Set<string>();
  const note = (to: Set<string>, path: string, vector: DeletionVector | undefined) => {
    to.add(locate(base.root, path));
    const place = vector && vectorLocation(base.root, vector);
    if (place !== undefined) to.add(place);
  };
  for (const { path, deletionTimestamp = 0, deletionVector } of base.removedFiles())
    note(deletionTimestamp < oldest ? expired : needed, path, deletionVector);
  for (const { path, deletionVector } of base.files()) note(needed, path, deletionVector);
  return { needed, expired };
}

interface Found {
  readonly files: readonly (FileStat & { readonly path: string })[];
  readonly directories: number;
}

/** What a killed clone was copying: `LocalStorage` writes a file under such a name until it is whole. */
const ABANDONED_COPY = /^\..+\.(parquet|bin)\.[0-9a-f-]{36}\.tmp$/;

/**
 * Hidden directories and files are not the table's, but for its change data and copies that a killed process left. Source: Delta, "hidden
 * files" of VACUUM.
 */
async function filesBelow(storage: Storage, directory: string): Promise<Found> {
  const entries = (await storage.list(directory)).filter(
    ({ name }) =>
      name === "_change_data" || !/^[._]/.test(name) || name.includes("=") || ABANDONED_COPY.test(name),
  );
  const files: Found["files"][number][] = [];
  let directories = 1;
  for (const { name, kind } of entries) {
    const path = `${directory}/${name}`;
    if (kind === "directory") {
      const below = await filesBelow(storage, path);
      files.push(...below.files);
      directories += below.directories;
      continue;
    }
    const stat = await storage.stat(path);
    if (stat !== undefined) files.push({ ...stat, path });
  }
  return { files, directories };
}
