import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import { sqlSession } from "../testing/sql-session.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
let made = 0;
const { sql, failed } = sqlSession(() => lakehouse, { catalog: "d", schema: "s" });

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d");
  await sql("CREATE SCHEMA s");
});
afterAll(() => lakehouse.close());

/** A fresh table of two rows. */
async function people(more = ""): Promise<string> {
  const name = `people${++made}`;
  await sql(`CREATE TABLE ${name} (id INT, name STRING) ${more}`);
  await sql(`INSERT INTO ${name} VALUES (1, 'a'), (2, 'b')`);
  return name;
}
const columns = async (table: string) =>
  (await sql(`DESCRIBE ${table}`)).map(([name, type]) => `${name} ${type}`);

const SHAPES = [
  ["plain", ""],
  ["mapped", "TBLPROPERTIES ('delta.columnMapping.mode' = 'name')"],
  ["with deletion vectors", "TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')"],
  ["with a change feed", "TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')"],
] as const;

describe("MERGE WITH SCHEMA EVOLUTION", () => {
  test.each(SHAPES)("brings the columns of the source by *, %s", async (_, more) => {
    const table = await people(more);
    await sql(
      `MERGE WITH SCHEMA EVOLUTION INTO ${table} t USING (SELECT 2 AS id, 'B' AS name, 20 AS age UNION ALL SELECT 3, 'C', 30) s
       ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
    );
    expect(await columns(table)).toEqual(["id int", "name string", "age int"]);
    expect(await sql(`SELECT * FROM ${table} ORDER BY id`)).toEqual([
      ["1", "a", null],
      ["2", "B", "20"],
      ["3", "C", "30"],
    ]);
    await sql(`INSERT INTO ${table} VALUES (4, 'd', 40)`);
    await sql(`UPDATE ${table} SET age = 10 WHERE id = 1`);
    expect(await sql(`SELECT sum(age) FROM ${table}`)).toEqual([["100"]]);
    expect(await sql(`SELECT * FROM ${table} VERSION AS OF 1 ORDER BY id`)).toEqual([
      ["1", "a"],
      ["2", "b"],
    ]);
  });

  test("leaves alone the columns that the source lacks, and gives inserted rows none", async () => {
    const table = await people();
    await sql(
      `MERGE WITH SCHEMA EVOLUTION INTO ${table} t USING (SELECT 2 AS id, true AS seen UNION ALL SELECT 3, false) s
       ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
    );
    expect(await sql(`SELECT * FROM ${table} ORDER BY id`)).toEqual([
      ["1", "a", null],
      ["2", "b", "true"],
      ["3", null, "false"],
    ]);
  });

  test("brings of single columns those that a clause names, and no others", async () => {
    const table = await people();
    const source = "(SELECT 2 AS id, 20 AS age, 'x' AS other) s";
    await sql(
      `MERGE WITH SCHEMA EVOLUTION INTO ${table} t USING ${source} ON t.id = s.id WHEN MATCHED THEN UPDATE SET t.age = s.age + 1`,
    );
    expect(await columns(table)).toEqual(["id int", "name string", "age int"]);
    expect(await sql(`SELECT id, age FROM ${table} ORDER BY id`)).toEqual([
      ["1", null],
      ["2", "21"],
    ]);
    expect(
      await failed(
        `MERGE WITH SCHEMA EVOLUTION INTO ${table} t USING ${source} ON t.id = s.id WHEN MATCHED THEN UPDATE SET nowhere = 1`,
      ),
    ).toMatch(/^\[UNRESOLVED_COLUMN/);
    expect(
      await failed(
        `MERGE INTO ${table} t USING ${source} ON t.id = s.id WHEN MATCHED THEN UPDATE SET other = s.other`,
      ),
    ).toMatch(/^\[UNRESOLVED_COLUMN/);
  });

  test("changes the columns even where no row changes", async () => {
    const table = await people();
    await sql(
      `MERGE WITH SCHEMA EVOLUTION INTO ${table} t USING (SELECT 9 AS id, 1 AS more) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET *`,
    );
    expect(await columns(table)).toEqual(["id int", "name string", "more int"]);
    expect(await sql(`SELECT operation FROM (DESCRIBE HISTORY ${table} LIMIT 1)`)).toEqual([["MERGE"]]);
    expect(await sql(`SELECT count(*) FROM ${table}`)).toEqual([["2"]]);
  });

  test("brings fields of structs, also within lists, and keeps those that the source lacks", async () => {
    await sql("CREATE TABLE deep (id INT, s STRUCT<a: INT, b: INT>, l ARRAY<STRUCT<x: INT>>)");
    await sql(
      "INSERT INTO deep VALUES (1, named_struct('a', 1, 'b', 2), array(named_struct('x', 1))), (2, NULL, NULL)",
    );
    await sql(
      `MERGE WITH SCHEMA EVOLUTION INTO deep t
       USING (SELECT 1 AS id, named_struct('c', 30, 'a', 10) AS s, array(named_struct('y', 'q', 'x', 5)) AS l) s
       ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
    );
    expect(await columns("deep")).toEqual([
      "id int",
      "s struct<a:int,b:int,c:int>",
      "l array<struct<x:int,y:string>>",
    ]);
    expect(await sql("SELECT id, s.a, s.b, s.c, l[0].x, l[0].y, s IS NULL FROM deep ORDER BY id")).toEqual([
      ["1", "10", "2", "30", "5", "q", "false"],
      ["2", null, null, null, null, null, "true"],
    ]);
  });
});

describe("INSERT WITH SCHEMA EVOLUTION", () => {
  test.each(SHAPES)("brings columns by name, %s", async (_, more) => {
    const table = await people(more);
    await sql(`INSERT WITH SCHEMA EVOLUTION INTO ${table} BY NAME SELECT 1.5 AS score, 3 AS id`);
    expect(await columns(table)).toEqual(["id int", "name string", "score decimal(2,1)"]);
    expect(await sql(`SELECT * FROM ${table} ORDER BY id`)).toEqual([
      ["1", "a", null],
      ["2", "b", null],
      ["3", null, "1.5"],
    ]);
  });

  test("brings columns by place, past those of the table, and replaces rows where it overwrites", async () => {
    const table = await people("CLUSTER BY (id)");
    await sql(`INSERT WITH SCHEMA EVOLUTION OVERWRITE ${table} SELECT 7, 'x', true AS seen`);
    expect(await sql(`SELECT id, name, seen FROM ${table}`)).toEqual([["7", "x", "true"]]);
    expect(await sql(`SELECT clusteringColumns FROM (DESCRIBE DETAIL ${table})`)).toEqual([['["id"]']]);
    expect(await failed(`INSERT INTO ${table} SELECT 7, 'x', true, 1`)).toMatch(
      /^\[INSERT_COLUMN_ARITY_MISMATCH/,
    );
  });

  test("widens columns where that is switched on, and casts where it is not", async () => {
    const plain = await people();
    expect(await failed(`INSERT WITH SCHEMA EVOLUTION INTO ${plain} SELECT 3000000000, 'x'`)).toMatch(
      /^\[CAST_OVERFLOW/,
    );
    const table = await people("TBLPROPERTIES ('delta.enableTypeWidening' = 'true')");
    await sql(`INSERT WITH SCHEMA EVOLUTION INTO ${table} SELECT 3000000000, 'x'`);
    expect(await columns(table)).toEqual(["id bigint", "name string"]);
    expect(await sql(`SELECT id FROM ${table} ORDER BY id`)).toEqual([["1"], ["2"], ["3000000000"]]);
  });
});
