import { describe, expect, test } from "vitest";
import { appendFiles, createTable, MemoryStorage, openTable, parseSchema, rewriteFiles } from "./index.ts";

const SCHEMA = parseSchema(
  '{"type":"struct","fields":[{"name":"id","type":"long","nullable":true,"metadata":{}}]}',
);

function memoryTable() {
  let time = 1_700_000_000_000;
  let serial = 0;
  const now = () => ++time;
  const storage = new MemoryStorage({ now });
  const codec = {
    read: async (path: string) => JSON.parse(await storage.readText(path)) as string[],
    write: async (path: string, actions: readonly string[]) => {
      const text = JSON.stringify(actions);
      await storage.write(path, text);
      return { sizeInBytes: text.length };
    },
  };
  const uuid = () => `00000000-0000-4000-8000-${String(++serial).padStart(12, "0")}`;
  return { storage, table: openTable({ storage, codec, now, uuid, engineInfo: "Clone-Xs/0", root: "/w/t" }) };
}

const file = (name: string, size = 10) => ({
  path: name,
  partitionValues: {},
  size,
  modificationTime: 1,
  dataChange: true,
});

describe("a table in memory", () => {
  test("is created, appended to, rewritten and read at every version", async () => {
    const { table } = memoryTable();
    await createTable(table, { schema: SCHEMA });
    await appendFiles(table, { base: await table.snapshot(), files: [file("a"), file("b", 20)] });
    const base = await table.snapshot();
    await rewriteFiles(table, {
      base,
      remove: [...base.files()].slice(0, 1),
      add: [file("c", 5)],
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

  test("gives the same snapshot from its checkpoint", async () => {
    const { table, storage } = memoryTable();
    await createTable(table, { schema: SCHEMA });
    for (let i = 1; i <= 10; i++)
      await appendFiles(table, { base: await table.snapshot(), files: [file(`f${i}`)] });
    const before = await table.snapshot();
    for (let i = 0; i < 10; i++) await storage.remove(`/w/t/_delta_log/0000000000000000000${i}.json`);
    const fresh = openTable({ ...table.environment, root: table.root });
    const after = await fresh.snapshot();
    expect([...after.files()]).toEqual([...before.files()]);
    expect(after.metadata).toEqual(before.metadata);
    expect(after.timestamp).toBe(before.timestamp);
  });
});
