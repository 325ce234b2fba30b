import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../../errors.ts";
import type { GuardPorts } from "../guard-ports.ts";
import { makeGuardTables, whenThere } from "../guard-tables.ts";
import { type BookChange, changeBook } from "./lease-book.ts";
import {
  type Claim,
  type Claimant,
  type ClaimVerdict,
  claim,
  isAliveHere,
  isOf,
  LEASE_MS,
  type Lease,
  RENEW_MS,
  renewed,
} from "./lease.ts";
import { cancelStatementsOf } from "./take-over.ts";

/** Leases that this run holds. */
export interface HeldLeases {
  /** Renews them when that is due. Throws LEASE_LOST when somebody else has taken one over. */
  beat(): Promise<void>;
  /** They were renewed so lately that nobody need wait for the next time. */
  isFresh(): boolean;
  /** Gives them back; takes no signal. A failure is a warning: they expire. */
  release(): Promise<void>;
}

/**
 * Takes leases, all or none, and makes the tables they stand in when they are not there. While the holder of one may be dead it waits until
 * its lease expires, and takes it over then: cancels the old holder's statements first, since Delta gives no fencing. Throws
 * LEASE_HELD as soon as the holder is seen to live, and what the workspace throws when leases cannot be kept there.
 */
export async function holdLeases(
  claims: readonly Claim[],
  claimant: Claimant,
  ports: GuardPorts,
  signal?: AbortSignal,
): Promise<HeldLeases> {
  const seen = new Map<string, number>();
  for (;;) {
    const verdict = await takeIfFree(claims, claimant, ports);
    if (verdict.kind === "held") {
      await waitForSignOfLife(verdict.by, seen, claimant, ports, signal);
      continue;
    }
    if (verdict.kind === "free") await takeOver(verdict.evicted, ports);
    return held(claims, claimant, ports);
  }
}

async function takeIfFree(
  claims: readonly Claim[],
  claimant: Claimant,
  ports: GuardPorts,
): Promise<ClaimVerdict> {
  const take = (): Promise<ClaimVerdict> =>
    changeBook((book): BookChange<ClaimVerdict> => {
      const result = claim(book, claims, claimant);
      return result.kind === "free" ? { leases: result.leases, result } : { result };
    }, ports);
  const verdict = await whenThere(take);
  if (verdict !== undefined) return verdict;
  await makeGuardTables(ports);
  return take();
}

const LOOK_AGAIN_MS = 3_000;
/** A renewal that takes no longer than usual ends within this time of the one before it. */
const FRESH_MS = 1.5 * RENEW_MS;

/** `seen`: until when each lease was to last when it was first met. One that lasts longer now has been renewed. */
async function waitForSignOfLife(
  by: readonly [Lease, ...Lease[]],
  seen: Map<string, number>,
  { holder }: Claimant,
  { clock, log }: GuardPorts,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const lease of by) {
    const key = `${lease.resource} ${lease.run} ${lease.nonce}`;
    const before = seen.get(key);
    const alive = isAliveHere(lease, holder) || (before !== undefined && lease.expires > before);
    if (alive) throw heldError(lease);
    if (before !== undefined) continue;
    seen.set(key, lease.expires);
    log("info", `${heldText(lease)} Waiting for a sign of life of it, or for its end.`);
  }
  await clock.sleep(LOOK_AGAIN_MS, signal);
}

async function takeOver(evicted: readonly Lease[], ports: GuardPorts): Promise<void> {
  for (const lease of evicted) {
    const cancelled = await cancelStatementsOf(lease.run, lease.since, ports);
    const stopped =
      cancelled === 0 ? "" : ` ${cancelled} of its statements were still running and were cancelled.`;
    ports.log(
      "warn",
      `Took ${lease.resource.replace(":", " ")} over from ${whoText(lease)}, which gave no sign of life.${stopped}`,
    );
  }
}

function held(claims: readonly Claim[], claimant: Claimant, ports: GuardPorts): HeldLeases {
  const { clock } = ports;
  let renewedAt = clock.now();
  let underWay: Promise<void> | undefined;
  const renew = async () => {
    try {
      const still = await changeBook((book) => {
        const leases = renewed(book, claims, claimant);
        return leases === undefined ? { result: false } : { leases, result: true };
      }, ports);
      if (!still) throw lostError(claims);
      renewedAt = clock.now();
    } catch (error) {
      if (!(error instanceof WorkspaceError) || clock.now() - renewedAt > LEASE_MS) throw error;
      ports.log("warn", `The lease could not be renewed just now: ${error.message}`);
    }
  };
  return {
    isFresh: () => clock.now() - renewedAt < FRESH_MS,
    beat: async () => {
      if (clock.now() - renewedAt < RENEW_MS && underWay === undefined) return;
      underWay ??= renew().finally(() => {
        underWay = undefined;
      });
      await underWay;
    },
    release: async () => {
      await underWay?.catch(() => undefined);
      try {
        await dropLeases((lease) => isOf(lease, claimant), ports);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        ports.log("warn", `The lease could not be given back; it expires by itself: ${why}`);
      }
    },
  };
}

/** Takes leases out of the book; those that are not there are fine. */
export async function dropLeases(which: (lease: Lease) => boolean, ports: GuardPorts): Promise<void> {
  await whenThere(() =>
    changeBook(({ leases }) => {
      const kept = leases.filter((lease) => !which(lease));
      return kept.length === leases.length ? { result: undefined } : { leases: kept, result: undefined };
    }, ports),
  );
}

function heldError(lease: Lease): CloneError {
  return new CloneError(
    "LEASE_HELD",
    `${heldText(lease)} Wait until it has ended; when it is dead, release it with: clxs unlock --run ${lease.run}`,
    { object: lease.resource.slice(lease.resource.indexOf(":") + 1) },
  );
}

function lostError(claims: readonly Claim[]): CloneError {
  const what = claims.map(({ resource }) => resource.replace(":", " ")).join(" and ");
  return new CloneError(
    "LEASE_LOST",
    `The lease on ${what} was lost: another run has taken it over. This run stops.`,
  );
}

function heldText(lease: Lease): string {
  const [end = "", ...name] = lease.resource.split(":");
  const use =
    end === "target" ? "is being written to" : lease.mode === "exclusive" ? "is quiesced" : "is being read";
  return `${name.join(":")} ${use} by ${whoText(lease)} since ${new Date(lease.since).toISOString()}.`;
}

function whoText({ run, hostname, pid }: Lease): string {
  return `run ${run} (process ${pid} on ${hostname})`;
}
