import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import { sqlSession } from "../testing/sql-session.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
const { sql, failed } = sqlSession(() => lakehouse, { catalog: "d", schema: "s" });

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d");
  await sql("CREATE SCHEMA s");
});
afterAll(() => lakehouse.close());

let made = 0;
let t: string;
/** A table of the partitions 1, 2 and NULL, whose files of the last two cannot be read any more. */
beforeEach(async () => {
  t = `parted${++made}`;
  await sql(`CREATE TABLE ${t} (id INT, p INT) PARTITIONED BY (p)`);
  await sql(`INSERT INTO ${t} VALUES (1, 1), (2, 1), (3, 2), (4, NULL)`);
  const [detail = []] = await sql(`DESCRIBE DETAIL ${t}`);
  const directory = fileURLToPath(detail[4] ?? "");
  for (const other of ["p=2", "p=__HIVE_DEFAULT_PARTITION__"])
    rmSync(join(directory, other), { recursive: true, force: true });
});

test.for([
  ["p = 1", "2"],
  ["x.p = 1 AND x.id > 1", "1"],
  ["id = 2 AND (p < 2 AND p <> 0)", "1"],
  ["p = 3", "0"],
  ["p IN (1, 5) AND p IS NOT NULL", "2"],
])("no file of another partition is read where %s", async ([where = "", count]) => {
  expect(await sql(`UPDATE ${t} AS x SET id = id + 10 WHERE ${where}`)).toEqual([[count]]);
  expect(await sql(`DELETE FROM ${t} AS x WHERE ${where.replace("id = 2", "id = 12")}`)).toEqual([[count]]);
});

test.for(["p = 1 OR id = 3", "p = id", "p + rand() < 5"])(
  "all files are read where their partition does not decide: %s",
  async (where) => {
    expect(await failed(`DELETE FROM ${t} WHERE ${where}`)).toMatch(/FILE_NOT_EXIST/);
  },
);
