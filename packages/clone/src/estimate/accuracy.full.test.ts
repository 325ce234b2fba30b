import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestWorkspace, run, type TestWorkspace } from "../../test/workspace.ts";
import { estimateClone } from "./estimate.ts";
import { parseEstimateRequest } from "./request.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
});
afterAll(() => test?.close());

/** What happens to a catalog between two clones of it; numbers choose the rows. */
const change = fc.oneof(
  fc.record({ kind: fc.constant("append"), table: fc.nat(2), rows: fc.integer({ min: 1, max: 3000 }) }),
  fc.record({ kind: fc.constant("update"), table: fc.nat(2), rows: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ kind: fc.constant("delete"), table: fc.nat(2), rows: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ kind: fc.constant("merge"), table: fc.nat(2), rows: fc.integer({ min: 1, max: 500 }) }),
  fc.record({ kind: fc.constant("overwrite"), table: fc.nat(2), rows: fc.integer({ min: 1, max: 2000 }) }),
  fc.record({ kind: fc.constant("optimize"), table: fc.nat(2), rows: fc.constant(0) }),
  fc.record({ kind: fc.constant("recreate"), table: fc.nat(2), rows: fc.integer({ min: 1, max: 2000 }) }),
  fc.record({ kind: fc.constant("new"), table: fc.nat(5), rows: fc.integer({ min: 0, max: 2000 }) }),
);
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

/** Rows that do not compress to nothing. */
const rowsOf = (from: number, count: number) =>
  `SELECT id, md5(CAST(id AS STRING)) AS text, id % 7 AS kind FROM range(${from}, ${from + count})`;

function statementsOf({ kind, table, rows }: Change, catalog: string, at: number): readonly string[] {
  const name = `${catalog}.s.t${table}`;
  const from = at * 100_000;
  switch (kind) {
    case "append":
      return [`INSERT INTO ${name} ${rowsOf(from, rows)}`];
    case "update":
      return [`UPDATE ${name} SET text = 'changed' WHERE id % 1000 < ${rows}`];
    case "delete":
      return [`DELETE FROM ${name} WHERE id % 1000 < ${rows}`];
    case "merge":
      return [
        `MERGE INTO ${name} AS t USING (${rowsOf(from - rows, 2 * rows)}) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
      ];
    case "overwrite":
      return [`INSERT OVERWRITE ${name} ${rowsOf(from, rows)}`];
    case "optimize":
      return [`OPTIMIZE ${name}`];
    case "recreate":
      return [`DROP TABLE ${name}`, `CREATE TABLE ${name} AS ${rowsOf(from, rows)}`];
    default:
      return [`CREATE TABLE ${catalog}.s.new${at}_${table} AS ${rowsOf(from, rows)}`];
  }
}

/** Bytes of the data files that lie in the directories of a schema's tables. */
async function bytesOnDisk(catalog: string): Promise<number> {
  const tables = await test.workspace.unity.tables(catalog, "s");
  const sizes = tables.map(async ({ storageLocation = "" }) => {
    const root = fileURLToPath(storageLocation);
    const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".parquet"));
    const data = names.filter((name) => !name.includes("_delta_log"));
    const stats = await Promise.all(data.map((name) => stat(join(root, name))));
    return stats.reduce((sum, { size }) => sum + size, 0);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function forecast(source_catalog: string, destination_catalog: string): Promise<number> {
  const parsed = parseEstimateRequest({ source_catalog, destination_catalog });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const made = await estimateClone(parsed.request, { source: test.workspace, target: test.workspace });
  return made.selective?.size_bytes ?? Number.NaN;
}

describe("the forecast of a selective run", () => {
  it("is within 10 % of the new bytes on disk, over random mixes of changes", {
    timeout: 180_000,
  }, async () => {
    let catalogs = 0;
    const copied: number[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const source = `mix${catalogs++}`;
        const target = `${source}_copy`;
        const wire = { source_catalog: source, destination_catalog: target };
        await test.sql(
          `CREATE CATALOG ${source}`,
          `CREATE SCHEMA ${source}.s`,
          ...[0, 1, 2].map((i) => `CREATE TABLE ${source}.s.t${i} AS ${rowsOf(0, 1000 * (i + 1))}`),
        );
        await run(test.workspace, wire);
        await test.sql(...changes.flatMap((one, i) => statementsOf(one, source, i + 1)));
        const expected = await forecast(source, target);
        const before = await bytesOnDisk(target);
        const { summary } = await run(test.workspace, { ...wire, load_type: "SELECTIVE" });
        expect(summary.errors).toEqual([]);
        const added = (await bytesOnDisk(target)) - before;
        copied.push(added);
        expect(summary.bytes_copied).toBe(added);
        expect(Math.abs(expected - added)).toBeLessThanOrEqual(added / 10);
        await test.sql(`DROP CATALOG ${source} CASCADE`, `DROP CATALOG ${target} CASCADE`);
      }),
      { numRuns: 8, seed: Number(process.env["CLXS_TEST_SEED"] ?? 7) },
    );
    expect(copied.filter((bytes) => bytes > 0).length).toBeGreaterThan(copied.length / 2);
  });
});
