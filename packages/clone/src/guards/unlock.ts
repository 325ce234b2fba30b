import type { Workspace } from "@clone-xs/unity";
import type { GuardRecord } from "./journal.ts";
import { type HoldingRun, holdingRuns, type ReleasedRun, releaseRun } from "./abandoned.ts";
import type { GuardPorts } from "./guard-ports.ts";

/** Whose guards and leases to release: of one run, or of all, also when they seem alive; or of those that are dead. */
export type Unlocking = { readonly run: string } | "everything" | "dead";

export interface Unlocked {
  readonly released: readonly ReleasedRun[];
  /** Held by runs that were not asked for, or live. */
  readonly left: readonly HoldingRun[];
}

/** Connects to the workspace of a target by its saved connection; what it gives is closed when it was looked at. */
export type ConnectTarget = (connection: string) => Promise<Workspace>;

export interface UnlockOptions {
  readonly dryRun: boolean;
  /** Also the leases at targets that this machine remembers are released then. */
  readonly connectTarget?: ConnectTarget;
}

/**
 * Releases guards and leases of other runs, from any machine. With `dryRun` it only tells: `released` has what would be. Never throws for
 * one run: its `failures` say what could not be given back. Of a target that cannot be reached only a line is left in the log: its
 * leases expire by themselves.
 */
export async function unlock(
  which: Unlocking,
  ports: GuardPorts,
  { dryRun, connectTarget }: UnlockOptions,
): Promise<Unlocked> {
  const records = (await ports.journal.open()).filter((record) => isMeant(which, record, ports));
  const places = [await unlockHere(which, ports, dryRun)];
  if (connectTarget === undefined) return together(places);
  for (const connection of targetsIn(records))
    places.push(await unlockAt(connection, { which, dryRun, records }, ports, connectTarget));
  return together(places);
}

/**
 * Releases what dead runs of this machine left, when its journal says that there is anything: what starting a server does. `connect` is
 * asked for the workspace of their sources. Gives what it released.
 */
export async function releaseDead(
  ports: Omit<GuardPorts, "workspace">,
  connect: () => Promise<Workspace>,
  connectTarget?: ConnectTarget,
): Promise<readonly ReleasedRun[]> {
  const records = await ports.journal.open();
  if (!records.some((record) => isMeant("dead", record, ports))) return [];
  const options = { dryRun: false, ...(connectTarget ? { connectTarget } : {}) };
  const { released } = await unlock("dead", { ...ports, workspace: await connect() }, options);
  return released;
}

async function unlockHere(which: Unlocking, ports: GuardPorts, dryRun: boolean): Promise<Unlocked> {
  const runs = await holdingRuns(ports);
  const meant = runs.filter((run) =>
    which === "dead" ? run.dead : which === "everything" || which.run === run.run,
  );
  const released: ReleasedRun[] = [];
  for (const run of meant) released.push(dryRun ? { ...run, failures: [] } : await releaseRun(run, ports));
  return { released, left: runs.filter((run) => !meant.includes(run)) };
}

interface UnlockingAt {
  readonly which: Unlocking;
  readonly dryRun: boolean;
  /** What this machine remembers of the runs that are meant. */
  readonly records: readonly GuardRecord[];
}

async function unlockAt(
  connection: string,
  { which, dryRun, records }: UnlockingAt,
  ports: GuardPorts,
  connect: ConnectTarget,
): Promise<Unlocked> {
  try {
    const workspace = await connect(connection);
    try {
      const { released, left } = await unlockHere(which, { ...ports, workspace }, dryRun);
      const there = { target: connection };
      return {
        released: released.map((run) => ({ ...run, ...there })),
        left: left.map((run) => ({ ...run, ...there })),
      };
    } finally {
      await workspace.close();
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    ports.log("warn", `What runs left at target ${connection} could not be looked for: ${message}`);
    await forgetOld(
      records.filter((record) => connectionOf(record) === connection),
      ports,
    );
    return { released: [], left: [] };
  }
}

async function forgetOld(records: readonly GuardRecord[], { journal, clock }: GuardPorts): Promise<void> {
  for (const { id, at } of records) if (at < clock.now() - FORGOTTEN_MS) await journal.drop(id);
}

/** By then every lease has long expired, and every statement ended. */
const FORGOTTEN_MS = 24 * 3_600_000;

function together(places: readonly Unlocked[]): Unlocked {
  return {
    released: places.flatMap(({ released }) => released),
    left: places.flatMap(({ left }) => left),
  };
}

function targetsIn(records: readonly GuardRecord[]): ReadonlySet<string> {
  return new Set(records.flatMap((record) => connectionOf(record) ?? []));
}

function connectionOf(record: GuardRecord): string | undefined {
  return record.kind === "lease" ? record.connection : undefined;
}

function isMeant(
  which: Unlocking,
  { runId, pid }: GuardRecord,
  { holder }: Pick<GuardPorts, "holder">,
): boolean {
  if (which === "dead") return holder.isAlive?.(pid) === false;
  return which === "everything" || which.run === runId;
}
