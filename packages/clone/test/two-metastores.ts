import { type MetastoreNetwork, metastoreNetwork } from "@clone-xs/lakehouse";
import type { Sharing, Workspace } from "@clone-xs/unity";
import { type RouteTuple, routeNames } from "../src/route/names.ts";
import type { OpenRouteOperation } from "../src/route/route-operation.ts";
import type { RoutePorts } from "../src/route/route-ports.ts";
import { patientReads } from "../src/run/patient-reads.ts";
import { openTestWorkspace, type TestWorkspace } from "./workspace.ts";

/** Two embedded workspaces with a metastore each, that can share with each other. */
export interface TwoMetastores {
  readonly east: TestWorkspace;
  readonly west: TestWorkspace;
  readonly network: MetastoreNetwork;
  readonly close: () => Promise<void>;
}

export async function openTwoMetastores({ shareDelayMs = 0, now = Date.now } = {}): Promise<TwoMetastores> {
  const network = metastoreNetwork();
  const open = () => openTestWorkspace({ network, shareDelayMs, now });
  const [east, west] = await Promise.all([open(), open()]);
  return {
    east,
    west,
    network,
    close: () => Promise.all([east.close(), west.close()]).then(() => undefined),
  };
}

/** Which pair of catalogs a route of `east` to `west` is for. */
export function tupleOf(
  { east, west }: TwoMetastores,
  destinationCatalog: string,
  sourceCatalog = "src",
): RouteTuple {
  return {
    sourceMetastore: east.lakehouse.globalMetastoreId,
    sourceCatalog,
    destinationCatalog,
    targetMetastore: west.lakehouse.globalMetastoreId,
  };
}

/** A route with the tables of `src.s` that are named. */
export function routeOf(tuple: RouteTuple, tables: readonly string[]): OpenRouteOperation {
  return {
    kind: "open_route",
    ...routeNames(tuple),
    tuple,
    tables: tables.map((name) => ({
      source: { catalog: tuple.sourceCatalog, schema: "s", name },
      sharedAs: `s.${name}`,
      step: `table:s.${name}`,
    })),
  };
}

/** Ports as a run has them, over a clock that only sleeping moves; lines land in `told`. */
export function routePorts(
  { source, target }: { readonly source: Workspace; readonly target: Workspace },
  runId: string,
  more: Partial<RoutePorts> = {},
): RoutePorts & { readonly told: readonly string[] } {
  const told: string[] = [];
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      now += milliseconds;
      await new Promise((next) => setImmediate(next));
    },
  };
  const sending = { clock, random: () => 0 };
  return {
    ...sending,
    source: patientReads(source, sending),
    target: patientReads(target, sending),
    runId,
    told,
    tell: (line) => void told.push(line),
    ...more,
  };
}

const WRITES = [
  "createRecipient",
  "deleteRecipient",
  "createShare",
  "updateShare",
  "deleteShare",
  "changeShareGrants",
] as const satisfies readonly (keyof Sharing)[];

/** The workspace, with `around` about each call that changes what is shared, and each statement that writes. */
export function aroundWrites(
  workspace: Workspace,
  around: <Result>(name: string, act: () => Promise<Result>) => Promise<Result>,
): Workspace {
  const { sharing, statements } = workspace;
  const wrapped = Object.fromEntries(
    WRITES.map((name) => [
      name,
      (...args: unknown[]) => {
        const call = sharing[name] as (...args: unknown[]) => Promise<unknown>;
        return around(name, () => call.apply(sharing, args));
      },
    ]),
  );
  return {
    ...workspace,
    close: () => workspace.close(),
    sharing: { ...sharing, ...wrapped },
    statements: {
      ...statements,
      execute: (statement, options) => {
        const act = () => statements.execute(statement, options);
        return statement.effect === "write" ? around(statement.text.slice(0, 14), act) : act();
      },
    },
  };
}
