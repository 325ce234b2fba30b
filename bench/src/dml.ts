import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDatabase, openDuckDatabase } from "@clone-xs/lakehouse/testing";
import { withLakehouse } from "./embedded.ts";
import { interleave, median, shown, time } from "./measure.ts";

/** Ways to let a row go, and how much slower than DuckDB on its own table each may be. */
const ways = [
  { name: "deletion vectors", table: "masked", masks: true, target: 5 },
  { name: "copy-on-write", table: "copied", masks: false, target: 15 },
] as const;

/** One row in a hundred, in no order, other ones each round. */
const picked = (id: string, round: number) => `(${id} * 7919 + ${id} % 997) % 100 = ${round}`;
const COLUMNS =
  "id, id % 1000 AS k, 'name ' || CAST(id AS VARCHAR(20)) AS s, CAST(id AS DOUBLE) * 1.5 AS d, id % 7 AS g";

type Send = (text: string) => Promise<unknown>;

/** What both are asked; each database has its own words for numbers in a row. */
const statements: Readonly<Record<string, (table: string, changes: string, round: number) => string>> = {
  UPDATE: (table, _, round) => `UPDATE ${table} SET k = k + 1 WHERE ${picked("id", round)}`,
  DELETE: (table, _, round) => `DELETE FROM ${table} WHERE ${picked("id", round + 10)}`,
  MERGE: (table, changes, round) =>
    `MERGE INTO ${table} AS t USING (SELECT id, k FROM ${changes} WHERE r = ${round}) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET k = s.k`,
};

/**
 * UPDATE, DELETE and MERGE of 1 % of the rows of a table, scattered, by the embedded workspace with and without deletion vectors and by
 * DuckDB on a table of its own, in turn. `rows` is 10 million, or what BENCH_ROWS says.
 */
export async function benchDml(rounds: number, rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "clxs-bench-dml-"));
  const duck = await openDuckDatabase(join(folder, "own.duckdb"));
  try {
    await withLakehouse(
      async (lakehouse) => {
        const workspace = lakehouse.connect();
        const send: Send = (text) => workspace.statements.execute({ text, kind: "other", effect: "write" });
        await prepare(send, duck, { rows, rounds });
        for (const name of Object.keys(statements)) await measure(name, send, duck, { rows, rounds });
      },
      undefined,
      { memoryLimit: "4GB" },
    );
  } finally {
    duck.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Size {
  readonly rows: number;
  readonly rounds: number;
}

const changed = (range: string, { rows, rounds }: Size) =>
  Array.from(
    { length: rounds },
    (_, round) =>
      `SELECT ${round} AS r, id, id % 13 AS k FROM ${range.replace("N", String(rows))} WHERE ${picked("id", round + 20)}`,
  ).join(" UNION ALL ");

async function prepare(send: Send, duck: DuckDatabase, size: Size): Promise<void> {
  const own = "(SELECT range AS id FROM range(N))";
  await duck.run(`CREATE TABLE own AS SELECT ${COLUMNS} FROM ${own.replace("N", String(size.rows))}`);
  await duck.run(`CREATE TABLE changes AS ${changed(own, size)}`);
  await duck.run("CHECKPOINT");
  await send("CREATE CATALOG bench");
  await send("CREATE SCHEMA bench.s");
  await send(`CREATE TABLE bench.s.changes AS ${changed("range(N)", size)}`);
  for (const { table, masks } of ways)
    await send(
      `CREATE TABLE bench.s.${table} TBLPROPERTIES ('delta.enableDeletionVectors' = '${masks}') AS SELECT ${COLUMNS} FROM range(${size.rows})`,
    );
}

/** DuckDB's time is until its change lies in its table, as ours is until the commit. */
async function measure(name: string, send: Send, duck: DuckDatabase, { rows, rounds }: Size): Promise<void> {
  const statement = statements[name] ?? (() => "");
  const [masked, copied] = ways;
  const ours = (table: string) => (round: number) =>
    time(() => send(statement(`bench.s.${table}`, "bench.s.changes", round)));
  const results = await interleave(rounds, {
    [masked.table]: ours(masked.table),
    [copied.table]: ours(copied.table),
    duck: (round: number) =>
      time(async () => {
        await duck.run(statement("own", "changes", round));
        await duck.run("CHECKPOINT");
      }),
  });
  for (const way of ways) {
    const times = results[way.table] ?? [];
    const ratio = median(times) / median(results["duck"] ?? []);
    console.log(
      `${name} of 1 % of ${rows} rows, ${way.name}: ${shown(times)}; DuckDB on its own table: ${shown(results["duck"] ?? [])}; ratio ${ratio.toFixed(1)} (target ${way.target})`,
    );
  }
}
