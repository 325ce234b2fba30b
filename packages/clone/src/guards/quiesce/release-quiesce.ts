import { grant, revoke } from "@clone-xs/sql";
import { type Privilege, type UnityReads, WorkspaceError } from "@clone-xs/unity";
import { sendUntilKnown } from "../../execute/retry.ts";
import { inParallel } from "../../inspect/in-parallel.ts";
import { type GuardPorts, send } from "../guard-ports.ts";
import { deleteGuard, isMissing, readGuards, updateGuard } from "../guard-tables.ts";
import type { QuiesceState } from "../journal.ts";
import { bareText, putBack } from "../masks/put-back.ts";
import { holdingsOf, pairKey, type Place, placeText, securableOf } from "./holding.ts";
import { planRestore, type RecordedRevocation } from "./plan-restore.ts";
import { ALL } from "./privileges.ts";
import { tableById } from "../masks/table-by-id.ts";
import { readAllGrants } from "./read-facts.ts";

/** A quiesce as its two records have it. */
export interface QuiesceGuard {
  readonly id: string;
  readonly runId: string;
  readonly metastoreId: string;
  readonly state: QuiesceState;
}

/** What a release came to. */
export interface Released {
  /** Pairs that hold again what they held. */
  readonly restored: number;
  /** Sentences about pairs that do not; the guard stands on for these. */
  readonly failures: readonly string[];
}

/**
 * Gives back what a quiesce took, less what an administrator changed meanwhile, and reads it back. What was dropped meanwhile is told and
 * let be; a table that was renamed is found by its id. The records are dropped when nothing is left to give back. Takes no
 * signal, never throws, and may be repeated.
 */
export async function releaseQuiesce(guard: QuiesceGuard, ports: GuardPorts): Promise<Released> {
  const { clock, random } = ports;
  const again = () => release(guard, ports);
  try {
    return await sendUntilKnown({ send: again, observe: again }, { clock, random });
  } catch (error) {
    const { catalog, revocations, lifted = [] } = guard.state;
    const why = messageOf(error);
    const failures = [
      ...lifted.map((table) => bareText(table, catalog, why)),
      ...revocations.map((pair) => failureText(pair, pair.revoked, catalog, why)),
    ];
    for (const failure of failures) ports.log("error", failure);
    return { restored: 0, failures };
  }
}

async function release(guard: QuiesceGuard, ports: GuardPorts): Promise<Released> {
  const { catalog, revocations, lifted } = guard.state;
  // Another machine has covered the tables; a run that has lifted them again since must keep their reads.
  if (lifted !== undefined && (await isReleased(guard, ports))) {
    await ports.journal.drop(guard.id);
    return { restored: 0, failures: [] };
  }
  const gone = (await ports.workspace.unity.catalog(catalog)) === undefined;
  if (gone)
    ports.log("warn", `Quiesce restore: catalog ${catalog} is not there any more; nothing to give back.`);
  // Nobody reads again before everything is covered again.
  const uncovered = gone ? [] : await putBack(guard.state, ports);
  if (uncovered.length > 0) return { restored: 0, failures: uncovered };
  const outcomes = gone ? [] : await restoreAll(revocations, catalog, ports);
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  const failures = failed.flatMap(({ failure }) => failure ?? []);
  for (const failure of failures) ports.log("error", failure);
  const restored = outcomes.filter(({ state }) => state === "restored").length;
  if (failures.length > 0) {
    await keep(
      guard,
      failed.map(({ pair }) => pair),
      ports,
    );
    return { restored, failures };
  }
  await deleteGuard(guard.id, ports);
  await ports.journal.drop(guard.id);
  const complete = lifted ? "Masks: restored reads" : "Quiesce restore complete";
  ports.log("info", `${complete}: ${restored} principal/schema grant(s) re-applied.`);
  return { restored, failures };
}

async function isReleased({ id }: QuiesceGuard, ports: GuardPorts): Promise<boolean> {
  const rows = await readGuards(ports);
  return rows !== undefined && !rows.some((row) => row.id === id);
}

interface PairOutcome {
  readonly pair: RecordedRevocation;
  readonly state: "restored" | "let be" | "failed";
  readonly failure?: string;
}

const PARALLEL = 10;

async function restoreAll(
  revocations: readonly RecordedRevocation[],
  catalog: string,
  ports: GuardPorts,
): Promise<readonly PairOutcome[]> {
  const places: readonly Place[] = [{ level: "catalog" }, ...revocations];
  const now = await heldNow(catalog, places, ports);
  const outcomes = await inParallel(revocations, PARALLEL, (pair) => restore(pair, now, catalog, ports));
  const after = await heldNow(catalog, places, ports);
  return outcomes.map((outcome) =>
    outcome.state === "restored" ? verified(outcome, now, after, catalog) : outcome,
  );
}

type Held = ReadonlyMap<string, readonly Privilege[]>;

async function heldNow(catalog: string, places: readonly Place[], ports: GuardPorts): Promise<Held> {
  const grants = await readAllGrants(catalog, places, ports);
  return new Map(holdingsOf(grants).map((holding) => [pairKey(holding), holding.privileges]));
}

async function restore(
  pair: RecordedRevocation,
  now: Held,
  catalog: string,
  ports: GuardPorts,
): Promise<PairOutcome> {
  const found = now.has(pairKey(pair)) ? pair : await whereNow(pair, catalog, ports);
  const text = placeText(catalog, pair);
  if (found === undefined) {
    ports.log(
      "warn",
      `Quiesce restore: ${text} was dropped meanwhile; ${pair.principal} has nothing to get back on it.`,
    );
    return { pair, state: "let be" };
  }
  if (placeText(catalog, found) !== text)
    ports.log("warn", `Quiesce restore: ${text} is called ${placeText(catalog, found)} now.`);
  const plan = planRestore(pair, now.get(pairKey(found)) ?? []);
  if (plan.left !== undefined)
    ports.log("warn", `Quiesce restore: of ${pair.principal} on ${text}, ${plan.left}.`);
  try {
    await change(found, plan, catalog, ports);
    return { pair: found, state: "restored" };
  } catch (error) {
    if (isMissing(error) || isUnknownPrincipal(error)) {
      ports.log(
        "warn",
        `Quiesce restore: nothing to give back to ${pair.principal} on ${text}: ${messageOf(error)}`,
      );
      return { pair: found, state: "let be" };
    }
    return {
      pair: found,
      state: "failed",
      failure: failureText(pair, plan.grant, catalog, messageOf(error)),
    };
  }
}

async function change(
  pair: RecordedRevocation,
  { grant: given, revoke: taken }: ReturnType<typeof planRestore>,
  catalog: string,
  ports: GuardPorts,
): Promise<void> {
  const on = securableOf(catalog, pair);
  const singly = given.filter((privilege) => privilege !== ALL);
  if (given.includes(ALL)) await send(grant([ALL], on, pair.principal), ports);
  if (singly.length > 0) await send(grant(singly, on, pair.principal), ports);
  if (taken.length > 0) await send(revoke(taken, on, pair.principal), ports);
}

/** Read back: what was to be there is there. */
function verified(outcome: PairOutcome, before: Held, after: Held, catalog: string): PairOutcome {
  const { pair } = outcome;
  const key = pairKey(pair);
  const wanted = planRestore(pair, before.get(key) ?? []).grant;
  const missing = wanted.filter((privilege) => after.get(key)?.includes(privilege) !== true);
  if (missing.length === 0) return outcome;
  const why = "the grant was accepted and is not there";
  return { pair, state: "failed", failure: failureText(pair, missing, catalog, why) };
}

/** The pair under the name that its securable has now; `undefined` when it is gone. */
async function whereNow(
  pair: RecordedRevocation,
  catalog: string,
  { workspace }: GuardPorts,
): Promise<RecordedRevocation | undefined> {
  const { unity } = workspace;
  const { level, schema = "", name = "", tableId } = pair;
  if (level === "catalog") return pair;
  if (level === "table") {
    const there = await unity.table({ catalog, schema, name });
    // Another table under the old name is not the one whose grants were taken.
    if (there !== undefined && (tableId === undefined || there.tableId === tableId)) return pair;
    return tableId === undefined ? undefined : renamed(pair, tableId, catalog, unity);
  }
  const schemas = await unity.schemas(catalog);
  if (!schemas.some((each) => each.schema.toLowerCase() === schema.toLowerCase())) return undefined;
  if (level === "schema") return pair;
  const volumes = await unity.volumes(catalog, schema);
  return volumes.some((volume) => volume.name.toLowerCase() === name.toLowerCase()) ? pair : undefined;
}

async function renamed(
  pair: RecordedRevocation,
  id: string,
  catalog: string,
  unity: UnityReads,
): Promise<RecordedRevocation | undefined> {
  const table = await tableById(id, catalog, unity);
  return table && { ...pair, schema: table.schema, name: table.name };
}

/** What could not be given back stays recorded; what was, must not be given again when somebody takes it later. */
async function keep(
  guard: QuiesceGuard,
  revocations: readonly RecordedRevocation[],
  ports: GuardPorts,
): Promise<void> {
  const state = { ...guard.state, revocations };
  const { id, runId, metastoreId } = guard;
  const { clock, holder, journal } = ports;
  await journal.put({
    id,
    runId,
    metastoreId,
    at: clock.now(),
    pid: holder.pid,
    kind: "quiesce",
    quiesce: state,
  });
  await updateGuard(id, state, ports);
}

function failureText(
  { principal, ...pair }: RecordedRevocation,
  privileges: readonly Privilege[],
  catalog: string,
  why: string,
): string {
  return `Restore: could not re-grant [${privileges.join(", ")}] to ${principal} on ${placeText(catalog, pair)}: ${why}`;
}

function isUnknownPrincipal(error: unknown): boolean {
  return error instanceof WorkspaceError && error.errorClass === "PRINCIPAL_DOES_NOT_EXIST";
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0] ?? message;
}
