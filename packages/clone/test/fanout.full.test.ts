import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type FanoutWorld,
  NO_HOST,
  NO_WAREHOUSE,
  openFanoutWorld,
  withoutWarehouse,
} from "./fanout-world.ts";

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
    "CREATE VIEW src.s.v AS SELECT count(*) AS n FROM src.s.a",
  );
}, 120_000);
afterAll(() => world.close());
beforeEach(() => {
  copies += 1;
  copy = `copy${copies}`;
});

const wire = (targets: readonly unknown[], more: object = {}) => ({
  source_catalog: "src",
  destination_catalog: copy,
  target_workspaces: targets,
  ...more,
});

describe("a fan-out", () => {
  it("clones to two metastores and to two catalogs of the source's own, from one look at the source", {
    timeout: 120_000,
  }, async () => {
    const targets = [
      "west",
      "north",
      { connection: "own", name: "here" },
      { connection: "own", name: "there", destination_catalog: `${copy}_too` },
    ];
    const { summary, lines } = await world.run(wire(targets, { load_type: "SELECTIVE" }));
    expect(summary).toMatchObject({
      mode: "fanout",
      status: "success",
      target_count: 4,
      succeeded_targets: 4,
      failed_targets: 0,
      errors: [],
      tables: { success: 8, failed: 0, skipped: 0 },
      views: { success: 4, failed: 0, skipped: 0 },
      formats: { DELTA: 8 },
      total_drifted_tables: 8,
    });
    const rows = summary.per_target ?? [];
    expect(rows.map(({ target_name, destination_catalog }) => [target_name, destination_catalog])).toEqual([
      ["west", copy],
      ["north", copy],
      ["here", copy],
      ["there", `${copy}_too`],
    ]);
    for (const row of rows)
      expect(row).toMatchObject({
        target_status: "success",
        tables: { success: 2, failed: 0, skipped: 0 },
        load_type: "SELECTIVE",
        formats: { DELTA: 2 },
      });
    expect(rows.map(({ share_status }) => share_status)).toEqual([
      "created",
      "created",
      undefined,
      undefined,
    ]);
    expect(rows.every(({ bytes_copied }) => bytes_copied > 0)).toBe(true);
    expect(summary.bytes_copied).toBe(rows.reduce((sum, { bytes_copied }) => sum + bytes_copied, 0));
    expect(await world.west.sql(`SELECT count(*) FROM ${copy}.s.a`)).toEqual([["100"]]);
    expect(await world.north.sql(`SELECT n FROM ${copy}.s.v`)).toEqual([["100"]]);
    expect(await world.source.sql(`SELECT count(*) FROM ${copy}_too.s.a`)).toEqual([["100"]]);
    // Of the source each history is read once; each target reads the versions that it made.
    const ofTargets = rows.reduce((sum, { statements }) => sum + (statements["history"] ?? 0), 0);
    expect([summary.statements["history"], ofTargets]).toEqual([5, 4]);
    expect(lines).toContain("[west] Schema s: 2 drifted (2 never_cloned)");
    expect(lines.filter((line) => /CREATE (OR REPLACE )?TABLE .* DEEP CLONE/u.test(line))).toHaveLength(8);
  });

  it("leaves a row for each target in the audit tables, and a directory of its own", {
    timeout: 120_000,
  }, async () => {
    const { summary, runId } = await world.run(wire(["west", "north"]));
    const rows = await world.source.sql(
      `SELECT target, mode, status, tables_success, destination_catalog FROM edp_dev.logging.logging_01 WHERE clone_id = '${runId}' ORDER BY target`,
    );
    expect(rows).toEqual([
      ["north", "fanout", "success", "2", copy],
      ["west", "fanout", "success", "2", copy],
    ]);
    const [count] = await world.source.sql(
      `SELECT count(*) FROM edp_dev.metrics.clone_metrics WHERE clone_id = '${runId}'`,
    );
    expect(count).toEqual(["4"]);
    const directories = await readdir(join(world.home, "runs", runId, "targets"));
    expect(directories.sort()).toEqual(["north", "west"]);
    expect(summary.status).toBe("success");
  });
});

describe("what is asked of a fan-out is asked of each target", () => {
  it("a dry run tells what each would get, and changes nothing anywhere", { timeout: 60_000 }, async () => {
    const { summary, lines } = await world.run(wire(["west", "nowhere"], { dry_run: true }));
    expect(summary).toMatchObject({
      dry_run: true,
      status: "partial",
      planned: { tables: 2, views: 1 },
      tables: { success: 0 },
      per_target: [{ target_status: "success" }, { target_status: "failed", error: NO_HOST }],
    });
    expect(lines).toContain(`[west] Would clone table ${copy}.s.a from src.s.a (never_cloned)`);
    const catalogs = await world.west.workspace.unity.catalogs();
    expect(catalogs.map(({ name }) => name)).not.toContain(copy);
  });

  it("copies are compared with their sources at each", { timeout: 120_000 }, async () => {
    const { summary, lines } = await world.run(wire(["west", "north"], { validate_after_clone: true }));
    expect(summary).toMatchObject({ status: "success", errors: [] });
    for (const name of ["west", "north"])
      expect(lines).toContain(`[${name}] Validated: 3 match their source, 0 differ, 0 could not be compared`);
  });

  it("a source that is not there ends the run, and no target is asked", {
    timeout: 60_000,
  }, async () => {
    let asked = 0;
    const connectTarget = () => {
      asked += 1;
      return Promise.reject(new Error("asked"));
    };
    const asking = world.run(wire(["west", "north"], { source_catalog: "scr" }), { connectTarget });
    await expect(asking).rejects.toMatchObject({
      code: "CATALOG_NOT_FOUND",
      message: expect.stringContaining("Did you mean src?"),
    });
    expect(asked).toBe(0);
  });
});

describe("what goes wrong at one target is told by it alone", () => {
  it.each([
    ["a warehouse that is not there", "west", NO_WAREHOUSE],
    ["a host that is not there", "nowhere", NO_HOST],
  ])("%s", { timeout: 120_000 }, async (_, connection, message) => {
    const { summary, lines } = await world.run(wire([connection, "north"]), {
      through: { west: withoutWarehouse },
    });
    expect(summary).toMatchObject({
      status: "partial",
      target_count: 2,
      succeeded_targets: 1,
      failed_targets: 1,
      tables: { success: 2, failed: 0, skipped: 0 },
      per_target: [
        { target_name: connection, target_status: "failed", error: message, bytes_copied: 0 },
        { target_name: "north", target_status: "success", tables: { success: 2 } },
      ],
      errors: [{ object: connection, target: connection, operation: "connect", message }],
    });
    expect(lines.some((line) => line.startsWith(`[${connection}]`) && line.includes(message))).toBe(true);
  });

  it("all of them: the run has failed, and is no other error", { timeout: 60_000 }, async () => {
    const { summary } = await world.run(wire(["west", "nowhere"]), { through: { west: withoutWarehouse } });
    expect(summary).toMatchObject({ status: "failed", succeeded_targets: 0, failed_targets: 2 });
    expect(summary.per_target?.map(({ error }) => error)).toEqual([NO_WAREHOUSE, NO_HOST]);
  });

  it("a foreign table, and a place that another target has", { timeout: 120_000 }, async () => {
    await world.west.sql(
      `CREATE CATALOG ${copy}`,
      `CREATE SCHEMA ${copy}.s`,
      `CREATE TABLE ${copy}.s.a AS SELECT 1 AS mine`,
    );
    const { summary } = await world.run(wire(["west", "north", "north2"], { fanout_max_parallel: 1 }));
    expect(summary.per_target).toMatchObject([
      { target_status: "failed", error: expect.stringContaining("is no clone of") },
      { target_status: "success" },
      { target_status: "failed", error: expect.stringContaining("is what target north writes to") },
    ]);
    expect(await world.west.sql(`SELECT mine FROM ${copy}.s.a`)).toEqual([["1"]]);
  });

  it("an only target refuses the run with its own error", { timeout: 60_000 }, async () => {
    const one = { source_catalog: "src", destination_catalog: copy, target_workspace: "nowhere" };
    const { summary } = await world.run(one);
    expect(summary).toMatchObject({
      mode: "full",
      status: "failed",
      errors: [{ object: "nowhere", operation: "connect", code: "UNAVAILABLE", message: NO_HOST }],
    });
  });
});
