import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestWorkspace, run, type TestWorkspace } from "../../test/workspace.ts";
import type { Estimate } from "./document.ts";
import { estimateClone } from "./estimate.ts";
import { parseEstimateRequest } from "./request.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
  await test.sql("CREATE CATALOG shop", "CREATE SCHEMA shop.a", "CREATE SCHEMA shop.b");
});
afterAll(() => test?.close());

async function estimate(wire: object): Promise<Estimate> {
  const parsed = parseEstimateRequest({ source_catalog: "shop", ...wire });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return estimateClone(parsed.request, { source: test.workspace, target: test.workspace });
}

const sizeOf = async (table: string) => {
  const { columns, rows } = await test.workspace.statements.execute({
    text: `DESCRIBE DETAIL ${table}`,
    kind: "describe",
    effect: "read",
  });
  return Number(rows[0]?.[columns.findIndex(({ name }) => name === "sizeInBytes")]);
};
const rows = (from: number, count: number) =>
  `SELECT id, concat('row number ', id) AS name FROM range(${from}, ${from + count})`;

describe("an estimate", () => {
  it("weighs the source, and says nothing of a destination that is not named or not there", async () => {
    await test.sql(
      `CREATE TABLE shop.a.small AS ${rows(0, 10)}`,
      `CREATE TABLE shop.a.large AS ${rows(0, 5000)}`,
      `CREATE TABLE shop.b.other AS ${rows(0, 100)}`,
      "CREATE VIEW shop.b.seen AS SELECT * FROM shop.b.other",
    );
    const sizes = [await sizeOf("shop.a.small"), await sizeOf("shop.a.large"), await sizeOf("shop.b.other")];
    const total = sizes.reduce((sum, size) => sum + size, 0);
    for (const wire of [{}, { destination_catalog: "this_does_not_exist_yet" }]) {
      const made = await estimate(wire);
      expect(made).toMatchObject({ table_count: 3, total_bytes: total, unmeasured: [] });
      expect(made.top_tables.map(({ table }) => table)).toEqual(["large", "other", "small"]);
      expect(Object.keys(made)).not.toContain("selective");
    }
    expect(await estimate({ include_schemas: ["b"] })).toMatchObject({
      table_count: 1,
      total_bytes: sizes[2],
    });
  });

  it("forecasts what a selective run copies", async () => {
    const destination_catalog = "dev";
    await run(test.workspace, { source_catalog: "shop", destination_catalog });
    const nothing = await estimate({ destination_catalog });
    expect(nothing.selective).toMatchObject({
      target_exists: true,
      tables_to_clone: 0,
      tables_in_sync: 3,
      size_bytes: 0,
      savings_pct: 100,
      recommended: true,
      drift_breakdown: {},
    });
    await test.sql(
      `INSERT INTO shop.a.large ${rows(9000, 50)}`,
      `INSERT INTO shop.a.small ${rows(9000, 50)}`,
      "DELETE FROM shop.a.small WHERE id = 9001",
      `CREATE TABLE shop.b.fresh AS ${rows(0, 200)}`,
    );
    const { selective } = await estimate({ destination_catalog });
    expect(selective).toMatchObject({
      tables_to_clone: 3,
      tables_in_sync: 1,
      drift_breakdown: { never_cloned: 1, version_drift: 2 },
    });
    const methods = selective?.top_drifted_tables.map(({ table, method }) => [table, method]);
    expect(Object.fromEntries(methods ?? [])).toEqual({ fresh: "whole", large: "metrics", small: "files" });
    const wire = { source_catalog: "shop", destination_catalog, load_type: "SELECTIVE" };
    const { summary } = await run(test.workspace, wire);
    expect(summary.bytes_copied).toBe(selective?.size_bytes);
  });

  it("stands in the summary of a dry run, and the run copies as much", async () => {
    const wire = { source_catalog: "shop", destination_catalog: "dry", load_type: "SELECTIVE" };
    await run(test.workspace, wire);
    await test.sql(
      `INSERT INTO shop.a.large ${rows(20_000, 100)}`,
      "DELETE FROM shop.a.large WHERE id = 20001",
    );
    const { selective } = await estimate({ destination_catalog: "dry" });
    const dry = await run(test.workspace, { ...wire, dry_run: true });
    expect(dry.summary.planned?.bytes).toBe(selective?.size_bytes);
    expect(dry.summary.selective).toMatchObject({
      size_bytes: selective?.size_bytes,
      savings_pct: selective?.savings_pct,
      recommended: selective?.recommended,
    });
    const { summary, events } = await run(test.workspace, wire);
    expect(summary.bytes_copied).toBe(selective?.size_bytes);
    expect(summary.selective).toMatchObject({
      size_bytes: summary.bytes_copied,
      savings_pct: selective?.savings_pct,
    });
    const planned = events.find((event) => event.type === "planned");
    expect(planned?.bytes).toBeGreaterThanOrEqual(summary.bytes_copied);
    expect(summary.statements["describe"]).toBe(1);
  });
});
