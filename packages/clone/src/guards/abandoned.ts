import { CloneError } from "../errors.ts";
import type { GuardPorts } from "./guard-ports.ts";
import { type GuardRow, readGuards, whenThere } from "./guard-tables.ts";
import type { GuardRecord } from "./journal.ts";
import { dropLeases } from "./lease/hold-leases.ts";
import { isDead, type Lease, type LeaseBook } from "./lease/lease.ts";
import { readBook } from "./lease/lease-book.ts";
import { cancelStatementsOf } from "./lease/take-over.ts";
import { type QuiesceGuard, releaseQuiesce } from "./quiesce/release-quiesce.ts";

/** A run that has something up in the workspace. */
export interface HoldingRun {
  readonly run: string;
  readonly hostname: string;
  readonly pid: number;
  /** The saved connection of the target where that is; absent: in the workspace that was asked. */
  readonly target?: string;
  /** Epoch milliseconds of its first lease or guard. */
  readonly since: number;
  /** Nothing of it has come for so long, or its process on this machine is gone, that it counts as dead. */
  readonly dead: boolean;
  readonly leases: readonly Lease[];
  readonly guards: readonly QuiesceGuard[];
  /** Locks that only this machine knows. */
  readonly locks: readonly GuardRecord[];
}

export interface ReleasedRun extends HoldingRun {
  readonly failures: readonly string[];
}

/**
 * Everything that runs have up in a workspace, from its own rows and from what this machine remembers. A quiesce whose run has no lease any
 * more is abandoned: a living run keeps one.
 */
export async function holdingRuns(ports: GuardPorts): Promise<readonly HoldingRun[]> {
  const { metastoreId } = await ports.workspace.unity.metastore();
  const book = (await whenThere(() => readBook(ports))) ?? EMPTY;
  const rows = await readGuards(ports);
  const records = (await ports.journal.open()).filter((record) => record.metastoreId === metastoreId);
  await forgetReleased(records, rows, book, ports);
  const guards = [
    ...(rows ?? []).map((row) => fromRow(row, metastoreId)),
    ...orphanedRecords(records, rows, ports),
  ];
  const locks = records.filter(({ kind }) => kind === "lock").map((record) => fromLock(record, ports));
  return grouped([...book.leases.map((lease) => fromLease(lease, book, ports)), ...guards, ...locks]);
}

/** Releases guards first and leases after, so that nobody gets a lease on a source that is still quiesced. */
export async function releaseRun(run: HoldingRun, given: GuardPorts): Promise<ReleasedRun> {
  const ports: GuardPorts = { ...given, log: (level, line) => given.log(level, line, run.run) };
  if (run.guards.length > 0 || run.leases.length > 0) await cancelStatementsOf(run.run, run.since, ports);
  const failures: string[] = [];
  for (const guard of run.guards) failures.push(...(await releaseQuiesce(guard, ports)).failures);
  const dropped = new Set(run.leases.map(({ nonce }) => nonce));
  await dropLeases(({ run: holder, nonce }) => holder === run.run && dropped.has(nonce), ports);
  for (const lock of run.locks) await ports.journal.drop(lock.id);
  await dropLeaseRecords(run, ports);
  return { ...run, failures };
}

/** Releases what dead runs left on a source, and says so. */
export async function releaseAbandoned(
  { catalog }: { readonly catalog: string },
  ports: GuardPorts,
): Promise<void> {
  const same = (guard: QuiesceGuard) => guard.state.catalog.toLowerCase() === catalog.toLowerCase();
  const rows = await readGuards(ports);
  // The usual case is told by one statement. A table that is lost leaves what this machine remembers.
  if (rows?.length === 0) return;
  if (rows === undefined && (await ports.journal.open()).length === 0) return;
  for (const run of await holdingRuns(ports)) {
    if (!run.dead || !run.guards.some(same)) continue;
    ports.log(
      "warn",
      `Run ${run.run} (process ${run.pid} on ${run.hostname}) ended without giving back what it had revoked on ${catalog}; that is done now.`,
    );
    const { failures } = await releaseRun(run, ports);
    const uncovered = failures.length > 0 && run.guards.some((guard) => same(guard) && guard.state.lifted);
    // It would look as if it had never been covered.
    if (uncovered)
      throw new CloneError(
        "MASK_GUARD_REFUSED",
        `Masks of ${catalog} are not all back. ${failures[0] ?? ""}`,
        {
          object: catalog,
          details: failures,
        },
      );
  }
}

const EMPTY: LeaseBook = { revision: "0", now: 0, leases: [] };

function fromLease(lease: Lease, book: LeaseBook, { holder }: GuardPorts): HoldingRun {
  const { run, hostname, pid, since } = lease;
  return { ...NOTHING, run, hostname, pid, since, dead: isDead(lease, book.now, holder), leases: [lease] };
}

const NOTHING = { leases: [], guards: [], locks: [] } as const;

function fromRow({ id, runId, hostname, pid, at, state }: GuardRow, metastoreId: string): HoldingRun {
  const guard = { id, runId, metastoreId, state };
  return { ...NOTHING, run: runId, hostname, pid, since: at, dead: true, guards: [guard] };
}

function fromLock(record: GuardRecord, { holder }: GuardPorts): HoldingRun {
  const { runId: run, pid, at: since } = record;
  const dead = holder.isAlive?.(pid) === false;
  return { ...NOTHING, run, hostname: holder.hostname, pid, since, dead, locks: [record] };
}

/** Records of this machine whose rows are lost with their table. */
function orphanedRecords(
  records: readonly GuardRecord[],
  rows: readonly GuardRow[] | undefined,
  { holder }: GuardPorts,
): readonly HoldingRun[] {
  if (rows !== undefined) return [];
  return records.flatMap((record) => {
    if (record.kind !== "quiesce") return [];
    const { id, runId, metastoreId, pid, at, quiesce } = record;
    const dead = holder.isAlive?.(pid) === false;
    const guard = { id, runId, metastoreId, state: quiesce };
    return [{ ...NOTHING, run: runId, hostname: holder.hostname, pid, since: at, dead, guards: [guard] }];
  });
}

/** What this machine remembers of the leases of that process here: those that it has elsewhere stand until somebody looks there. */
async function dropLeaseRecords(
  { run, pid, hostname }: HoldingRun,
  { workspace, journal, holder }: GuardPorts,
): Promise<void> {
  if (hostname !== holder.hostname) return;
  const { metastoreId } = await workspace.unity.metastore();
  const records = (await journal.open()).filter(
    (record) => record.kind === "lease" && record.runId === run && record.metastoreId === metastoreId,
  );
  for (const record of records) if (record.pid === pid) await journal.drop(record.id);
}

/** A record whose row is gone was released by another machine, or never revoked anything: giving back again could undo a later revoke. */
async function forgetReleased(
  records: readonly GuardRecord[],
  rows: readonly GuardRow[] | undefined,
  { leases }: LeaseBook,
  { journal, holder }: GuardPorts,
): Promise<void> {
  const isGone = ({ id, kind, runId, pid }: GuardRecord): boolean => {
    if (kind === "lease") return !leases.some((lease) => lease.run === runId && lease.pid === pid);
    return kind === "quiesce" && rows !== undefined && !rows.some((row) => row.id === id);
  };
  for (const record of records) {
    // A living process may be between the record and the row.
    if (isGone(record) && holder.isAlive?.(record.pid) === false) await journal.drop(record.id);
  }
}

/** One entry for each process that carried a run out; it lives when anything of it does. */
function grouped(parts: readonly HoldingRun[]): readonly HoldingRun[] {
  const runs = new Map<string, HoldingRun>();
  for (const part of parts) {
    const key = JSON.stringify([part.run, part.hostname, part.pid]);
    const known = runs.get(key);
    runs.set(key, known === undefined ? part : merged(known, part));
  }
  return [...runs.values()];
}

function merged(a: HoldingRun, b: HoldingRun): HoldingRun {
  return {
    ...a,
    since: Math.min(a.since, b.since),
    dead: a.dead && b.dead,
    leases: [...a.leases, ...b.leases],
    guards: [...a.guards, ...b.guards],
    locks: [...a.locks, ...b.locks],
  };
}
