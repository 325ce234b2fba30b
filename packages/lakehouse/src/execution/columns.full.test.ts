import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;

async function sql(text: string, principal?: string) {
  const { rows } = await lakehouse
    .connect(principal)
    .statements.execute({ text, kind: "other", effect: "write", catalog: "d", schema: "s" });
  return rows;
}

async function failed(text: string): Promise<string> {
  return sql(text).then(
    () => "succeeded",
    (error: unknown) => (error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)),
  );
}

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d");
  await sql("CREATE SCHEMA s");
});
afterAll(() => lakehouse.close());

const NAMED = "TBLPROPERTIES ('delta.columnMapping.mode' = 'name')";

describe("pitfall 20: columns of any name", () => {
  test("are written, read, changed and cloned where they are mapped", async () => {
    await sql(
      `CREATE TABLE odd (\`p 1\` STRING, \`a,b;{}()=\` INT, \`c\`\`d\` INT) PARTITIONED BY (\`p 1\`) ${NAMED}`,
    );
    await sql("INSERT INTO odd VALUES ('a/b', 1, 2), (NULL, 3, 4)");
    await sql("UPDATE odd SET `a,b;{}()=` = 5 WHERE `p 1` = 'a/b'");
    await sql("CREATE TABLE copy DEEP CLONE odd");
    await sql("DELETE FROM odd WHERE `p 1` IS NULL");
    expect(await sql("SELECT * FROM odd")).toEqual([["a/b", "5", "2"]]);
    expect(await sql("SELECT `c``d`, `a,b;{}()=` FROM copy ORDER BY 1")).toEqual([
      ["2", "5"],
      ["4", "3"],
    ]);
  });

  test("are refused where the files would have to carry them", async () => {
    expect(await failed("CREATE TABLE plain (`a b` INT)")).toMatch(
      /^\[DELTA_INVALID_CHARACTERS_IN_COLUMN_NAMES\]/,
    );
    await sql("CREATE TABLE plain (a INT)");
    expect(await failed("ALTER TABLE plain ADD COLUMN `a b` INT")).toMatch(
      /^\[DELTA_INVALID_CHARACTERS_IN_COLUMN_NAMES\]/,
    );
    expect(await failed("ALTER TABLE plain RENAME COLUMN a TO c")).toMatch(
      /^\[DELTA_UNSUPPORTED_COLUMN_MAPPING_SCHEMA_CHANGE\]/,
    );
  });
});

describe("mapped columns", () => {
  test("are renamed with all that hangs on them, and keep their rows", async () => {
    await sql("CREATE TABLE named (id BIGINT NOT NULL, who STRING, city STRING)");
    await sql("INSERT INTO named VALUES (1, 'x', 'y')");
    await sql("ALTER TABLE named SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    await sql("CREATE FUNCTION hide(x STRING) RETURNS STRING RETURN '-'");
    await sql("ALTER TABLE named ALTER COLUMN who SET MASK hide");
    await sql("ALTER TABLE named ALTER COLUMN who SET TAGS ('pii' = 'yes')");
    await sql("ALTER TABLE named ADD CONSTRAINT pk PRIMARY KEY (id)");
    await sql("ALTER TABLE named RENAME COLUMN who TO `full name`");
    await sql("ALTER TABLE named RENAME COLUMN id TO key");
    expect(await sql("SELECT key, `full name`, city FROM named")).toEqual([["1", "-", "y"]]);
    expect(
      await sql(
        "SELECT column_name, tag_name FROM information_schema.column_tags WHERE table_name = 'named'",
      ),
    ).toEqual([["full name", "pii"]]);
    expect(
      await sql("SELECT column_name FROM information_schema.key_column_usage WHERE table_name = 'named'"),
    ).toEqual([["key"]]);
    expect(await failed("ALTER TABLE named RENAME COLUMN city TO KEY")).toMatch(/^\[COLUMN_ALREADY_EXISTS\]/);
  });

  test("are dropped, and another of the same name begins empty", async () => {
    await sql(`CREATE TABLE dropping (a INT, b STRING) ${NAMED}`);
    await sql("INSERT INTO dropping VALUES (1, 'old')");
    await sql("ALTER TABLE dropping DROP COLUMN b");
    await sql("ALTER TABLE dropping ADD COLUMN b STRING");
    expect(await sql("SELECT a, b FROM dropping")).toEqual([["1", null]]);
    await sql("ALTER TABLE dropping DROP COLUMNS IF EXISTS (b, none)");
    expect(await failed("ALTER TABLE dropping DROP COLUMN a")).toMatch(
      /^\[DELTA_DROP_COLUMN_ON_SINGLE_FIELD_SCHEMA\]/,
    );
  });

  test.each([
    ["DROP COLUMN p", /^\[DELTA_UNSUPPORTED_DROP_PARTITION_COLUMN\]/],
    ["DROP COLUMN checked", /^\[DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE\]/],
    ["RENAME COLUMN checked TO c", /^\[DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE\]/],
    ["DROP COLUMN none", /^\[UNRESOLVED_COLUMN/],
    [
      "SET TBLPROPERTIES ('delta.columnMapping.mode' = 'none')",
      /^\[DELTA_UNSUPPORTED_COLUMN_MAPPING_MODE_CHANGE\]/,
    ],
  ])("%s is refused where something needs the column", async (action, error) => {
    await sql(`CREATE TABLE IF NOT EXISTS needed (p STRING, checked INT, x INT) PARTITIONED BY (p) ${NAMED}`);
    await sql("ALTER TABLE needed DROP CONSTRAINT IF EXISTS positive");
    await sql("ALTER TABLE needed ADD CONSTRAINT positive CHECK (checked > 0)");
    expect(await failed(`ALTER TABLE needed ${action}`)).toMatch(error);
  });

  test("never get the id of an earlier one, also by replacing the table", async () => {
    await sql(`CREATE TABLE replaced (a INT, b INT) ${NAMED}`);
    await sql(`CREATE OR REPLACE TABLE replaced (a INT, b INT) ${NAMED}`);
    expect(await sql("SHOW TBLPROPERTIES replaced ('delta.columnMapping.maxColumnId')")).toEqual([
      ["delta.columnMapping.maxColumnId", "4"],
    ]);
  });

  test("cluster a table by the names its files know, and show the ones users know", async () => {
    await sql(`CREATE TABLE clustered (\`a b\` INT, c INT) CLUSTER BY (\`a b\`) ${NAMED}`);
    expect(await sql("SELECT clusteringColumns[0] AS first FROM (DESCRIBE DETAIL clustered)")).toEqual([
      ["`a b`"],
    ]);
  });
});

test("a default is for the rows that come, where the table takes defaults", async () => {
  await sql("CREATE TABLE defaulted (a INT, b STRING)");
  expect(await failed("ALTER TABLE defaulted ALTER COLUMN b SET DEFAULT 'q'")).toMatch(
    /^\[WRONG_COLUMN_DEFAULTS_FOR_DELTA_FEATURE_NOT_ENABLED\]/,
  );
  await sql("ALTER TABLE defaulted SET TBLPROPERTIES ('delta.feature.allowColumnDefaults' = 'supported')");
  await sql("INSERT INTO defaulted (a) VALUES (1)");
  await sql("ALTER TABLE defaulted ALTER COLUMN b SET DEFAULT concat('q', 1)");
  await sql("INSERT INTO defaulted (a) VALUES (2)");
  await sql("ALTER TABLE defaulted ALTER COLUMN b DROP DEFAULT");
  await sql("INSERT INTO defaulted (a) VALUES (3)");
  expect(await sql("SELECT a, b FROM defaulted ORDER BY a")).toEqual([
    ["1", null],
    ["2", "q1"],
    ["3", null],
  ]);
});

test("CREATE TABLE LIKE takes everything over but the rows", async () => {
  await sql(
    `CREATE TABLE model (\`a b\` INT NOT NULL COMMENT 'x', p STRING) PARTITIONED BY (p) COMMENT 'old' ${NAMED}`,
  );
  await sql("ALTER TABLE model ADD CONSTRAINT positive CHECK (`a b` > 0)");
  await sql("INSERT INTO model VALUES (1, 'x')");
  await sql("CREATE TABLE made LIKE model TBLPROPERTIES ('k' = 'v')");
  expect(await sql("SELECT * FROM made")).toEqual([]);
  expect(await failed("INSERT INTO made VALUES (0, 'x')")).toMatch(/CHECK constraint positive/);
  await sql("INSERT INTO made VALUES (2, 'y')");
  expect(await sql("SELECT `a b`, p FROM made")).toEqual([["2", "y"]]);
  expect(
    await sql("SELECT description, partitionColumns, properties['k'] AS k FROM (DESCRIBE DETAIL made)"),
  ).toEqual([["old", '["p"]', "v"]]);
  expect(await failed("CREATE TABLE other LIKE model AS SELECT 1 AS one")).toMatch(/LIKE with columns/);
});

test("DESCRIBE DETAIL is a relation too", async () => {
  await sql("CREATE TABLE sized (a INT, b INT) PARTITIONED BY (a)");
  await sql("INSERT INTO sized VALUES (1, 1), (2, 2)");
  const [[, , files, partitions, mode] = []] = await sql(
    "SELECT 'k' AS source_key, format, numFiles, partitionColumns, properties['delta.enableInCommitTimestamps'] AS m FROM (DESCRIBE DETAIL sized) AS x WHERE sizeInBytes > 0",
  );
  expect([files, partitions, mode]).toEqual(["2", '["a"]', "true"]);
  expect(
    await failed("SELECT * FROM (DESCRIBE DETAIL sized) UNION ALL SELECT * FROM (DESCRIBE DETAIL none)"),
  ).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\]/);
});

describe("properties of a table", () => {
  test("count whatever their spelling", async () => {
    await sql("CREATE TABLE kept (a INT) TBLPROPERTIES ('delta.APPENDONLY' = 'TRUE')");
    await sql("INSERT INTO kept VALUES (1)");
    expect(await sql("SHOW TBLPROPERTIES kept ('delta.appendOnly')")).toEqual([["delta.appendOnly", "true"]]);
    expect(await failed("DELETE FROM kept")).toMatch(/^\[DELTA_CANNOT_MODIFY_APPEND_ONLY\]/);
    await sql("ALTER TABLE kept UNSET TBLPROPERTIES ('DELTA.appendOnly')");
    await sql("DELETE FROM kept");
    expect(await sql("SELECT count(*) FROM kept")).toEqual([["0"]]);
  });

  test("raise the protocol, and never lower it", async () => {
    const protocol = () =>
      sql(
        "SELECT minReaderVersion, minWriterVersion, array_contains(tableFeatures, 'identityColumns') FROM (DESCRIBE DETAIL raised)",
      );
    await sql("CREATE TABLE raised (a INT) TBLPROPERTIES ('delta.enableInCommitTimestamps' = 'false')");
    expect(await protocol()).toEqual([["1", "2", "false"]]);
    await sql(
      "ALTER TABLE raised SET TBLPROPERTIES ('delta.minReaderVersion' = '2', 'delta.minWriterVersion' = '6')",
    );
    expect(await protocol()).toEqual([["2", "6", "true"]]);
    expect(await failed("ALTER TABLE raised SET TBLPROPERTIES ('delta.minWriterVersion' = '5')")).toMatch(
      /^\[DELTA_INVALID_PROTOCOL_DOWNGRADE\]/,
    );
  });

  test.each([
    [
      "UNSET TBLPROPERTIES ('delta.columnMapping.mode')",
      /^\[DELTA_UNSUPPORTED_COLUMN_MAPPING_MODE_CHANGE\] Changing column mapping mode from 'name' to 'none'/,
    ],
    [
      "SET TBLPROPERTIES ('delta.columnMapping.maxColumnId' = '1')",
      /^\[DELTA_CANNOT_MODIFY_TABLE_PROPERTY\]/,
    ],
    ["SET TBLPROPERTIES ('delta.constraints.c' = 'a > 0')", /^\[DELTA_ADD_CONSTRAINTS\]/],
  ])("%s is refused", async (action, error) => {
    await sql(`CREATE TABLE IF NOT EXISTS guarded (a INT) ${NAMED}`);
    expect(await failed(`ALTER TABLE guarded ${action}`)).toMatch(error);
  });

  test("a table replaced without CLUSTER BY is clustered no more", async () => {
    await sql("CREATE TABLE reclustered (a INT) CLUSTER BY (a)");
    await sql("CREATE OR REPLACE TABLE reclustered (a INT)");
    expect(await sql("SELECT clusteringColumns FROM (DESCRIBE DETAIL reclustered)")).toEqual([["[]"]]);
  });

  test("row tracking switched on later reaches the rows that are there", async () => {
    await sql("CREATE TABLE tracked AS SELECT 1 AS a");
    await sql("ALTER TABLE tracked SET TBLPROPERTIES ('delta.enableRowTracking' = 'true')");
    await sql("INSERT INTO tracked VALUES (2)");
    expect(await sql("SELECT a FROM tracked ORDER BY a")).toEqual([["1"], ["2"]]);
    expect(await sql("SHOW TBLPROPERTIES tracked ('delta.rowTracking.materializedRowIdColumnName')")).toEqual(
      [["delta.rowTracking.materializedRowIdColumnName", expect.stringMatching(/^_row-id-col-/)]],
    );
  });
});
