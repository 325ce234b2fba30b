import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CheckpointCodec, LocalStorage, neededFiles, openTable } from "@clone-xs/delta";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lakehouse } from "../../workspace/lakehouse.ts";
import { openLakehouse } from "../../workspace/open-lakehouse.ts";
import { sqlSession } from "../sql-session.ts";
import { ended, startWriter } from "./script.ts";

/** A writer that is killed leaves files that nobody needs, and VACUUM takes exactly these. */
const directory = mkdtempSync(join(tmpdir(), "clxs-killed-"));
let lakehouse: Lakehouse;
const { sql } = sqlSession(() => lakehouse, { catalog: "main", schema: "default" });

async function open(): Promise<void> {
  lakehouse = await openLakehouse({
    directory,
    now: Date.now,
    uuid: randomUUID,
    randomBytes,
    memoryLimit: "300MB",
  });
}

const PROPERTIES =
  "'delta.enableChangeDataFeed' = 'true', 'delta.enableDeletionVectors' = 'true', 'delta.checkpointInterval' = '1000', 'delta.deletedFileRetentionDuration' = 'interval 0 hours'";

beforeAll(async () => {
  await open();
  await sql(
    `CREATE TABLE t PARTITIONED BY (part) TBLPROPERTIES (${PROPERTIES}) AS SELECT id, 0L AS n, id % 4 AS part FROM range(200)`,
  );
  await sql("CREATE TABLE copy DEEP CLONE t");
  await lakehouse.close();
}, 120_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Changes the table and brings its clone up to date, over and over. */
const PROGRAM = `
  for (let i = 0; ; i++) {
    await run("UPDATE t SET n = n + 1 WHERE id % 7 < 5");
    await run("MERGE INTO t USING (SELECT id + 100 AS id FROM range(200)) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = t.n + 1 WHEN NOT MATCHED THEN INSERT (id, n, part) VALUES (s.id, 0, s.id % 4)");
    await run("CREATE OR REPLACE TABLE copy DEEP CLONE t");
    await run("DELETE FROM t WHERE id >= 200");
    await run("OPTIMIZE t");
  }`;

/** Kills the writer as soon as so many files have come into a table's directory: in the midst of a statement. */
async function killAfter(files: number, location: string): Promise<void> {
  const child = startWriter(directory, directory, PROGRAM);
  const end = ended(child);
  const seen = new Set<string>();
  const watcher = watch(location, { recursive: true }, (_, name) => {
    if (name === null || !/\.(parquet|bin)$/u.test(name) || name.includes("_delta_log")) return;
    seen.add(name);
    if (seen.size >= files) child.kill("SIGKILL");
  });
  const { stderr } = await end;
  watcher.close();
  expect([child.signalCode, stderr]).toEqual(["SIGKILL", ""]);
}

const noCheckpoints: CheckpointCodec = {
  read: () => Promise.reject(new Error("these tables have no checkpoints")),
  write: () => Promise.reject(new Error("these tables have no checkpoints")),
};

async function needed(root: string): Promise<readonly string[]> {
  const environment = { storage: new LocalStorage(), codec: noCheckpoints, now: Date.now, uuid: randomUUID };
  const snapshot = await openTable({ ...environment, engineInfo: "test", root }).snapshot();
  return [...neededFiles(snapshot, Date.now())].sort();
}

function filesBelow(root: string): readonly string[] {
  return (readdirSync(root, { recursive: true }) as string[])
    .filter((name) => !name.startsWith("_delta_log"))
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

async function placeOf(table: string): Promise<string> {
  const [detail = []] = await sql(`SELECT location FROM (DESCRIBE DETAIL ${table})`);
  return (detail[0] ?? "").replace(/^file:(\/\/)?/u, "");
}

test.for([
  ["t", 3],
  ["t", 9],
  ["copy", 2],
  ["t", 22],
] as const)(
  "killed when %s had got %i files: VACUUM leaves what is needed and no more",
  { timeout: 240_000 },
  async ([table, files]) => {
    expect.hasAssertions();
    await open();
    const location = await placeOf(table);
    await lakehouse.close();
    await killAfter(files, location);
    await open();
    try {
      for (const name of ["t", "copy"]) await expectTidy(name);
    } finally {
      await lakehouse.close();
    }
  },
);

async function expectTidy(name: string): Promise<void> {
  const place = await placeOf(name);
  const before = await sql(`SELECT count(*), sum(n) FROM ${name}`);
  await sql(`VACUUM ${name} RETAIN 0 HOURS`);
  expect(filesBelow(place)).toEqual(await needed(place));
  expect(await sql(`SELECT count(*), sum(n) FROM ${name}`)).toEqual(before);
}
