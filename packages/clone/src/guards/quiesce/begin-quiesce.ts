import { grant, revoke } from "@clone-xs/sql";
import type { Privilege } from "@clone-xs/unity";
import { CloneError } from "../../errors.ts";
import { inParallel } from "../../inspect/in-parallel.ts";
import type { DirectGrant } from "../../inspect/inventory.ts";
import type { CloneRequest } from "../../request/request.ts";
import { type GuardPorts, send } from "../guard-ports.ts";
import { isMissing, makeGuardTables, updateGuard, writeGuard } from "../guard-tables.ts";
import type { LiftedTable, QuiesceState } from "../journal.ts";
import { holdingsOf, pairKey, placeKey, placeText, securableOf } from "./holding.ts";
import {
  planQuiesce,
  type QuiesceFacts,
  type QuiescePlan,
  type Revocation,
  toGrantAgain,
} from "./plan-quiesce.ts";
import type { RecordedRevocation } from "./plan-restore.ts";
import { ALL } from "./privileges.ts";
import { readAllGrants, readQuiesceFacts, tableIds } from "./read-facts.ts";
import { type QuiesceGuard, type Released, releaseQuiesce } from "./release-quiesce.ts";

/** A source that stands still. */
export interface Quiesced {
  /** Direct grants of the source as they were before anything was revoked: what a copy gets. */
  readonly grants: readonly DirectGrant[];
  /** Gives back what was taken; takes no signal, never throws. Idempotent. */
  release(): Promise<Released>;
}

/** Times that grants are read back and what was granted meanwhile is revoked too. */
const ROUNDS = 3;

/**
 * Takes write privileges from everybody who holds them by a grant that reaches the scope. What is taken is on the local disk and in the
 * workspace before the first revoke. When it cannot be completed, everything is given back. Throws QUIESCE_REFUSED, also when
 * schemas outside the scope would lose their writers and nobody has allowed that; QUIESCE_FAILED.
 */
export async function beginQuiesce(
  request: CloneRequest,
  runId: string,
  ports: GuardPorts,
  signal?: AbortSignal,
): Promise<Quiesced> {
  const facts = await readQuiesceFacts(request, ports);
  const plan = planQuiesce(facts);
  refuseWide(plan, request);
  for (const line of plan.warnings) ports.log("warn", line);
  await proveRegrant(plan, facts, ports);
  const release = await withhold(
    { revocations: plan.revocations, again: (grants) => planQuiesce({ ...facts, grants }).revocations },
    facts,
    { runId, ports, limit: request.maxParallel, ...(signal ? { signal } : {}) },
  );
  return { grants: facts.grants, release };
}

/** What is to be taken, and how it is told from grants that were read again. */
export interface Withholding {
  readonly revocations: readonly Revocation[];
  readonly again: (grants: readonly DirectGrant[]) => readonly Revocation[];
  /** Masks and filters that come off once it is taken; the guard's records have them from the beginning. */
  readonly lifted?: readonly LiftedTable[];
}

/**
 * Takes privileges under a guard that gives them back: recorded on the local disk and in the workspace first, read back afterwards. Gives
 * the release. When it cannot be completed, everything is given back. Throws QUIESCE_REFUSED when it cannot be recorded, QUIESCE_FAILED.
 */
export async function withhold(
  taking: Withholding,
  facts: QuiesceFacts,
  stopping: Stopping,
): Promise<() => Promise<Released>> {
  const { ports } = stopping;
  const guard = await recorded(taking, facts, stopping);
  const release = once(() => releaseQuiesce(guard.current, ports));
  try {
    await takeAll(guard, taking, facts, stopping);
  } catch (error) {
    await release();
    throw error;
  }
  return release;
}

/** What a dry run tells of the quiesce. Throws QUIESCE_REFUSED as a run would. */
export async function previewQuiesce(
  request: CloneRequest,
  ports: GuardPorts,
): Promise<readonly DirectGrant[]> {
  const facts = await readQuiesceFacts(request, ports);
  const plan = planQuiesce(facts);
  refuseWide(plan, request);
  for (const line of plan.warnings) ports.log("warn", line);
  for (const each of plan.revocations)
    ports.log(
      "info",
      `Would quiesce: revoke [${each.revoked.join(", ")}] from ${each.principal} on ${placeText(facts.scope.catalog, each)}`,
    );
  return facts.grants;
}

function refuseWide({ wide }: QuiescePlan, request: CloneRequest): void {
  if (wide.length === 0 || request.quiesce?.wide === true) return;
  throw new CloneError(
    "QUIESCE_REFUSED",
    `Grants on the catalog ${request.sourceCatalog} would have to be revoked, by which writers of ${wide.length} other schema${wide.length === 1 ? "" : "s"} would be stopped too: ${wide.join(", ")}. Say quiesce_wide to stop them, or clone without quiesce_source.`,
    { object: request.sourceCatalog, details: wide },
  );
}

/** Where the names do not show that the runner may grant, it grants what is there already: nothing changes, and it has proved it. */
async function proveRegrant(plan: QuiescePlan, { scope }: QuiesceFacts, ports: GuardPorts): Promise<void> {
  const { catalog } = scope;
  const { userName } = ports.workspace.identity;
  await inParallel(plan.unproven, 10, async (place) => {
    const key = placeKey(place);
    const pair = plan.revocations.find((each) => placeKey(each) === key);
    if (pair === undefined) return;
    const on = securableOf(catalog, pair);
    try {
      await send(grant(pair.privileges, on, pair.principal), ports);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const remedy = grant(["MANAGE"], on, userName).text;
      throw new CloneError(
        "QUIESCE_REFUSED",
        `The source cannot be quiesced: ${userName} could not give back what it revokes on ${placeText(catalog, pair)}. ${why} An owner can allow it: ${remedy}`,
        { object: catalog, cause: error },
      );
    }
  });
}

/** A guard whose record grows when more is taken. */
interface GrowingGuard {
  current: QuiesceGuard;
}

/** Local disk first, then the workspace: a row without a record on any disk is found by every machine, the other way round by this one. */
async function recorded(
  taking: Withholding,
  { scope }: QuiesceFacts,
  { runId, ports }: Stopping,
): Promise<GrowingGuard> {
  const { catalog } = scope;
  const revocations = await withTableIds(taking.revocations, catalog, ports);
  const { metastoreId } = await ports.workspace.unity.metastore();
  const { lifted } = taking;
  const quiesce: QuiesceState = { catalog, revocations, ...(lifted ? { lifted } : {}) };
  const id = `${lifted ? "masks" : "quiesce"}-${runId}-${hex(ports.random())}`;
  const current: QuiesceGuard = { id, runId, metastoreId, state: quiesce };
  await putLocally(current, ports);
  const { hostname, pid } = ports.holder;
  const write = () => writeGuard({ id, runId, hostname, pid, state: quiesce }, ports);
  try {
    await write().catch(async (error: unknown) => {
      if (!isMissing(error)) throw error;
      await makeGuardTables(ports);
      await write();
    });
  } catch (error) {
    await ports.journal.drop(id);
    const why = error instanceof Error ? error.message : String(error);
    throw new CloneError(
      "QUIESCE_REFUSED",
      `${lifted ? "No mask is lifted" : "The source is not quiesced"}: what is to be given back could not be recorded in ${ports.audit.catalog}.${ports.audit.logSchema}. ${why}`,
      { object: catalog, cause: error },
    );
  }
  return { current };
}

export interface Stopping {
  readonly runId: string;
  readonly ports: GuardPorts;
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/** Revokes, reads back, and takes what was granted meanwhile too; then notes what everybody holds now. */
async function takeAll(
  guard: GrowingGuard,
  { again }: Withholding,
  facts: QuiesceFacts,
  stopping: Stopping,
): Promise<void> {
  const { ports, limit, signal } = stopping;
  const { catalog } = facts.scope;
  let pending: readonly Revocation[] = guard.current.state.revocations;
  for (let round = 1; ; round += 1) {
    await inParallel(pending, limit, async (each) => {
      signal?.throwIfAborted();
      await take(each, guard.current.state, ports);
    });
    const grants = await readAllGrants(catalog, facts.owners, ports);
    pending = again(grants);
    if (pending.length === 0) return replace(guard, withDuring(guard.current, grants), ports);
    if (round === ROUNDS) break;
    const known = new Set(guard.current.state.revocations.map(pairKey));
    const added = await withTableIds(
      pending.filter((each) => !known.has(pairKey(each))),
      catalog,
      ports,
    );
    if (added.length > 0) await replace(guard, [...guard.current.state.revocations, ...added], ports);
  }
  const still = pending.map((each) => `${each.principal} on ${placeText(catalog, each)}`).join(", ");
  throw new CloneError(
    "QUIESCE_FAILED",
    `${guard.current.state.lifted ? "Reads" : "Write privileges"} are still there after they were revoked: ${still}.`,
    {
      object: catalog,
    },
  );
}

/** Of a securable that was dropped meanwhile nothing needs to be taken. */
async function take(
  revocation: Revocation,
  { catalog, lifted }: QuiesceState,
  ports: GuardPorts,
): Promise<void> {
  const { principal, revoked } = revocation;
  const on = securableOf(catalog, revocation);
  try {
    for (const privileges of statementsOf(revoked)) await send(revoke(privileges, on, principal), ports);
    const again = toGrantAgain(revocation);
    if (again.length > 0) await send(grant(again, on, principal), ports);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  ports.log(
    "info",
    `${lifted ? "Masks: withheld" : "Quiesce: revoked"} [${revoked.join(", ")}] from ${principal} on ${placeText(catalog, revocation)}`,
  );
}

/** ALL PRIVILEGES is revoked by a statement of its own; what is held singly beside it may go with it, or not. */
function statementsOf(revoked: readonly Privilege[]): readonly (readonly Privilege[])[] {
  const singly = revoked.filter((privilege) => privilege !== ALL);
  return [revoked.includes(ALL) ? [ALL] : [], singly].filter((privileges) => privileges.length > 0);
}

async function withTableIds(
  revocations: readonly Revocation[],
  catalog: string,
  ports: GuardPorts,
): Promise<readonly RecordedRevocation[]> {
  const ids = await tableIds(catalog, revocations, ports);
  return revocations.map((each) => {
    const tableId = ids.get(placeKey(each));
    return tableId === undefined ? each : { ...each, tableId };
  });
}

function withDuring({ state }: QuiesceGuard, grants: readonly DirectGrant[]): readonly RecordedRevocation[] {
  const held = new Map(holdingsOf(grants).map((holding) => [pairKey(holding), holding.privileges]));
  return state.revocations.map((each) => ({ ...each, during: held.get(pairKey(each)) ?? [] }));
}

async function replace(
  guard: GrowingGuard,
  revocations: readonly RecordedRevocation[],
  ports: GuardPorts,
): Promise<void> {
  const state = { ...guard.current.state, revocations };
  const next = { ...guard.current, state };
  await putLocally(next, ports);
  await updateGuard(next.id, state, ports);
  guard.current = next;
}

function putLocally({ id, runId, metastoreId, state }: QuiesceGuard, ports: GuardPorts): Promise<void> {
  const { journal, clock, holder } = ports;
  return journal.put({
    id,
    runId,
    metastoreId,
    at: clock.now(),
    pid: holder.pid,
    kind: "quiesce",
    quiesce: state,
  });
}

function hex(random: number): string {
  return Math.floor(random * 0x1_0000_0000)
    .toString(16)
    .padStart(8, "0");
}

function once<Result>(action: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => (result ??= action());
}
