import type { CloneRequestWire } from "@clone-xs/clone";
import { fullName, type Table, type Workspace } from "@clone-xs/unity";
import { readStamp } from "../../src/decide/provenance.ts";
import { dropCatalog, grantsOf, makeCatalog, rowsOf } from "./catalog.ts";
import { type Invariant, openChecks } from "./invariants.ts";
import { emptyDisk, isReadable } from "./disk.ts";
import { between, pick, seeded } from "./random.ts";
import {
  describe,
  type Ending,
  endOf,
  isSuccess,
  isSummary,
  resume,
  type Runner,
  startRunner,
} from "./runner.ts";
import { openScheduler } from "./scheduler.ts";
import { type Disturbance, DISTURBANCES, type Story } from "./story.ts";
import { CALM, PASSING, weather } from "./weather.ts";
import { clearShares, placesOf, TOPOLOGIES } from "./places.ts";
import { followStream } from "./streamed.ts";
import { modelOf } from "./writers.ts";
import type { World } from "./world.ts";

/** What one seed injected and checked. A broken invariant throws. */
export interface Simulated {
  readonly injected: Readonly<Record<Disturbance, number>>;
  readonly checked: Readonly<Record<Invariant, number>>;
}

/**
 * One seeded story on a real embedded workspace: a random catalog is cloned while others write to it, calls fail, runners die and others
 * come; then it is cloned undisturbed. What must hold is checked at every stop.
 */
export async function simulate(world: World, seed: number): Promise<Simulated> {
  const story = await begin(world, seed);
  const { workspace, source, places, audit } = story;
  try {
    if (story.topology === "streamed") {
      await followStream(story);
      return { injected: story.injected, checked: story.checks.counts };
    }
    const rounds = between(story.random, 1, 2);
    for (let round = 0; round < rounds; round += 1) await disturbedRound(story);
    await settle(story);
    return { injected: story.injected, checked: story.checks.counts };
  } finally {
    for (const place of places) await dropCatalog(place.workspace, place.catalog);
    await clearShares(world);
    for (const catalog of [source, audit]) await dropCatalog(workspace, catalog);
    await dropCatalog(world.there, audit);
  }
}

async function begin(world: World, seed: number): Promise<Story> {
  world.reseed(seed);
  const random = seeded(seed);
  const { workspace } = world;
  // In turn, so that a few seeds have all of them.
  const topology = TOPOLOGIES[seed % TOPOLOGIES.length] ?? "own";
  const names = { source: `sim_${seed}_source`, target: `sim_${seed}_target`, audit: `sim_${seed}_audit` };
  const tables = await makeCatalog(workspace, names.source, random);
  const injected = Object.fromEntries(DISTURBANCES.map((name) => [name, 0])) as Record<Disturbance, number>;
  const model = await modelOf(workspace, tables, random);
  const grants = await grantsOf(workspace, names.source);
  return {
    world,
    workspace,
    seed,
    random,
    ...names,
    topology,
    places: placesOf(topology, world, names.target),
    model,
    grants,
    checks: openChecks(seed),
    injected,
    disk: emptyDisk(),
  };
}

async function disturbedRound(story: Story): Promise<void> {
  const { random, world, model, injected } = story;
  const rough = weather(random);
  let changes = 0;
  const scheduler = openScheduler({
    random,
    clock: world.clock,
    beforeTurn: async () => {
      const [first, ...others] = rough.changes;
      if (first === undefined || random() >= rough.changeRate) return;
      const change = pick(random, [first, ...others]);
      await model.change(change);
      injected[change] += 1;
      changes += 1;
    },
  });
  const runners = Array.from({ length: rough.runners }, () => startRunner(story, scheduler.process(), rough));
  if (runners.length > 1) injected.second_runner += 1;
  await scheduler.drive(runners);
  for (const runner of runners) await checkRunner(story, runner, changes > 0);
  checkExclusive(story, runners);
  await checkRoutes(story, false);
  if (rough.faultRate > 0 && rough.faults === PASSING) {
    const [first] = await Promise.all(runners.map(endOf));
    if (first !== undefined) story.checks.check("transient", isSuccess(first), () => describe(first));
  }
  await checkCut(story);
  // What died leaves its guards to those who come after; what was denied may be a grant that gives back.
  const denials = rough.faults.includes("denied") && rough.faultRate > 0;
  if (!denials && runners.every(({ process }) => !process.dead())) await checkGrants(story);
  const dead = runners.find(({ process }) => process.dead());
  if (dead !== undefined) {
    injected.kill += 1;
    if (random() < 0.5) await takeUp(story, dead, changes > 0);
  }
}

/** A run that died is resumed on the same machine, undisturbed. */
async function takeUp(story: Story, dead: Runner, changed: boolean): Promise<void> {
  const { world, random, checks } = story;
  const scheduler = openScheduler({ random, clock: world.clock, beforeTurn: () => Promise.resolve() });
  const process = scheduler.process();
  const runner = { ...dead, process, main: resume(story, dead, process) };
  await scheduler.drive([runner]);
  const ending = await endOf(runner);
  const began = dead.disk.documents.has("plan");
  // What others dropped or renamed after the plan was made is missed by name.
  const ended = isSuccess(ending) || (changed && isSummary(ending) && ending.errors.length > 0);
  checks.check("resumed", !began || ended, () => describe(ending));
}

/** Nothing disturbs any more: the target becomes what the source is, and then there is nothing to do. */
async function settle(story: Story): Promise<void> {
  const { workspace, model, checks, places } = story;
  const whole = { load_type: pick<"FULL" | "SELECTIVE">(story.random, ["FULL", "SELECTIVE"]) };
  const settled = await undisturbed(story, whole);
  checks.check("settled", isSuccess(settled), () => describe(settled));
  for (const [table, place] of model.tables().flatMap((each) => places.map((at) => [each, at] as const))) {
    const copied = { ...table, catalog: place.catalog };
    const [wanted, found] = [await rowsOf(workspace, table), await rowsOf(place.workspace, copied)];
    checks.check(
      "settled",
      same(wanted, found),
      () => `${place.name} ${fullName(table)}: ${wanted.join()} — ${found.join()}`,
    );
  }
  const again = await undisturbed(story, { load_type: "SELECTIVE" });
  const drifted = isSummary(again)
    ? (again.per_target ?? [again]).map((each) => each.total_drifted_tables)
    : [];
  const nothing = isSummary(again) && drifted.every((n) => n === 0) && again.tables.success === 0;
  checks.check("empty", nothing, () =>
    isSummary(again)
      ? `${JSON.stringify(again.drift)} ${describe(again)} ${JSON.stringify(again.residue)}`
      : describe(again),
  );
  await checkGrants(story);
  await checkRoutes(story, true);
  for (const table of model.tables()) {
    const [rows, known] = [await rowsOf(workspace, table), model.rowsNow(table)];
    checks.check(
      "untouched",
      same(rows, known),
      () => `${fullName(table)}: ${known.join()} — ${rows.join()}`,
    );
  }
}

async function undisturbed(story: Story, wire: Partial<CloneRequestWire>): Promise<Ending> {
  const { world, random } = story;
  const scheduler = openScheduler({ random, clock: world.clock, beforeTurn: () => Promise.resolve() });
  const runner = startRunner(story, scheduler.process(), CALM, wire);
  await scheduler.drive([runner]);
  return endOf(runner);
}

/** What can be told of one run that is over, or dead. */
async function checkRunner(story: Story, runner: Runner, changed: boolean): Promise<void> {
  const { checks, model } = story;
  checks.check("readable", isReadable(runner.disk), () =>
    JSON.stringify([
      runner.disk.records,
      ...[...runner.disk.targets].map(([name, disk]) => [name, disk.records]),
    ]),
  );
  const summary = await endOf(runner);
  if (!isSummary(summary)) return;
  const { success, failed, skipped } = summary.tables;
  if (summary.status !== "success" && summary.status !== "cancelled")
    checks.check("honest", summary.errors.length > 0, () => `${summary.status} without an error`);
  if (changed || summary.status === "cancelled" || summary.schemas_processed === 0) return;
  const tables = model.tables();
  if (summary.per_target === undefined)
    checks.check("accounted", success + failed + skipped === tables.length, () => describe(summary));
  if (summary.status !== "success") return;
  for (const place of story.places) {
    const there = await tablesOf(place.workspace, place.catalog);
    const missing = tables.filter(({ schema, name }) => !there.has(`${schema}.${name}`));
    checks.check(
      "honest",
      missing.length === 0,
      () =>
        `success without ${missing.map(fullName).join()} in ${place.name}: ${describe(summary)} ${JSON.stringify([...there.keys()])}`,
    );
  }
}

/** One recipient a metastore and one share a pair at most; exactly one of each when a copy has come to another metastore. */
async function checkRoutes({ checks, world, topology, places }: Story, cloned: boolean): Promise<void> {
  if (topology === "own" || topology === "streamed") return;
  const { sharing } = world.workspace;
  const found = [await sharing.recipients(), await sharing.shares()].map(({ length }) => length);
  const wanted = places.filter(({ name }) => name === "there").length;
  const holds = found.every((count) => (cloned ? count === wanted : count <= wanted));
  checks.check("routed", holds, () => `${found.join(" recipients, ")} shares`);
}

async function checkGrants({ workspace, checks, source, grants }: Story): Promise<void> {
  const found = await grantsOf(workspace, source);
  checks.check("untouched", same(grants, found), () => `grants: ${grants.join()} — ${found.join()}`);
}

/** Every copy holds the rows that its source had at the version that the copy's own stamp names. */
async function checkCut({ model, checks, source, places }: Story): Promise<void> {
  for (const { workspace, catalog } of places) {
    for (const [local, properties] of await tablesOf(workspace, catalog)) {
      const [schema = "", name = ""] = local.split(".");
      const copy = { catalog, schema, name };
      const version = readStamp(properties, copy)?.version;
      const wanted = version && model.rowsAt({ catalog: source, schema, name }, version);
      if (!wanted) continue;
      const found = await rowsOf(workspace, copy);
      checks.check(
        "cut",
        same(wanted, found),
        () => `${fullName(copy)} at ${version}: ${wanted.join()} — ${found.join()}`,
      );
    }
  }
}

/** Of two living runs, one had finished its writes to a place before the other began its own. */
function checkExclusive({ checks, places }: Story, runners: readonly Runner[]): void {
  const [first, second] = runners.map(({ clones }) => clones);
  if (first === undefined || second === undefined) return;
  const isBefore = (a: readonly number[], b: readonly number[]) => Math.max(...a) < Math.min(...b);
  for (const { name } of places) {
    const [one, other] = [first.get(name) ?? [], second.get(name) ?? []];
    const apart = isBefore(one, other) || isBefore(other, one);
    checks.check("exclusive", apart, () => `${name}: turns ${one.join()} and ${other.join()}`);
  }
}

async function tablesOf(
  workspace: Workspace,
  catalog: string,
): Promise<ReadonlyMap<string, Table["properties"]>> {
  if ((await workspace.unity.catalog(catalog)) === undefined) return new Map();
  const schemas = await workspace.unity.schemas(catalog);
  const lists = await Promise.all(
    schemas
      .filter(({ schema }) => schema !== "information_schema")
      .map(({ schema }) => workspace.unity.tables(catalog, schema)),
  );
  const tables = lists.flat().filter(({ tableType }) => tableType !== "VIEW");
  return new Map(tables.map(({ schema, name, properties }) => [`${schema}.${name}`, properties]));
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
