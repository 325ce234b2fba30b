import type { Action, AddFile, CdcFile, DeletionVector, PartitionValues } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { parseLine } from "../log/action-text.ts";
import { type CommitClock, commitClock, tooLate } from "../log/times.ts";
import { listLog, type LogSource, readCommit } from "../log/read.ts";
import { versionNotFound } from "../log/segment.ts";
import { locate } from "../paths.ts";
import type { Snapshot } from "../snapshot.ts";
import type { DeltaTable } from "../table.ts";

/** From which commit to which, both included; by default to the newest. */
export interface ChangeRange {
  readonly from: Bound;
  readonly to?: Bound;
}

export type Bound = { readonly version: number } | { readonly timestamp: number };

/** Rows that one commit added to a table or took from it, as files to read them from. */
export interface ChangedFile {
  readonly version: number;
  /** Time of the commit, epoch milliseconds. */
  readonly timestamp: number;
  /** `recorded`: a change data file, whose rows say in `_change_type` what became of them. */
  readonly change: "insert" | "delete" | "recorded";
  readonly location: string;
  readonly size: number;
  readonly partitionValues: PartitionValues;
  /** Rows of the file that do not count. */
  readonly without?: DeletionVector;
  /** When present only these rows count, those of `without` excepted. */
  readonly only?: DeletionVector;
}

export interface TableChanges {
  /** The table at the end of the range: its schema is that of the rows. */
  readonly snapshot: Snapshot;
  readonly files: readonly ChangedFile[];
}

/**
 * What happened to a table's rows, oldest commit first. Commits with change data files are told by those alone; others by the files they
 * added and removed; those that change no data say nothing. Protocol: "Reader Requirements for AddCDCFile". Throws
 * DELTA_MISSING_CHANGE_DATA where the feed was off, DELTA_INVALID_CDC_RANGE, DELTA_VERSION_NOT_FOUND for commits that were cleaned up, and
 * DELTA_TIMESTAMP_GREATER_THAN_COMMIT.
 */
export async function tableChanges(table: DeltaTable, range: ChangeRange): Promise<TableChanges> {
  const source: LogSource = { ...table.environment, root: table.root };
  const newest = await table.snapshot();
  const clock = commitClock(source, await listLog(source), newest.metadata.configuration);
  const { first, last } = await versionsOf(range, clock);
  const snapshot = last === newest.version ? newest : await table.snapshot({ version: last });
  await checkRecorded(table, first, last);
  const files: ChangedFile[] = [];
  for (const version of clock.versions.filter((v) => v >= first && v <= last)) {
    const { lines } = await readCommit(source, version);
    const timestamp = await clock.timeOf(version);
    const actions = lines.flatMap((line) => parseLine(line)?.action ?? []);
    checkStillOn(actions, { first, last, version });
    const told = await withPartitions(table, version, actions);
    files.push(...changedBy(told, table.root).map((file) => ({ version, timestamp, ...file })));
  }
  return { snapshot, files };
}

async function versionsOf(
  { from, to }: ChangeRange,
  clock: CommitClock,
): Promise<{ first: number; last: number }> {
  const [oldest, newest] = [clock.versions[0] ?? 0, clock.versions.at(-1) ?? 0];
  const first = "version" in from ? from.version : await firstSince(from.timestamp, clock);
  const last =
    to === undefined ? newest : "version" in to ? to.version : await lastUntil(to.timestamp, clock);
  if (first > newest)
    throw invalid(
      `Provided Start version(${first}) for reading change data is invalid. Start version cannot be greater than the latest version of the table(${newest}).`,
      { start: first, latest: newest },
    );
  if (last < first)
    throw invalid(`CDC range from start ${first} to end ${last} was invalid. End cannot be before start.`, {
      start: first,
      end: last,
    });
  if (first < oldest) throw versionNotFound(first, { earliest: oldest, latest: newest });
  return { first, last: Math.min(last, newest) };
}

function invalid(message: string, context: DeltaError["context"]): DeltaError {
  return new DeltaError("DELTA_INVALID_CDC_RANGE", message, { context });
}

/** The first commit at or after an instant. */
async function firstSince(timestamp: number, clock: CommitClock): Promise<number> {
  const before = await clock.newestUntil(timestamp);
  if (before !== undefined && (await clock.timeOf(before)) === timestamp) return before;
  const next = clock.versions[before === undefined ? 0 : clock.versions.indexOf(before) + 1];
  if (next !== undefined) return next;
  throw tooLate(timestamp, before === undefined ? 0 : await clock.timeOf(before));
}

/** The last commit at or before an instant; -1 before the first. */
async function lastUntil(timestamp: number, clock: CommitClock): Promise<number> {
  const newest = clock.versions.at(-1);
  const bound = newest === undefined ? 0 : await clock.timeOf(newest);
  if (timestamp > bound) throw tooLate(timestamp, bound);
  return (await clock.newestUntil(timestamp)) ?? -1;
}

/** The feed must be on when the range begins; the commit that turns it on is in the feed. */
async function checkRecorded(table: DeltaTable, first: number, last: number): Promise<void> {
  const { metadata } = await table.snapshot({ version: first });
  if (!isOn(metadata.configuration)) throw missing({ first, last, version: first });
}

interface Versions {
  readonly first: number;
  readonly last: number;
  readonly version: number;
}

function checkStillOn(actions: readonly Action[], versions: Versions): void {
  for (const action of actions)
    if ("metaData" in action && !isOn(action.metaData.configuration)) throw missing(versions);
}

function isOn(configuration: Readonly<Record<string, string>>): boolean {
  return configuration["delta.enableChangeDataFeed"]?.toLowerCase() === "true";
}

function missing({ first, last, version }: Versions): DeltaError {
  return new DeltaError(
    "DELTA_MISSING_CHANGE_DATA",
    `Error getting change data for range [${first} , ${last}] as change data was not\nrecorded for version [${version}]. If you've enabled change data feed on this table,\nuse \`DESCRIBE HISTORY\` to see when it was first enabled.\nOtherwise, to start recording change data, use \`ALTER TABLE table_name SET TBLPROPERTIES\n(delta.enableChangeDataFeed=true)\`.`,
    { context: { first, last, version } },
  );
}

/** Removes need not say of which partition their files were: the version before does. */
async function withPartitions(
  table: DeltaTable,
  version: number,
  actions: readonly Action[],
): Promise<readonly Action[]> {
  const isSilent = (action: Action) =>
    "remove" in action && action.remove.dataChange && action.remove.partitionValues === undefined;
  if (!actions.some(isSilent) || actions.some((action) => "cdc" in action)) return actions;
  const { metadata, files } = await table.snapshot({ version: version - 1 });
  if (metadata.partitionColumns.length === 0) return actions;
  const known = new Map(Array.from(files(), (file) => [file.location, file.partitionValues]));
  return actions.map((action) => {
    if (!("remove" in action) || action.remove.partitionValues !== undefined) return action;
    const partitionValues = known.get(locate(table.root, action.remove.path));
    return partitionValues === undefined ? action : { remove: { ...action.remove, partitionValues } };
  });
}

type Change = Omit<ChangedFile, "version" | "timestamp">;

function changedBy(actions: readonly Action[], root: string): readonly Change[] {
  const recorded = actions.flatMap((action) => ("cdc" in action ? [action.cdc] : []));
  if (recorded.length > 0) return recorded.map((file) => ({ ...place(file, root), change: "recorded" }));
  const added = new Map(
    actions.flatMap((action) =>
      "add" in action && action.add.dataChange ? [[locate(root, action.add.path), action.add] as const] : [],
    ),
  );
  const changes: Change[] = [];
  for (const action of actions) {
    if (!("remove" in action) || !action.remove.dataChange) continue;
    const { path, size = 0, partitionValues = {}, deletionVector: before } = action.remove;
    const again = added.get(locate(root, path));
    const file = place({ path, size, partitionValues }, root);
    if (again === undefined) changes.push({ ...file, change: "delete", ...except(before) });
    else {
      added.delete(locate(root, path));
      changes.push(...remasked(file, before, again));
    }
  }
  return [
    ...changes,
    ...[...added.values()].map(
      (file): Change => ({
        ...place(file, root),
        change: "insert",
        ...except(file.deletionVector),
      }),
    ),
  ];
}

/** A file that got another deletion vector: rows masked now went away, rows masked no more came back. */
function remasked(
  file: Omit<Change, "change">,
  before: DeletionVector | undefined,
  { deletionVector: after }: AddFile,
): readonly Change[] {
  return [
    ...(after === undefined ? [] : [{ ...file, change: "delete", only: after, ...except(before) } as const]),
    ...(before === undefined ? [] : [{ ...file, change: "insert", only: before, ...except(after) } as const]),
  ];
}

function except(vector: DeletionVector | undefined): { readonly without?: DeletionVector } {
  return vector === undefined ? {} : { without: vector };
}

function place(
  { path, size, partitionValues }: Pick<CdcFile, "path" | "size" | "partitionValues">,
  root: string,
) {
  return { location: locate(root, path), size, partitionValues };
}
