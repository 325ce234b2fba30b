import type { ObjectName, Table, Workspace } from "@clone-xs/unity";
import { makesCopy } from "../decide/judge.ts";
import { hasVersions } from "../decide/cloneable.ts";
import { reachesPin } from "../decide/pin.ts";
import { isCloneOf, readStamp, type Stamp } from "../decide/provenance.ts";
import type { CloneRequest } from "../request/request.ts";
import type { InspectPorts } from "./ends.ts";
import { readHistories } from "./history.ts";
import type { HistoryEntry } from "./inventory.ts";
import { type Histories, readBack, type ReadHistories } from "./read-back.ts";

/** Entries that nearly always reach back to the last clone; then entries for the few tables where they do not. */
const ENTRIES = [50, 2000] as const;
/** When an earlier moment is asked for nothing else can stand in for it: then all there are. */
const ALL_ENTRIES = [...ENTRIES, 10_000_000] as const;

/** A source table and the clone of it that stands on the target. */
export interface ClonedTable {
  readonly source: Table;
  readonly target: ObjectName;
  readonly stamp: Stamp;
}

/** The pair, when what stands on the target under that name is a clone of the source table. */
export function clonedTable(
  source: Table,
  target: Table | undefined,
  targetName: ObjectName,
): ClonedTable | undefined {
  const stamp = readStamp(target?.properties ?? {}, targetName);
  return isCloneOf(stamp, source) ? { source, target: targetName, stamp } : undefined;
}

/** What happened to clones and to their sources since they were made, and until the moment that is asked for, in batches at each end. */
export async function readCloneHistories(
  clones: readonly ClonedTable[],
  ports: InspectPorts,
  { parallel, asOf }: HistoryNeeds,
): Promise<{ readonly source: Histories; readonly target: Histories }> {
  const versioned = clones.filter(({ source }) => hasVersions(source));
  const [source, target] = await Promise.all([
    readBack(sourceHistories(ports, parallel), versioned, {
      nameOf: (clone) => clone.source,
      reaches: (entries, clone) => reachesVersion(entries, clone) && reachesPin(entries, asOf),
      limits: asOf.kind === "latest" ? ENTRIES : ALL_ENTRIES,
    }),
    readBack(reader(ports.target, ports, parallel), clones, {
      nameOf: (clone) => clone.target,
      reaches: reachesCopy,
      limits: ENTRIES,
    }),
  ]);
  return { source, target };
}

/** The entry of each source table that it will be pinned at, and those after it. */
export function readPins(
  tables: readonly Table[],
  read: ReadHistories,
  asOf: CloneRequest["asOf"],
): Promise<Histories> {
  return readBack(read, tables, {
    nameOf: (table) => table,
    reaches: (entries) => reachesPin(entries, asOf),
    limits: asOf.kind === "latest" ? [1] : ALL_ENTRIES,
  });
}

export interface HistoryNeeds {
  /** Statements under way at the same time, at each end. */
  readonly parallel: number;
  readonly asOf: CloneRequest["asOf"];
}

/** Histories of the source, by its common reader when it is read for several targets. */
export function sourceHistories(
  ports: Pick<InspectPorts, "source" | "signal" | "sharedSource">,
  parallel: number,
): ReadHistories {
  return ports.sharedSource?.histories ?? reader(ports.source, ports, parallel);
}

function reader(
  { statements }: Workspace,
  { signal }: Pick<InspectPorts, "signal">,
  parallel: number,
): ReadHistories {
  const options = { parallel, ...(signal ? { signal } : {}) };
  return (names, limit) => readHistories(statements, names, { limit, ...options });
}

function reachesVersion(entries: readonly HistoryEntry[], { stamp }: ClonedTable): boolean {
  const oldest = entries.at(-1)?.version;
  return stamp.version === null || (oldest !== undefined && BigInt(oldest) <= BigInt(stamp.version));
}

function reachesCopy(entries: readonly HistoryEntry[], { stamp }: ClonedTable): boolean {
  return entries.some((entry) => makesCopy(entry, stamp));
}
