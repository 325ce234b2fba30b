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
 * Releases what dead runs of this machine left, when its journal says that there is anything: what starting a server does. Gives what it
 * released.
 */
export async function releaseDead(
  ports: Omit<GuardPorts, "workspace">,
  connect: () => Promise<GuardPorts["workspace"]>,
): Promise<readonly ReleasedRun[]> {
  const records = await ports.journal.open();
  if (!records.some((record) => isOfDead(record, ports))) return [];
  const { released } = await unlock("dead", { ...ports, workspace: await connect() }, { dryRun: false });
  return released;
}

function isOfDead({ pid }: GuardRecord, { holder }: Pick<GuardPorts, "holder">): boolean {
  return holder.isAlive?.(pid) === false;
}
