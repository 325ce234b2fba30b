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

/**
 * Releases guards and leases of other runs, from any machine. With `dryRun` it only tells: `released` has what would be. Never throws for
 * one run: its `failures` say what could not be given back.
 */
export async function unlock(
  which: Unlocking,
  ports: GuardPorts,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Unlocked> {
  const runs = await holdingRuns(ports);
  const meant = runs.filter((run) =>
    which === "dead" ? run.dead : which === "everything" || which.run === run.run,
  );
  const released: ReleasedRun[] = [];
  for (const run of meant) released.push(dryRun ? { ...run, failures: [] } : await releaseRun(run, ports));
  return { released, left: runs.filter((run) => !meant.includes(run)) };
}

/**
 * Releases what dead runs of this machine left, when its journal says that there is anything: what starting a server does. `connect` is
 * given the saved connection of each target that they had a lease on, and nothing for the workspace of their sources. Gives what it
 * released. Of a target that cannot be reached only a line is left in the log: its leases expire by themselves.
 */
export async function releaseDead(
  ports: Omit<GuardPorts, "workspace">,
  connect: (connection?: string) => Promise<GuardPorts["workspace"]>,
): Promise<readonly ReleasedRun[]> {
  const dead = (await ports.journal.open()).filter((record) => isOfDead(record, ports));
  const released: ReleasedRun[] = [];
  for (const connection of new Set(dead.map(connectionOf))) {
    const release = async () =>
      unlock("dead", { ...ports, workspace: await connect(connection) }, { dryRun: false });
    const unlocked =
      connection === undefined ? await release() : await atTarget(connection, dead, release, ports);
    released.push(...unlocked.released);
  }
  return released;
}

async function atTarget(
  connection: string,
  dead: readonly GuardRecord[],
  release: () => Promise<Unlocked>,
  { journal, clock, log }: Omit<GuardPorts, "workspace">,
): Promise<Unlocked> {
  try {
    return await release();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const records = dead.filter((record) => connectionOf(record) === connection);
    const old = records.filter(({ at }) => at < clock.now() - FORGOTTEN_MS);
    for (const { id } of old) await journal.drop(id);
    const after = old.length < records.length ? "It is tried again." : "Its leases have expired.";
    log("warn", `What dead runs left at target ${connection} could not be looked for: ${message} ${after}`);
    return { released: [], left: [] };
  }
}

/** By then every lease has long expired, and every statement ended. */
const FORGOTTEN_MS = 24 * 3_600_000;

function connectionOf(record: GuardRecord): string | undefined {
  return record.kind === "lease" ? record.connection : undefined;
}

function isOfDead({ pid }: GuardRecord, { holder }: Pick<GuardPorts, "holder">): boolean {
  return holder.isAlive?.(pid) === false;
}
