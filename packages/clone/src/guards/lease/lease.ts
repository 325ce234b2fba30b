import type { RunHolder } from "../../run/run.ts";

/** One end of a clone, as leases call it: `source:prod`, `target:dev`. */
export type Resource = `${"source" | "target"}:${string}`;

/** The right to work on one end of a clone, until it expires. */
export interface Lease {
  readonly resource: Resource;
  /** Clones that only read a source share it; who quiesces it, or writes to a target, is alone. */
  readonly mode: "shared" | "exclusive";
  readonly run: string;
  /** Tells two processes apart that carry out the same run. */
  readonly nonce: string;
  readonly hostname: string;
  readonly pid: number;
  /** Epoch milliseconds by the server's clock, as all times of leases. */
  readonly since: number;
  readonly expires: number;
}

/** Everything the one row of the lease table says. */
export interface LeaseBook {
  /** Decimal text: each change adds one. */
  readonly revision: string;
  /** The server's time at which it was read. */
  readonly now: number;
  readonly leases: readonly Lease[];
}

/** What a run asks for. */
export interface Claim {
  readonly resource: Resource;
  readonly mode: Lease["mode"];
}

/** Who asks. */
export interface Claimant {
  readonly run: string;
  readonly nonce: string;
  readonly holder: RunHolder;
}

export type ClaimVerdict =
  | { readonly kind: "held"; readonly by: readonly [Lease, ...Lease[]] }
  /** `evicted`: leases of dead runs that stood in the way. */
  | { readonly kind: "free"; readonly leases: readonly Lease[]; readonly evicted: readonly Lease[] }
  /** An earlier attempt, whose answer was lost, has succeeded. */
  | { readonly kind: "mine" };

/** How long a lease lasts after its last sign of life, and how often one is given. */
export const LEASE_MS = 90_000;
export const RENEW_MS = 20_000;

export function sourceOf(catalog: string): Resource {
  return `source:${catalog.toLowerCase()}`;
}

export function targetOf(catalog: string): Resource {
  return `target:${catalog.toLowerCase()}`;
}

/** Decides over claims: all or none. Leases that have expired, or whose process is known to be dead, do not stand in the way. Pure. */
export function claim(book: LeaseBook, claims: readonly Claim[], claimant: Claimant): ClaimVerdict {
  const { now, leases } = book;
  if (
    claims.every(({ resource }) =>
      leases.some((lease) => lease.resource === resource && isOf(lease, claimant)),
    )
  )
    return { kind: "mine" };
  const conflicting = leases.filter((lease) => claims.some((wanted) => conflicts(lease, wanted)));
  const [first, ...others] = conflicting.filter((lease) => !isDead(lease, now, claimant.holder));
  if (first !== undefined) return { kind: "held", by: [first, ...others] };
  const kept = leases.filter((lease) => !conflicting.includes(lease) && lease.expires > now);
  return {
    kind: "free",
    leases: [...kept, ...claims.map((wanted) => granted(wanted, claimant, now))],
    evicted: conflicting,
  };
}

/** The book with the claimant's leases prolonged; `undefined` when one of them is gone: lost to somebody else. Pure. */
export function renewed(
  { leases, now }: LeaseBook,
  claims: readonly Claim[],
  claimant: Claimant,
): readonly Lease[] | undefined {
  const mine = leases.filter((lease) => isOf(lease, claimant));
  if (claims.some(({ resource }) => !mine.some((lease) => lease.resource === resource))) return undefined;
  return leases.map((lease) => (isOf(lease, claimant) ? { ...lease, expires: now + LEASE_MS } : lease));
}

/** Whether the process of this lease is gone: its time is over, or it ran on this machine and does not any more. */
export function isDead({ expires, hostname, pid }: Lease, now: number, self: RunHolder): boolean {
  return expires <= now || (hostname === self.hostname && self.isAlive?.(pid) === false);
}

/** Whether it is known that the process of this lease lives: it runs on this machine. */
export function isAliveHere({ hostname, pid }: Lease, self: RunHolder): boolean {
  return hostname === self.hostname && self.isAlive?.(pid) === true;
}

export function isOf(lease: Lease, { run, nonce }: Pick<Claimant, "run" | "nonce">): boolean {
  return lease.run === run && lease.nonce === nonce;
}

function conflicts(lease: Lease, { resource, mode }: Claim): boolean {
  return lease.resource === resource && (lease.mode === "exclusive" || mode === "exclusive");
}

function granted({ resource, mode }: Claim, { run, nonce, holder }: Claimant, now: number): Lease {
  const { hostname, pid } = holder;
  return { resource, mode, run, nonce, hostname, pid, since: now, expires: now + LEASE_MS };
}
