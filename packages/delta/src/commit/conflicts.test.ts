import { describe, expect, test } from "vitest";
import { added, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import {
  type Action,
  appendFiles,
  createTable,
  type DeltaTable,
  type LiveFile,
  overwriteTable,
  rewriteFiles,
  setMetadata,
  type Snapshot,
} from "../index.ts";

/** A table with files a, b and c; what others commit after `base` was read. */
async function start(): Promise<{
  table: DeltaTable;
  base: Snapshot;
  file: (name: string) => readonly LiveFile[];
}> {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA });
  await appendFiles(table, {
    base: await table.snapshot(),
    files: ["a", "b", "c"].map((name) => added(name)),
  });
  const base = await table.snapshot();
  const files = [...base.files()];
  const file = (name: string) => files.filter((f) => f.path === name).slice(0, 1);
  return { table, base, file };
}

type Started = Awaited<ReturnType<typeof start>>;
type Act = (s: Started) => Promise<unknown>;

const append: Act = ({ table, base }) => appendFiles(table, { base, files: [added("new")] });
const appendOfRead: Act = ({ table, base }) =>
  appendFiles(table, { base, files: [added("new")], readsTable: true });
const appendAs =
  (version: number): Act =>
  ({ table, base }) =>
    appendFiles(table, { base, files: [added(`t${version}`)], transaction: { appId: "app", version } });
const deleteA: Act = ({ table, base, file }) =>
  rewriteFiles(table, { base, remove: file("a"), add: [], operation: "DELETE" });
const rewriteB =
  (readWholeTable: boolean): Act =>
  ({ table, base, file }) =>
    rewriteFiles(table, {
      base,
      remove: file("b"),
      add: [added("b2")],
      readWholeTable,
      operation: "UPDATE",
    });
const rewriteBReadingA: Act = ({ table, base, file }) =>
  rewriteFiles(table, { base, remove: file("b"), add: [], read: file("a"), readWholeTable: false });
const optimizeC: Act = ({ table, base, file }) =>
  rewriteFiles(table, {
    base,
    remove: file("c"),
    add: [added("c2")],
    readWholeTable: false,
    dataChange: false,
    operation: "OPTIMIZE",
  });
const overwrite: Act = ({ table, base }) => overwriteTable(table, { base, files: [added("over")] });
const setProperty: Act = ({ table, base }) =>
  setMetadata(table, {
    base,
    definition: { schema: SCHEMA, properties: { k: "v" } },
    operation: "SET TBLPROPERTIES",
  });
const domain =
  (name: string): Act =>
  ({ table, base }) =>
    table.commit({
      base,
      operation: "CLUSTER BY",
      reads: { kind: "nothing" },
      actions: [{ domainMetadata: { domain: name, configuration: "", removed: false } }],
    });
const upgrade: Act = ({ table, base }) =>
  table.commit({
    base,
    operation: "UPGRADE PROTOCOL",
    reads: { kind: "nothing" },
    actions: [
      {
        protocol: {
          ...base.protocol,
          writerFeatures: [...(base.protocol.writerFeatures ?? []), "domainMetadata"],
        },
      },
    ],
  });

describe("a commit that comes second", () => {
  test.each<[string, Act, string, Act]>([
    ["an append", append, "an append", append],
    ["an append", append, "a rewrite", rewriteB(true)],
    ["a rewrite that sought its rows everywhere", rewriteB(true), "an append", append],
    ["an overwrite", overwrite, "an append", append],
    ["an append of what was read", appendOfRead, "an append", append],
    ["a rewrite of known files", rewriteB(false), "an append", append],
    ["a rewrite of known files", rewriteB(false), "a delete of another file", deleteA],
    ["a rewrite of known files", rewriteB(false), "compaction of another file", optimizeC],
    ["a domain", domain("x"), "another domain", domain("y")],
    ["an append", append, "an overwrite", overwrite],
  ])("%s is accepted after %s %s", async (_, second, __, first) => {
    const started = await start();
    await first(started);
    await second(started);
    expect(await started.table.latestVersion()).toBe(3);
  });

  test.each<[string, Act, string, Act, string]>([
    [
      "a rewrite that sought its rows everywhere",
      rewriteB(true),
      "an append of what was read",
      appendOfRead,
      "DELTA_CONCURRENT_APPEND",
    ],
    [
      "a rewrite",
      rewriteB(false),
      "a rewrite of the same file",
      rewriteB(false),
      "DELTA_CONCURRENT_DELETE_DELETE",
    ],
    ["a rewrite", rewriteBReadingA, "a delete of a file it read", deleteA, "DELTA_CONCURRENT_DELETE_READ"],
    ["an overwrite", overwrite, "a delete", deleteA, "DELTA_CONCURRENT_DELETE_DELETE"],
    [
      "a rewrite that sought its rows everywhere",
      rewriteB(true),
      "compaction",
      optimizeC,
      "DELTA_CONCURRENT_DELETE_READ",
    ],
    ["a batch of a stream", appendAs(1), "another batch of it", appendAs(2), "DELTA_CONCURRENT_TRANSACTION"],
    ["an append", append, "a change of metadata", setProperty, "DELTA_METADATA_CHANGED"],
    ["an append", append, "a change of protocol", upgrade, "DELTA_PROTOCOL_CHANGED"],
    ["a change of metadata", setProperty, "an append", append, "DELTA_CONCURRENT_WRITE"],
    ["a domain", domain("x"), "the same domain", domain("x"), "DELTA_CONCURRENT_WRITE"],
  ])("%s is refused after %s %s %s", async (_, second, __, first, code) => {
    const started = await start();
    await first(started);
    await expect(second(started)).rejects.toMatchObject({ code, retryable: true });
    expect(await started.table.latestVersion()).toBe(2);
  });
});

test("a serializable table lets no append come between", async () => {
  const table = memoryTable();
  await createTable(table, {
    schema: SCHEMA,
    properties: { "delta.isolationLevel": "Serializable" },
    files: [added("b")],
  });
  const base = await table.snapshot();
  const file = () => [...base.files()];
  await append({ table, base, file });
  await expect(rewriteB(true)({ table, base, file })).rejects.toMatchObject({
    code: "DELTA_CONCURRENT_APPEND",
  });
});

describe("a commit no reader could make sense of", () => {
  test.each<[string, readonly Action[], string]>([
    ["two adds of a path", [{ add: added("x") }, { add: added("x") }], "DELTA_INVALID_ACTION"],
    [
      "two protocols",
      [
        { protocol: { minReaderVersion: 1, minWriterVersion: 2 } },
        { protocol: { minReaderVersion: 1, minWriterVersion: 2 } },
      ],
      "DELTA_INVALID_ACTION",
    ],
    [
      "a commitInfo of its own",
      [{ commitInfo: { timestamp: 1, operation: "X", operationParameters: {} } }],
      "DELTA_INVALID_ACTION",
    ],
    [
      "an unknown writer feature",
      [{ protocol: { minReaderVersion: 1, minWriterVersion: 7, writerFeatures: ["icebergCompatV9"] } }],
      "DELTA_UNSUPPORTED_FEATURES_FOR_WRITE",
    ],
    [
      "a writer version of the future",
      [{ protocol: { minReaderVersion: 1, minWriterVersion: 8 } }],
      "DELTA_INVALID_PROTOCOL_VERSION",
    ],
  ])("%s is refused", async (_, actions, code) => {
    const { table, base } = await start();
    await expect(
      table.commit({ base, operation: "X", reads: { kind: "nothing" }, actions }),
    ).rejects.toMatchObject({ code });
  });

  test("a delete from an append-only table is refused, compaction of it is not", async () => {
    const table = memoryTable();
    await createTable(table, {
      schema: SCHEMA,
      properties: { "delta.appendOnly": "true" },
      files: [added("a")],
    });
    const base = await table.snapshot();
    const remove = [...base.files()];
    await expect(rewriteFiles(table, { base, remove, add: [] })).rejects.toMatchObject({
      code: "DELTA_CANNOT_MODIFY_APPEND_ONLY",
    });
    await rewriteFiles(table, { base, remove, add: [added("b")], dataChange: false, operation: "OPTIMIZE" });
  });

  test("a second creation is refused", async () => {
    const { table } = await start();
    await expect(createTable(table, { schema: SCHEMA })).rejects.toMatchObject({
      code: "DELTA_TABLE_ALREADY_EXISTS",
    });
  });
});
