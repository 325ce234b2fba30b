import { expect, test } from "vitest";
import { dataFile, memoryEnvironment, memoryTable, SCHEMA, uuidNumber } from "../../test/memory-table.ts";
import { appendFiles, createTable, deepClone, type DeltaTable, shallowClone } from "../index.ts";

async function source(): Promise<DeltaTable> {
  const table = memoryTable("/w/source", memoryEnvironment());
  await createTable(table, { schema: SCHEMA });
  await appendFiles(table, {
    base: await table.snapshot(),
    files: [await dataFile(table, "p=1/a.parquet", 3)],
  });
  return table;
}

const REFUSED = "DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION";

test.each([
  ["deep", deepClone, "b.parquet"],
  ["deep", deepClone, "sub/directory/README"],
  ["deep", deepClone, "_delta_log/notes.txt"],
  ["shallow", shallowClone, "p=1/a.parquet"],
] as const)(
  "a %s clone beside somebody's %3$s is refused, and nothing is written",
  async (_, clone, file) => {
    const from = await source();
    const { storage } = from.environment;
    await storage.write(`/w/target/${file}`, "theirs");
    const attempt = clone({
      source: await from.snapshot(),
      sourceName: "s",
      target: memoryTable("/w/target", from.environment),
    });
    await expect(attempt).rejects.toMatchObject({
      code: REFUSED,
      context: { path: "/w/target", file: `/w/target/${file}` },
      message: expect.stringContaining("is not empty and also not a Delta table") as string,
    });
    expect(await storage.readText(`/w/target/${file}`)).toBe("theirs");
    expect((await storage.list("/w/target")).length).toBe(1);
  },
);

test("what a killed clone of the same source left is taken over", async () => {
  const from = await source();
  const { storage } = from.environment;
  for (const left of [
    "p=1/a.parquet",
    `p=1/.a.parquet.${uuidNumber(77)}.tmp`,
    `_delta_log/.00000000000000000000.json.${uuidNumber(78)}.tmp`,
  ])
    await storage.write(`/w/target/${left}`, "half");
  const target = memoryTable("/w/target", from.environment);
  await deepClone({ source: await from.snapshot(), sourceName: "s", target });
  expect(await storage.readText("/w/target/p=1/a.parquet")).toBe("xxx");
});

test("a table that may not be replaced is not", async () => {
  const from = await source();
  const target = memoryTable("/w/target", from.environment);
  await createTable(target, { schema: SCHEMA });
  const request = { source: await from.snapshot(), sourceName: "s", target };
  await expect(deepClone({ ...request, replaces: false })).rejects.toMatchObject({
    code: REFUSED,
    message: expect.stringContaining("is not empty") as string,
  });
  expect(await target.latestVersion()).toBe(0);
  expect((await deepClone(request)).version).toBe(1);
});
