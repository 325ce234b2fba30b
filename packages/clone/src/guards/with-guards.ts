import { setMaxListeners } from "node:events";
import { WorkspaceError } from "@clone-xs/unity";
import { CloneError, type CloneErrorCode } from "../errors.ts";
import type { DirectGrant } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";
import type { RunPorts } from "../run/run.ts";
import { tagged } from "../run/tagging.ts";
import type { ObjectError } from "../summarize/summary.ts";
import { releaseAbandoned } from "./abandoned.ts";
import type { GuardPorts } from "./guard-ports.ts";
import { type HeldLeases, holdLeases } from "./lease/hold-leases.ts";
import { holdLocally } from "./lease/hold-locally.ts";
import { type Claim, RENEW_MS, sourceOf, targetOf } from "./lease/lease.ts";
import { beginQuiesce, previewQuiesce, type Quiesced } from "./quiesce/begin-quiesce.ts";

/** The run that guards are put around. */
export interface GuardedRun {
  readonly request: CloneRequest;
  readonly runId: string;
  readonly ports: RunPorts;
  readonly log: GuardPorts["log"];
}

/** What the body of a guarded run is told, and tells. */
export interface Guarded {
  /** Aborts when the user cancels, and when a lease is lost. */
  readonly signal: AbortSignal;
  /** Direct grants of the source as they were before the quiesce; absent when there is none. */
  readonly grants?: readonly DirectGrant[];
  /** The versions are read: a quiesce until then ends here. */
  readonly pinned: () => Promise<void>;
  /** Before each step. Throws LEASE_LOST when another run has taken over. */
  readonly beforeStep: () => Promise<void>;
}

const REFUSALS: ReadonlySet<CloneErrorCode> = new Set([
  "LEASE_HELD",
  "QUIESCE_REFUSED",
  "QUIESCE_FAILED",
  "PROTECTED_CATALOG",
]);

/** Whether guards kept a run from doing anything: it has a summary that says why. */
export function isGuardRefusal(code: CloneErrorCode): boolean {
  return REFUSALS.has(code);
}

/** `undefined` value: cancelled before the guards stood. `problems`: what concerns the run as a whole. */
export interface GuardedResult<Value> {
  readonly value: Value | undefined;
  readonly problems: readonly ObjectError[];
}

/**
 * Runs the body between taking the leases, quiescing the source when that is asked for, and releasing both, which happens in every ending
 * and takes no abort signal. What dead runs left on the source is released first. A dry run changes nothing and only tells
 * what a quiesce would revoke. Throws PROTECTED_CATALOG, LEASE_HELD and QUIESCE_REFUSED before anything is changed.
 */
export async function withGuards<Value>(
  run: GuardedRun,
  body: (guarded: Guarded) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  const { request, ports } = run;
  refuseProtected(run);
  const lost = new AbortController();
  const signal = ports.signal === undefined ? lost.signal : AbortSignal.any([ports.signal, lost.signal]);
  // Every statement and file under way listens: as many as run in parallel, which is no leak.
  setMaxListeners(0, signal);
  if (await isNowhere(run)) return { value: await body({ ...IDLE, signal }), problems: [] };
  if (request.dryRun) {
    const grants =
      request.quiesce === undefined ? {} : { grants: await previewQuiesce(request, sourcePorts(run)) };
    return { value: await body({ ...IDLE, ...grants, signal }), problems: [] };
  }
  const problems: ObjectError[] = [];
  const leases = await unlessCancelled(() => takeLeases(run, signal), signal);
  if (leases === undefined) return { value: undefined, problems };
  const stopBeating = startBeating(leases, lost, run);
  try {
    const quiesced = await unlessCancelled(() => quiesce(run, signal), signal);
    if (quiesced === undefined) return { value: undefined, problems };
    const release = () => releaseInto(problems, quiesced, request);
    try {
      const value = await body(guardedBy({ leases, quiesced, release, lost, signal, request }));
      return { value, problems };
    } finally {
      await release();
    }
  } finally {
    stopBeating();
    if (lost.signal.aborted) problems.push(lostProblem(lost.signal.reason, request));
    await leases.release();
  }
}

/** Neither end is there: that is for the body to say, and nothing is made for its sake. */
async function isNowhere({ request, ports }: GuardedRun): Promise<boolean> {
  if ((await ports.source.unity.catalog(request.sourceCatalog)) !== undefined) return false;
  return (await ports.target.unity.catalog(request.destinationCatalog)) === undefined;
}

const IDLE: Pick<Guarded, "pinned" | "beforeStep"> = {
  pinned: () => Promise.resolve(),
  beforeStep: () => Promise.resolve(),
};

function refuseProtected({ request, ports }: GuardedRun): void {
  const { protectedCatalogs } = ports.settings;
  const isProtected = (catalog: string) => protectedCatalogs.includes(catalog.toLowerCase());
  const { sourceCatalog: source, destinationCatalog: destination } = request;
  if (isProtected(destination))
    throw new CloneError(
      "PROTECTED_CATALOG",
      `${destination} is among protected_catalogs: nothing is ever written to it.`,
      { object: destination },
    );
  if (request.quiesce !== undefined && isProtected(source))
    throw new CloneError(
      "PROTECTED_CATALOG",
      `${source} is among protected_catalogs: its grants are never changed. Clone it without quiesce_source.`,
      { object: source },
    );
}

function sourcePorts({ ports, log }: GuardedRun): GuardPorts {
  const { settings, journal, holder, clock, random } = ports;
  const workspace = tagged(ports.source, { clxs_step: "guards" });
  return { workspace, audit: settings.audit, journal, holder, clock, random, log };
}

/**
 * Plain clones share their source; a quiesce has it alone, as every run has its target. Where the workspace keeps no leases a lock on this
 * machine has to do, and nothing is quiesced.
 */
async function takeLeases(run: GuardedRun, signal: AbortSignal): Promise<HeldLeases> {
  const { request, runId } = run;
  const ports = sourcePorts(run);
  const source: Claim = {
    resource: sourceOf(request.sourceCatalog),
    mode: request.quiesce === undefined ? "shared" : "exclusive",
  };
  const target: Claim = { resource: targetOf(request.destinationCatalog), mode: "exclusive" };
  const nonce = Math.floor(ports.random() * 0x1_0000_0000).toString(16);
  const claimant = { run: runId, nonce, holder: ports.holder };
  try {
    return await remembered([target, source], run, () =>
      holdLeases([target, source], claimant, ports, signal),
    );
  } catch (error) {
    if (!(error instanceof WorkspaceError) || !REFUSED.has(error.code)) throw error;
    const { catalog, logSchema } = ports.audit;
    if (request.quiesce !== undefined)
      throw new CloneError(
        "QUIESCE_REFUSED",
        `The source is not quiesced: what is to be given back cannot be recorded in ${catalog}.${logSchema}. ${onOneLine(error)}`,
        { object: request.sourceCatalog, cause: error },
      );
    run.log(
      "warn",
      `No lease can be kept in ${catalog}.${logSchema}, so runs of other machines are not noticed: ${onOneLine(error)}`,
    );
    return holdLocally(target.resource, runId, ports);
  }
}

/** Lets this machine know of the leases for as long as they may be there. */
async function remembered(
  claims: readonly Claim[],
  { runId, ports }: GuardedRun,
  take: () => Promise<HeldLeases>,
): Promise<HeldLeases> {
  const { journal, clock, holder, source } = ports;
  const { metastoreId } = await source.unity.metastore();
  const id = `lease-${runId}-${holder.pid}`;
  const resources = claims.map(({ resource }) => resource);
  await journal.put({ id, runId, at: clock.now(), pid: holder.pid, metastoreId, kind: "lease", resources });
  const forget = () => journal.drop(id);
  try {
    const leases = await take();
    return { ...leases, release: () => leases.release().then(forget) };
  } catch (error) {
    await forget();
    throw error;
  }
}

/** The workspace is there and does not want it. */
const REFUSED: ReadonlySet<string> = new Set([
  "PERMISSION_DENIED",
  "STATEMENT_FAILED",
  "INVALID_REQUEST",
  "NOT_FOUND",
]);

async function quiesce(run: GuardedRun, signal: AbortSignal): Promise<Quiesced | typeof NOT_QUIESCED> {
  const { request, runId } = run;
  const ports = sourcePorts(run);
  await settleAbandoned(run, ports);
  if (request.quiesce === undefined) return NOT_QUIESCED;
  return beginQuiesce(request, runId, ports, signal);
}

/** Who only clones need not have any right on what others recorded: then it is for those to release. */
async function settleAbandoned({ request, log }: GuardedRun, ports: GuardPorts): Promise<void> {
  try {
    await releaseAbandoned({ catalog: request.sourceCatalog }, ports);
  } catch (error) {
    if (request.quiesce !== undefined || !(error instanceof WorkspaceError) || !REFUSED.has(error.code))
      throw error;
    log(
      "warn",
      `Whether a dead run left ${request.sourceCatalog} quiesced is not known: ${onOneLine(error)}`,
    );
  }
}

/** The whole of it: what is lacking often stands on the second line. */
function onOneLine({ message }: Error): string {
  return message.trim().replaceAll(/\s*\n\s*/gu, " ");
}

const NOT_QUIESCED = {
  grants: undefined,
  release: () => Promise.resolve({ restored: 0, failures: [] }),
} as const;

interface Standing {
  readonly leases: HeldLeases;
  readonly quiesced: Quiesced | typeof NOT_QUIESCED;
  readonly release: () => Promise<void>;
  readonly lost: AbortController;
  readonly signal: AbortSignal;
  readonly request: CloneRequest;
}

function guardedBy({ leases, quiesced, release, lost, signal, request }: Standing): Guarded {
  return {
    signal,
    ...(quiesced.grants === undefined ? {} : { grants: quiesced.grants }),
    pinned: () => (request.quiesce?.until === "pinned" ? release() : Promise.resolve()),
    beforeStep: () => beginStep(leases, lost),
  };
}

/** A renewal in its time holds no step up: were each of them to wait for it, all slots would stand empty meanwhile. */
async function beginStep(leases: HeldLeases, lost: AbortController): Promise<void> {
  const beating = beat(leases, lost);
  if (!leases.isFresh()) return beating;
  // That the lease was lost is told by the abort.
  void beating.catch(() => undefined);
}

async function beat(leases: HeldLeases, lost: AbortController): Promise<void> {
  try {
    await leases.beat();
  } catch (error) {
    lost.abort(error);
    throw error;
  }
}

/** Signs of life also while one statement takes hours. */
function startBeating(leases: HeldLeases, lost: AbortController, { ports }: GuardedRun): () => void {
  // What a lost lease means is told by the abort.
  const stop = ports.clock.every?.(RENEW_MS, () => void beat(leases, lost).catch(() => undefined));
  return stop ?? (() => undefined);
}

async function releaseInto(
  problems: ObjectError[],
  quiesced: Quiesced | typeof NOT_QUIESCED,
  { sourceCatalog }: CloneRequest,
): Promise<void> {
  const { failures } = await quiesced.release();
  for (const message of failures) {
    if (problems.some((problem) => problem.message === message)) continue;
    problems.push({ object: sourceCatalog, operation: "quiesce", code: "RESTORE_FAILED", message });
  }
}

function lostProblem(reason: unknown, { destinationCatalog }: CloneRequest): ObjectError {
  const message = reason instanceof Error ? reason.message : String(reason);
  const code = reason instanceof CloneError ? reason.code : "LEASE_LOST";
  return { object: destinationCatalog, operation: "lease", code, message };
}

async function unlessCancelled<Value>(
  work: () => Promise<Value>,
  signal: AbortSignal,
): Promise<Value | undefined> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
