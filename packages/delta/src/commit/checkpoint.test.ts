import { describe, expect, test } from "vitest";
import { added, memoryEnvironment, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import {
  appendFiles,
  createTable,
  deepClone,
  type DeltaTable,
  openTable,
  rewriteFiles,
  shallowClone,
} from "../index.ts";

const LOG = "/w/t/_delta_log";
const V2 = { "delta.checkpointPolicy": "v2", "delta.checkpointInterval": "2" };
const DAY = 86_400_000;

const names = async ({ environment: { storage } }: DeltaTable, directory = LOG) =>
  (await storage.list(directory))
    .filter(({ kind }) => kind === "file")
    .map(({ name }) => name)
    .sort();
const checkpoints = async (table: DeltaTable, directory?: string) =>
  (await names(table, directory)).filter((name) => name.includes(".checkpoint."));
const append = async (table: DeltaTable, path: string, more = {}) =>
  appendFiles(table, { base: await table.snapshot(), files: [added(path)], ...more });
const whole = async (table: DeltaTable) => {
  const { files, removedFiles, ...rest } = await table.snapshot();
  return { ...rest, files: [...files()], removed: [...removedFiles()] };
};

describe("a checkpoint of the second version", () => {
  test("has its files in a sidecar, and is all that a reader needs", async () => {
    const table = memoryTable();
    await createTable(table, { schema: SCHEMA, properties: V2, files: [added("a"), added("b")] });
    const base = await table.snapshot();
    await rewriteFiles(table, { base, remove: [...base.files()].slice(0, 1), add: [added("c")] });
    await append(table, "d", { transaction: { appId: "app", version: 7 } });
    const before = await whole(table);
    const [top = ""] = await checkpoints(table);
    const [sidecar = ""] = await names(table, `${LOG}/_sidecars`);
    expect(top).toMatch(/^00000000000000000002\.checkpoint\.[0-9a-f-]{36}\.json$/);
    expect(sidecar).toMatch(
      /^00000000000000000002\.checkpoint\.0000000001\.0000000001\.[0-9a-f-]{36}\.parquet$/,
    );
    const { storage } = table.environment;
    const lines = (await storage.readText(`${LOG}/${top}`)).trim().split("\n");
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual([
      "checkpointMetadata",
      "protocol",
      "metaData",
      "txn",
      "sidecar",
    ]);
    expect(JSON.parse(await storage.readText(`${LOG}/_last_checkpoint`))).toMatchObject({
      version: 2,
      size: 9,
    });
    for (const version of [0, 1, 2]) await storage.remove(`${LOG}/0000000000000000000${version}.json`);
    const after = await whole(openTable({ ...table.environment, root: table.root }));
    expect({ ...after, timestamp: 0 }).toEqual({ ...before, timestamp: 0 });
    expect(await names(table)).toEqual([top, "_last_checkpoint"]);
  });

  test("needs no sidecar for no files, and is classic without its feature", async () => {
    const table = memoryTable();
    await createTable(table, { schema: SCHEMA, properties: V2 });
    for (const n of [1, 2])
      await table.commit({
        base: await table.snapshot(),
        operation: `X${n}`,
        reads: { kind: "nothing" },
        actions: [],
      });
    expect(await names(table, `${LOG}/_sidecars`)).toEqual([]);
    expect((await openTable({ ...table.environment, root: table.root }).snapshot()).numFiles).toBe(0);
  });

  test("is cleaned up with its sidecar, once no checkpoint refers to that", async () => {
    let time = Date.parse("2024-01-01T12:00:00Z");
    const environment = { ...memoryEnvironment(), now: () => ++time };
    const table = memoryTable("/w/t", environment);
    const properties = { ...V2, "delta.logRetentionDuration": "interval 3 days" };
    await createTable(table, { schema: SCHEMA, properties });
    for (let day = 1; day <= 10; day++) {
      time += DAY;
      await append(table, `f${day}`);
    }
    const left = (await checkpoints(table)).map((name) => Number(name.slice(0, 20)));
    expect(left).toEqual([6, 8, 10]);
    const sidecars = await names(table, `${LOG}/_sidecars`);
    // The memory's clock stands still while the table's runs: every sidecar is old.
    expect(sidecars.map((name) => Number(name.slice(0, 20)))).toEqual([6, 8, 10]);
    expect((await openTable({ ...table.environment, root: table.root }).snapshot()).numFiles).toBe(10);
  });
});

test.each([
  ["deep", deepClone],
  ["shallow", shallowClone],
] as const)("a %s clone has a checkpoint from its first version on", async (_, clone) => {
  const environment = memoryEnvironment();
  const source = memoryTable("/w/s", environment);
  await createTable(source, { schema: SCHEMA });
  const table = memoryTable("/w/t", environment);
  await clone({ source: await source.snapshot(), sourceName: "s", target: table });
  expect(await checkpoints(table)).toEqual(["00000000000000000000.checkpoint.parquet"]);
  await clone({ source: await source.snapshot(), sourceName: "s", target: table });
  expect(await checkpoints(table)).toHaveLength(1);
});

test("progress of streams is forgotten once it is older than the table wants", async () => {
  let time = Date.parse("2024-01-01T12:00:00Z");
  const environment = { ...memoryEnvironment(), now: () => ++time };
  const table = memoryTable("/w/t", environment);
  await createTable(table, {
    schema: SCHEMA,
    properties: {
      "delta.setTransactionRetentionDuration": "interval 2 days",
      "delta.checkpointInterval": "3",
    },
  });
  for (const appId of ["old", "young"]) {
    await append(table, appId, { transaction: { appId, version: 1, lastUpdated: time } });
    time += 1.5 * DAY;
  }
  await append(table, "c");
  for (const version of [0, 1, 2, 3])
    await table.environment.storage.remove(`${LOG}/0000000000000000000${version}.json`);
  const { transactions } = await openTable({ ...table.environment, root: table.root }).snapshot();
  expect([...transactions.keys()]).toEqual(["young"]);
});
