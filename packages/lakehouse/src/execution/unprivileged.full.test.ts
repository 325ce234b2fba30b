import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import { sqlSession } from "../testing/sql-session.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
const { sql, failed } = sqlSession(() => lakehouse, { catalog: "d", schema: "s" });

beforeAll(async () => {
  lakehouse = await openTestLakehouse({
    principals: [
      { name: "reader", kind: "user", groups: [], admin: false },
      { name: "stranger", kind: "user", groups: [], admin: false },
    ],
  });
  await sql("CREATE CATALOG d COMMENT 'secret'");
  await sql("CREATE SCHEMA s");
  await sql("CREATE TABLE t AS SELECT 1 AS id");
  await sql("CREATE TABLE base AS SELECT 1 AS id");
  await sql("CREATE TABLE shallow SHALLOW CLONE base");
  await sql("CREATE FUNCTION f(x INT) RETURN x + 42");
  await sql("CREATE VOLUME v");
  await sql("GRANT USE CATALOG ON CATALOG d TO reader");
  await sql("GRANT USE SCHEMA ON SCHEMA s TO reader");
});
afterAll(() => lakehouse.close());

test.for([
  ["SELECT * FROM t VERSION AS OF 99"],
  ["SELECT * FROM t TIMESTAMP AS OF '2001-01-01'"],
  ["SELECT * FROM table_changes('t', 0)"],
  ["SELECT * FROM table_changes('t', 99)"],
  ["SELECT * FROM (DESCRIBE HISTORY t)"],
  ["SELECT nope FROM t"],
  ["CREATE TABLE mine CLONE t VERSION AS OF 99"],
])("%s tells nothing of a table to whoever may not read it", async ([text = ""]) => {
  await sql("GRANT CREATE TABLE ON SCHEMA s TO reader");
  expect(await failed(text, "reader")).toMatch(/User does not have SELECT on Table 'd\.s\.t'/);
});

test.for([
  ["DESCRIBE FUNCTION f", "EXECUTE on Routine 'd.s.f'"],
  ["DESCRIBE VOLUME v", "READ VOLUME on Volume 'd.s.v'"],
  ["DROP TABLE base", "MANAGE on Table 'd.s.base'"],
])("%s is refused, naming the privilege alone", async ([text = "", lacking = ""]) => {
  expect(await failed(text, "reader")).toContain(`User does not have ${lacking}`);
});

test("a catalog is described to whoever may see it", async () => {
  expect(await failed("DESCRIBE CATALOG d", "stranger")).toMatch(/USE CATALOG on Catalog 'd'/);
  expect(await failed("DESCRIBE CATALOG d", "reader")).toBe("succeeded");
});

test.for([
  ["SELECT * FROM d.s.{}"],
  ["SELECT * FROM table_changes('d.s.{}', 0)"],
  ["SELECT * FROM (DESCRIBE HISTORY d.s.{})"],
  ["SELECT * FROM (DESCRIBE DETAIL d.s.{})"],
  ["DESCRIBE d.s.{}"],
  ["DESCRIBE HISTORY d.s.{}"],
  ["DELETE FROM d.s.{}"],
])("%s does not tell a stranger whether there is such a table", async ([text = ""]) => {
  const there = await failed(text.replace("{}", "t"), "stranger");
  expect(there).toMatch(/^\[INSUFFICIENT_PERMISSIONS\] .*USE CATALOG on Catalog 'd'/);
  expect(await failed(text.replace("{}", "missing"), "stranger")).toBe(there);
});

test("what is wrong with a view's table is told by its owner's privileges", async () => {
  await sql("CREATE TABLE gone AS SELECT 1 AS id");
  await sql("CREATE VIEW over_gone AS SELECT * FROM gone");
  await sql("GRANT SELECT ON VIEW over_gone TO reader");
  await sql("DROP TABLE gone");
  expect(await failed("SELECT * FROM over_gone", "reader")).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\]/);
});
