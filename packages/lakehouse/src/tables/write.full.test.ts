import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import { sqlSession } from "../testing/sql-session.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
const { sql } = sqlSession(() => lakehouse, { catalog: "d", schema: "s" });

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d");
  await sql("CREATE SCHEMA s");
});
afterAll(() => lakehouse.close());

interface Added {
  readonly stats: string;
  readonly clusteringProvider?: string;
}

/** The files of a table's newest commit, as they stand in the log. */
async function lastAdded(table: string): Promise<readonly Added[]> {
  const [detail = []] = await sql(`DESCRIBE DETAIL ${table}`);
  const log = join(fileURLToPath(detail[4] ?? ""), "_delta_log");
  const commits = readdirSync(log).filter((name) => /^\d{20}\.json$/.test(name));
  const lines = readFileSync(join(log, commits.sort().at(-1) ?? ""), "utf8")
    .trim()
    .split("\n");
  return lines.flatMap((line) => (JSON.parse(line) as { add?: Added }).add ?? []);
}

test.each([
  ["tight where deletion vectors may come", "TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')", true],
  ["without a word where none can", "", undefined],
])("bounds of a file are %s", async (_, properties, tightBounds) => {
  const table = tightBounds === true ? "tight" : "silent";
  await sql(`CREATE TABLE ${table} (id INT) ${properties}`);
  await sql(`INSERT INTO ${table} VALUES (1), (2)`);
  const [file] = await lastAdded(table);
  expect(JSON.parse(file?.stats ?? "")).toEqual({
    numRecords: 2,
    minValues: { id: 1 },
    maxValues: { id: 2 },
    nullCount: { id: 0 },
    ...(tightBounds === true && { tightBounds }),
  });
});

test("lists and maps have no counts of nulls that would be those of what is in them", async () => {
  await sql("CREATE TABLE lists (l ARRAY<INT>, m MAP<STRING, INT>, s STRUCT<a: INT>)");
  await sql("INSERT INTO lists VALUES (array(1, NULL), map('k', NULL), NULL), (NULL, NULL, NULL)");
  const [file] = await lastAdded("lists");
  expect(JSON.parse(file?.stats ?? "")).toMatchObject({ numRecords: 2, nullCount: { s: { a: 2 } } });
  expect(Object.keys((JSON.parse(file?.stats ?? "") as { nullCount: object }).nullCount)).toEqual(["s"]);
});

test("OPTIMIZE of a clustered table says who clustered its files", async () => {
  await sql("CREATE TABLE clustered (id INT) CLUSTER BY (id)");
  for (const id of [2, 1]) await sql(`INSERT INTO clustered VALUES (${id})`);
  expect((await lastAdded("clustered")).map((f) => f.clusteringProvider)).toEqual([undefined]);
  await sql("OPTIMIZE clustered");
  expect((await lastAdded("clustered")).map((f) => f.clusteringProvider)).toEqual(["liquid"]);
});
