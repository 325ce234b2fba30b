import { describe, expect, test } from "vitest";
import { added, memoryTable, SCHEMA } from "../test/memory-table.ts";
import { appendFiles, createTable, openTable, rewriteFiles, setMetadata } from "./index.ts";

describe("a table", () => {
  test("is created, appended to, rewritten and read at every version", async () => {
    const table = memoryTable();
    await createTable(table, { schema: SCHEMA });
    await appendFiles(table, { base: await table.snapshot(), files: [added("a"), added("b", { size: 20 })] });
    const base = await table.snapshot();
    const [a] = [...base.files()];
    await rewriteFiles(table, {
      base,
      remove: a ? [a] : [],
      add: [added("c", { size: 5 })],
      operation: "DELETE",
    });
    const at = async (version: number) => {
      const s = await table.snapshot({ version });
      return { files: Array.from(s.files(), (f) => f.location), bytes: s.sizeInBytes };
    };
    expect(await at(0)).toEqual({ files: [], bytes: 0 });
    expect(await at(1)).toEqual({ files: ["/w/t/a", "/w/t/b"], bytes: 30 });
    expect(await at(2)).toEqual({ files: ["/w/t/b", "/w/t/c"], bytes: 25 });
    expect((await table.history()).map((h) => h.operation)).toEqual(["DELETE", "WRITE", "CREATE TABLE"]);
  });

  test("gives the same snapshot from its checkpoint alone", async () => {
    const table = memoryTable();
    const { storage } = table.environment;
    await createTable(table, { schema: SCHEMA });
    for (let i = 1; i <= 10; i++)
      await appendFiles(table, { base: await table.snapshot(), files: [added(`f${i}`)] });
    const before = await table.snapshot();
    for (let i = 0; i < 10; i++) await storage.remove(`/w/t/_delta_log/0000000000000000000${i}.json`);
    const after = await openTable({ ...table.environment, root: table.root }).snapshot();
    expect([...after.files()]).toEqual([...before.files()]);
    expect({ ...after, files: 0, removedFiles: 0 }).toEqual({ ...before, files: 0, removedFiles: 0 });
  });

  test("blind appends through one handle from one base are rebased and lose nothing", async () => {
    const table = memoryTable();
    await createTable(table, { schema: SCHEMA });
    const base = await table.snapshot();
    const results = await Promise.all(
      ["a", "b", "c"].map((name) => appendFiles(table, { base, files: [added(name)] })),
    );
    expect(results.map((r) => [r.version, r.rebasedOver])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
    expect(Array.from((await table.snapshot()).files(), (f) => f.path)).toEqual(["a", "b", "c"]);
    const times = (await table.history()).map((h) => h.timestamp);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });
});

describe("a commit that lost what it said", () => {
  const COMMIT = "/w/t/_delta_log/00000000000000000002.json";
  const corrupt = {
    code: "DELTA_LOG_CORRUPT",
    message: expect.stringContaining(COMMIT) as string,
  };
  const add = `{"add":${JSON.stringify(added("b"))}}`;

  async function damaged(text: string, properties: Record<string, string> = {}) {
    const table = memoryTable();
    await createTable(table, { schema: SCHEMA, properties });
    for (const name of ["a", "b", "c"])
      await appendFiles(table, { base: await table.snapshot(), files: [added(name)] });
    await table.environment.storage.remove(COMMIT);
    await table.environment.storage.write(COMMIT, text);
    return openTable({ ...table.environment, root: table.root });
  }

  const off = { "delta.enableInCommitTimestamps": "false" };
  test.each([
    ["is of 0 bytes", "", {}],
    ["is of 0 bytes, without in-commit timestamps", "", off],
    ["has blank lines only", "\n \n", off],
    ["has an empty object only", "{}\n", off],
    ["has no commitInfo", add, {}],
    ["has its commitInfo late", `${add}\n{"commitInfo":{"inCommitTimestamp":1700000000500}}`, {}],
    ["has a commitInfo without timestamp", `{"commitInfo":{"operation":"WRITE"}}\n${add}`, {}],
  ])("because it %s is named by snapshot and history", async (_, text, properties) => {
    const table = await damaged(text, properties as Record<string, string>);
    await expect(table.snapshot()).rejects.toMatchObject(corrupt);
    await expect(table.snapshot({ version: 2 })).rejects.toMatchObject(corrupt);
    await expect(table.history()).rejects.toMatchObject(corrupt);
    expect((await table.snapshot({ version: 1 })).numFiles).toBe(1);
  });

  test("needs no commitInfo in a table without in-commit timestamps", async () => {
    const table = await damaged(add, off);
    expect(Array.from((await table.snapshot()).files(), (f) => f.path)).toEqual(["a", "b", "c"]);
    expect((await table.history()).map((h) => h.operation)).toEqual([
      "WRITE",
      undefined,
      "WRITE",
      "CREATE TABLE",
    ]);
  });

  test("is found by a handle that had read the versions before it", async () => {
    const table = memoryTable();
    await createTable(table, { schema: SCHEMA });
    const { storage } = table.environment;
    await table.snapshot();
    await storage.write("/w/t/_delta_log/00000000000000000001.json", add);
    await expect(table.snapshot()).rejects.toMatchObject({ code: "DELTA_LOG_CORRUPT" });
  });

  test("is asked for a timestamp only from the version on that has them", async () => {
    const table = memoryTable();
    await createTable(table, { schema: SCHEMA, properties: off });
    await appendFiles(table, { base: await table.snapshot(), files: [added("a")] });
    const { metadata } = await table.snapshot();
    await setMetadata(table, {
      base: await table.snapshot(),
      definition: {
        schema: metadata.schema,
        properties: { ...metadata.configuration, "delta.enableInCommitTimestamps": "true" },
      },
      operation: "SET TBLPROPERTIES",
    });
    const again = openTable({ ...table.environment, root: table.root });
    expect((await again.snapshot()).version).toBe(2);
    expect(await again.history()).toHaveLength(3);
  });
});
