import { createHash } from "node:crypto";
import { type Workspace, WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../../errors.ts";
import { tagged } from "../../run/tagging.ts";
import type { ObjectError } from "../../summarize/summary.ts";
import type { GuardPorts } from "../guard-ports.ts";
import {
  eitherSignal,
  type Guarded,
  type GuardedResult,
  type GuardedRun,
  onOneLine,
  REFUSED,
  unlessCancelled,
} from "../guarded.ts";
import { type HeldLeases, holdLeases } from "./hold-leases.ts";
import { liftsMasks } from "../masks/lifts-masks.ts";
import { holdLocally } from "./hold-locally.ts";
import { type Claim, RENEW_MS } from "./lease.ts";

/** A workspace that keeps leases. */
export interface LeasePlace {
  readonly workspace: Workspace;
  /** By which connection this machine gets there again; absent: it is the source's workspace. */
  readonly connection?: string;
}

/** What goes on while leases are held. */
export type Held = Pick<Guarded, "signal" | "beforeStep">;

/**
 * Runs the body while leases are held, all or none, with signs of life also while one statement takes hours. They are given back in every
 * ending. Where the workspace keeps no leases a lock on this machine has to do for what is written to, and nothing is quiesced. Throws
 * LEASE_HELD and QUIESCE_REFUSED before anything is changed.
 */
export async function withLeases<Value>(
  claims: readonly Claim[],
  place: LeasePlace,
  run: GuardedRun,
  body: (held: Held) => Promise<Value>,
): Promise<GuardedResult<Value>> {
  const lost = new AbortController();
  const signal = eitherSignal(run.ports.signal, lost.signal);
  const problems: ObjectError[] = [];
  const leases = await unlessCancelled(() => take(claims, place, run, signal), signal);
  if (leases === undefined) return { value: undefined, problems };
  const stopBeating = startBeating(leases, lost, run);
  try {
    return { value: await body({ signal, beforeStep: () => beginStep(leases, lost) }), problems };
  } finally {
    stopBeating();
    if (lost.signal.aborted) problems.push(lostProblem(lost.signal.reason, claims, run));
    await leases.release();
  }
}

/** What guards of one of the run's workspaces touch. */
export function guardPorts({ ports, log }: GuardedRun, workspace: Workspace): GuardPorts {
  const { settings, journal, holder, clock, random } = ports;
  return {
    workspace: tagged(workspace, { clxs_step: "guards" }),
    audit: settings.audit,
    journal,
    holder,
    clock,
    random,
    log,
  };
}

async function take(
  claims: readonly Claim[],
  place: LeasePlace,
  run: GuardedRun,
  signal: AbortSignal,
): Promise<HeldLeases> {
  const { request, runId, log } = run;
  const ports = guardPorts(run, place.workspace);
  const nonce = Math.floor(ports.random() * 0x1_0000_0000).toString(16);
  const claimant = { run: runId, nonce, holder: ports.holder };
  try {
    return await remembered(claims, place, run, () => holdLeases(claims, claimant, ports, signal));
  } catch (error) {
    if (!(error instanceof WorkspaceError) || !REFUSED.has(error.code)) throw error;
    const { catalog, logSchema } = ports.audit;
    if (liftsMasks(request) && claims.some(isOfSource))
      throw new CloneError(
        "MASK_GUARD_REFUSED",
        `No mask is lifted: what is to be given back cannot be recorded in ${catalog}.${logSchema}. ${onOneLine(error)}`,
        { object: request.sourceCatalog, cause: error },
      );
    if (request.quiesce !== undefined && claims.some(isOfSource))
      throw new CloneError(
        "QUIESCE_REFUSED",
        `The source is not quiesced: what is to be given back cannot be recorded in ${catalog}.${logSchema}. ${onOneLine(error)}`,
        { object: request.sourceCatalog, cause: error },
      );
    log(
      "warn",
      `No lease can be kept in ${catalog}.${logSchema}, so runs of other machines are not noticed: ${onOneLine(error)}`,
    );
    const written = claims.find((claim) => !isOfSource(claim));
    return written === undefined ? NONE : holdLocally(written.resource, runId, ports);
  }
}

/** What is only read needs no lock. */
const NONE: HeldLeases = {
  beat: () => Promise.resolve(),
  isFresh: () => true,
  release: () => Promise.resolve(),
};

function isOfSource({ resource }: Claim): boolean {
  return resource.startsWith("source:");
}

/** Lets this machine know of the leases for as long as they may be there. */
async function remembered(
  claims: readonly Claim[],
  { workspace, connection }: LeasePlace,
  { runId, ports }: GuardedRun,
  takeThem: () => Promise<HeldLeases>,
): Promise<HeldLeases> {
  const { journal, clock, holder } = ports;
  const { metastoreId } = await workspace.unity.metastore();
  const resources = claims.map(({ resource }) => resource);
  const elsewhere = connection === undefined ? {} : { connection };
  const id = `lease-${runId}-${holder.pid}${connection === undefined ? "" : `-${digestOf([connection, ...resources])}`}`;
  const known = { id, runId, at: clock.now(), pid: holder.pid, metastoreId };
  await journal.put({ ...known, kind: "lease", resources, ...elsewhere });
  const forget = () => journal.drop(id);
  try {
    const leases = await takeThem();
    return { ...leases, release: () => leases.release().then(forget) };
  } catch (error) {
    await forget();
    throw error;
  }
}

function digestOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8);
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

function startBeating(leases: HeldLeases, lost: AbortController, { ports }: GuardedRun): () => void {
  // What a lost lease means is told by the abort.
  const stop = ports.clock.every?.(RENEW_MS, () => void beat(leases, lost).catch(() => undefined));
  return stop ?? (() => undefined);
}

function lostProblem(reason: unknown, claims: readonly Claim[], { request }: GuardedRun): ObjectError {
  const message = reason instanceof Error ? reason.message : String(reason);
  const code = reason instanceof CloneError ? reason.code : "LEASE_LOST";
  const object = claims.every(isOfSource) ? request.sourceCatalog : request.destinationCatalog;
  return { object, operation: "lease", code, message };
}
