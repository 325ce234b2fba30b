import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { localTable } from "../../test/local-table.ts";
import { SCHEMA } from "../../test/memory-table.ts";
import { runScript } from "../../test/processes.ts";
import { createTable } from "../index.ts";

const directory = mkdtempSync(join(tmpdir(), "clxs-race-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("writers in several processes lose and double nothing", async () => {
  const [writers, appends] = [4, 15];
  const root = join(directory, "t");
  const table = localTable(root);
  await createTable(table, { schema: SCHEMA });
  const runs = await Promise.all(
    Array.from({ length: writers }, (_, w) =>
      runScript("append-process.ts", [root, `w${w}`, String(appends)]),
    ),
  );
  expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(runs.map(() => [0, ""]));

  const snapshot = await table.snapshot();
  const expected = Array.from(
    { length: writers * appends },
    (_, i) => `w${i % writers}-${Math.floor(i / writers)}`,
  );
  expect(Array.from(snapshot.files(), (f) => f.path).sort()).toEqual(expected.sort());
  expect(snapshot.version).toBe(writers * appends);

  const history = await table.history();
  expect(history.map((h) => h.version)).toEqual(
    Array.from({ length: writers * appends + 1 }, (_, i) => writers * appends - i),
  );
  const times = history.map((h) => h.timestamp);
  expect(times.every((t, i) => i === 0 || t < (times[i - 1] ?? 0))).toBe(true);

  const names = readdirSync(join(root, "_delta_log"));
  expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  expect(names.filter((name) => name.endsWith(".checkpoint.parquet"))).toHaveLength(6);
  for (let version = 0; version <= snapshot.version; version += 7) {
    expect((await localTable(root).snapshot({ version })).numFiles).toBe(version);
  }
});
