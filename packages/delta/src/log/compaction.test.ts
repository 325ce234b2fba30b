import { describe, expect, test } from "vitest";
import { added, memoryTable, SCHEMA } from "../../test/memory-table.ts";
import { appendFiles, createTable, type DeltaTable, openTable, rewriteFiles } from "../index.ts";
import { commitName } from "./names.ts";

const COMPACTED = "00000000000000000001.00000000000000000004.compacted.json";
const place = (name: string) => `/w/t/_delta_log/${name}`;

/** Files a to d added by versions 1 to 3 and 5, b removed by 4; versions 1 to 4 compacted as `lines`. */
async function start(lines?: readonly string[]): Promise<DeltaTable> {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA });
  const append = async (path: string) =>
    appendFiles(table, { base: await table.snapshot(), files: [added(path)] });
  for (const path of ["a", "b", "c"]) await append(path);
  const base = await table.snapshot();
  await rewriteFiles(table, { base, remove: [...base.files()].filter((f) => f.path === "b"), add: [] });
  await append("d");
  const written = lines ?? [
    `{"remove":{"path":"b","deletionTimestamp":${Date.parse("2023-11-14")},"dataChange":true}}`,
    ...["a", "c"].map((path) => JSON.stringify({ add: added(path) })),
  ];
  await table.environment.storage.write(place(COMPACTED), written.join("\n"));
  return table;
}

const fresh = ({ environment, root }: DeltaTable) => openTable({ ...environment, root });
const paths = async (table: DeltaTable, version?: number) =>
  Array.from(
    (await table.snapshot(version === undefined ? undefined : { version })).files(),
    (f) => f.path,
  ).sort();

describe("commits that are compacted in one file", () => {
  test("read the same at every version", async () => {
    const table = fresh(await start());
    const expected = [[], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "c"], ["a", "c", "d"]];
    for (const [version, files] of expected.entries()) expect(await paths(table, version)).toEqual(files);
    expect(Array.from((await table.snapshot()).removedFiles(), (f) => f.path)).toEqual(["b"]);
    expect((await table.snapshot({ version: 4 })).timestamp).toBe((await table.history())[1]?.timestamp);
  });

  test("need not be there themselves, where nobody goes back to them", async () => {
    const table = await start();
    for (const version of [1, 2, 3]) await table.environment.storage.remove(place(commitName(version)));
    expect(await paths(fresh(table))).toEqual(["a", "c", "d"]);
    await expect(fresh(table).snapshot({ version: 2 })).rejects.toMatchObject({
      code: "DELTA_VERSIONS_NOT_CONTIGUOUS",
    });
  });

  test.each<[string, readonly string[]]>([
    ["is empty", [""]],
    ["is cut off", ['{"add":{"path":"a","partitionValues":{']],
    ["is no JSON", ["PAR1"]],
  ])("are read one by one, though the file %s", async (_, lines) => {
    expect(await paths(fresh(await start(lines)))).toEqual(["a", "c", "d"]);
  });

  test("are read one by one while they are there, whatever the file says", async () => {
    const lies = [JSON.stringify({ add: added("b") })];
    expect(await paths(fresh(await start(lies)))).toEqual(["a", "c", "d"]);
  });

  test("are named by the broken file when they are gone", async () => {
    const table = await start(["PAR1"]);
    await table.environment.storage.remove(place(commitName(2)));
    await expect(fresh(table).snapshot()).rejects.toMatchObject({
      code: "DELTA_LOG_CORRUPT",
      message: expect.stringContaining(COMPACTED) as string,
    });
  });
});
