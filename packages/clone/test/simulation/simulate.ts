import {
  type CloneRequestWire,
  type Clock,
  DEFAULT_SETTINGS,
  parseCloneRequest,
  type RunSummary,
  runClone,
} from "@clone-xs/clone";
import type { ObjectName, Workspace } from "@clone-xs/unity";
import { dropCatalog, insertRow, makeCatalog, rowsOf } from "./catalog.ts";
import { FAULTS, type Fault, withFaults } from "./faults.ts";
import { mortalLedger } from "./ledger.ts";
import { memoryDocuments, memoryJournal } from "./memory.ts";
import { between, pick, seeded } from "./random.ts";

/** What one seed injected and checked. A broken invariant throws {@link InvariantBroken}. */
export interface Simulated {
  readonly injected: Readonly<Record<Fault | "kill", number>>;
  readonly checked: Readonly<Record<Invariant, number>>;
}

export const INVARIANTS = {
  honest:
    "no success that the server did not report: a summary without failures means that every object is there",
  alone: "a failure of one object leaves the others done",
  settled: "once undisturbed, the same command gives the same rows as the source",
  empty: "after that a SELECTIVE clone finds nothing to do",
  untouched: "the source is as it was",
} as const;
export type Invariant = keyof typeof INVARIANTS;

export class InvariantBroken extends Error {
  override readonly name = "InvariantBroken";
}

/**
 * One seeded story on a real embedded workspace: a random catalog is cloned under faults and with a kill at a random ledger record, drifts, and is cloned
 * undisturbed; what must hold is checked at every stop. Time is virtual: pauses cost nothing.
 */
export async function simulate(workspace: Workspace, seed: number): Promise<Simulated> {
  const random = seeded(seed);
  const [source, target] = [`sim_${seed}_source`, `sim_${seed}_target`];
  const injected = { ...Object.fromEntries(FAULTS.map((fault) => [fault, 0])), kill: 0 } as Record<
    Fault | "kill",
    number
  >;
  const checked = Object.fromEntries(Object.keys(INVARIANTS).map((name) => [name, 0])) as Record<
    Invariant,
    number
  >;
  const check = (invariant: Invariant, holds: boolean, what: string) => {
    checked[invariant] += 1;
    if (!holds) throw new InvariantBroken(`seed ${seed}: ${INVARIANTS[invariant]} — ${what}`);
  };
  try {
    const tables = await makeCatalog(workspace, source, random);
    const before = await contents(workspace, tables);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const faulty = withFaults(workspace, between(random, 0, 1 << 30), 0.3);
      const killAt = random() < 0.5 ? between(random, 1, 12) : Number.POSITIVE_INFINITY;
      const summary = await attemptClone(faulty.workspace, {
        source,
        target,
        seed: between(random, 0, 1 << 30),
        killAt,
      });
      for (const fault of FAULTS) injected[fault] += faulty.injected[fault];
      if (summary === "killed") injected.kill += 1;
      else
        await checkHonesty(workspace, {
          summary,
          tables,
          target,
          before,
          denials: faulty.injected.denied,
          check,
        });
    }
    check(
      "untouched",
      same(before, await contents(workspace, tables)),
      "rows of the source changed during the clones",
    );
    await insertRow(workspace, pick(random, tables as [ObjectName, ...ObjectName[]]), random);
    const settled = await completed(workspace, {
      source,
      target,
      load_type: pick(random, ["FULL", "SELECTIVE", "FULL"]),
    });
    check(
      "settled",
      settled.status === "success",
      `the undisturbed run ended ${settled.status}: ${JSON.stringify(settled.errors)}`,
    );
    const [wanted, found] = [
      await contents(workspace, tables),
      await contents(workspace, renamed(tables, target)),
    ];
    check("settled", same(wanted, found), "rows of source and target differ");
    const again = await completed(workspace, { source, target, load_type: "SELECTIVE" });
    check(
      "empty",
      again.total_drifted_tables === 0 && again.tables.success === 0,
      JSON.stringify(again.drift),
    );
    return { injected, checked };
  } finally {
    await dropCatalog(workspace, target);
    await dropCatalog(workspace, source);
  }
}

type Check = (invariant: Invariant, holds: boolean, what: string) => void;

interface Honesty {
  readonly summary: RunSummary;
  readonly tables: readonly ObjectName[];
  readonly target: string;
  readonly before: readonly (readonly string[])[];
  readonly denials: number;
  readonly check: Check;
}

async function checkHonesty(
  workspace: Workspace,
  { summary, tables, target, before, denials, check }: Honesty,
): Promise<void> {
  const { success, failed, skipped } = summary.tables;
  if (summary.status === "success") {
    const found = await contents(workspace, renamed(tables, target));
    check("honest", same(before, found), "the run said success, but rows differ");
  } else check("honest", summary.errors.length > 0, `the run ended ${summary.status} and names no error`);
  if (denials === 0)
    check("alone", failed === 0, `nothing was denied, yet: ${JSON.stringify(summary.errors)}`);
  check(
    "alone",
    success + failed + skipped === tables.length,
    `${tables.length} tables, but ${JSON.stringify(summary.tables)}`,
  );
}

interface Attempt {
  readonly source: string;
  readonly target: string;
  readonly seed: number;
  readonly killAt: number;
}

async function attemptClone(
  workspace: Workspace,
  { source, target, seed, killAt }: Attempt,
): Promise<RunSummary | "killed"> {
  const ledger = mortalLedger(killAt);
  try {
    return await clone(
      workspace,
      { source_catalog: source, destination_catalog: target },
      ledger,
      seeded(seed),
    );
  } catch (error) {
    if (ledger.records.length >= killAt) return "killed";
    throw error;
  }
}

function completed(
  workspace: Workspace,
  {
    source,
    target,
    load_type,
  }: { readonly source: string; readonly target: string; readonly load_type: "FULL" | "SELECTIVE" },
): Promise<RunSummary> {
  const wire = { source_catalog: source, destination_catalog: target, load_type };
  return clone(workspace, wire, mortalLedger(Number.POSITIVE_INFINITY), seeded(1));
}

function clone(
  workspace: Workspace,
  wire: CloneRequestWire,
  ledger: ReturnType<typeof mortalLedger>,
  random: () => number,
): Promise<RunSummary> {
  const parsed = parseCloneRequest(wire);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const ports = {
    source: workspace,
    target: workspace,
    ledger,
    journal: memoryJournal(),
    documents: memoryDocuments(),
    holder: { hostname: "simulated", pid: 1 },
    settings: DEFAULT_SETTINGS,
    emit: () => undefined,
    clock: virtualClock(),
    random,
  };
  return runClone(
    parsed.request,
    ports,
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  );
}

/** Each look at the clock is a millisecond later; a pause passes at once. */
function virtualClock(): Clock {
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => (now += 1),
    sleep: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

function contents(
  workspace: Workspace,
  tables: readonly ObjectName[],
): Promise<readonly (readonly string[])[]> {
  return Promise.all(tables.map((table) => rowsOf(workspace, table)));
}

function renamed(tables: readonly ObjectName[], catalog: string): readonly ObjectName[] {
  return tables.map((table) => ({ ...table, catalog }));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
