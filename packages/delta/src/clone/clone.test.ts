import { describe, expect, test } from "vitest";
import { dataFile, memoryEnvironment, memoryTable, SCHEMA, uuidNumber } from "../../test/memory-table.ts";
import {
  addOf,
  appendFiles,
  createTable,
  deepClone,
  type DeltaTable,
  parseJson,
  rewriteFiles,
  shallowClone,
} from "../index.ts";

async function source(): Promise<DeltaTable> {
  const table = memoryTable("/w/source", memoryEnvironment());
  await createTable(table, {
    schema: SCHEMA,
    name: "s",
    description: "d",
    properties: { "delta.appendOnly": "false", owner: "x" },
  });
  const files = [await dataFile(table, "a.parquet", 3), await dataFile(table, "b.parquet", 5)];
  await appendFiles(table, {
    base: await table.snapshot(),
    files,
    transaction: { appId: "stream", version: 7 },
  });
  return table;
}

const target = (from: DeltaTable) => memoryTable("/w/target", from.environment);

async function lines(table: DeltaTable, version: number) {
  const text = await table.environment.storage.readText(
    `${table.root}/_delta_log/${String(version).padStart(20, "0")}.json`,
  );
  return text
    .trim()
    .split("\n")
    .map((line) => parseJson(line) as Record<string, Record<string, unknown>>);
}

describe("a deep clone", () => {
  test("copies the files under their names and repeats the source's adds", async () => {
    const from = await source();
    const to = target(from);
    const s = await from.snapshot();
    const { version, metrics } = await deepClone({ source: s, sourceName: "c.s.source", target: to });
    expect(version).toBe(0);
    expect(metrics).toEqual({
      sourceTableSize: 8,
      sourceNumOfFiles: 2,
      numRemovedFiles: 0,
      numCopiedFiles: 2,
      removedFilesSize: 0,
      copiedFilesSize: 8,
    });
    const clone = await to.snapshot();
    expect(Array.from(clone.files(), addOf)).toEqual(Array.from(s.files(), addOf));
    expect(Array.from(clone.files(), (f) => f.location)).toEqual([
      "/w/target/a.parquet",
      "/w/target/b.parquet",
    ]);
    expect(await to.environment.storage.readText("/w/target/b.parquet")).toBe("xxxxx");
    expect([...clone.transactions.keys()]).toEqual(["stream"]);
  });

  test("takes over metadata but neither id, name nor description", async () => {
    const from = await source();
    const s = await from.snapshot();
    await deepClone({
      source: s,
      sourceName: "c.s.source",
      target: target(from),
      properties: { added: "1", owner: "y" },
    });
    const { metadata, protocol } = await target(from).snapshot();
    const { name: _, description: __, ...rest } = s.metadata;
    expect(metadata.id).not.toBe(s.metadata.id);
    expect(metadata).toEqual({
      ...rest,
      id: metadata.id,
      configuration: { ...s.metadata.configuration, added: "1", owner: "y" },
    });
    expect(protocol).toEqual(s.protocol);
  });

  test("again copies only what is new, removes what is gone, and the target's own rows", async () => {
    const from = await source();
    const to = target(from);
    await deepClone({ source: await from.snapshot(), sourceName: "s", target: to });
    const first = await to.snapshot();
    await appendFiles(to, { base: first, files: [await dataFile(to, "own.parquet", 4)] });
    const base = await from.snapshot();
    const [a] = [...base.files()];
    await rewriteFiles(from, { base, remove: a ? [a] : [], add: [await dataFile(from, "c.parquet", 6)] });
    const { version, metrics } = await deepClone({
      source: await from.snapshot(),
      sourceName: "s",
      target: to,
    });
    expect(version).toBe(2);
    expect(metrics).toEqual({
      sourceTableSize: 11,
      sourceNumOfFiles: 2,
      numRemovedFiles: 2,
      numCopiedFiles: 1,
      removedFilesSize: 7,
      copiedFilesSize: 6,
    });
    const after = await to.snapshot();
    expect(Array.from(after.files(), (f) => f.path)).toEqual(["b.parquet", "c.parquet"]);
    expect(after.metadata.id).toBe(first.metadata.id);
    expect(Array.from((await to.snapshot({ version: 0 })).files(), (f) => f.path)).toEqual([
      "a.parquet",
      "b.parquet",
    ]);
  });

  test("of an unchanged source commits all the same, with nothing copied", async () => {
    const from = await source();
    await deepClone({ source: await from.snapshot(), sourceName: "s", target: target(from) });
    const { version, metrics } = await deepClone({
      source: await from.snapshot(),
      sourceName: "s",
      target: target(from),
    });
    expect(version).toBe(1);
    expect(metrics).toMatchObject({ numCopiedFiles: 0, numRemovedFiles: 0 });
  });

  test("back to an older version uses the copies that are still there, if their names tell them from others", async () => {
    const from = memoryTable("/w/source", memoryEnvironment());
    await createTable(from, { schema: SCHEMA });
    const names = [`part-${uuidNumber(7)}.parquet`, `part-${uuidNumber(8)}.parquet`, "plain.parquet"];
    const files = await Promise.all(names.map((name, i) => dataFile(from, name, 3 + i)));
    await appendFiles(from, { base: await from.snapshot(), files });
    const to = target(from);
    const { storage } = to.environment;
    for (const version of [1, 0]) {
      await deepClone({ source: await from.snapshot({ version }), sourceName: "s", target: to });
    }
    await storage.remove(`/w/target/${names[1]}`);
    await storage.write("/w/source/plain.parquet", "other");
    const { metrics } = await deepClone({ source: await from.snapshot(), sourceName: "s", target: to });
    expect(metrics).toMatchObject({ numCopiedFiles: 2, copiedFilesSize: 9 });
    const found = Array.from((await to.snapshot()).files(), (f) => storage.readText(f.location));
    expect(await Promise.all(found)).toEqual(["xxx", "xxxx", "other"]);
  });

  test("never overwrites another file that the target had under the same name", async () => {
    const from = await source();
    const to = target(from);
    await createTable(to, { schema: SCHEMA });
    await appendFiles(to, { base: await to.snapshot(), files: [await dataFile(to, "a.parquet", 9)] });
    await deepClone({ source: await from.snapshot(), sourceName: "s", target: to });
    expect(await to.environment.storage.readText("/w/target/a.parquet")).toBe("x".repeat(9));
    const again = await deepClone({ source: await from.snapshot(), sourceName: "s", target: to });
    expect(again.metrics.numCopiedFiles).toBe(0);
  });

  test("does not overwrite a file that the target's log has forgotten", async () => {
    const from = await source();
    const to = target(from);
    await createTable(to, { schema: SCHEMA });
    await dataFile(to, "a.parquet", 9);
    await deepClone({ source: await from.snapshot(), sourceName: "s", target: to });
    expect(await to.environment.storage.readText("/w/target/a.parquet")).toBe("x".repeat(9));
    const sizes = Array.from((await to.snapshot()).files(), (f) => f.size);
    expect(sizes).toEqual([3, 5]);
  });

  test("fails without a commit when a source file has another size than the log says", async () => {
    const from = await source();
    await from.environment.storage.write("/w/source/b.parquet", "short");
    await from.environment.storage.write("/w/source/a.parquet", "x");
    const attempt = deepClone({ source: await from.snapshot(), sourceName: "s", target: target(from) });
    await expect(attempt).rejects.toMatchObject({ code: "DELTA_COPY_INCOMPLETE" });
    expect(await target(from).exists()).toBe(false);
  });
});

describe("a shallow clone", () => {
  test("refers to the source's files, and a clone of it to the same", async () => {
    const from = await source();
    await shallowClone({ source: await from.snapshot(), sourceName: "s", target: target(from) });
    const middle = await target(from).snapshot();
    const far = memoryTable("/w/far", from.environment);
    await shallowClone({ source: middle, sourceName: "t", target: far });
    for (const clone of [middle, await far.snapshot()]) {
      expect(Array.from(clone.files(), (f) => [f.path, f.location])).toEqual([
        ["file:///w/source/a.parquet", "/w/source/a.parquet"],
        ["file:///w/source/b.parquet", "/w/source/b.parquet"],
      ]);
      expect(clone.transactions.size).toBe(0);
    }
    expect(await from.environment.storage.list("/w/far")).toEqual([
      { name: "_delta_log", kind: "directory" },
    ]);
  });

  test("can be made deep: the copies lie in the clone", async () => {
    const from = await source();
    const shallow = target(from);
    await shallowClone({ source: await from.snapshot(), sourceName: "s", target: shallow });
    const deep = memoryTable("/w/deep", from.environment);
    await deepClone({ source: await shallow.snapshot(), sourceName: "t", target: deep });
    const locations = Array.from((await deep.snapshot()).files(), (f) => f.location);
    expect(locations.every((location) => location.startsWith("/w/deep/"))).toBe(true);
    const { metrics } = await deepClone({ source: await shallow.snapshot(), sourceName: "t", target: deep });
    expect(metrics.numCopiedFiles).toBe(0);
  });
});

describe("the commit of a clone", () => {
  test.each([
    [false, { numCopiedFiles: "2", copiedFilesSize: "8" }],
    [
      true,
      {
        numCopiedFiles: "0",
        copiedFilesSize: "0",
        numDeletionVectorsAdded: "0",
        numDeletionVectorsRemoved: "0",
      },
    ],
  ])("is laid out as Databricks does (isShallow %s)", async (isShallow, metrics) => {
    const from = await source();
    const clone = isShallow ? shallowClone : deepClone;
    await clone({ source: await from.snapshot(), sourceName: "c.s.source", target: target(from) });
    const actions = await lines(target(from), 0);
    expect(actions.map((a) => Object.keys(a)[0]).filter((k) => k !== "txn")).toEqual([
      "commitInfo",
      "metaData",
      "add",
      "add",
      "protocol",
    ]);
    expect(actions[0]?.["commitInfo"]).toMatchObject({
      operation: "CLONE",
      operationParameters: { source: "c.s.source", sourceVersion: 1, isShallow },
      readVersion: -1,
      isolationLevel: "Serializable",
      isBlindAppend: false,
      operationMetrics: {
        sourceTableSize: "8",
        sourceNumOfFiles: "2",
        numRemovedFiles: "0",
        removedFilesSize: "0",
        ...metrics,
      },
    });
  });
});
