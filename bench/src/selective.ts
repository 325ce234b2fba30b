import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setTimeout as sleep } from "node:timers/promises";
import type { RunSummary } from "@clone-xs/clone";
import { connectDatabricks, Secret } from "@clone-xs/databricks/client";
import type { Lakehouse } from "@clone-xs/lakehouse";
import type { Workspace } from "@clone-xs/unity";
import { withLakehouse } from "./embedded.ts";
import { compared, manyTables } from "./many-tables.ts";
import { shown } from "./measure.ts";

const TARGET = { requests: 250, histories: 800, seconds: 10 };
const ROUNDS = 3;

/** A SELECTIVE run that finds nothing to do: how long it takes in process, and what it asks for over HTTP. */
export async function benchSelective(): Promise<void> {
  const directory = await manyTables();
  await withLakehouse(async (lakehouse) => {
    const workspace = lakehouse.connect();
    const took: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      took.push((await compared(workspace)).duration_seconds * 1000);
    const peak = process.resourceUsage().maxRSS / 1024;
    console.log(
      `SELECTIVE, nothing drifted, embedded: ${shown(took)} (target ${TARGET.seconds * 1000} ms); peak memory ${peak.toFixed(0)} MiB, with the workspace`,
    );
    reportRequests(await overHttp(lakehouse));
  }, directory);
}

interface Requested {
  readonly summary: RunSummary;
  /** Requests sent, by method and path without names. */
  readonly requests: ReadonlyMap<string, number>;
}

async function overHttp(lakehouse: Lakehouse): Promise<Requested> {
  const workspace = await connected(lakehouse);
  const requests = new Map<string, number>();
  const count = (message: unknown) => {
    const { method, path } = (message as { request: { method: string; path: string } }).request;
    const name = `${method} ${kindOf(path)}`;
    requests.set(name, (requests.get(name) ?? 0) + 1);
  };
  subscribe("undici:request:create", count);
  try {
    return { summary: await compared(workspace), requests };
  } finally {
    unsubscribe("undici:request:create", count);
    await workspace.close();
  }
}

async function connected(lakehouse: Lakehouse): Promise<Workspace> {
  const { url } = await lakehouse.listen();
  const token = new Secret(lakehouse.token(lakehouse.owner));
  const { warehouseId } = lakehouse;
  return connectDatabricks(
    { host: url, auth: { type: "pat", token }, warehouseId, network: { certificates: [] }, sources: {} },
    {
      now: Date.now,
      random: Math.random,
      sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
    },
  );
}

/** `/api/2.1/unity-catalog/tables?…` and `/api/2.1/unity-catalog/tables/a.b.c` are both `tables`. */
function kindOf(path: string): string {
  const [, kind = path] = /^\/api\/2\.\d\/(?:unity-catalog|preview)?\/?([^/?]+)/u.exec(path) ?? [];
  return kind;
}

function reportRequests({ summary, requests }: Requested): void {
  const named = [...requests].toSorted(([, a], [, b]) => b - a);
  const rest = named.filter(([name]) => name !== "POST sql");
  const total = rest.reduce((sum, [, n]) => sum + n, 0);
  const statements = Object.entries(summary.statements).map(([kind, n]) => `${n} ${kind}`);
  console.log(
    `SELECTIVE, nothing drifted, over HTTP: ${summary.tables.skipped} tables left, ${summary.tables.success} cloned; ${total} REST calls beside statements (target ${TARGET.requests}: ${(total / TARGET.requests).toFixed(2)}×): ${rest.map(([name, n]) => `${n} ${name}`).join(", ")}`,
  );
  const { history = 0 } = summary.statements;
  console.log(
    `SELECTIVE, nothing drifted, statements: ${statements.join(", ")}; histories ${history} (target ${TARGET.histories}: ${(history / TARGET.histories).toFixed(2)}×)`,
  );
}
