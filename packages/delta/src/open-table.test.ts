import { describe, expect, test } from "vitest";
import { added, memoryTable, SCHEMA } from "../test/memory-table.ts";
import { appendFiles, createTable, openTable, rewriteFiles } from "./index.ts";

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
