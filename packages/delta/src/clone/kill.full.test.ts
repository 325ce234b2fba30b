import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localTable } from "../../test/local-table.ts";
import { dataFile, SCHEMA, uuidNumber } from "../../test/memory-table.ts";
import { runScript } from "../../test/processes.ts";
import { appendFiles, createTable, deepClone, type DeltaTable, rewriteFiles } from "../index.ts";

const directory = mkdtempSync(join(tmpdir(), "clxs-kill-"));
const source = localTable(join(directory, "source"));
afterAll(() => rmSync(directory, { recursive: true }));

const many = (prefix: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, i) => dataFile(source, `${prefix}-${uuidNumber(i)}.parquet`, 100 + i)),
  );

beforeAll(async () => {
  await createTable(source, { schema: SCHEMA });
  await appendFiles(source, { base: await source.snapshot(), files: await many("old", 10) });
  const base = await source.snapshot();
  const remove = [...base.files()].slice(0, 4);
  await rewriteFiles(source, { base, remove, add: await many("new", 40), operation: "UPDATE" });
});

/** Name and content of every live file. */
async function contents(table: DeltaTable, version?: number): Promise<readonly string[]> {
  const snapshot = await table.snapshot(version === undefined ? undefined : { version });
  const read = Array.from(
    snapshot.files(),
    async (f) => `${f.path} ${await table.environment.storage.readText(f.location)}`,
  );
  return (await Promise.all(read)).sort();
}

describe("a deep clone killed", () => {
  test.each([1, 2, 7, 25, 40, 41, 42])(
    "at the name number %i leaves the old version, and the next run completes it",
    async (fatal) => {
      const root = join(directory, `target-${fatal}`);
      await deepClone({
        source: await source.snapshot({ version: 1 }),
        sourceName: "s",
        target: localTable(root),
      });
      const before = await contents(localTable(root));

      const killed = await runScript("clone-process.ts", [source.root, root, String(fatal)]);
      expect(killed).toMatchObject({ signal: "SIGKILL", stderr: "" });
      expect(await contents(localTable(root))).toEqual(before);
      expect(await localTable(root).latestVersion()).toBe(0);

      const { version, metrics } = await deepClone({
        source: await source.snapshot(),
        sourceName: "s",
        target: localTable(root),
      });
      expect([version, metrics.numCopiedFiles, metrics.numRemovedFiles]).toEqual([1, 40, 4]);
      expect(await contents(localTable(root))).toEqual(await contents(source));
      expect(await contents(localTable(root), 0)).toEqual(before);
    },
  );

  test("at no name runs through: the cases above reach from the first name to the commit's", async () => {
    const root = join(directory, "target-none");
    await deepClone({
      source: await source.snapshot({ version: 1 }),
      sourceName: "s",
      target: localTable(root),
    });
    expect(await runScript("clone-process.ts", [source.root, root, "0"])).toEqual({
      code: 0,
      signal: null,
      stdout: "42\n",
      stderr: "",
    });
  });
});
