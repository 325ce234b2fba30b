import { expect, test } from "vitest";
import { dataFile, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import {
  appendFiles,
  createTable,
  type DeltaTable,
  neededFiles,
  planVacuum,
  restoreTable,
  rewriteFiles,
  setMetadata,
  vacuumTable,
} from "../index.ts";

const IDENTITY = {
  kind: "struct",
  fields: [
    {
      name: "id",
      type: { kind: "primitive", name: "long" },
      nullable: true,
      metadata: {
        "delta.identity.start": 1,
        "delta.identity.step": 1,
        "delta.identity.highWaterMark": 5,
        "delta.identity.allowExplicitInsert": false,
      },
    },
  ],
} as const;

/** A table whose version 1 has the files a and b, and version 2 b and c. */
async function start(properties: Readonly<Record<string, string>> = {}): Promise<DeltaTable> {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: { k: "old", ...properties } });
  await appendFiles(table, {
    base: await table.snapshot(),
    files: [await dataFile(table, "a.parquet", 3), await dataFile(table, "bb.parquet", 5)],
  });
  const base = await table.snapshot();
  const remove = [...base.files()].filter(({ path }) => path === "a.parquet");
  await rewriteFiles(table, { base, remove, add: [await dataFile(table, "c.parquet", 7)] });
  return table;
}

const live = async (table: DeltaTable) =>
  Array.from((await table.snapshot()).files(), ({ path }) => path).sort();

test("a restored version has its files again; later versions stay in the history", async () => {
  const table = await start();
  const base = await table.snapshot();
  const { version, metrics } = await restoreTable(table, { base, to: await table.snapshot({ version: 1 }) });
  expect(version).toBe(3);
  expect(metrics).toEqual({
    tableSizeAfterRestore: 8,
    numOfFilesAfterRestore: 2,
    numRemovedFiles: 1,
    numRestoredFiles: 1,
    removedFilesSize: 7,
    restoredFilesSize: 3,
  });
  expect(await live(table)).toEqual(["a.parquet", "bb.parquet"]);
  const [entry] = await table.history();
  expect(entry).toMatchObject({
    operation: "RESTORE",
    operationParameters: { version: "1" },
    isolationLevel: "Serializable",
  });
});

test("properties are restored, marks that count on are not", async () => {
  const table = memoryTable();
  await createTable(table, {
    schema: {
      ...IDENTITY,
      fields: IDENTITY.fields.map((f) => ({
        ...f,
        metadata: { ...f.metadata, "delta.identity.highWaterMark": 2 },
      })),
    },
    properties: { k: "old" },
  });
  const to = await table.snapshot();
  await setMetadata(table, {
    base: to,
    definition: { schema: IDENTITY, properties: { ...to.metadata.configuration, k: "new" } },
    operation: "WRITE",
  });
  await restoreTable(table, { base: await table.snapshot(), to });
  const { metadata } = await table.snapshot();
  expect(metadata.configuration).toMatchObject({ k: "old", "delta.enableInCommitTimestamps": "true" });
  expect(metadata.schema.fields[0]?.metadata["delta.identity.highWaterMark"]).toBe(5);
  expect(metadata.id).toBe(to.metadata.id);
});

test("a version whose files are gone is not restored", async () => {
  const table = await start();
  await table.environment.storage.remove("/w/t/a.parquet");
  const base = await table.snapshot();
  await expect(restoreTable(table, { base, to: await table.snapshot({ version: 1 }) })).rejects.toMatchObject(
    { code: "DELTA_FILE_NOT_FOUND", context: { version: 1, files: ["/w/t/a.parquet"] } },
  );
  expect(await table.latestVersion()).toBe(2);
});

const ZERO = { "delta.deletedFileRetentionDuration": "interval 0 seconds" };

test("files are needed while their retention lasts", async () => {
  const table = await start();
  const base = await table.snapshot();
  const now = table.environment.now();
  expect((await planVacuum(table, { base })).files).toEqual([]);
  expect([...neededFiles(base, now)].sort()).toEqual(["/w/t/a.parquet", "/w/t/bb.parquet", "/w/t/c.parquet"]);
  expect([...neededFiles(base, now + 8 * 86_400_000)].sort()).toEqual(["/w/t/bb.parquet", "/w/t/c.parquet"]);
  await expect(planVacuum(table, { base, retention: 0 })).rejects.toMatchObject({
    code: "DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT",
  });
});

test("VACUUM takes removed and stray files, not what is kept, hidden or still in the making", async () => {
  const table = await start(ZERO);
  const { storage } = table.environment;
  await storage.write("/w/t/stray.parquet", "x");
  await storage.write("/w/t/_change_data/cdc-1.parquet", "x");
  await storage.write("/w/t/_hidden/x.parquet", "x");
  await storage.write("/w/t/p=1/shared.parquet", "x");
  table.environment.now();
  const base = await table.snapshot();
  const keep = new Set(["/w/t/p=1/shared.parquet"]);
  const { files, directories } = await vacuumTable(table, { base, retention: 0, keep });
  expect(files.map(({ path }) => path).sort()).toEqual([
    "/w/t/_change_data/cdc-1.parquet",
    "/w/t/a.parquet",
    "/w/t/stray.parquet",
  ]);
  expect(directories).toBe(3);
  expect(await storage.stat("/w/t/a.parquet")).toBeUndefined();
  expect(await storage.stat("/w/t/c.parquet")).toBeDefined();
  expect(await storage.stat("/w/t/p=1/shared.parquet")).toBeDefined();
  expect((await table.history()).slice(0, 2).map(({ operation }) => operation)).toEqual([
    "VACUUM END",
    "VACUUM START",
  ]);
  expect((await planVacuum(table, { base: await table.snapshot(), retention: 0, keep })).files).toEqual([]);
});
