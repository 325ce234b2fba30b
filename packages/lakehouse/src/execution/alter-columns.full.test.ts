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

const NAMED = "TBLPROPERTIES ('delta.columnMapping.mode' = 'name')";
const WIDENING = "TBLPROPERTIES ('delta.enableTypeWidening' = 'true')";
const columns = async (table: string) =>
  (await sql(`DESCRIBE ${table}`)).map(([name, type]) => `${name} ${type}`);

describe("ALTER COLUMN TYPE", () => {
  test("widens columns, fields and elements, and reads the rows that are there", async () => {
    await sql(
      `CREATE TABLE wider (a TINYINT, f FLOAT, d DECIMAL(5,2), day DATE, s STRUCT<x: INT>, l ARRAY<INT>, p SMALLINT) PARTITIONED BY (p) ${WIDENING}`,
    );
    await sql(
      "INSERT INTO wider VALUES (1, 1.5, 1.25, DATE'2020-01-02', named_struct('x', 7), array(8, NULL), 9)",
    );
    for (const change of [
      "a TYPE BIGINT",
      "f TYPE DOUBLE",
      "d TYPE DECIMAL(10,4)",
      "day TYPE TIMESTAMP_NTZ",
      "s.x TYPE BIGINT",
      "l.element TYPE BIGINT",
      "p TYPE INT",
    ])
      await sql(`ALTER TABLE wider ALTER COLUMN ${change}`);
    await sql(
      "INSERT INTO wider VALUES (3000000000, 0.1, 123456.7891, TIMESTAMP_NTZ'2020-01-02 03:04:05', named_struct('x', 4000000000), array(5000000000), 70000)",
    );
    expect(await columns("wider")).toEqual(
      expect.arrayContaining([
        "a bigint",
        "f double",
        "d decimal(10,4)",
        "day timestamp_ntz",
        "s struct<x:bigint>",
        "l array<bigint>",
        "p int",
      ]),
    );
    expect(await sql("SELECT a, f, d, CAST(day AS STRING), s.x, l[0], p FROM wider ORDER BY a")).toEqual([
      ["1", "1.5", "1.2500", "2020-01-02 00:00:00", "7", "8", "9"],
      ["3000000000", "0.1", "123456.7891", "2020-01-02 03:04:05", "4000000000", "5000000000", "70000"],
    ]);
    expect(await sql("SELECT count(*) FROM wider WHERE a < 2 AND p = 9")).toEqual([["1"]]);
    expect(await sql("SELECT a FROM wider VERSION AS OF 1")).toEqual([["1"]]);
  });

  test.each([
    ["", "a TYPE BIGINT", /^\[DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP\].* `a` from int to bigint/],
    [WIDENING, "a TYPE SMALLINT", /^\[DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP\]/],
    [WIDENING, "a TYPE STRING", /^\[DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP\]/],
    [WIDENING, "s TYPE BIGINT", /^\[DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP\]/],
    [WIDENING, "checked TYPE BIGINT", /^\[DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE\]/],
    [WIDENING, "used TYPE BIGINT", /^\[DELTA_GENERATED_COLUMNS_DEPENDENT_COLUMN_CHANGE\]/],
    [WIDENING, "none TYPE BIGINT", /^\[UNRESOLVED_COLUMN/],
  ])("%s: %s is refused", async (properties, change, error) => {
    await sql(
      `CREATE OR REPLACE TABLE unchanged (a INT, s STRUCT<x: INT>, checked INT, used INT, made INT GENERATED ALWAYS AS (used + 1), CONSTRAINT c CHECK (checked > 0)) ${properties}`,
    );
    expect(await failed(`ALTER TABLE unchanged ALTER COLUMN ${change}`)).toMatch(error);
  });

  test("lets texts be longer, never shorter", async () => {
    await sql("CREATE TABLE texts (v VARCHAR(3))");
    await sql("ALTER TABLE texts ALTER COLUMN v TYPE VARCHAR(5)");
    expect(await columns("texts")).toEqual(["v varchar(5)"]);
    expect(await failed("ALTER TABLE texts ALTER COLUMN v TYPE VARCHAR(4)")).toMatch(
      /^\[DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP\].* from varchar\(5\) to varchar\(4\)/,
    );
    await sql("ALTER TABLE texts ALTER COLUMN v TYPE STRING");
    await sql("INSERT INTO texts VALUES ('as long as one likes')");
    expect(await columns("texts")).toEqual(["v string"]);
  });
});

describe("columns", () => {
  test("are added and moved to a place", async () => {
    await sql("CREATE TABLE placed (a INT, b STRING, s STRUCT<x: INT, y: INT>)");
    await sql("INSERT INTO placed VALUES (1, 'b', named_struct('x', 1, 'y', 2))");
    await sql("ALTER TABLE placed ADD COLUMNS (z INT FIRST, m INT AFTER a, s.w STRING AFTER x)");
    expect(await columns("placed")).toEqual([
      "z int",
      "a int",
      "m int",
      "b string",
      "s struct<x:int,w:string,y:int>",
    ]);
    await sql("ALTER TABLE placed ALTER COLUMN z AFTER b");
    await sql("ALTER TABLE placed ALTER COLUMN s.y FIRST");
    expect(await sql("SELECT * EXCEPT (s), s.x, s.w, s.y FROM placed")).toEqual([
      ["1", null, "b", null, "1", null, "2"],
    ]);
    expect(await columns("placed")).toEqual([
      "a int",
      "m int",
      "b string",
      "z int",
      "s struct<y:int,x:int,w:string>",
    ]);
    await sql("INSERT INTO placed VALUES (2, 20, 'c', 30, named_struct('y', 4, 'x', 5, 'w', 'six'))");
    expect(await sql("SELECT m, z, s.y, s.x, s.w FROM placed WHERE a = 2")).toEqual([
      ["20", "30", "4", "5", "six"],
    ]);
    expect(await failed("ALTER TABLE placed ADD COLUMN s.X INT")).toMatch(/^\[COLUMN_ALREADY_EXISTS\]/);
    expect(await failed("ALTER TABLE placed ADD COLUMN a.x INT")).toMatch(
      /^\[DELTA_ADD_COLUMN_PARENT_NOT_STRUCT\]/,
    );
    expect(await failed("ALTER TABLE placed ADD COLUMN n INT AFTER none")).toMatch(/^\[UNRESOLVED_COLUMN/);
    expect(await failed("ALTER TABLE placed ADD COLUMN n INT DEFAULT 1")).toMatch(
      /^\[WRONG_COLUMN_DEFAULTS_FOR_DELTA_ALTER_TABLE_ADD_COLUMN_NOT_SUPPORTED\]/,
    );
  });

  test("inside structs are renamed and dropped where they are mapped", async () => {
    await sql("CREATE TABLE inner_names (a INT, s STRUCT<x: INT, y: INT>, l ARRAY<STRUCT<q: INT, r: INT>>)");
    await sql(
      "INSERT INTO inner_names VALUES (1, named_struct('x', 1, 'y', 2), array(named_struct('q', 3, 'r', 4)))",
    );
    expect(await failed("ALTER TABLE inner_names RENAME COLUMN s.x TO z")).toMatch(
      /^\[DELTA_UNSUPPORTED_COLUMN_MAPPING_SCHEMA_CHANGE\]/,
    );
    await sql("ALTER TABLE inner_names SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    await sql("ALTER TABLE inner_names RENAME COLUMN s.x TO z");
    await sql("ALTER TABLE inner_names DROP COLUMNS (s.y, l.element.q)");
    expect(await columns("inner_names")).toEqual(["a int", "s struct<z:int>", "l array<struct<r:int>>"]);
    expect(await sql("SELECT s.z, l[0].r FROM inner_names")).toEqual([["1", "4"]]);
    await sql("ALTER TABLE inner_names DROP COLUMN IF EXISTS s.none");
    expect(await failed("ALTER TABLE inner_names DROP COLUMN s.z")).toMatch(
      /^\[DELTA_DROP_COLUMN_ON_SINGLE_FIELD_SCHEMA\]/,
    );
  });

  test("are followed by the list of those with statistics", async () => {
    await sql(
      "CREATE TABLE listed (a INT, `b c` INT, d INT) TBLPROPERTIES ('delta.columnMapping.mode' = 'name', 'delta.dataSkippingStatsColumns' = 'a,`b c`,d')",
    );
    await sql("ALTER TABLE listed RENAME COLUMN a TO `x y`");
    await sql("ALTER TABLE listed DROP COLUMN `b c`");
    expect(await sql("SHOW TBLPROPERTIES listed ('delta.dataSkippingStatsColumns')")).toEqual([
      ["delta.dataSkippingStatsColumns", "`x y`,d"],
    ]);
  });
});

describe("CLUSTER BY", () => {
  const clustering = (table: string) =>
    sql(`SELECT clusteringColumns FROM (DESCRIBE DETAIL ${table})`).then(([row]) => row?.[0]);

  test("names other columns, or none, and keeps those from being dropped", async () => {
    await sql(`CREATE TABLE gathered (a INT, b INT, c INT) CLUSTER BY (a) ${NAMED}`);
    await sql("ALTER TABLE gathered CLUSTER BY (b, c)");
    expect(await clustering("gathered")).toBe('["b","c"]');
    expect(await failed("ALTER TABLE gathered DROP COLUMN b")).toMatch(
      /^\[DELTA_UNSUPPORTED_DROP_CLUSTERING_COLUMN\]/,
    );
    await sql("ALTER TABLE gathered RENAME COLUMN b TO renamed");
    expect(await clustering("gathered")).toBe('["renamed","c"]');
    await sql("ALTER TABLE gathered CLUSTER BY NONE");
    expect(await clustering("gathered")).toBe("[]");
    await sql("ALTER TABLE gathered DROP COLUMN renamed");
    const [[operation, parameters] = []] = await sql(
      "SELECT operation, operationParameters FROM (DESCRIBE HISTORY gathered) WHERE version = 1",
    );
    expect([operation, JSON.parse(parameters ?? "")]).toEqual([
      "CLUSTER BY",
      { oldClusteringColumns: "a", newClusteringColumns: "b,c" },
    ]);
  });

  test("is refused for partitioned tables, unknown and too many columns", async () => {
    await sql("CREATE TABLE parted (a INT, p INT) PARTITIONED BY (p)");
    expect(await failed("ALTER TABLE parted CLUSTER BY (a)")).toMatch(
      /^\[DELTA_ALTER_TABLE_CLUSTER_BY_ON_PARTITIONED_TABLE_NOT_ALLOWED\]/,
    );
    await sql("CREATE TABLE many (a INT, b INT, c INT, d INT, e INT)");
    expect(await failed("ALTER TABLE many CLUSTER BY (f)")).toMatch(/^\[UNRESOLVED_COLUMN/);
    expect(await failed("ALTER TABLE many CLUSTER BY (a, b, c, d, e)")).toMatch(
      /^\[DELTA_CLUSTER_BY_INVALID_NUM_COLUMNS\]/,
    );
  });
});

describe("identity columns", () => {
  test.each([
    ["START WITH 1 INCREMENT BY 10", "(45), (7)", "61"],
    ["START WITH -1 INCREMENT BY -3", "(-8), (0)", "-13"],
  ])("%s go on after values that were given, once synced", async (options, given, next) => {
    await sql(
      `CREATE OR REPLACE TABLE numbered (id BIGINT GENERATED BY DEFAULT AS IDENTITY (${options}), a INT)`,
    );
    await sql(`INSERT INTO numbered (id) VALUES ${given}`);
    await sql("ALTER TABLE numbered ALTER COLUMN id SYNC IDENTITY");
    await sql("INSERT INTO numbered (a) VALUES (1)");
    expect(await sql("SELECT id FROM numbered WHERE a = 1")).toEqual([[next]]);
    expect(await failed("ALTER TABLE numbered ALTER COLUMN a SYNC IDENTITY")).toMatch(
      /^\[DELTA_IDENTITY_COLUMNS_ALTER_NON_IDENTITY_COLUMN\]/,
    );
  });

  test("end where BIGINT ends, and not before", async () => {
    await sql(
      "CREATE TABLE ending (id BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 9223372036854775806), a INT)",
    );
    await sql("INSERT INTO ending (a) VALUES (1), (2)");
    expect(await sql("SELECT max(id) FROM ending")).toEqual([["9223372036854775807"]]);
    expect(await failed("INSERT INTO ending (a) VALUES (3)")).toMatch(
      /^\[ARITHMETIC_OVERFLOW\] long overflow: the IDENTITY column id/,
    );
    expect(await sql("SELECT count(*) FROM ending")).toEqual([["2"]]);
  });
});
