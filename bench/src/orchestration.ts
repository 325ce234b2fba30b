import type { RunEvent, RunSummary } from "@clone-xs/clone";
import { type LatencyModel, realisticLatency } from "@clone-xs/lakehouse";
import type { Statement, Workspace } from "@clone-xs/unity";
import { clone, sendAll, withLakehouse } from "./embedded.ts";
import { modelled, untimed } from "./modelled.ts";
import { virtualClock } from "./virtual-clock.ts";

const TABLES = 1000;
const SLOTS = 10;
const SCHEMAS = 10;
/** The table with 30 % of the bytes takes so much longer to clone. */
const LARGE_MORE_MS = 90_000;
const LARGE = "large";
const TARGET = 0.9;

/** Catalogs of the bench, by how much stands around each table. */
const catalogs = [
  { catalog: "plain", around: () => [] },
  {
    catalog: "governed",
    around: (table: string) => [
      `COMMENT ON TABLE ${table} IS 'what it is'`,
      `ALTER TABLE ${table} SET TAGS ('domain' = 'sales')`,
      `GRANT SELECT ON TABLE ${table} TO \`ann\``,
    ],
  },
] as const;

/** Tables a minute under the latency model, against what its slots could do at most; and how long writers are kept out. */
export async function benchOrchestration(): Promise<void> {
  await withLakehouse(async (lakehouse) => {
    lakehouse.putPrincipal({ name: "ann", kind: "user", groups: [], admin: false });
    const workspace = lakehouse.connect();
    await makeSeeds(workspace);
    for (const { catalog, around } of catalogs) {
      await makeCatalog(workspace, catalog, around);
      report(
        catalog,
        await observed(workspace, { source_catalog: catalog, destination_catalog: `${catalog}_copy` }),
      );
    }
  });
}

/** Tables of a few sizes: the largest holds 30 % of the bytes of a catalog of which it is one table, and the others all the rest. */
async function makeSeeds(workspace: Workspace): Promise<void> {
  const rows = (count: number) => `SELECT id, xxhash64(id) AS noise FROM range(${count})`;
  const others = SIZES.map((size, i) => `CREATE TABLE seeds.s.t${i} AS ${rows(size)}`);
  const mean = SIZES.reduce((sum, size) => sum + size, 0) / SIZES.length;
  const large = Math.round((mean * (TABLES - 1) * 0.3) / 0.7);
  await sendAll(workspace, [
    "CREATE CATALOG seeds",
    "CREATE SCHEMA seeds.s",
    ...others,
    `CREATE TABLE seeds.s.${LARGE} AS ${rows(large)}`,
  ]);
}
const SIZES = [100, 200, 400, 800, 1600];

async function makeCatalog(
  workspace: Workspace,
  catalog: string,
  around: (table: string) => readonly string[],
): Promise<void> {
  const schemas = Array.from({ length: SCHEMAS }, (_, i) => `${catalog}.s${i}`);
  const named = (i: number) => (i === TABLES / 2 ? LARGE : `t${i}`);
  const tables = Array.from({ length: TABLES }, (_, i) => ({
    name: `${schemas[i % SCHEMAS]}.${named(i)}`,
    seed: `seeds.s.${i === TABLES / 2 ? LARGE : `t${i % SIZES.length}`}`,
  }));
  await sendAll(workspace, [
    `CREATE CATALOG ${catalog}`,
    ...schemas.map((schema) => `CREATE SCHEMA ${schema}`),
  ]);
  await sendAll(
    workspace,
    tables.map(({ name, seed }) => `CREATE TABLE ${name} DEEP CLONE ${seed}`),
    SLOTS,
  );
  await sendAll(
    workspace,
    tables.flatMap(({ name }) => around(name)),
    SLOTS,
  );
}

interface Observed {
  readonly summary: RunSummary;
  /** Milliseconds on the clock of the model from the first step to the end of the last. */
  readonly executing: number;
  readonly whole: number;
  /** Statements of steps: what the slots are there for. */
  readonly sent: readonly Statement[];
  /** Milliseconds that the machine took for everything. */
  readonly real: number;
}

async function observed(workspace: Workspace, wire: object): Promise<Observed> {
  const clock = virtualClock();
  const sent: Statement[] = [];
  const slow = modelled(workspace, { latency: realisticLatency, slots: SLOTS, more: moreFor(sent) }, clock);
  const steps: number[] = [];
  const onEvent = (event: RunEvent) => {
    if (event.type === "step") steps.push(event.at);
  };
  const started = { model: clock.now(), real: performance.now() };
  const files = (own: Parameters<typeof untimed>[0]) => untimed(own, clock);
  const summary = await clock
    .doing(async () => undefined)
    .then(() => clone(slow, wire, { clock, onEvent, files }));
  return {
    summary,
    sent,
    executing: Math.max(...steps) - Math.min(...steps),
    whole: clock.now() - started.model,
    real: performance.now() - started.real,
  };
}

/** Notes the statements of steps, and lets the large table take longer. */
function moreFor(sent: Statement[]): (statement: Statement) => number {
  return (statement) => {
    const step = statement.tags?.["clxs_step"];
    if (step !== undefined && step !== "guards") sent.push(statement);
    return statement.kind === "clone" && statement.text.includes(LARGE) ? LARGE_MORE_MS : 0;
  };
}

function report(what: string, { summary, executing, whole, sent, real }: Observed): void {
  const tables = summary.tables.success;
  const clones = sent.filter(({ kind }) => kind === "clone").length;
  const others = sent.length - clones;
  const d = others / tables;
  const ms = (statement: Statement) => millisecondsOf(statement, realisticLatency);
  const cloneMs =
    (sent.filter(({ kind }) => kind === "clone").reduce((sum, one) => sum + ms(one), 0) + LARGE_MORE_MS) /
    tables;
  const ddlMs =
    others === 0
      ? 0
      : sent.filter(({ kind }) => kind !== "clone").reduce((sum, one) => sum + ms(one), 0) / others;
  const limit = (60_000 * SLOTS) / (cloneMs + d * ddlMs);
  const perMinute = (tables * 60_000) / executing;
  const perMinuteWhole = (tables * 60_000) / whole;
  console.log(
    `orchestration, ${what}: ${perMinute.toFixed(0)} tables a minute at ${SLOTS} slots (${perMinuteWhole.toFixed(0)} with inspecting and guards), limit ${limit.toFixed(0)} of ${(cloneMs / 1000).toFixed(2)} s a clone and ${d.toFixed(2)} statements of ${ddlMs.toFixed(0)} ms beside it; ratio ${(perMinute / limit).toFixed(2)}, ${(perMinuteWhole / limit).toFixed(2)} (target ${TARGET}); ${tables} tables, ${(whole / 1000).toFixed(0)} s of the model in ${(real / 1000).toFixed(0)} s`,
  );
}

function millisecondsOf({ kind }: Statement, { statements }: LatencyModel): number {
  return statements[kind] ?? statements.other;
}
