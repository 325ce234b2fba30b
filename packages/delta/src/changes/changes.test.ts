import { expect, test } from "vitest";
import { added, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import {
  type Action,
  appendFiles,
  createTable,
  type DeltaTable,
  removeOf,
  rewriteFiles,
  setMetadata,
  tableChanges,
} from "../index.ts";

const FED = { "delta.enableChangeDataFeed": "true", "delta.enableDeletionVectors": "true" };

/** A table with a feed whose version 1 adds the files a and b. */
async function start(): Promise<DeltaTable> {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: FED });
  await appendFiles(table, { base: await table.snapshot(), files: [added("a"), added("b")] });
  return table;
}

const file = async (table: DeltaTable, path: string) => {
  const found = [...(await table.snapshot()).files()].find((f) => f.path === path);
  if (found === undefined) throw new Error(`no file ${path}`);
  return found;
};

async function told(table: DeltaTable, from: number, to?: number) {
  const { files } = await tableChanges(table, {
    from: { version: from },
    ...(to !== undefined && { to: { version: to } }),
  });
  return files.map(({ version, change, location, without, only }) =>
    [
      version,
      change,
      location.replace("/w/t/", ""),
      without?.pathOrInlineDv ?? "-",
      only?.pathOrInlineDv ?? "-",
    ].join(" "),
  );
}

const vector = (name: string) =>
  ({ storageType: "i", pathOrInlineDv: name, sizeInBytes: 1, cardinality: 1 }) as const;

test("files that come and go tell the changes; compaction tells nothing", async () => {
  const table = await start();
  await rewriteFiles(table, { base: await table.snapshot(), remove: [await file(table, "a")], add: [] });
  await rewriteFiles(table, {
    base: await table.snapshot(),
    remove: [await file(table, "b")],
    add: [added("c")],
    dataChange: false,
  });
  expect(await told(table, 0)).toEqual(["1 insert a - -", "1 insert b - -", "2 delete a - -"]);
  expect(await told(table, 2, 2)).toEqual(["2 delete a - -"]);
});

test("pitfall 14: what is committed after the last version that was asked for is not in the feed", async () => {
  const table = await start();
  for (const name of ["c", "d"])
    await appendFiles(table, { base: await table.snapshot(), files: [added(name)] });
  expect(await told(table, 1, 2)).toEqual(["1 insert a - -", "1 insert b - -", "2 insert c - -"]);
  expect(await told(table, 3)).toEqual(["3 insert d - -"]);
});

test("pitfall 15: rows that went away are in the feed like those that came", async () => {
  const table = await start();
  const rewrite = async (remove: string, add: readonly string[]) =>
    rewriteFiles(table, {
      base: await table.snapshot(),
      remove: [await file(table, remove)],
      add: add.map((name) => added(name)),
    });
  await rewrite("a", []);
  await rewrite("b", ["c"]);
  expect(await told(table, 2)).toEqual(["2 delete a - -", "3 delete b - -", "3 insert c - -"]);
});

test("change data files of a commit are all that counts of it", async () => {
  const table = await start();
  const cdc: Action = { cdc: { path: "_change_data/x", partitionValues: {}, size: 1, dataChange: false } };
  await rewriteFiles(table, {
    base: await table.snapshot(),
    remove: [await file(table, "a")],
    add: [added("c")],
    cdc: [cdc],
  });
  expect(await told(table, 2)).toEqual(["2 recorded _change_data/x - -"]);
});

test("another deletion vector of a file tells the rows it masks now, and those it masks no more", async () => {
  const table = await start();
  const remask = async (deletionVector: ReturnType<typeof vector> | undefined) => {
    const old = await file(table, "a");
    const again = added("a", deletionVector === undefined ? {} : { deletionVector });
    await table.commit({
      base: await table.snapshot(),
      operation: "DELETE",
      reads: { kind: "table" },
      actions: [{ remove: removeOf(old, 1) }, { add: again }],
    });
  };
  await remask(vector("one"));
  await remask(vector("two"));
  await remask(undefined);
  expect(await told(table, 2)).toEqual([
    "2 delete a - one",
    "3 delete a one two",
    "3 insert a two one",
    "4 insert a - two",
  ]);
});

test("a remove that does not say where its file was is told by the version before", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, partitionColumns: ["p"], properties: FED });
  const files = [added("a", { partitionValues: { p: "1" } }), added("b", { partitionValues: { p: null } })];
  await appendFiles(table, { base: await table.snapshot(), files });
  await table.commit({
    base: await table.snapshot(),
    operation: "DELETE",
    reads: { kind: "table" },
    actions: ["a", "./b"].map((path) => ({ remove: { path, deletionTimestamp: 1, dataChange: true } })),
  });
  const changes = await tableChanges(table, { from: { version: 2 } });
  expect(changes.files.map((f) => [f.change, f.partitionValues])).toEqual([
    ["delete", { p: "1" }],
    ["delete", { p: null }],
  ]);
});

test.for([
  [{ from: { version: 2 } }, "DELTA_INVALID_CDC_RANGE"],
  [{ from: { version: 1 }, to: { version: 0 } }, "DELTA_INVALID_CDC_RANGE"],
  [{ from: { timestamp: 9e12 } }, "DELTA_TIMESTAMP_GREATER_THAN_COMMIT"],
  [{ from: { version: 0 }, to: { timestamp: 9e12 } }, "DELTA_TIMESTAMP_GREATER_THAN_COMMIT"],
] as const)("%j: %s", async ([range, code]) => {
  await expect(tableChanges(await start(), range)).rejects.toMatchObject({ code });
});

test("a range in which the feed was off is refused", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA });
  const set = async (on: string) => {
    const base = await table.snapshot();
    const properties = { ...base.metadata.configuration, "delta.enableChangeDataFeed": on };
    await setMetadata(table, {
      base,
      definition: { schema: SCHEMA, properties },
      operation: "SET TBLPROPERTIES",
    });
  };
  await set("true");
  await set("false");
  expect(await told(table, 1, 1)).toEqual([]);
  for (const [from, version] of [
    [0, 0],
    [1, 2],
    [2, 2],
  ] as const)
    await expect(told(table, from)).rejects.toMatchObject({
      code: "DELTA_MISSING_CHANGE_DATA",
      context: { version },
    });
});
