import type { ObjectName, Table } from "@clone-xs/unity";
import { hasVersions } from "../decide/cloneable.ts";
import { isCloneOf, readStamp, type Stamp } from "../decide/provenance.ts";
import type { InspectPorts } from "./ends.ts";
import { readHistories } from "./history.ts";
import { type HistoryRead, localKey } from "./inventory.ts";

/** Entries that nearly always reach back to the last clone. */
const ENTRIES = 50;
/** Entries for the few tables where they do not. */
const MANY_ENTRIES = 2000;

/** A source table and the clone of it that stands on the target. */
export interface ClonedTable {
  readonly source: Table;
  readonly target: ObjectName;
  readonly stamp: Stamp;
}

export type Histories = Readonly<Record<string, HistoryRead>>;
type Read = (names: readonly ObjectName[], limit: number) => Promise<Histories>;

/** The pair, when what stands on the target under that name is a clone of the source table. */
export function clonedTable(
  source: Table,
  target: Table | undefined,
  targetName: ObjectName,
): ClonedTable | undefined {
  const stamp = readStamp(target?.properties ?? {}, targetName);
  return isCloneOf(stamp, source) ? { source, target: targetName, stamp } : undefined;
}

/** What happened to clones and to their sources since they were made, in batches at each end. */
export async function readCloneHistories(
  clones: readonly ClonedTable[],
  ports: InspectPorts,
  parallel: number,
): Promise<{ readonly source: Histories; readonly target: Histories }> {
  const options = { parallel, ...(ports.signal ? { signal: ports.signal } : {}) };
  const read =
    (end: "source" | "target"): Read =>
    (names, limit) =>
      readHistories(ports[end].statements, names, { limit, ...options });
  const versioned = clones.filter(({ source }) => hasVersions(source));
  const [source, target] = await Promise.all([
    readBack(read("source"), versioned, (clone) => clone.source, reachesVersion),
    readBack(read("target"), clones, (clone) => clone.target, reachesClone),
  ]);
  return { source, target };
}

/** Reads a moderate number of entries, then many for those tables where that did not reach far enough. */
async function readBack(
  read: Read,
  clones: readonly ClonedTable[],
  nameOf: (clone: ClonedTable) => ObjectName,
  reaches: (history: HistoryRead, clone: ClonedTable) => boolean,
): Promise<Histories> {
  const first = await read(clones.map(nameOf), ENTRIES);
  const short = clones.filter((clone) => {
    const history = first[localKey(nameOf(clone))];
    return history?.ok === true && !history.complete && !reaches(history, clone);
  });
  return { ...first, ...(await read(short.map(nameOf), MANY_ENTRIES)) };
}

function reachesVersion(history: HistoryRead, { stamp }: ClonedTable): boolean {
  const oldest = history.ok ? history.entries.at(-1)?.version : undefined;
  return stamp.version === null || (oldest !== undefined && BigInt(oldest) <= BigInt(stamp.version));
}

function reachesClone(history: HistoryRead): boolean {
  return history.ok && history.entries.some(({ operation }) => operation.toUpperCase() === "CLONE");
}
