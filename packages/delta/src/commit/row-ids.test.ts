import { expect, test } from "vitest";
import { added, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import { appendFiles, createTable, shallowClone } from "../index.ts";

const rows = (path: string, numRecords: number) => added(path, { stats: `{"numRecords":${numRecords}}` });
const PROPERTIES = { "delta.enableRowTracking": "true" };

test("files of a table with row tracking get ids that follow each other, also when commits are rebased", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: PROPERTIES, files: [rows("a", 10)] });
  const base = await table.snapshot();
  await appendFiles(table, { base, files: [rows("b", 5), rows("c", 1)] });
  await appendFiles(table, { base, files: [rows("d", 2)] });
  const snapshot = await table.snapshot();
  expect(Array.from(snapshot.files(), (f) => [f.path, f.baseRowId, f.defaultRowCommitVersion])).toEqual([
    ["a", 0n, 0],
    ["b", 10n, 1],
    ["c", 15n, 1],
    ["d", 16n, 2],
  ]);
  expect(snapshot.domainMetadata.get("delta.rowTracking")?.configuration).toBe('{"rowIdHighWaterMark":17}');
});

test("a clone gives fresh ids", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: PROPERTIES });
  await appendFiles(table, { base: await table.snapshot(), files: [rows("a", 10), rows("b", 10)] });
  const target = memoryTable("/w/clone", table.environment);
  await shallowClone({ source: await table.snapshot(), sourceName: "s", target });
  const snapshot = await target.snapshot();
  expect(Array.from(snapshot.files(), (f) => [f.baseRowId, f.defaultRowCommitVersion])).toEqual([
    [0n, 0],
    [10n, 0],
  ]);
});

test("a file whose rows were not counted is refused", async () => {
  const table = memoryTable();
  const create = createTable(table, { schema: SCHEMA, properties: PROPERTIES, files: [added("a")] });
  await expect(create).rejects.toMatchObject({ code: "DELTA_ROW_ID_ASSIGNMENT_WITHOUT_STATS" });
});
