import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lakehouse } from "../../workspace/lakehouse.ts";
import { sqlSession } from "../sql-session.ts";
import { openTestLakehouse } from "../test-lakehouse.ts";
import { ended, startWriter } from "./script.ts";

/** Processes with workspaces of their own change one table by its path, and nothing is lost or done twice. */
const folder = mkdtempSync(join(tmpdir(), "clxs-racing-"));
const WRITERS = 3;
const TURNS = 8;
let lakehouse: Lakehouse;
const { sql } = sqlSession(() => lakehouse, { catalog: "main", schema: "default" });

beforeAll(async () => {
  lakehouse = await openTestLakehouse({ allowPaths: [folder] });
});
afterAll(async () => {
  await lakehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Counts ten rows up by UPDATE and MERGE, keeps rows of its own and deletes some; does again what lost to another writer. */
const program = (table: string, writer: number) => `
  const t = ${JSON.stringify(table)};
  const insist = async (text) => {
    for (;;) {
      try {
        return await run(text);
      } catch (error) {
        if (!/DELTA_(CONCURRENT|METADATA_CHANGED|PROTOCOL_CHANGED)/.test(String(error?.message))) throw error;
      }
    }
  };
  for (let turn = 0; turn < ${TURNS}; turn++) {
    const own = ${writer * 1000} + turn;
    await insist("INSERT INTO " + t + " VALUES (" + own + ", 0)");
    await insist(
      turn % 2 === 0
        ? "UPDATE " + t + " SET n = n + 1 WHERE id < 10"
        : "MERGE INTO " + t + " AS t USING (SELECT id FROM range(10)) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = t.n + 1",
    );
    if (turn % 3 === 2) await insist("DELETE FROM " + t + " WHERE id = " + (own - 1));
    if (turn % 4 === ${writer}) await insist("OPTIMIZE " + t);
  }`;

test.for(["false", "true"])(
  "racing processes lose nothing and do nothing twice; deletion vectors %s",
  { timeout: 600_000 },
  async (vectors) => {
    const location = join(folder, `t-${vectors}`);
    const name = `counted_${vectors}`;
    await sql(
      `CREATE TABLE ${name} (id BIGINT, n BIGINT) LOCATION '${location}' TBLPROPERTIES ('delta.enableDeletionVectors' = '${vectors}', 'delta.checkpointInterval' = '5')`,
    );
    await sql(`INSERT INTO ${name} SELECT id, 0 FROM range(10)`);
    const runs = Array.from({ length: WRITERS }, (_, i) =>
      ended(startWriter(join(folder, `w${vectors}${i}`), folder, program(`delta.\`${location}\``, i + 1))),
    );
    expect((await Promise.all(runs)).map(({ code, stderr }) => [code, stderr])).toEqual(
      runs.map(() => [0, ""]),
    );
    const counted = await sql(`SELECT DISTINCT n FROM ${name} WHERE id < 10`);
    expect(counted).toEqual([[String(WRITERS * TURNS)]]);
    const kept = Array.from({ length: TURNS }, (_, turn) => turn).filter(
      (turn) => (turn + 1) % 3 !== 2 || turn + 1 >= TURNS,
    );
    const own = Array.from({ length: WRITERS }, (_, i) => kept.map((turn) => String((i + 1) * 1000 + turn)));
    const ids = await sql(`SELECT id FROM ${name} WHERE id >= 10 ORDER BY id`);
    expect(ids.map(([id]) => id)).toEqual(own.flat());
    expect(await sql(`SELECT count(*) FROM ${name} WHERE id < 10`)).toEqual([["10"]]);
  },
);
