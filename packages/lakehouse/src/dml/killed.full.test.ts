import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { childEntry } from "../engine/process.ts";
import { sqlSession } from "../testing/sql-session.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";
import { openLakehouse } from "../workspace/open-lakehouse.ts";

const directory = mkdtempSync(join(tmpdir(), "clxs-dml-killed-"));
let lakehouse: Lakehouse;
const { sql } = sqlSession(() => lakehouse, { catalog: "main", schema: "default" });

async function open(): Promise<void> {
  lakehouse = await openLakehouse({
    directory,
    now: Date.now,
    uuid: randomUUID,
    randomBytes,
    memoryLimit: "500MB",
  });
}

beforeAll(async () => {
  await open();
  await sql(
    "CREATE TABLE t TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', 'delta.enableDeletionVectors' = 'true', 'delta.checkpointInterval' = '3', 'delta.deletedFileRetentionDuration' = 'interval 0 hours') AS SELECT id, CASE WHEN id < 100 THEN 0L END AS n FROM range(120)",
  );
  await lakehouse.close();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Counts all rows up but some that keep their files and are left in them, by turns in each way, and tends the table in between; prints the count that was acknowledged. */
const PROGRAM = `
  import { randomBytes, randomUUID } from "node:crypto";
  import { openLakehouse } from ${JSON.stringify(new URL("../workspace/open-lakehouse.ts", import.meta.url))};
  const lakehouse = await openLakehouse({ directory: ${JSON.stringify(directory)}, now: Date.now, uuid: randomUUID, randomBytes, memoryLimit: "500MB" });
  const { statements } = lakehouse.connect();
  const run = (text) => statements.execute({ text, kind: "other", effect: "write", catalog: "main", schema: "default" });
  const [[start]] = (await run("SELECT max(n) FROM t")).rows;
  const ways = [
    () => "UPDATE t SET n = n + 1 WHERE n IS NOT NULL",
    (n) => "MERGE INTO t USING (SELECT id, " + n + "L AS n FROM range(100)) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n",
    (n) => "INSERT OVERWRITE t SELECT id, CASE WHEN id < 100 THEN " + n + "L END FROM range(120)",
  ];
  const tending = ["OPTIMIZE t", "VACUUM t RETAIN 0 HOURS"];
  for (let n = Number(start) + 1; ; n++) {
    await run(ways[n % ways.length](n));
    process.stdout.write(n + "\\n");
    await run(tending[n % tending.length]);
  }`;

async function acknowledgedUntilKilled(after: number): Promise<number> {
  const loader = childEntry(import.meta.url).execArgv;
  const child = spawn(process.execPath, [...loader, "--input-type=module", "-e", PROGRAM], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.split("\n").length > after) setImmediate(() => child.kill("SIGKILL"));
  });
  await once(child, "close");
  expect(child.signalCode).toBe("SIGKILL");
  return Number(output.trim().split("\n").at(-1));
}

test.for([2, 4])(
  "killed after %i changes: what was acknowledged is there, and no row is ahead of another",
  { timeout: 120_000 },
  async (after) => {
    const acknowledged = await acknowledgedUntilKilled(after);
    await open();
    const [[count, least, most] = []] = await sql("SELECT count(*), min(n), max(n) FROM t");
    expect([count, least]).toEqual(["120", most]);
    expect(Number(most) - acknowledged).toBeGreaterThanOrEqual(0);
    expect(Number(most) - acknowledged).toBeLessThanOrEqual(1);
    await sql("VACUUM t RETAIN 0 HOURS");
    expect(await sql("SELECT sum(n) = 100 * max(n) FROM t")).toEqual([["true"]]);
    await lakehouse.close();
  },
);
