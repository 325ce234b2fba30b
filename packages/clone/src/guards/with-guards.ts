import { CloneError } from "../errors.ts";
import {
  eitherSignal,
  flatten,
  type Guarded,
  type GuardedResult,
  type GuardedRun,
  stoppedBy,
} from "./guarded.ts";
import { type Claim, sourceOf, targetOf } from "./lease/lease.ts";
import { guardPorts, type Held, type LeasePlace, withLeases } from "./lease/with-leases.ts";
import { liftsMasks } from "./masks/lifts-masks.ts";
import { refuseUnsuited, withMasks } from "./masks/with-masks.ts";
import { previewQuiesce } from "./quiesce/begin-quiesce.ts";
import { withQuiesce } from "./quiesce/with-quiesce.ts";

/**
 * Runs the body between taking the leases, quiescing the source or lifting its masks when that is asked for, and releasing all, which happens in every ending
 * and takes no abort signal. What dead runs left on the source is released first. Each end's lease stands in its own workspace. A dry run
 * changes nothing and only tells what a quiesce would revoke. Throws PROTECTED_CATALOG, LEASE_HELD, QUIESCE_REFUSED and MASK_GUARD_REFUSED before anything
 * is changed.
 */
export async function withGuards<Value>(
  run: GuardedRun,
  body: (guarded: Guarded) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  const { request, ports } = run;
  refuseProtectedTarget(run);
  refuseProtectedSource(run);
  if ((await isNowhere(run)) || request.dryRun) return unguarded(run, body);
  const source = { workspace: ports.source };
  const target = targetClaim(run);
  // One book, one change of it.
  if (ports.target === ports.source) {
    const claims = [target, sourceClaim(run)];
    return flatten(await withLeases(claims, source, run, (held) => quiescedBody(held, run, body)));
  }
  // The target first: a source must not stay quiesced while somebody else's lease there is waited for.
  const atSource = (held: Held) =>
    withSourceLease(stoppedBy(run, held.signal), (guarded) => body(bothOf(held, guarded)));
  return flatten(await withLeases([target], targetPlace(run), run, atSource));
}

/** The guards of a source that several targets read: around all of them, once. A dry run has none, as in `withGuards`. */
export async function withSourceGuards<Value>(
  run: GuardedRun,
  body: (guarded: Guarded) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  const { request, ports } = run;
  refuseProtectedSource(run);
  const isThere = (await ports.source.unity.catalog(request.sourceCatalog)) !== undefined;
  return isThere && !request.dryRun ? withSourceLease(run, body) : unguarded(run, body);
}

/** The guards of one target of several, inside of those of their source, which the body is told of as `withGuards` would. */
export async function withTargetGuards<Value>(
  run: GuardedRun,
  source: Guarded,
  body: (guarded: Guarded) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  refuseProtectedTarget(run);
  const inner = stoppedBy(run, source.signal);
  if (run.request.dryRun) return { value: await body(source), problems: [] };
  return withLeases([targetClaim(run)], targetPlace(run), inner, (held) => body(bothOf(held, source)));
}

/** Signals of the inner guards abort with those of the outer. */
function bothOf(held: Held, source: Guarded): Guarded {
  return {
    ...source,
    signal: eitherSignal(held.signal, source.signal),
    beforeStep: async () => {
      await source.beforeStep();
      await held.beforeStep();
    },
  };
}

async function withSourceLease<Value>(
  run: GuardedRun,
  body: (guarded: Guarded) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  const place = { workspace: run.ports.source };
  refuseUnsuited(run);
  const lifted = (held: Held) =>
    quiescedBody(held, run, (quiesced) =>
      withMasks(run, held, (uncovered) => body({ ...quiesced, ...uncovered })),
    );
  return flatten(flatten(await withLeases([sourceClaim(run)], place, run, lifted)));
}

function quiescedBody<Value>(
  held: Held,
  run: GuardedRun,
  body: (guarded: Guarded) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  return withQuiesce(run, held.signal, (quiesced) => body({ ...held, ...quiesced }));
}

/** Where nothing is to be changed, or nothing is there: that is for the body to say, and nothing is made for its sake. */
async function unguarded<Value>(
  run: GuardedRun,
  body: (guarded: Guarded) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  const { request, ports } = run;
  const signal = eitherSignal(ports.signal, new AbortController().signal);
  const previews = request.dryRun && request.quiesce !== undefined;
  const isThere = previews && (await ports.source.unity.catalog(request.sourceCatalog)) !== undefined;
  const grants = isThere ? { grants: await previewQuiesce(request, guardPorts(run, ports.source)) } : {};
  return { value: await body({ ...IDLE, ...grants, signal }), problems: [] };
}

const IDLE: Pick<Guarded, "pinned" | "beforeStep"> = {
  pinned: () => Promise.resolve(),
  beforeStep: () => Promise.resolve(),
};

/** Neither end is there. */
async function isNowhere({ request, ports }: GuardedRun): Promise<boolean> {
  if ((await ports.source.unity.catalog(request.sourceCatalog)) !== undefined) return false;
  return (await ports.target.unity.catalog(request.destinationCatalog)) === undefined;
}

/** Plain clones share their source; who quiesces it or lifts its masks has it alone, as every run has its target. */
function sourceClaim({ request }: GuardedRun): Claim {
  return {
    resource: sourceOf(request.sourceCatalog),
    mode: request.quiesce === undefined && !liftsMasks(request) ? "shared" : "exclusive",
  };
}

function targetClaim({ request }: GuardedRun): Claim {
  return { resource: targetOf(request.destinationCatalog), mode: "exclusive" };
}

function targetPlace({ request, ports }: GuardedRun): LeasePlace {
  const [target] = request.targets;
  return { workspace: ports.target, ...(target ? { connection: target.connection } : {}) };
}

function refuseProtectedTarget({ request, ports }: GuardedRun): void {
  const { destinationCatalog: catalog } = request;
  if (!ports.settings.protectedCatalogs.includes(catalog.toLowerCase())) return;
  const message = `${catalog} is among protected_catalogs: nothing is ever written to it.`;
  throw new CloneError("PROTECTED_CATALOG", message, { object: catalog });
}

function refuseProtectedSource({ request, ports }: GuardedRun): void {
  const { sourceCatalog: catalog, quiesce } = request;
  if (quiesce === undefined || !ports.settings.protectedCatalogs.includes(catalog.toLowerCase())) return;
  const message = `${catalog} is among protected_catalogs: its grants are never changed. Clone it without quiesce_source.`;
  throw new CloneError("PROTECTED_CATALOG", message, { object: catalog });
}
