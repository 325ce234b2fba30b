import { withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { readBook } from "../src/guards/lease/lease-book.ts";
import { parseCloneRequest } from "../src/request/parse.ts";
import { applyPlan, planForLater } from "../src/run/apply-plan.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { type FanoutWorld, NO_HOST, openFanoutWorld } from "./fanout-world.ts";

let world: FanoutWorld;
let copies = 0;
let copy = "";
beforeAll(async () => {
  world = await openFanoutWorld();
  await world.source.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE TABLE src.s.a AS SELECT id FROM range(100)",
    "CREATE TABLE src.s.b AS SELECT 7 AS id",
  );
}, 120_000);
afterAll(() => world.close());
beforeEach(() => {
  copies += 1;
  copy = `copy${copies}`;
});

const wire = (target: unknown = "west", more: object = {}) => ({
  source_catalog: "src",
  destination_catalog: copy,
  target_workspace: target,
  ...more,
});

/** What leases a workspace keeps. */
async function leasesAt(workspace: Workspace): Promise<readonly string[]> {
  const clock = { now: Date.now, sleep: () => Promise.resolve() };
  const ports = { workspace, audit: DEFAULT_SETTINGS.audit, clock, random: () => 0 };
  const book = await readBook({
    ...ports,
    journal: { put: refuse, claim: refuse, drop: refuse, open: refuse },
    holder: { hostname: "test", pid: 1 },
    log: () => undefined,
  });
  return book.leases.map(({ resource }) => resource);
}

function refuse(): Promise<never> {
  return Promise.reject(new Error("nobody asked"));
}

/** Does something before each table is cloned there. */
const beforeClones =
  (act: () => Promise<unknown>) =>
  (workspace: Workspace): Workspace =>
    withExecute(workspace, async (statement, options) => {
      if (statement.kind === "clone") await act();
      return workspace.statements.execute(statement, options);
    });

describe("a clone to another workspace", () => {
  it("has each end's lease in its own workspace, and closes what it has opened", {
    timeout: 120_000,
  }, async () => {
    const held: (readonly string[])[] = [];
    let closed = 0;
    const west = (workspace: Workspace): Workspace => ({
      ...beforeClones(async () => {
        held.push(await leasesAt(world.source.workspace), await leasesAt(world.west.workspace));
      })(workspace),
      close: () => {
        closed += 1;
        return Promise.resolve();
      },
    });
    const { summary, runId } = await world.run(
      wire(
        { connection: "west", name: "West", destination_catalog: `${copy}_west` },
        { max_parallel_queries: 1 },
      ),
      { through: { west } },
    );
    expect(summary).toMatchObject({
      mode: "full",
      status: "success",
      destination_catalog: `${copy}_west`,
      target_name: "West",
      target_host: world.west.workspace.identity.host,
      tables: { success: 2 },
    });
    expect(held.slice(0, 2)).toEqual([["source:src"], [`target:${copy}_west`]]);
    expect([await leasesAt(world.source.workspace), await leasesAt(world.west.workspace)]).toEqual([[], []]);
    expect(closed).toBe(1);
    const [row] = await world.source.sql(
      `SELECT target, mode, destination_catalog FROM edp_dev.logging.logging_01 WHERE clone_id = '${runId}'`,
    );
    expect(row).toEqual(["West", "full", `${copy}_west`]);
  });

  it("takes the load that its data_sync_mode says", { timeout: 120_000 }, async () => {
    await world.run(wire());
    await world.source.sql("INSERT INTO src.s.b VALUES (8)");
    const kept = await world.run(wire({ connection: "west", data_sync_mode: "snapshot_once" }));
    expect(kept.summary).toMatchObject({ mode: "incremental", tables: { success: 0, skipped: 2 } });
    const synced = await world.run(wire({ connection: "west", data_sync_mode: "incremental" }));
    expect(synced.summary).toMatchObject({
      mode: "selective",
      total_drifted_tables: 1,
      tables: { success: 1 },
    });
    expect(await world.west.sql(`SELECT count(*) FROM ${copy}.s.b`)).toEqual(
      await world.source.sql("SELECT count(*) FROM src.s.b"),
    );
  });

  it("is planned for its target, and the plan is applied there", { timeout: 120_000 }, async () => {
    const parsed = parseCloneRequest(wire());
    if (!parsed.ok) throw new Error("no request");
    const { source, west } = world;
    const connectTarget = () =>
      Promise.resolve({ ...west.lakehouse.connect(), close: () => Promise.resolve() });
    const ends = { source: source.workspace, target: source.workspace, connectTarget };
    const document = await planForLater(parsed.request, ends, { product: "1.2.3", at: 0 });
    expect(document).toMatchObject({
      host: west.workspace.identity.host,
      metastoreId: west.lakehouse.metastoreId,
    });
    const { summary } = await world.apply((ports, runId) => applyPlan(document, ports, runId));
    expect(summary).toMatchObject({ status: "success", target_name: "west", tables: { success: 2 } });
    expect(await west.sql(`SELECT count(*) FROM ${copy}.s.a`)).toEqual([["100"]]);
  });

  it("into the source itself is refused, as the other workspace has the same metastore", async () => {
    const { summary } = await world.run(wire("own", { destination_catalog: "SRC" })).then(
      (ran) => ran,
      (error: Error) => ({ summary: error }),
    );
    expect(summary).toMatchObject({ code: "INVALID_REQUEST" });
    expect(await world.source.sql("SELECT count(*) FROM src.s.a")).toEqual([["100"]]);
  });
});

test("a run that lost its target can be gone on with when that is there again", {
  timeout: 120_000,
}, async () => {
  let clones = 0;
  const losing = beforeClones(async () => {
    clones += 1;
    if (clones > 1) throw new WorkspaceError("UNAVAILABLE", "It does not answer.");
  });
  const first = await world.run(wire("west", { max_parallel_queries: 1 }), { through: { west: losing } });
  expect(first.summary).toMatchObject({ status: "partial", tables: { success: 1 } });
  const nowhere = { connectTarget: () => Promise.reject(new WorkspaceError("UNAVAILABLE", NO_HOST)) };
  await expect(world.resume(first.runId, nowhere)).rejects.toThrow(NO_HOST);
  const { summary } = await world.resume(first.runId);
  expect(summary).toMatchObject({
    status: "success",
    tables: { success: 2, failed: 0 },
    target_name: "west",
  });
});
