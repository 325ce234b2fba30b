import { expect, test } from "vitest";
import { added, memoryEnvironment, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import { appendFiles, createTable, type DeltaTable, openTable } from "../index.ts";

const DAY = 86_400_000;

/** A table with a commit a day, each with a file of its own, and a checkpoint every fifth. */
async function daily(days: number, properties: Readonly<Record<string, string>> = {}): Promise<DeltaTable> {
  let time = Date.parse("2024-01-01T12:00:00Z");
  const environment = { ...memoryEnvironment(), now: () => ++time };
  const table = memoryTable("/w/t", environment);
  await createTable(table, {
    schema: SCHEMA,
    properties: { "delta.checkpointInterval": "5", ...properties },
  });
  await environment.storage.write("/w/t/_delta_log/00000000000000000003.crc", "{}");
  for (let day = 1; day <= days; day++) {
    time += DAY;
    await appendFiles(table, { base: await table.snapshot(), files: [added(`f${day}`)] });
  }
  return table;
}

const log = async (table: DeltaTable) =>
  (await table.environment.storage.list("/w/t/_delta_log"))
    .map(({ name }) => name.replace(/^0+(?=\d)/, ""))
    .sort();

test("commits before the newest checkpoint that is older than the retention go", async () => {
  const table = await daily(15, { "delta.logRetentionDuration": "interval 7 days" });
  expect(await log(table)).toEqual(
    [
      ...Array.from({ length: 11 }, (_, i) => `${i + 5}.json`),
      "5.checkpoint.parquet",
      "10.checkpoint.parquet",
      "15.checkpoint.parquet",
      "_last_checkpoint",
    ].sort(),
  );
  expect((await table.snapshot({ version: 5 })).numFiles).toBe(5);
  expect((await table.snapshot()).numFiles).toBe(15);
  expect((await table.history()).map(({ version }) => version)).toEqual(
    Array.from({ length: 11 }, (_, i) => 15 - i),
  );
  await expect(table.snapshot({ version: 4 })).rejects.toMatchObject({
    code: "DELTA_VERSION_NOT_FOUND",
    context: { version: 4, earliest: 5, latest: 15 },
  });
  await expect(table.snapshot({ timestamp: Date.parse("2024-01-02") })).rejects.toMatchObject({
    code: "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION",
  });
});

test.for([
  ["within thirty days, by default", 25, {}],
  ["without a checkpoint old enough", 9, { "delta.logRetentionDuration": "interval 5 days" }],
  [
    "where clean-up is off",
    15,
    { "delta.logRetentionDuration": "interval 1 day", "delta.enableExpiredLogCleanup": "false" },
  ],
] as const)("nothing goes %s", async ([, days, properties]) => {
  const table = await daily(days, properties);
  expect((await log(table)).filter((name) => name.endsWith(".json"))).toHaveLength(days + 1);
  expect(await log(table)).toContain("3.crc");
});

test("who read the table before the clean-up does not commit into the part that is gone", async () => {
  const table = await daily(3, { "delta.logRetentionDuration": "interval 2 days" });
  const base = await table.snapshot();
  const other = openTable({ ...table.environment, root: table.root });
  for (let day = 4; day <= 20; day++)
    await appendFiles(other, { base: await other.snapshot(), files: [added(`g${day}`)] });
  for (let version = 0; version < 10; version++)
    await table.environment.storage.remove(`/w/t/_delta_log/${String(version).padStart(20, "0")}.json`);
  await expect(appendFiles(table, { base, files: [added("late")] })).rejects.toMatchObject({
    code: "DELTA_CONCURRENT_WRITE",
    retryable: true,
  });
  const names = await log(table);
  expect(names).not.toContain("4.json");
  await appendFiles(table, { base: await table.snapshot(), files: [added("late")] });
  expect((await table.snapshot()).version).toBe(21);
});
