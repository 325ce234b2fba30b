import type { RunSummary } from "@clone-xs/clone";
import { type Lakehouse, metastoreNetwork, realisticLatency } from "@clone-xs/lakehouse";
import { withExecute, type Workspace } from "@clone-xs/unity";
import { clone, sendAll, withLakehouse } from "./embedded.ts";
import { median } from "./measure.ts";
import { modelled, untimed } from "./modelled.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

export interface Fan {
  readonly targets: number;
  readonly schemas: number;
  readonly tables: number;
}

const FAN: Fan = { targets: 5, schemas: 5, tables: 100 };
const SLOTS = 10;

/** One run to several metastores at once against a run to each of them in turn, under the latency model: time, and what the source is asked. */
export async function benchFanOut(fan: Fan = FAN): Promise<void> {
  const names = Array.from({ length: fan.targets }, (_, i) => `target${i}`);
  const inTurn = await inNewWorld(fan, names, async (run) => {
    const runs: Ran[] = [];
    for (const name of names) runs.push(await run({ target_workspace: name }));
    return runs;
  });
  const atOnce = await inNewWorld(fan, names, (run) =>
    run({ target_workspaces: names, fanout_max_parallel: fan.targets }),
  );
  report(fan, inTurn, atOnce);
}

type Run = (targets: object) => Promise<Ran>;

interface Ran {
  readonly summary: RunSummary;
  /** Milliseconds on the clock of the model. */
  readonly whole: number;
  readonly source: Asked;
}

/** What the workspace of the source was asked: calls, and statements by kind. */
interface Asked {
  calls: number;
  readonly statements: Map<string, number>;
}

/** A source and targets, each with a metastore of its own, on one clock; nothing is shared between them yet. */
async function inNewWorld<T>(fan: Fan, names: readonly string[], work: (run: Run) => Promise<T>): Promise<T> {
  const clock = virtualClock();
  const { shareDelay = 0 } = realisticLatency;
  const options = { network: metastoreNetwork(), now: () => clock.now(), shareDelayMs: shareDelay };
  const withTargets = (targets: ReadonlyMap<string, Lakehouse>, use: typeof inWorld): Promise<T> => {
    const next = names[targets.size];
    return next === undefined
      ? use(targets)
      : withLakehouse(
          (target) => withTargets(new Map([...targets, [next, target]]), use),
          undefined,
          options,
        );
  };
  const inWorld = (targets: ReadonlyMap<string, Lakehouse>): Promise<T> =>
    withLakehouse(
      async (source) => {
        await makeSource(source.connect(), fan);
        return work((wire) => ran(wire, source.connect(), targets, clock));
      },
      undefined,
      options,
    );
  return withTargets(new Map(), inWorld);
}

async function makeSource(workspace: Workspace, { schemas, tables }: Fan): Promise<void> {
  const named = Array.from({ length: schemas }, (_, i) => `prod.s${i}`);
  await sendAll(workspace, ["CREATE CATALOG prod", ...named.map((schema) => `CREATE SCHEMA ${schema}`)]);
  const made = Array.from(
    { length: tables },
    (_, i) => `CREATE TABLE ${named[i % schemas]}.t${i} AS SELECT id FROM range(100)`,
  );
  await sendAll(workspace, made, SLOTS);
}

async function ran(
  wire: object,
  source: Workspace,
  targets: ReadonlyMap<string, Lakehouse>,
  clock: VirtualClock,
): Promise<Ran> {
  const asked: Asked = { calls: 0, statements: new Map() };
  const model = { latency: realisticLatency, slots: SLOTS, more: () => 0 };
  const connectTarget = async ({ connection }: { readonly connection: string }): Promise<Workspace> => {
    const target = targets.get(connection);
    if (target === undefined) throw new Error(`There is no ${connection}.`);
    return modelled(target.connect(), model, clock);
  };
  const files = (own: Parameters<typeof untimed>[0]) => untimed(own, clock);
  const begun = clock.now();
  const whole = { source_catalog: "prod", destination_catalog: "copy", ...wire };
  const summary = await clone(modelled(counted(source, asked), model, clock), whole, {
    clock,
    files,
    connectTarget,
  });
  if (summary.status !== "success") throw new Error(JSON.stringify(summary.errors[0] ?? summary.status));
  return { summary, whole: clock.now() - begun, source: asked };
}

function counted(workspace: Workspace, asked: Asked): Workspace {
  const counting = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...args: unknown[]): unknown => {
          asked.calls += 1;
          return Reflect.apply(member, target, args);
        };
      },
    });
  const noted = withExecute(workspace, (statement, options) => {
    asked.statements.set(statement.kind, (asked.statements.get(statement.kind) ?? 0) + 1);
    return workspace.statements.execute(statement, options);
  });
  return { ...noted, unity: counting(workspace.unity), sharing: counting(workspace.sharing) };
}

function report({ targets, tables }: Fan, inTurn: readonly Ran[], atOnce: Ran): void {
  const whole = total(inTurn.map((one) => one.whole));
  const slowest = Math.max(...inTurn.map((one) => one.whole));
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  console.log(
    `fan-out, ${tables} tables to ${targets} metastores at once: ${seconds(atOnce.whole)} under the latency model, one after the other ${seconds(whole)}: ratio ${(atOnce.whole / whole).toFixed(2)}; limit (the slowest of them alone, ${seconds(slowest)}) ${(slowest / whole).toFixed(2)}`,
  );
  const kinds = [...new Set(inTurn.flatMap(({ source }) => [...source.statements.keys()]))];
  const asked = (kind: string, { source }: Ran) => source.statements.get(kind) ?? 0;
  const compared = kinds.map((kind) => {
    const turns = inTurn.map((one) => asked(kind, one));
    return `${asked(kind, atOnce)} ${kind} against ${total(turns)} (one run ${median(turns)})`;
  });
  const calls = total(inTurn.map(({ source }) => source.calls));
  console.log(
    `fan-out, what the source is asked: ${compared.join(", ")}; calls ${atOnce.source.calls} against ${calls}; ${atOnce.summary.tables.success} tables cloned`,
  );
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
