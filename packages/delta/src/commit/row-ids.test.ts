import { expect, test } from "vitest";
import { added, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import { appendFiles, createTable, overwriteTable, setMetadata, shallowClone } from "../index.ts";

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

const HIDDEN = [
  "delta.rowTracking.materializedRowIdColumnName",
  "delta.rowTracking.materializedRowCommitVersionColumnName",
];

test("a table with row tracking names its hidden columns, and keeps the names; a clone has others", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: PROPERTIES });
  const names = async (of = table) => {
    const { configuration } = (await of.snapshot()).metadata;
    return HIDDEN.map((key) => configuration[key]);
  };
  const own = await names();
  expect(own).toEqual([
    expect.stringMatching(/^_row-id-col-[0-9a-f-]{36}$/),
    expect.stringMatching(/^_row-commit-version-col-[0-9a-f-]{36}$/),
  ]);
  const base = await table.snapshot();
  await overwriteTable(table, { base, files: [], definition: { schema: SCHEMA, properties: PROPERTIES } });
  expect(await names()).toEqual(own);
  const target = memoryTable("/w/clone", table.environment);
  const clone = async () => shallowClone({ source: await table.snapshot(), sourceName: "s", target });
  await clone();
  const others = await names(target);
  expect(others).toEqual([
    expect.stringMatching(/^_row-id-col-/),
    expect.stringMatching(/^_row-commit-version-col-/),
  ]);
  expect(others.filter((name) => own.includes(name))).toEqual([]);
  await clone();
  expect(await names(target)).toEqual(others);
});

test("row tracking that is switched on later gives ids to the files that are there, by adding them again without data change", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, files: [rows("a", 10), rows("b", 5)] });
  await setMetadata(table, {
    base: await table.snapshot(),
    definition: { schema: SCHEMA, properties: PROPERTIES },
    operation: "SET TBLPROPERTIES",
  });
  const { files, metadata } = await table.snapshot();
  expect(Array.from(files(), (f) => [f.path, f.baseRowId, f.defaultRowCommitVersion, f.dataChange])).toEqual([
    ["a", 0n, 1, false],
    ["b", 10n, 1, false],
  ]);
  expect(HIDDEN.every((key) => key in metadata.configuration)).toBe(true);
});

test("a column may not be called as a hidden one", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: PROPERTIES });
  const base = await table.snapshot();
  const name = base.metadata.configuration[HIDDEN[0] ?? ""] ?? "";
  const column = { name, type: { kind: "primitive", name: "long" }, nullable: true, metadata: {} } as const;
  const definition = {
    schema: { ...SCHEMA, fields: [...SCHEMA.fields, column] },
    properties: base.metadata.configuration,
  };
  await expect(setMetadata(table, { base, definition, operation: "ADD COLUMNS" })).rejects.toMatchObject({
    code: "DELTA_ADDING_COLUMN_WITH_INTERNAL_NAME_FAILED",
  });
});
