import type { ObjectName, Table } from "@clone-xs/unity";
import type { FingerprintRead, HistoryEntry, HistoryRead } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";
import { isClone, makesTable, newestChange, strongest } from "./change.ts";
import { isBaseTable, kindWords, otherDepth } from "./cloneable.ts";
import type { Reason } from "./decision.ts";
import { ALL_ROWS, differingColumns, type Extent, extentWords, sameExtent } from "./extent.ts";
import { isCloneOf, readStamp, type Stamp } from "./provenance.ts";

/** How the copy of one table stands to its source, before any load type has its say. */
export interface Judgement {
  readonly reason: Reason;
  readonly detail?: string;
  readonly sourceVersion?: string;
  readonly clonedVersion?: string;
}

export interface TablePair {
  readonly source: Table;
  /** What stands on the target under the name the copy would have. */
  readonly target: Table | undefined;
  readonly targetName: ObjectName;
  readonly sourceHistory: HistoryRead | undefined;
  /** Of a source without versions. */
  readonly sourceFingerprint: FingerprintRead | undefined;
  readonly targetHistory: HistoryRead | undefined;
  /** Which rows the copy is to have; absent: all. */
  readonly extent?: Extent;
  /** The version of the source that the copy is to be, when an earlier one than the newest is asked for. */
  readonly pinned?: string;
  /** What the copy is to be; absent where either depth will do. */
  readonly depth?: CloneRequest["cloneType"];
}

/**
 * Compares one source table with what the target holds. A clone of the other depth holds the same rows, yet cannot stand for the one
 * that is asked for.
 */
export function judgeTable(pair: TablePair): Judgement {
  const judgement = judgeRows(pair);
  if (judgement.reason !== "in_sync" || pair.target === undefined || pair.depth === undefined)
    return judgement;
  const detail = otherDepth(pair.target, pair.depth);
  return detail === undefined ? judgement : { ...judgement, reason: "unable_to_compare", detail };
}

function judgeRows(pair: TablePair): Judgement {
  const sourceVersion = pair.sourceHistory?.ok
    ? newestChange(upTo(pair.sourceHistory.entries, pair.pinned))
    : undefined;
  const known = sourceVersion === undefined ? {} : { sourceVersion };
  if (pair.target === undefined) return { reason: "never_cloned", ...known };
  const stamp = readStamp(pair.target.properties, pair.targetName);
  if (!isBaseTable(pair.target)) return { ...known, ...foreign(pair.target, undefined) };
  if (!isCloneOf(stamp, pair.source)) return { ...known, ...foreign(pair.target, stamp) };
  const versions = stamp.version === null ? known : { ...known, clonedVersion: stamp.version };
  return { ...versions, ...judgeClone(stamp, pair) };
}

function foreign(target: Table, stamp: Stamp | undefined): Judgement {
  if (!isBaseTable(target)) return { reason: "foreign", detail: `it is ${kindWords(target)}` };
  const detail = stamp === undefined ? "it carries no mark of a clone" : `it is a clone of ${stamp.source}`;
  return { reason: "foreign", detail };
}

function judgeClone(stamp: Stamp, pair: TablePair): Judgement {
  const { source, sourceHistory, sourceFingerprint, targetHistory } = pair;
  const extent = stamp.extent ?? ALL_ROWS;
  const wanted = pair.extent ?? ALL_ROWS;
  if (extent.rows === "unfinished") return { reason: "unable_to_compare", detail: "it was not finished" };
  if (extent.rows === "none" && wanted.rows === "none" && hasSameColumns(pair)) return { reason: "in_sync" };
  const modified = targetHistory?.ok ? modification(targetHistory.entries, stamp) : undefined;
  if (modified) {
    return { reason: "target_modified", detail: `${modified.operation} at version ${modified.version}` };
  }
  if (!sameExtent(extent, wanted)) {
    const detail = `the target has ${extentWords(extent)}, and ${extentWords(wanted)} are asked for`;
    return { reason: "unable_to_compare", detail };
  }
  if (stamp.sourceId !== null && source.tableId !== undefined && stamp.sourceId !== source.tableId) {
    return { reason: "source_recreated" };
  }
  if (targetHistory?.ok === false)
    return { reason: "unable_to_compare", detail: targetHistory.failure.message };
  if (wanted.rows === "none") return columnDrift(pair);
  if (sourceFingerprint !== undefined) return judgeFiles(stamp, sourceFingerprint);
  if (sourceHistory === undefined)
    return { reason: "unable_to_compare", detail: "the source has no versions" };
  if (!sourceHistory.ok) return { reason: "unable_to_compare", detail: sourceHistory.failure.message };
  if (stamp.version === null) {
    return { reason: "unable_to_compare", detail: "the version that was cloned is not known" };
  }
  const cloned = { version: BigInt(stamp.version), timestamp: stamp.versionTimestamp };
  return { reason: sourceDrift(sourceHistory.entries, cloned, pair.pinned) };
}

function judgeFiles(stamp: Stamp, read: FingerprintRead): Judgement {
  if (!read.ok) return { reason: "unable_to_compare", detail: read.failure.message };
  if (stamp.fingerprint === null) {
    return { reason: "unable_to_compare", detail: "the files that were cloned are not known" };
  }
  return { reason: read.fingerprint === stamp.fingerprint ? "in_sync" : "version_drift" };
}

/** The commit with which the copy came to be: CLONE, or for a copy that a query or a definition made, that statement. */
export function makesCopy(entry: HistoryEntry, stamp: Stamp): boolean {
  return stamp.extent === undefined ? isClone(entry) : makesTable(entry);
}

function hasSameColumns({ source, target }: TablePair): boolean {
  return target !== undefined && differingColumns(source, target).length === 0;
}

function columnDrift({ source, target }: TablePair): Judgement {
  const names = target === undefined ? [] : differingColumns(source, target);
  return { reason: "schema_drift", detail: `columns differ: ${names.join(", ")}` };
}

/**
 * The first thing that somebody did to the target after it was cloned, newest first. A copy that a query made gets its constraints and
 * comments by statements of its own, so that only what changes rows tells of somebody else.
 */
function modification(entries: readonly HistoryEntry[], stamp: Stamp): HistoryEntry | undefined {
  const made = entries.findIndex((entry) => makesCopy(entry, stamp));
  const since = made === -1 ? entries : entries.slice(0, made);
  return since.find((entry) => {
    const change = strongest([entry]);
    return change === "data" || (change === "schema" && stamp.extent === undefined);
  });
}

/**
 * What lies between the version that was cloned and the one that is wanted, the newest unless `pinned`; either may be the later one.
 * A range that is not wholly in the history counts as drift.
 */
function sourceDrift(
  entries: readonly HistoryEntry[],
  cloned: { readonly version: bigint; readonly timestamp: string | null },
  pinned: string | undefined,
): Reason {
  const newest = entries[0];
  if (newest === undefined || BigInt(newest.version) < cloned.version) return "source_recreated";
  const same = entries.find((entry) => BigInt(entry.version) === cloned.version);
  if (same && cloned.timestamp !== null && !sameMoment(same.timestamp, cloned.timestamp))
    return "source_recreated";
  const wanted = BigInt(pinned ?? newest.version);
  const [first, last] = wanted < cloned.version ? [wanted, cloned.version] : [cloned.version, wanted];
  const between = entries.filter(({ version }) => BigInt(version) > first && BigInt(version) <= last);
  const change = strongest(between);
  if (change === "data" || last - first > BigInt(between.length)) return "version_drift";
  return change === "schema" ? "schema_drift" : "in_sync";
}

/** The entries that had been written when the pinned version was the newest. */
function upTo(entries: readonly HistoryEntry[], pinned: string | undefined): readonly HistoryEntry[] {
  return pinned === undefined ? entries : entries.filter(({ version }) => BigInt(version) <= BigInt(pinned));
}

/**
 * Milliseconds by which listing may move a commit's time. Without in-commit timestamps that time is the file's, pushed on by a
 * millisecond where files have the same one, counted from the oldest entry that was read: reading more entries shows another time.
 * A table made anew within this time, under the same id and with as many versions, is not told apart.
 * Source: Delta protocol, commit timestamps; DESCRIBE HISTORY makes them monotonic within what it lists.
 */
const PUSHED_ON = 2000;

function sameMoment(a: string, b: string): boolean {
  return a === b || Math.abs(Date.parse(a) - Date.parse(b)) <= PUSHED_ON;
}
