import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { addOf, type DeltaTable, LocalStorage, openTable, removeOf } from "@clone-xs/delta";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import { sqlSession } from "../testing/sql-session.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
const { sql } = sqlSession(() => lakehouse, { catalog: "d", schema: "s" });

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d");
  await sql("CREATE SCHEMA s");
});
afterAll(() => lakehouse.close());

let made = 0;
/** A fresh table with deletion vectors: ids 0 to 9 in one file. */
let t: string;
let directory: string;
let table: DeltaTable;
beforeEach(async () => {
  t = `masked${++made}`;
  await sql(
    `CREATE TABLE ${t} TBLPROPERTIES ('delta.enableDeletionVectors' = 'true', 'delta.enableRowTracking' = 'true') AS SELECT CAST(id AS INT) AS id, CAST(id AS STRING) AS name FROM range(10)`,
  );
  const [detail = []] = await sql(`DESCRIBE DETAIL ${t}`);
  directory = fileURLToPath(detail[4] ?? "");
  table = openTable({
    root: directory,
    storage: new LocalStorage(),
    codec: {
      read: () => Promise.reject(new Error("no checkpoints here")),
      write: () => Promise.reject(new Error("no checkpoints here")),
    },
    now: Date.now,
    uuid: randomUUID,
    engineInfo: "test",
  });
});

const ids = async () => (await sql(`SELECT id FROM ${t} ORDER BY id`)).map(([id]) => Number(id));
const files = async () => [...(await table.snapshot()).files()];
const onDisk = (suffix: string) => readdirSync(directory).filter((name) => name.endsWith(suffix)).length;
async function metrics(): Promise<Record<string, string>> {
  const [[text] = []] = await sql(`SELECT operationMetrics FROM (DESCRIBE HISTORY ${t} LIMIT 1)`);
  return JSON.parse(text ?? "{}") as Record<string, string>;
}
const counts = { numAddedFiles: "0", numRemovedFiles: "0", numCopiedRows: "0" };

test("DELETE masks rows in the file where they are, then more of them, then lets the file go", async () => {
  const [before] = await files();
  await sql(`DELETE FROM ${t} WHERE id IN (2, 5)`);
  expect(await ids()).toEqual([0, 1, 3, 4, 6, 7, 8, 9]);
  const vectors = { numDeletionVectorsAdded: "1", numDeletionVectorsRemoved: "0" };
  expect(await metrics()).toMatchObject({ ...counts, ...vectors, numDeletionVectorsUpdated: "0" });
  const [masked] = await files();
  const stats: unknown = JSON.parse(before?.stats ?? "");
  expect(masked).toMatchObject({ path: before?.path, baseRowId: 0n, deletionVector: { cardinality: 2 } });
  expect(JSON.parse(masked?.stats ?? "")).toEqual({ ...(stats as object), tightBounds: false });

  await sql(`DELETE FROM ${t} WHERE id < 4`);
  expect(await ids()).toEqual([4, 6, 7, 8, 9]);
  expect(await metrics()).toMatchObject({
    ...counts,
    numDeletedRows: "3",
    numDeletionVectorsAdded: "1",
    numDeletionVectorsRemoved: "1",
    numDeletionVectorsUpdated: "1",
  });
  expect([onDisk(".parquet"), onDisk(".bin")]).toEqual([1, 2]);

  await sql(`DELETE FROM ${t} WHERE id >= 4`);
  expect(await files()).toEqual([]);
  expect(await metrics()).toMatchObject({
    ...counts,
    numRemovedFiles: "1",
    numDeletionVectorsAdded: "0",
    numDeletionVectorsRemoved: "1",
    numDeletionVectorsUpdated: "0",
  });
});

test("UPDATE writes the changed rows alone and masks the old ones", async () => {
  await sql(`UPDATE ${t} SET name = 'new', id = id + 100 WHERE id % 5 = 0`);
  expect(await ids()).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 100, 105]);
  expect(await metrics()).toMatchObject({
    ...counts,
    numAddedFiles: "1",
    numUpdatedRows: "2",
    numDeletionVectorsAdded: "1",
  });
  expect(
    (await files()).map((f) => (JSON.parse(f.stats ?? "") as { numRecords: number }).numRecords),
  ).toEqual(expect.arrayContaining([2, 10]));
});

test("MERGE masks what it updates and deletes, in one file of vectors for all files", async () => {
  await sql(`INSERT INTO ${t} VALUES (20, 'x'), (21, 'y')`);
  await sql(
    `MERGE INTO ${t} AS t USING (VALUES (1, 'a'), (2, NULL), (20, 'b'), (30, 'c')) AS s(id, name) ON t.id = s.id
     WHEN MATCHED AND s.name IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
  );
  expect(await sql(`SELECT * FROM ${t} WHERE id IN (1, 2, 20, 21, 30) ORDER BY id`)).toEqual([
    ["1", "a"],
    ["20", "b"],
    ["21", "y"],
    ["30", "c"],
  ]);
  expect(await metrics()).toMatchObject({
    numTargetFilesAdded: "1",
    numTargetFilesRemoved: "0",
    numTargetRowsCopied: "0",
    numOutputRows: "3",
    numTargetDeletionVectorsAdded: "2",
    numTargetDeletionVectorsRemoved: "0",
  });
  expect(onDisk(".bin")).toBe(1);
});

test("OPTIMIZE folds vectors into files without them, and VACUUM takes theirs away", async () => {
  await sql(`DELETE FROM ${t} WHERE id < 5`);
  await sql(`OPTIMIZE ${t}`);
  expect((await files()).map((f) => f.deletionVector)).toEqual([undefined]);
  expect((await metrics())["numDeletionVectorsRemoved"]).toBe("1");
  expect(await ids()).toEqual([5, 6, 7, 8, 9]);
  await sql(`ALTER TABLE ${t} SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 hours')`);
  await sql(`VACUUM ${t} RETAIN 0 HOURS`);
  expect([onDisk(".parquet"), onDisk(".bin")]).toEqual([1, 0]);
  expect(await ids()).toEqual([5, 6, 7, 8, 9]);
});

test("a file that came without statistics gets its row count with its first vector", async () => {
  const base = await table.snapshot();
  const [file] = [...base.files()];
  if (file === undefined) throw new Error("no file");
  const { stats: _, ...bare } = addOf(file);
  await table.commit({
    base,
    operation: "WRITE",
    reads: { kind: "table" },
    actions: [{ remove: removeOf(file, Date.now()) }, { add: bare }],
  });
  await sql(`DELETE FROM ${t} WHERE id = 3`);
  expect((await files()).map((f) => f.stats)).toEqual(['{"numRecords":10,"tightBounds":false}']);
  await sql(`DELETE FROM ${t} WHERE id <> 3`);
  expect(await files()).toEqual([]);
});

test("rows are right where very many are masked, alone and in runs", async () => {
  const rows = 60_000;
  await sql(`INSERT INTO ${t} SELECT CAST(id AS INT), 'many' FROM range(10, ${rows})`);
  const scattered = Number((await sql(`SELECT count(*) FROM ${t} WHERE id % 3 = 1`))[0]?.[0]);
  await sql(`DELETE FROM ${t} WHERE id % 3 = 1`);
  const left = async () => (await sql(`SELECT count(*), sum(id) FROM ${t}`))[0]?.map(Number);
  const expected = (keep: (id: number) => boolean) => {
    const kept = Array.from({ length: rows }, (_, id) => id).filter(keep);
    return [kept.length, kept.reduce((sum, id) => sum + id, 0)];
  };
  expect(scattered).toBeGreaterThan(10_000);
  expect(await left()).toEqual(expected((id) => id % 3 !== 1));
  await sql(`DELETE FROM ${t} WHERE id BETWEEN 20000 AND 49999`);
  expect(await left()).toEqual(expected((id) => id % 3 !== 1 && (id < 20_000 || id > 49_999)));
});

test("the feature without the property leaves rows to be copied", async () => {
  await sql(`ALTER TABLE ${t} SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'false')`);
  await sql(`DELETE FROM ${t} WHERE id = 1`);
  expect((await files()).map((f) => f.deletionVector)).toEqual([undefined]);
  expect(await metrics()).toMatchObject({ numCopiedRows: "9", numAddedFiles: "1", numRemovedFiles: "1" });
  expect(onDisk(".bin")).toBe(0);
});
