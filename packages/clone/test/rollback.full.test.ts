import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rollbackRun } from "../src/rollback/rollback-run.ts";
import { isUndoRecord } from "../src/rollback/undo-record.ts";
import { recordsOf } from "../src/run/run-files.ts";
import { parseCloneRequest } from "../src/request/parse.ts";
import { runClone } from "../src/run/run-clone.ts";
import { documentsIn, openRunFiles, runDirectory } from "../src/run/run-files.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { fingerprint } from "./invariants/fingerprint.ts";
import { openTestWorkspace, type TestWorkspace } from "./workspace.ts";

let test: TestWorkspace;
let home: string;
let runs = 0;

beforeAll(async () => {
  test = await openTestWorkspace();
  home = await mkdtemp(join(tmpdir(), "clxs-rollback-"));
  await test.sql(
    "CREATE CATALOG shop",
    "CREATE SCHEMA shop.s",
    "CREATE TABLE shop.s.orders (id BIGINT, note STRING) COMMENT 'orders of the shop'",
    "INSERT INTO shop.s.orders VALUES (1, 'a'), (2, 'b')",
    "CREATE TABLE shop.s.`odd``näme` (id BIGINT)",
    "INSERT INTO shop.s.`odd``näme` VALUES (7)",
    "CREATE FUNCTION shop.s.twice(x BIGINT) RETURNS BIGINT RETURN x * 2",
    "CREATE VIEW shop.s.big AS SELECT id FROM shop.s.orders WHERE id > 1",
    "ALTER TABLE shop.s.orders SET TAGS ('tier' = 'gold')",
  );
});

afterAll(async () => {
  await rm(home, { recursive: true, force: true });
  await test.close();
});

async function portsOf(runId: string) {
  const files = await openRunFiles(home, runId);
  return {
    source: test.workspace,
    target: test.workspace,
    ...files,
    holder: { hostname: "test", pid: 1 },
    settings: DEFAULT_SETTINGS,
    emit: () => undefined,
    clock: { now: Date.now, sleep: () => Promise.resolve() },
    random: () => 0.5,
  };
}

async function clone(wire: object): Promise<string> {
  const parsed = parseCloneRequest({ source_catalog: "shop", ...wire });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const runId = `run0000${(runs += 1)}`;
  const ports = await portsOf(runId);
  const summary = await runClone(parsed.request, ports, runId);
  await ports.close();
  expect(summary.errors).toEqual([]);
  return runId;
}

async function rollback(runId: string, options: { force?: boolean; dryRun?: boolean } = {}) {
  const record = await documentsIn(runDirectory(home, runId)).read("undo");
  if (!isUndoRecord(record)) throw new Error("no undo record");
  const ports = await portsOf(runId);
  try {
    const records = await recordsOf(home, runId);
    return await rollbackRun(record, records, { dryRun: false, force: false, ...options }, ports);
  } finally {
    await ports.close();
  }
}

describe("undoing a run", () => {
  it("drops what a first clone made, the catalog too", async () => {
    const run = await clone({ destination_catalog: "first" });
    expect(await rollback(run)).toMatchObject({ status: "success", left: [], errors: [] });
    expect(await test.workspace.unity.catalog("first")).toBeUndefined();
  });

  it("pitfall 6: restores what it replaced, and leaves what was there before", async () => {
    await clone({ destination_catalog: "second" });
    await test.sql("INSERT INTO shop.s.orders VALUES (30, 'later than version 0 of the copy')");
    await clone({ destination_catalog: "second", load_type: "SELECTIVE" });
    await test.sql(
      "CREATE VIEW second.s.own AS SELECT 1 AS x",
      "CREATE FUNCTION second.s.own_f() RETURNS INT RETURN 1",
    );
    const before = await fingerprint(test.workspace, "second");
    await test.sql(
      "INSERT INTO shop.s.orders VALUES (3, 'c')",
      "CREATE TABLE shop.s.late AS SELECT 1L AS id",
    );
    const run = await clone({ destination_catalog: "second", load_type: "SELECTIVE" });
    expect(await test.sql("SELECT count(*) FROM second.s.orders")).toEqual([["4"]]);
    expect(await rollback(run)).toMatchObject({ status: "success", left: [], errors: [] });
    expect(await fingerprint(test.workspace, "second")).toEqual(before);
    await test.sql("DROP TABLE shop.s.late");
  });

  it("pitfall 35: gives back tags, grants, comments and constraints, not rows alone", async () => {
    await clone({ destination_catalog: "third" });
    await test.sql(
      "ALTER TABLE third.s.orders SET TAGS ('tier' = 'bronze', 'kept' = 'yes')",
      "COMMENT ON TABLE third.s.orders IS 'theirs'",
      "GRANT SELECT ON TABLE third.s.orders TO `account users`",
    );
    const before = await fingerprint(test.workspace, "third");
    await test.sql(
      "ALTER TABLE shop.s.orders SET TAGS ('tier' = 'platinum', 'new' = '1')",
      "GRANT MODIFY ON TABLE shop.s.orders TO `account users`",
      "ALTER TABLE shop.s.orders ALTER COLUMN id SET NOT NULL",
      "ALTER TABLE shop.s.orders ADD CONSTRAINT pk PRIMARY KEY (id)",
    );
    const run = await clone({ destination_catalog: "third" });
    expect(await fingerprint(test.workspace, "third")).not.toEqual(before);
    expect(await rollback(run)).toMatchObject({ status: "success", left: [], errors: [] });
    expect(await fingerprint(test.workspace, "third")).toEqual(before);
  });

  it("sends nothing the second time", async () => {
    await clone({ destination_catalog: "fourth" });
    const run = await clone({ destination_catalog: "fourth", force_reclone: true });
    await rollback(run);
    expect(await rollback(run)).toMatchObject({ status: "success", undone: [], left: [] });
  });

  it("leaves a copy that was written since, unless it is forced", async () => {
    const run = await clone({ destination_catalog: "fifth" });
    await test.sql("INSERT INTO fifth.s.orders VALUES (99, 'theirs')");
    const summary = await rollback(run);
    expect(summary).toMatchObject({ status: "partial" });
    expect(summary.left).toEqual([
      { object: "fifth", reason: "it still holds fifth.s.orders" },
      { object: "fifth.s", reason: "it still holds fifth.s.orders" },
      { object: "fifth.s.orders", reason: expect.stringContaining("it was written since the run") },
    ]);
    expect(summary.errors).toEqual([]);
    expect(await test.sql("SELECT note FROM fifth.s.orders WHERE id = 99")).toEqual([["theirs"]]);
    expect(await rollback(run, { force: true })).toMatchObject({ status: "success", left: [] });
    expect(await test.workspace.unity.catalog("fifth")).toBeUndefined();
  });

  it("leaves what a later run made again", async () => {
    const run = await clone({ destination_catalog: "sixth" });
    await clone({ destination_catalog: "sixth", force_reclone: true });
    const { left } = await rollback(run);
    expect(left.map(({ object }) => object)).toContain("sixth.s.orders");
    expect(await test.sql("SELECT count(*) FROM sixth.s.orders")).toEqual(
      await test.sql("SELECT count(*) FROM shop.s.orders"),
    );
  });

  it("changes nothing in a dry run", async () => {
    const run = await clone({ destination_catalog: "seventh" });
    const before = await fingerprint(test.workspace, "seventh");
    const summary = await rollback(run, { dryRun: true });
    expect(summary.undone.length).toBeGreaterThan(0);
    expect(await fingerprint(test.workspace, "seventh")).toEqual(before);
  });
});
