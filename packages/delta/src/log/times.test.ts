import { describe, expect, test } from "vitest";
import { added, memoryEnvironment, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import {
  appendFiles,
  createTable,
  type DeltaTable,
  MemoryStorage,
  overwriteTable,
  setMetadata,
  type Storage,
} from "../index.ts";

const ICT = "delta.enableInCommitTimestamps";

async function append(table: DeltaTable, count: number): Promise<void> {
  for (let i = 0; i < count; i++)
    await appendFiles(table, { base: await table.snapshot(), files: [added(table.environment.uuid())] });
}

async function turn(table: DeltaTable, value: "true" | "false"): Promise<void> {
  const base = await table.snapshot();
  await setMetadata(table, {
    base,
    definition: { schema: SCHEMA, properties: { ...base.metadata.configuration, [ICT]: value } },
    operation: "SET TBLPROPERTIES",
  });
}

/** The same log under other modification times, as a copied directory has them. */
async function copied(table: DeltaTable, at: () => number): Promise<DeltaTable> {
  const { storage } = table.environment;
  const other = new MemoryStorage({ now: at });
  const directory = `${table.root}/_delta_log`;
  const names = (await storage.list(directory)).map(({ name }) => name).sort();
  for (const name of names)
    await other.write(`${directory}/${name}`, await storage.readText(`${directory}/${name}`));
  return memoryTable(table.root, { ...memoryEnvironment(), storage: other });
}

/** Versions 0 to 2 without in-commit timestamps, 3 turns them on, 4 and 5 have them. */
async function late(): Promise<DeltaTable> {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: { [ICT]: "false" } });
  await append(table, 2);
  await turn(table, "true");
  await append(table, 2);
  return table;
}

const timesOf = async (table: DeltaTable) => (await table.history()).map((h) => h.timestamp).toReversed();
const versionAt = async (table: DeltaTable, timestamp: number) =>
  (await table.snapshot({ timestamp })).version;

describe("a table whose in-commit timestamps were turned on late", () => {
  test("is found at each of its times", async () => {
    const table = await late();
    for (const [version, timestamp] of (await timesOf(table)).entries())
      expect(await versionAt(table, timestamp)).toBe(version);
  });

  test("keeps its own times when the directory is copied, however late the files before them look", async () => {
    const original = await late();
    const times = await timesOf(original);
    let now = 1_900_000_000_000;
    const copy = await copied(original, () => (now += 1000));
    const [, , , third = 0, fourth = 0, fifth = 0] = times;
    expect((await timesOf(copy)).slice(3)).toEqual([third, fourth, fifth]);
    for (const version of [3, 4, 5]) expect(await versionAt(copy, times[version] ?? 0)).toBe(version);
    expect(await versionAt(copy, fifth - 1)).toBe(4);
    await expect(copy.snapshot({ timestamp: fifth + 1 })).rejects.toMatchObject({
      code: "DELTA_TIMESTAMP_GREATER_THAN_COMMIT",
    });
  });

  test("is the last version without them for every instant between that one and the first with them", async () => {
    const original = await late();
    const [, , , third = 0] = await timesOf(original);
    const copy = await copied(original, () => 1_600_000_000_000);
    const first = 1_600_000_000_000;
    expect((await timesOf(copy)).slice(0, 3)).toEqual([first, first + 1, first + 2]);
    expect(await versionAt(copy, first + 1)).toBe(1);
    expect(await versionAt(copy, third - 1)).toBe(2);
  });
});

test("the commit that turns them on names itself, wherever it ends up", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: { [ICT]: "false" } });
  const base = await table.snapshot();
  await append(table, 1);
  await overwriteTable(table, {
    base,
    files: [],
    definition: { schema: SCHEMA, properties: { [ICT]: "true" } },
  });
  const { version, timestamp, metadata } = await table.snapshot();
  expect(version).toBe(2);
  expect(metadata.configuration).toMatchObject({
    "delta.inCommitTimestampEnablementVersion": "2",
    "delta.inCommitTimestampEnablementTimestamp": String(timestamp),
  });
});

test("a table whose in-commit timestamps were turned off goes by its files again", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA });
  await append(table, 1);
  await turn(table, "false");
  await append(table, 1);
  let now = 1_900_000_000_000;
  const copy = await copied(table, () => (now += 1000));
  expect(await timesOf(copy)).toEqual([1, 2, 3, 4].map((i) => 1_900_000_000_000 + i * 1000));
  expect(await versionAt(copy, 1_900_000_003_500)).toBe(2);
});

test("an instant is found without reading every commit", async () => {
  const environment = memoryEnvironment();
  let reads = 0;
  const table = memoryTable("/w/t", environment);
  const { storage } = environment;
  const counting = new Proxy(storage, {
    get: (_, key: keyof Storage) =>
      key === "readText"
        ? (path: string) => {
            if (/\/\d{20}\.json$/.test(path)) reads++;
            return storage.readText(path);
          }
        : storage[key].bind(storage),
  });
  await createTable(table, { schema: SCHEMA });
  await append(table, 100);
  const times = await timesOf(table);
  const other = memoryTable("/w/t", { ...environment, storage: counting });
  await other.snapshot({ version: 42 });
  await other.snapshot();
  reads = 0;
  expect(await versionAt(other, times[42] ?? 0)).toBe(42);
  // Seven to find it among 101, and versions 41 and 42 after the checkpoint of 40.
  expect(reads).toBeLessThanOrEqual(9);
});

test("an instant outside is refused in Spark's words", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA });
  const [time = 0] = await timesOf(table);
  expect(new Date(time).toISOString()).toBe("2023-11-14T22:13:20.002Z");
  const message = async (timestamp: number) =>
    table.snapshot({ timestamp }).catch((error: unknown) => (error as Error).message);
  expect(await message(Date.parse("2023-11-14T22:13:19Z"))).toBe(
    "The provided timestamp (2023-11-14 22:13:19.0) is before the earliest version available to this\ntable (2023-11-14 22:13:20.002). Please use a timestamp after 2023-11-14 22:13:20.002.",
  );
  expect(await message(Date.parse("2023-11-14T22:13:20.12Z"))).toBe(
    "The provided timestamp (2023-11-14 22:13:20.12) is after the latest version available to this\ntable (2023-11-14 22:13:20.002). Please use a timestamp before or at 2023-11-14 22:13:20.002.",
  );
});
