import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

async function dataFile(table: string): Promise<string> {
  const [detail = []] = await sql(`DESCRIBE DETAIL ${table}`);
  const directory = fileURLToPath(detail[4] ?? "");
  const [name = ""] = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter(
    (f) => f.endsWith(".parquet") && !f.includes("_delta_log"),
  );
  return join(directory, name);
}

async function duck(text: string) {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const reader = await connection.runAndReadAll(text);
  connection.closeSync();
  return reader.getRows();
}

async function footer(file: string): Promise<readonly (readonly [string, string | null])[]> {
  const rows = await duck(`SELECT name, CAST(field_id AS VARCHAR) FROM parquet_schema('${file}') OFFSET 1`);
  return rows.map(([name, id]) => [String(name), id === null ? null : String(id)]);
}

const TYPE =
  "id INT, s STRUCT<a: INT, b: STRUCT<c: STRING>>, l ARRAY<STRUCT<x: INT>>, m MAP<STRING, STRUCT<y: INT, z: ARRAY<INT>>>";
const ROW =
  "1, named_struct('a', 2, 'b', named_struct('c', 'deep')), array(named_struct('x', 3), NULL), map('k', named_struct('y', 4, 'z', array(5, NULL)))";
const READ = [
  ["1", '{"a":2,"b":{"c":"deep"}}', '[{"x":3},null]', '{"k":{"y":4,"z":[5,null]}}'],
  ["2", null, "[]", null],
];

describe.each(["name", "id"])("nested columns of a table whose columns are mapped by %s", (mode) => {
  const t = `nested_${mode}`;
  test("are written under their physical names with their ids, and read back", async () => {
    await sql(`CREATE TABLE ${t} (${TYPE}) TBLPROPERTIES ('delta.columnMapping.mode' = '${mode}')`);
    await sql(`INSERT INTO ${t} SELECT ${ROW} UNION ALL SELECT 2, NULL, array(), NULL`);
    expect(await sql(`SELECT * FROM ${t} ORDER BY id`)).toEqual(READ);
    const fields = await footer(await dataFile(t));
    const mapped = fields.filter(([, id]) => id !== null);
    expect(mapped).toHaveLength(10);
    expect(new Set(mapped.map(([, id]) => id)).size).toBe(10);
    expect(mapped.map(([name]) => name).filter((name) => !name.startsWith("col-"))).toEqual([]);
  });

  test("keep their values through UPDATE, and are found by what is in them", async () => {
    await sql(`UPDATE ${t} SET id = 10 WHERE id = 1`);
    expect((await sql(`SELECT s.b.c, l[0].x, m['k'].z FROM ${t} WHERE id = 10`))[0]).toEqual([
      "deep",
      "3",
      "[5,null]",
    ]);
    expect(await sql(`SELECT id FROM ${t} WHERE s.a = 2`)).toEqual([["10"]]);
  });
});

test("columns mapped by id are found in files that call what is in them otherwise", async () => {
  await sql(
    "CREATE TABLE renamed (s STRUCT<a: INT, b: STRING>, l ARRAY<STRUCT<c: INT>>) TBLPROPERTIES ('delta.columnMapping.mode' = 'id')",
  );
  await sql("INSERT INTO renamed SELECT named_struct('a', 1, 'b', 'x'), array(named_struct('c', 2))");
  await sql("INSERT INTO renamed SELECT named_struct('a', 3, 'b', 'y'), array()");
  const file = await dataFile("renamed");
  const [s, a, , l, c] = (await footer(file)).flatMap(([, id]) => id ?? []);
  await duck(
    `COPY (SELECT {'b': 'not b', 'old a': 7} AS old, [{'old c': 8}, NULL] AS l) TO '${file}' (FORMAT parquet, FIELD_IDS {old: {__duckdb_field_id: ${s}, 'old a': ${a}, b: 999}, l: {__duckdb_field_id: ${l}, element: {'old c': ${c}}}})`,
  );
  const rows = await sql("SELECT * FROM renamed ORDER BY s.a");
  expect(rows[rows.length - 1]).toEqual(['{"a":7,"b":null}', '[{"c":8},null]']);
  expect(rows).toHaveLength(2);
});
