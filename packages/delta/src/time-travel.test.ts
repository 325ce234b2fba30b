import { describe, expect, test } from "vitest";
import { added, memoryEnvironment, memoryTable, SCHEMA } from "../test/memory-table.ts";
import { appendFiles, createTable, type DeltaTable, openTable } from "./index.ts";
import { checkpointName, commitName } from "./log/names.ts";

/** A table with versions 0 to `last`, a file added by each but the first. */
async function tableTo(last: number, properties: Record<string, string> = {}): Promise<DeltaTable> {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties });
  for (let i = 1; i <= last; i++)
    await appendFiles(table, { base: await table.snapshot(), files: [added(`f${i}`)] });
  return table;
}

const fresh = ({ environment, root }: DeltaTable) => openTable({ ...environment, root });
const log = (table: DeltaTable, name: string) => `${table.root}/_delta_log/${name}`;

describe.each([
  ["in-commit timestamps", {}],
  ["file modification times", { "delta.enableInCommitTimestamps": "false" }],
])("by %s a table", (_, properties) => {
  test("is found as it was at an instant", async () => {
    const table = await tableTo(4, properties as Record<string, string>);
    const history = await table.history();
    for (const { version, timestamp } of history) {
      expect((await table.snapshot({ timestamp })).version).toBe(version);
      expect((await table.snapshot({ version })).timestamp).toBe(timestamp);
    }
    const [newest, oldest] = [history[0]?.timestamp ?? 0, history.at(-1)?.timestamp ?? 0];
    expect((await table.snapshot({ timestamp: newest - 1 })).version).toBe(3);
    await expect(table.snapshot({ timestamp: newest + 1 })).rejects.toMatchObject({
      code: "DELTA_TIMESTAMP_GREATER_THAN_COMMIT",
    });
    await expect(table.snapshot({ timestamp: oldest - 1 })).rejects.toMatchObject({
      code: "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION",
    });
  });
});

test("commit times rise although the clock goes back", async () => {
  let time = 2_000_000_000_000;
  const environment = { ...memoryEnvironment(), now: () => (time -= 1000) };
  const table = memoryTable("/w/t", environment);
  await createTable(table, { schema: SCHEMA });
  for (let i = 0; i < 3; i++)
    await appendFiles(table, { base: await table.snapshot(), files: [added(`f${i}`)] });
  const times = (await table.history()).map((h) => h.timestamp);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(new Set(times).size).toBe(4);
});

describe("a checkpoint", () => {
  const expected = (n: number) => Array.from({ length: n }, (_, i) => `f${i + 1}`);
  const files = async (table: DeltaTable, version?: number) =>
    Array.from(
      (await table.snapshot(version === undefined ? undefined : { version })).files(),
      (f) => f.path,
    );

  test("that is broken is passed over while the commits are there", async () => {
    const table = await tableTo(12);
    await table.environment.storage.write(log(table, checkpointName(10)), "broken");
    expect(await files(fresh(table))).toEqual(expected(12));
  });

  test("that is broken and needed is named", async () => {
    const table = await tableTo(12);
    await table.environment.storage.write(log(table, checkpointName(10)), "broken");
    await table.environment.storage.remove(log(table, commitName(3)));
    await expect(fresh(table).snapshot()).rejects.toMatchObject({
      code: "DELTA_LOG_CORRUPT",
      message: expect.stringContaining("00000000000000000010.checkpoint.parquet") as string,
    });
  });

  test.each(["not json", '{"version":3,"size":1}', '{"version":99,"size":1}', ""])(
    "is found whatever _last_checkpoint says: %s",
    async (hint) => {
      const table = await tableTo(12);
      const pointer = log(table, "_last_checkpoint");
      const written: unknown = JSON.parse(await table.environment.storage.readText(pointer));
      expect(written).toMatchObject({ version: 10, size: 12, numOfAddFiles: 10 });
      await table.environment.storage.write(pointer, hint);
      expect(await files(fresh(table))).toEqual(expected(12));
      expect(await files(fresh(table), 5)).toEqual(expected(5));
    },
  );

  test("comes as often as the table says", async () => {
    const table = await tableTo(6, { "delta.checkpointInterval": "3" });
    const names = (await table.environment.storage.list(`${table.root}/_delta_log`)).map((e) => e.name);
    expect(names.filter((name) => name.includes("checkpoint.")).sort()).toEqual([
      "00000000000000000003.checkpoint.parquet",
      "00000000000000000006.checkpoint.parquet",
    ]);
  });

  test("that cannot be written leaves the commit standing and says so", async () => {
    const environment = memoryEnvironment();
    const failure = new Error("disk full");
    const codec = { ...environment.codec, write: () => Promise.reject(failure) };
    const table = memoryTable("/w/t", { ...environment, codec });
    await createTable(table, { schema: SCHEMA, properties: { "delta.checkpointInterval": "1" } });
    const result = await appendFiles(table, { base: await table.snapshot(), files: [added("a")] });
    expect(result).toMatchObject({ version: 1, checkpointFailure: failure });
    expect(await files(fresh(table))).toEqual(["a"]);
  });

  test("forgets removes once they are old", async () => {
    let time = 1_700_000_000_000;
    const environment = { ...memoryEnvironment(), now: () => (time += 86_400_000) };
    const table = memoryTable("/w/t", environment);
    await createTable(table, {
      schema: SCHEMA,
      properties: { "delta.deletedFileRetentionDuration": "interval 3 days" },
      files: [added("a")],
    });
    for (let i = 1; i <= 10; i++) {
      const base = await table.snapshot();
      await table.commit({
        base,
        operation: "DELETE",
        reads: { kind: "table" },
        actions: [
          { remove: { path: i === 1 ? "a" : `f${i - 1}`, deletionTimestamp: time, dataChange: true } },
          { add: added(`f${i}`) },
        ],
      });
    }
    for (let i = 0; i <= 10; i++) await table.environment.storage.remove(log(table, commitName(i)));
    const { numFiles, removedFiles } = await fresh(table).snapshot();
    expect(numFiles).toBe(1);
    const remembered = Array.from(removedFiles(), (r) => r.path);
    expect(remembered.length).toBeGreaterThan(0);
    expect(remembered).not.toContain("a");
    expect(remembered).toContain("f9");
  });
});

describe("a handle", () => {
  test("sees what others commit, and a table made anew in its place", async () => {
    const table = await tableTo(2);
    const other = fresh(table);
    expect((await table.snapshot()).version).toBe(2);
    await appendFiles(other, { base: await other.snapshot(), files: [added("x")] });
    expect((await table.snapshot()).numFiles).toBe(3);
    for (let i = 0; i <= 3; i++) await table.environment.storage.remove(log(table, commitName(i)));
    await expect(table.snapshot()).rejects.toMatchObject({ code: "DELTA_TABLE_NOT_FOUND" });
    await createTable(other, { schema: SCHEMA });
    expect((await table.snapshot()).version).toBe(0);
  });

  test("does not begin a table in the middle when it was dropped meanwhile", async () => {
    const table = await tableTo(1);
    const base = await table.snapshot();
    for (let i = 0; i <= 1; i++) await table.environment.storage.remove(log(table, commitName(i)));
    await expect(appendFiles(table, { base, files: [added("x")] })).rejects.toMatchObject({
      code: "DELTA_TABLE_NOT_FOUND",
    });
    expect(await table.exists()).toBe(false);
  });

  test("on nothing says so", async () => {
    const table = memoryTable();
    expect(await table.exists()).toBe(false);
    for (const call of [
      table.snapshot(),
      table.latestVersion(),
      table.history(),
      table.snapshot({ version: 0 }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: "DELTA_TABLE_NOT_FOUND" });
    }
  });
});
