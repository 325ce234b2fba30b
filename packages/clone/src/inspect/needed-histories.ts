import type { ObjectName, Table } from "@clone-xs/unity";
import { hasVersions, impossibleReason, isView } from "../decide/cloneable.ts";
import { comparesHistories } from "../decide/decide.ts";
import { isKnownByFiles } from "../decide/fingerprint.ts";
import { isCloneOf, readStamp, type Stamp } from "../decide/provenance.ts";
import { exclusionReason, schemasInScope } from "../decide/scope.ts";
import { type Planning, planningOf, targetNameOf, targetTable } from "../plan/planning.ts";
import type { CloneRequest } from "../request/request.ts";
import type { Ends, InspectPorts } from "./ends.ts";
import { readFingerprints } from "./fingerprints.ts";
import { readHistories } from "./history.ts";
import { type HistoryRead, localKey } from "./inventory.ts";

/** Entries that nearly always reach back to the last clone. */
const ENTRIES = 50;
/** Entries for the few tables where they do not. */
const MANY_ENTRIES = 2000;

type Histories = Readonly<Record<string, HistoryRead>>;
type Read = (names: readonly ObjectName[], limit: number) => Promise<Histories>;

interface ClonedTable {
  readonly source: Table;
  readonly target: ObjectName;
  readonly stamp: Stamp;
}

/**
 * Reads the histories that deciding needs and no others: the newest version of each table that will be cloned for the first time,
 * and of each existing clone what happened to it and to its source since. Where files stand in for versions, they are listed instead.
 */
export async function withNeededHistories(
  ends: Ends,
  request: CloneRequest,
  ports: InspectPorts,
): Promise<Ends> {
  const planning = planningOf(request, ends.source, ends.target);
  const tables = schemasInScope(ends.source.schemas, request)
    .flatMap((schema) => schema.tables)
    .filter((table) => isCandidate(table, request));
  const clones = tables.flatMap((table) => existingClone(table, planning));
  const cloned = new Set(clones.map(({ source }) => source));
  const others = tables.filter((table) => !cloned.has(table) && willBeCloned(table, planning));
  const compared = comparesHistories(request) ? clones : [];
  const versioned = compared.filter(({ source }) => hasVersions(source));
  const listed = [...others, ...compared.map(({ source }) => source)].filter(isKnownByFiles);
  const options = { parallel: request.maxParallel, ...(ports.signal ? { signal: ports.signal } : {}) };
  const read =
    (end: "source" | "target"): Read =>
    (names, limit) =>
      readHistories(ports[end].statements, names, { limit, ...options });
  const [newest, since, afterwards, fingerprints] = await Promise.all([
    read("source")(others.filter(hasVersions), 1),
    readBack(read("source"), versioned, ({ source }) => source, reachesVersion),
    readBack(read("target"), compared, ({ target }) => target, reachesClone),
    readFingerprints(ports.source.statements, listed, options),
  ]);
  return {
    source: { ...ends.source, histories: { ...newest, ...since }, fingerprints },
    target: ends.target && { ...ends.target, histories: afterwards },
  };
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

function isCandidate(table: Table, request: CloneRequest): boolean {
  const { schema, name } = table;
  return (
    !isView(table) &&
    impossibleReason(table, request.cloneType) === undefined &&
    exclusionReason({ schema, name, type: "table" }, request) === undefined
  );
}

function existingClone(table: Table, planning: Planning): readonly ClonedTable[] {
  const target = targetNameOf(table, planning);
  const stamp = readStamp(targetTable(table, planning)?.properties ?? {}, target);
  return isCloneOf(stamp, table) ? [{ source: table, target, stamp }] : [];
}

function willBeCloned(table: Table, planning: Planning): boolean {
  return planning.request.replaceForeign || targetTable(table, planning) === undefined;
}
