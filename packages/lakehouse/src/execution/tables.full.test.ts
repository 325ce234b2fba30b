import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;

/** Rows of a statement, run as the owner or somebody else. */
async function sql(text: string, principal?: string) {
  const { rows } = await lakehouse
    .connect(principal)
    .statements.execute({ text, kind: "other", effect: "write", catalog: "d", schema: "s" });
  return rows;
}

/** Class and words of the error a statement ends with. */
async function failed(text: string, principal?: string) {
  const outcome = await sql(text, principal).then(
    () => "succeeded",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return outcome.split("\n").join(" ");
}

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d");
  await sql("CREATE SCHEMA s");
});
afterAll(() => lakehouse.close());

describe("a table", () => {
  test("gives back what was inserted, every type exactly", async () => {
    await sql(
      "CREATE TABLE types (l BIGINT, i INT, s SMALLINT, t TINYINT, n DECIMAL(38,10), f FLOAT, d DOUBLE, b BOOLEAN, x BINARY, day DATE, at TIMESTAMP, local TIMESTAMP_NTZ, a ARRAY<DECIMAL(5,2)>, m MAP<STRING, BIGINT>, r STRUCT<`a b`: INT, c: ARRAY<DATE>>)",
    );
    await sql(
      "INSERT INTO types VALUES (9223372036854775807, -2147483648, 1, -128, 1234567890123456789012345678.0123456789, 1.5, 1e-7, true, X'00FF', DATE '1969-12-31', TIMESTAMP '2021-01-01 10:00:00.123456', TIMESTAMP_NTZ '2021-01-01 10:00:00', array(1.25, NULL), map('k', 9007199254740993), named_struct('a b', 1, 'c', array(DATE '2020-01-01')))",
    );
    await sql("INSERT INTO types (l) VALUES (NULL)");
    expect(await sql("SELECT * FROM types ORDER BY l NULLS LAST")).toEqual([
      [
        "9223372036854775807",
        "-2147483648",
        "1",
        "-128",
        "1234567890123456789012345678.0123456789",
        "1.5",
        "1.0E-7",
        "true",
        "AP8=",
        "1969-12-31",
        "2021-01-01T10:00:00.123456Z",
        "2021-01-01T10:00:00.000",
        "[1.25,null]",
        '{"k":9007199254740993}',
        '{"a b":1,"c":["2020-01-01"]}',
      ],
      Array.from({ length: 15 }, () => null),
    ]);
  });

  test("takes a column list, BY NAME, defaults and OVERWRITE, and says how many rows", async () => {
    await sql("CREATE TABLE fill (id INT, name STRING DEFAULT 'none', at DATE)");
    expect(await sql("INSERT INTO fill (id) VALUES (1), (2)")).toEqual([["2", "2"]]);
    await sql("INSERT INTO fill BY NAME SELECT 'x' AS name, 3 AS id");
    expect(await sql("SELECT id, name, at FROM fill ORDER BY id")).toEqual([
      ["1", "none", null],
      ["2", "none", null],
      ["3", "x", null],
    ]);
    await sql("INSERT OVERWRITE fill VALUES (9, 'only', '2020-01-01')");
    expect(await sql("SELECT * FROM fill")).toEqual([["9", "only", "2020-01-01"]]);
    expect(await failed("INSERT INTO fill VALUES (1)")).toMatch(
      /^\[INSERT_COLUMN_ARITY_MISMATCH\.NOT_ENOUGH_DATA_COLUMNS\]/,
    );
    expect(await failed("INSERT INTO fill (id, id) VALUES (1, 2)")).toMatch(/^\[DUPLICATE_ASSIGNMENTS\]/);
    expect(await failed("INSERT INTO fill (id) VALUES ('x')")).toMatch(
      /^\[CAST_INVALID_INPUT\] The value 'x' of the type "STRING" cannot be cast to "INT"/,
    );
  });

  test("enforces NOT NULL and CHECK, on rows to come and on rows that are there", async () => {
    await sql(
      "CREATE TABLE strict (id INT NOT NULL, price DECIMAL(5,2), CONSTRAINT positive CHECK (price > 0))",
    );
    await sql("INSERT INTO strict VALUES (1, 2)");
    expect(await failed("INSERT INTO strict VALUES (NULL, 1)")).toMatch(
      /^\[DELTA_NOT_NULL_CONSTRAINT_VIOLATED\].* id\./,
    );
    expect(await failed("INSERT INTO strict VALUES (2, -1)")).toMatch(
      /^\[DELTA_VIOLATE_CONSTRAINT_WITH_VALUES\] CHECK constraint positive \(price > 0\)/,
    );
    expect(await failed("INSERT INTO strict VALUES (2, NULL)")).toMatch(
      /^\[DELTA_VIOLATE_CONSTRAINT_WITH_VALUES\]/,
    );
    expect(await failed("UPDATE strict SET price = 0")).toMatch(/^\[DELTA_VIOLATE_CONSTRAINT_WITH_VALUES\]/);
    expect(await failed("ALTER TABLE strict ADD CONSTRAINT large CHECK (price > 100)")).toMatch(
      /^\[DELTA_NEW_CHECK_CONSTRAINT_VIOLATION\]/,
    );
    await sql("ALTER TABLE strict DROP CONSTRAINT positive");
    expect(await sql("UPDATE strict SET price = 0")).toEqual([["1"]]);
  });

  test("is partitioned by values of any text, and found again by them", async () => {
    await sql("CREATE TABLE parts (id INT, p STRING, q DATE) PARTITIONED BY (p, q)");
    await sql(
      "INSERT INTO parts VALUES (1, 'a/b c%=é🙂', DATE '2020-01-01'), (2, NULL, NULL), (3, 'x', DATE '2020-01-02'), (4, 'x', DATE '2020-01-02')",
    );
    expect(await sql("SELECT p, q, count(*) FROM parts GROUP BY p, q ORDER BY p")).toEqual([
      [null, null, "1"],
      ["a/b c%=é🙂", "2020-01-01", "1"],
      ["x", "2020-01-02", "2"],
    ]);
    expect(await sql("UPDATE parts SET p = 'y' WHERE id = 3")).toEqual([["1"]]);
    expect(await sql("DELETE FROM parts WHERE p IS NULL OR id = 4")).toEqual([["2"]]);
    expect(await sql("SELECT * FROM parts ORDER BY id")).toEqual([
      ["1", "a/b c%=é🙂", "2020-01-01"],
      ["3", "y", "2020-01-02"],
    ]);
  });

  test("is partitioned by bytes as far as they are text", async () => {
    await sql("CREATE TABLE bytes (id INT, p BINARY) PARTITIONED BY (p)");
    await sql("INSERT INTO bytes VALUES (1, X'41C3A9'), (2, X'0001'), (3, NULL)");
    expect(await sql("SELECT id, hex(p) FROM bytes ORDER BY id")).toEqual([
      ["1", "41C3A9"],
      ["2", "0001"],
      ["3", null],
    ]);
    expect(await failed("INSERT INTO bytes VALUES (4, X'00FF')")).toMatch(
      /^\[UNSUPPORTED_FEATURE\] .*bytes 00FF as a partition value/,
    );
  });

  test("keeps its versions", async () => {
    await sql("CREATE TABLE versions AS SELECT 1 AS id");
    await sql("INSERT INTO versions VALUES (2)");
    await sql("DELETE FROM versions");
    expect(await sql("SELECT count(*) FROM versions")).toEqual([["0"]]);
    expect(await sql("SELECT id FROM versions VERSION AS OF 1 ORDER BY 1")).toEqual([["1"], ["2"]]);
    expect(
      await sql("SELECT operation FROM (DESCRIBE HISTORY versions) WHERE version > 0 ORDER BY version"),
    ).toEqual([["WRITE"], ["DELETE"]]);
    expect(await failed("SELECT * FROM versions VERSION AS OF 9")).toMatch(/^\[DELTA_VERSION_NOT_FOUND\]/);
    expect(await failed("SELECT * FROM versions TIMESTAMP AS OF '2001-01-01'")).toMatch(
      /^\[DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION\]/,
    );
  });

  test("is replaced in place: same id, tags and grants, one more version", async () => {
    await sql("CREATE TABLE again (id INT) COMMENT 'first'");
    await sql("ALTER TABLE again SET TAGS ('k' = 'v')");
    await sql("GRANT SELECT ON TABLE again TO reader");
    await sql("CREATE OR REPLACE TABLE again AS SELECT 'x' AS name");
    expect(await sql("SELECT * FROM again")).toEqual([["x"]]);
    expect(await sql("SELECT max(version) FROM (DESCRIBE HISTORY again)")).toEqual([["1"]]);
    expect(
      await sql("SELECT tag_value FROM information_schema.table_tags WHERE table_name = 'again'"),
    ).toEqual([["v"]]);
    expect(await sql("SHOW GRANTS ON TABLE again")).toEqual([["reader", "SELECT", "TABLE", "d.s.again"]]);
  });

  test("over a directory of parquet files is read as declared; an empty directory is an empty table", async () => {
    await sql("CREATE TABLE pq (id INT, name STRING) USING PARQUET LOCATION 's3://your-bucket/pq/'");
    expect(await sql("SELECT count(*) FROM pq")).toEqual([["0"]]);
    expect(await failed("INSERT INTO pq VALUES (1, 'a')")).toMatch(/does not support INSERT/);
    expect(await failed("CREATE TABLE elsewhere (id INT) LOCATION '/etc/x'")).toMatch(
      /^\[INVALID_PARAMETER_VALUE\.LOCATION_NOT_ALLOWED\]/,
    );
  });

  test("is not made twice, nor with a bad name or a missing parent", async () => {
    await sql("CREATE TABLE once (id INT)");
    await sql("CREATE TABLE IF NOT EXISTS once (other INT)");
    expect(await failed("CREATE TABLE once (id INT)")).toMatch(
      /^\[TABLE_OR_VIEW_ALREADY_EXISTS\] Cannot create table or view `d`\.`s`\.`once`/,
    );
    expect(await failed("CREATE TABLE `a.b` (id INT)")).toMatch(/^\[INVALID_PARAMETER_VALUE\]/);
    expect(await failed("CREATE TABLE nope.t (id INT)")).toMatch(
      /^\[SCHEMA_NOT_FOUND\] The schema `d`\.`nope`/,
    );
    expect(await failed("CREATE TABLE nope.s.t (id INT)")).toMatch(
      /^\[NO_SUCH_CATALOG_EXCEPTION\] Catalog 'nope'/,
    );
    expect(await failed("DROP TABLE nope")).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\]/);
    await sql("DROP TABLE IF EXISTS nope");
  });

  test("keeps names with quotes and emoji apart from the SQL around them", async () => {
    await sql("CREATE TABLE `wei\"rd``🙂'` (`a\"b` INT COMMENT 'it\\'s')");
    await sql("INSERT INTO `wei\"rd``🙂'` VALUES (1)");
    expect(await sql('SELECT `a"b` FROM `wei"rd``🙂\'`')).toEqual([["1"]]);
    expect(await sql("SELECT comment FROM information_schema.columns WHERE column_name = 'a\"b'")).toEqual([
      ["it's"],
    ]);
  });
});

describe("a damaged table", () => {
  const directoryOf = async (table: string) => {
    const [row = []] = await sql(`DESCRIBE DETAIL ${table}`);
    return (row[4] ?? "").replace("file://", "");
  };
  const dataFile = (directory: string) =>
    join(directory, readdirSync(directory).find((name) => name.endsWith(".parquet")) ?? "");

  test("fails by the file's name, and alone", async () => {
    await sql("CREATE TABLE vanished AS SELECT 1 AS id");
    rmSync(dataFile(await directoryOf("vanished")));
    expect(await failed("SELECT * FROM vanished")).toMatch(
      /^\[FAILED_READ_FILE\.FILE_NOT_EXIST\] Error while reading file .*part-00000/,
    );
    await sql("CREATE TABLE garbled AS SELECT 1 AS id");
    writeFileSync(dataFile(await directoryOf("garbled")), "this is no parquet file, however long it may be");
    expect(await failed("SELECT * FROM garbled")).toMatch(
      /^\[FAILED_READ_FILE\.NO_HINT\] .*no readable parquet file/,
    );
    await sql("CREATE TABLE broken (id INT)");
    const log = join(await directoryOf("broken"), "_delta_log");
    rmSync(log, { recursive: true });
    expect(await failed("SELECT * FROM broken")).toMatch(
      /^\[DELTA_TABLE_NOT_FOUND\] Delta table `d`\.`s`\.`broken`/,
    );
    expect(
      await sql("SELECT column_name FROM information_schema.columns WHERE table_name = 'vanished'"),
    ).toEqual([["id"]]);
    expect(await sql("SELECT table_name FROM information_schema.tables WHERE table_name = 'broken'")).toEqual(
      [["broken"]],
    );
  });
});

describe("a clone", () => {
  const clone = (text: string) => sql(text).then((rows) => rows[0]?.map(Number));

  test("copies what is new, removes what is gone, and counts", async () => {
    await sql(
      "CREATE TABLE source (id INT, name STRING COMMENT 'kept') COMMENT 'not kept' TBLPROPERTIES ('team' = 'x')",
    );
    await sql("INSERT INTO source VALUES (1, 'a')");
    const [size = 0, ...first] = (await clone("CREATE TABLE target DEEP CLONE source")) ?? [];
    expect(first).toEqual([1, 0, 1, 0, size]);
    await sql("ALTER TABLE target SET TAGS ('k' = 'v')");
    await sql("INSERT INTO source VALUES (2, 'b')");
    expect(
      (
        await clone("CREATE OR REPLACE TABLE target CLONE source TBLPROPERTIES ('clxs.clone' = 'stamp')")
      )?.slice(1, 4),
    ).toEqual([2, 0, 1]);
    expect(await sql("SELECT * FROM target ORDER BY id")).toEqual([
      ["1", "a"],
      ["2", "b"],
    ]);
    expect(
      await sql("SELECT key, value FROM (VALUES (1)) CROSS JOIN (SELECT 'team' AS key, 'x' AS value)"),
    ).toEqual([["team", "x"]]);
    const properties = await sql("SHOW TBLPROPERTIES target");
    expect(properties).toContainEqual(["team", "x"]);
    expect(properties).toContainEqual(["clxs.clone", "stamp"]);
    expect(
      await sql(
        "SELECT comment FROM information_schema.columns WHERE table_name = 'target' AND column_name = 'name'",
      ),
    ).toEqual([["kept"]]);
    expect(await sql("SELECT comment FROM information_schema.tables WHERE table_name = 'target'")).toEqual([
      [null],
    ]);
    expect(
      await sql("SELECT tag_value FROM information_schema.table_tags WHERE table_name = 'target'"),
    ).toEqual([["v"]]);
    expect(
      await sql(
        "SELECT operation, operationParameters['sourceVersion'] FROM (DESCRIBE HISTORY target LIMIT 1)",
      ),
    ).toEqual([["CLONE", "2"]]);
  });

  test("takes the version it is told", async () => {
    await sql("CREATE TABLE past AS SELECT 1 AS id");
    await sql("INSERT INTO past VALUES (2)");
    await sql("CREATE TABLE then_ DEEP CLONE past VERSION AS OF 0");
    expect(await sql("SELECT * FROM then_")).toEqual([["1"]]);
    expect(await sql("CREATE TABLE IF NOT EXISTS then_ DEEP CLONE past")).toEqual([]);
    expect(await failed("CREATE TABLE then_ DEEP CLONE past")).toMatch(/^\[TABLE_OR_VIEW_ALREADY_EXISTS\]/);
    expect(await failed("REPLACE TABLE missing DEEP CLONE past")).toMatch(
      /cannot be replaced as it does not exist/,
    );
    expect(await failed("CREATE TABLE x DEEP CLONE nowhere")).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\]/);
  });

  test("that is shallow holds no files, does not nest, and is never put over a table", async () => {
    await sql("CREATE TABLE base AS SELECT id FROM range(3)");
    expect((await clone("CREATE TABLE thin SHALLOW CLONE base"))?.slice(1)).toEqual([1, 0, 0, 0, 0]);
    await sql("INSERT INTO thin VALUES (7)");
    expect(await sql("SELECT sum(id) FROM thin")).toEqual([["10"]]);
    expect(await sql("SELECT sum(id) FROM base")).toEqual([["3"]]);
    expect(await sql("SELECT table_type FROM information_schema.tables WHERE table_name = 'thin'")).toEqual([
      ["MANAGED_SHALLOW_CLONE"],
    ]);
    expect(await failed("CREATE TABLE thinner SHALLOW CLONE thin")).toMatch(
      /^\[CANNOT_SHALLOW_CLONE_NESTED\]/,
    );
    expect(await failed("CREATE OR REPLACE TABLE thin SHALLOW CLONE base")).toMatch(
      /^\[CANNOT_SHALLOW_CLONE_REPLACE_EXISTING\]/,
    );
    expect(await failed("CREATE OR REPLACE TABLE thin DEEP CLONE base")).toMatch(
      /^\[INVALID_PARAMETER_VALUE\.UPDATE_TABLE_TYPE\]/,
    );
    expect(await failed("DROP TABLE base")).toMatch(
      /^\[CANNOT_DROP_BASE_TABLE_OF_SHALLOW_CLONE\] .*its shallow clone `d`\.`s`\.`thin`/,
    );
    await sql("DROP TABLE thin");
    expect(await sql("SELECT count(*) FROM base")).toEqual([["3"]]);
    await sql("DROP TABLE base");
  });

  test("of a parquet directory is a Delta table", async () => {
    await sql("CREATE TABLE lists (id INT) USING PARQUET LOCATION 's3://your-bucket/lists/'");
    await sql("CREATE TABLE from_parquet DEEP CLONE lists");
    expect(await sql("DESCRIBE FORMATTED from_parquet")).toContainEqual(["Provider", "delta", ""]);
    expect(
      await sql("SELECT operationParameters['sourceVersion'] FROM (DESCRIBE HISTORY from_parquet)"),
    ).toEqual([["-1"]]);
  });

  test("of a view or a masked table is refused", async () => {
    await sql("CREATE VIEW looks AS SELECT 1 AS id");
    expect(await failed("CREATE TABLE copied DEEP CLONE looks")).toMatch(
      /^\[DELTA_CLONE_UNSUPPORTED_SOURCE\] Unsupported clone source 'd\.s\.looks', whose format is View/,
    );
    await sql("CREATE TABLE secret AS SELECT 'x' AS name");
    await sql("CREATE FUNCTION hide(v STRING) RETURN '***'");
    await sql("ALTER TABLE secret ALTER COLUMN name SET MASK hide");
    expect(await failed("CREATE TABLE copied DEEP CLONE secret")).toMatch(/row filters or column masks/);
    expect(await failed("SELECT * FROM secret VERSION AS OF 0")).toMatch(/row filters or column masks/);
    expect(await sql("SELECT * FROM secret")).toEqual([["***"]]);
    expect(await failed("DROP FUNCTION hide")).toMatch(/uses it/);
    await sql("ALTER TABLE secret ALTER COLUMN name DROP MASK");
    expect(await sql("SELECT * FROM secret")).toEqual([["x"]]);
  });
});
