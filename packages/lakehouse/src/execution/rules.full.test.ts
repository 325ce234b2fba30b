import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

describe("NOT NULL inside a struct", () => {
  test("holds of rows that have the struct", async () => {
    await sql("CREATE TABLE nested (id INT, s STRUCT<a: INT NOT NULL, t: STRUCT<b: INT NOT NULL>>)");
    await sql("INSERT INTO nested VALUES (1, named_struct('a', 1, 't', NULL)), (2, NULL)");
    const missing = /^\[DELTA_NOT_NULL_CONSTRAINT_VIOLATED\] NOT NULL constraint violated for column: s\.a\./;
    expect(
      await failed("INSERT INTO nested VALUES (3, named_struct('a', CAST(NULL AS INT), 't', NULL))"),
    ).toMatch(missing);
    expect(
      await failed(
        "INSERT INTO nested VALUES (3, named_struct('a', 1, 't', named_struct('b', CAST(NULL AS INT))))",
      ),
    ).toMatch(/column: s\.t\.b\./);
    expect(
      await failed("UPDATE nested SET s = named_struct('a', CAST(NULL AS INT), 't', NULL) WHERE id = 1"),
    ).toMatch(missing);
    expect(await sql("SELECT id, s.a FROM nested ORDER BY id")).toEqual([
      ["1", "1"],
      ["2", null],
    ]);
  });

  test.each([
    ["ARRAY<STRUCT<a: INT NOT NULL>>", "element"],
    ["MAP<STRING, STRUCT<a: INT NOT NULL>>", "value"],
  ])("is refused within %s, where nobody holds it", async (type, nest) => {
    const message = new RegExp(`^\\[DELTA_NESTED_NOT_NULL_CONSTRAINT\\] The ${nest} type of the field c `);
    expect(await failed(`CREATE TABLE within (c ${type})`)).toMatch(message);
  });
});

describe("CHAR and VARCHAR", () => {
  test("are as long as they were declared, at any depth", async () => {
    await sql(
      "CREATE TABLE short (id INT, v VARCHAR(3), c CHAR(2), l ARRAY<VARCHAR(2)>, m MAP<VARCHAR(1), STRING>, s STRUCT<x: VARCHAR(1)>)",
    );
    await sql(
      "INSERT INTO short VALUES (1, 'äöü', 'ab', array('ab', NULL), map('k', 'long'), named_struct('x', 'x'))",
    );
    await sql("INSERT INTO short (id) VALUES (2)");
    const refused = (column: string, value: string) =>
      failed(`INSERT INTO short (${column}) VALUES (${value})`);
    expect(await refused("v", "'abcd'")).toBe(
      '[DELTA_EXCEED_CHAR_VARCHAR_LIMIT] Value "abcd" exceeds char/varchar type length limitation. Failed check: (isnull(v) OR (length(v) <= 3)). SQLSTATE: 22001',
    );
    for (const [column, value] of [
      ["c", "'abc'"],
      ["l", "array('a', 'abc')"],
      ["m", "map('kk', 'v')"],
      ["s", "named_struct('x', 'xx')"],
    ] as const)
      expect(await refused(column, value)).toMatch(/^\[DELTA_EXCEED_CHAR_VARCHAR_LIMIT\]/);
    expect(await failed("UPDATE short SET v = 'toolong' WHERE id = 1")).toMatch(
      /^\[DELTA_EXCEED_CHAR_VARCHAR_LIMIT\]/,
    );
    expect(await sql("SELECT count(*) FROM short")).toEqual([["2"]]);
  });

  test("are shown as they were declared, and made again so", async () => {
    await sql("CREATE TABLE shown (v VARCHAR(3), l ARRAY<CHAR(2)>, s STRING)");
    expect((await sql("DESCRIBE shown")).map(([name, type]) => [name, type])).toEqual([
      ["v", "varchar(3)"],
      ["l", "array<char(2)>"],
      ["s", "string"],
    ]);
    const [[text = ""] = []] = await sql("SHOW CREATE TABLE shown");
    await sql("DROP TABLE shown");
    await sql(text ?? "");
    expect(await failed("INSERT INTO shown VALUES ('long', NULL, '')")).toMatch(
      /^\[DELTA_EXCEED_CHAR_VARCHAR_LIMIT\]/,
    );
  });
});

test("a CHECK tells the values of the row it refuses", async () => {
  await sql("CREATE TABLE checked (a INT, b INT, c INT, CONSTRAINT positive CHECK (a + b > 0))");
  await expect(sql("INSERT INTO checked VALUES (1, -1, 5)")).rejects.toThrow(
    "CHECK constraint positive (a + b > 0) violated by row with values:\n - a : 1\n - b : -1",
  );
});

test("VARIANT is refused by name, as a type and as a feature", async () => {
  expect(await failed("CREATE TABLE variants (v VARIANT)")).toMatch(
    /^\[UNSUPPORTED_DATATYPE\] Unsupported data type "VARIANT"/,
  );
  expect(
    await failed("CREATE TABLE variants (a INT) TBLPROPERTIES ('delta.feature.variantType' = 'supported')"),
  ).toMatch(/^\[DELTA_UNSUPPORTED_FEATURES_FOR_WRITE\].*variantType/);
  expect(await sql("SHOW TABLES LIKE 'variants'")).toEqual([]);
});
