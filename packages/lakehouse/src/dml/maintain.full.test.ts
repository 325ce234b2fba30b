import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
/** A fresh table of three rows in three files: versions 1 to 3. */
let t: string;
beforeEach(async () => {
  t = `\`t'${++made}"x\``;
  await sql(`CREATE TABLE ${t} (id INT, name STRING)`);
  for (const row of ["(1, 'a')", "(2, 'b')", "(3, 'c')"]) await sql(`INSERT INTO ${t} VALUES ${row}`);
});

const ids = async (from = t) => (await sql(`SELECT id FROM ${from} ORDER BY id`)).map(([id]) => Number(id));
async function detail(table = t) {
  const [row = []] = await sql(`DESCRIBE DETAIL ${table}`);
  return { directory: fileURLToPath(row[4] ?? ""), files: Number(row[9]), bytes: Number(row[10]) };
}
const dataFiles = (directory: string) =>
  readdirSync(directory, { recursive: true, encoding: "utf8" }).filter(
    (f) => f.endsWith(".parquet") && !f.includes("_delta_log"),
  );
async function commits(limit: number, table = t) {
  const rows = await sql(
    `SELECT operation, operationParameters, operationMetrics FROM (DESCRIBE HISTORY ${table} LIMIT ${limit})`,
  );
  return rows.map(([operation, parameters, metrics]) => ({
    operation,
    parameters: JSON.parse(parameters ?? "null") as Record<string, string>,
    metrics: JSON.parse(metrics ?? "null") as Record<string, string>,
  }));
}

describe("RESTORE", () => {
  test("brings back rows, schema and properties of a version, and says how many files", async () => {
    await sql(`ALTER TABLE ${t} SET TBLPROPERTIES ('k' = 'new')`);
    await sql(`ALTER TABLE ${t} ADD COLUMN more INT`);
    await sql(`DELETE FROM ${t} WHERE id < 3`);
    const { files, bytes } = await detail();
    const [result = []] = await sql(`RESTORE TABLE ${t} TO VERSION AS OF 2`);
    const after = await detail();
    expect(result.map(Number)).toEqual([after.bytes, 2, files, 2, bytes, after.bytes]);
    expect(await sql(`SELECT * FROM ${t} ORDER BY id`)).toEqual([
      ["1", "a"],
      ["2", "b"],
    ]);
    expect((await sql(`SHOW TBLPROPERTIES ${t}`)).filter(([key]) => key === "k")).toEqual([]);
    expect(await commits(1)).toMatchObject([
      {
        operation: "RESTORE",
        parameters: { version: "2" },
        metrics: { numRestoredFiles: "2", numRemovedFiles: "1", numOfFilesAfterRestore: "2" },
      },
    ]);
    await sql(`INSERT INTO ${t} VALUES (9, 'z')`);
    expect(await ids()).toEqual([1, 2, 9]);
    expect(await ids(`${t} VERSION AS OF 6`)).toEqual([3]);
  });

  test("takes a timestamp, and the version it already has", async () => {
    const [[at] = []] = await sql(`SELECT timestamp FROM (DESCRIBE HISTORY ${t}) WHERE version = 1`);
    await sql(`RESTORE ${t} TO TIMESTAMP AS OF '${at}'`);
    expect(await ids()).toEqual([1]);
    const [result = []] = await sql(`RESTORE ${t} VERSION AS OF 4`);
    expect(result.slice(1).map(Number)).toEqual([1, 0, 0, 0, 0]);
  });

  test("refuses versions that never were or whose files are gone", async () => {
    expect(await failed(`RESTORE TABLE ${t} TO VERSION AS OF 9`)).toMatch(
      /^\[DELTA_CANNOT_RESTORE_TABLE_VERSION\] Cannot restore table to version 9\. Available versions: \[0, 3\]\. SQLSTATE: 22003/,
    );
    expect(await failed(`RESTORE TABLE ${t} TO TIMESTAMP AS OF '2001-01-01'`)).toMatch(
      /^\[DELTA_CANNOT_RESTORE_TIMESTAMP_EARLIER\]/,
    );
    expect(await failed(`RESTORE TABLE ${t} TO TIMESTAMP AS OF '2101-01-01'`)).toMatch(
      /^\[DELTA_CANNOT_RESTORE_TIMESTAMP_GREATER\]/,
    );
    await sql(`DELETE FROM ${t}`);
    const { directory } = await detail();
    for (const file of dataFiles(directory)) rmSync(join(directory, file));
    expect(await failed(`RESTORE TABLE ${t} TO VERSION AS OF 3`)).toMatch(
      /Not all files from version 3 are available in file system\. Missed files \(top 100 files\): .*part-00000/,
    );
    expect(await ids()).toEqual([]);
  });

  test("and CLONE do not go back further than removed files are kept, whether or not they are gone", async () => {
    await sql(
      `ALTER TABLE ${t} SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 hours')`,
    );
    const refused =
      "[DELTA_UNSUPPORTED_TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION_DURATION] Cannot time travel beyond delta.deletedFileRetentionDuration (0 HOURS) set on the table. SQLSTATE: 0AKDC";
    expect(await failed(`RESTORE TABLE ${t} TO VERSION AS OF 2`)).toBe(refused);
    expect(await failed(`CREATE TABLE old${made} DEEP CLONE ${t} VERSION AS OF 2`)).toBe(refused);
    expect(await ids(`${t} VERSION AS OF 2`)).toEqual([1, 2]);
    await sql(`CREATE TABLE new${made} DEEP CLONE ${t} VERSION AS OF 4`);
    expect(await ids(`new${made}`)).toEqual([1, 2, 3]);
  });
});

describe("OPTIMIZE", () => {
  test("makes one file of many, changes no row, and leaves nothing to do", async () => {
    await sql(`DELETE FROM ${t} WHERE id = 2`);
    const before = await detail();
    const [[path, metrics] = []] = await sql(`OPTIMIZE ${t}`);
    const after = await detail();
    expect([before.files, after.files]).toEqual([2, 1]);
    expect(path).toMatch(/^file:\/\//);
    expect(JSON.parse(metrics ?? "")).toMatchObject({
      numFilesAdded: 1,
      numFilesRemoved: 2,
      filesAdded: { totalFiles: 1, totalSize: after.bytes },
      filesRemoved: { totalFiles: 2, totalSize: before.bytes },
    });
    expect(await ids()).toEqual([1, 3]);
    expect(await commits(1)).toMatchObject([
      {
        operation: "OPTIMIZE",
        parameters: { predicate: "[]", zOrderBy: "[]", auto: "false" },
        metrics: {
          numAddedFiles: "1",
          numRemovedFiles: "2",
          numAddedBytes: String(after.bytes),
          numRemovedBytes: String(before.bytes),
        },
      },
    ]);
    const log = readdirSync(join(after.directory, "_delta_log"));
    await sql(`OPTIMIZE ${t}`);
    expect(readdirSync(join(after.directory, "_delta_log"))).toEqual(log);
  });

  test("keeps to the partitions of its condition", async () => {
    await sql(
      "CREATE TABLE parts (id INT, `p q'` DATE, n STRING) PARTITIONED BY (`p q'`)".replaceAll("p q'", "p'q"),
    );
    for (const day of ["2020-01-01", "2020-01-02"])
      for (const id of [1, 2]) await sql(`INSERT INTO parts VALUES (${id}, DATE '${day}', 'x')`);
    await sql("OPTIMIZE parts WHERE `p'q` >= DATE '2020-01-02'");
    expect((await detail("parts")).files).toBe(3);
    expect(await sql("SELECT `p'q`, count(*) FROM parts GROUP BY 1 ORDER BY 1")).toEqual([
      ["2020-01-01", "2"],
      ["2020-01-02", "2"],
    ]);
    expect(await failed("OPTIMIZE parts WHERE id = 1")).toMatch(/references non-partition column 'id'/);
    expect(await failed("OPTIMIZE parts ZORDER BY (`p'q`)")).toMatch(
      /^\[DELTA_ZORDERING_ON_PARTITION_COLUMN\]/,
    );
    expect(await failed("OPTIMIZE parts ZORDER BY (nope)")).toMatch(/^\[UNRESOLVED_COLUMN/);
  });

  test("orders rows along several columns", async () => {
    await sql('CREATE TABLE z AS SELECT id % 100 AS a, id DIV 100 AS `b"` FROM range(10000)');
    await sql('OPTIMIZE z ZORDER BY (a, `b"`)');
    expect(await sql("SELECT count(*), count(DISTINCT a), sum(a) FROM z")).toEqual([
      ["10000", "100", "495000"],
    ]);
    expect(await sql('SELECT max(a) < 60 AND max(`b"`) < 60 FROM (SELECT * FROM z LIMIT 1000)')).toEqual([
      ["true"],
    ]);
    expect(await commits(1, "z")).toMatchObject([{ parameters: { zOrderBy: '["a","b\\""]' } }]);
  });
});

describe("VACUUM", () => {
  test("takes only what no version within the retention needs", async () => {
    await sql(`UPDATE ${t} SET name = 'new' WHERE id = 1`);
    const { directory } = await detail();
    const before = dataFiles(directory);
    expect(before).toHaveLength(4);
    await sql(`VACUUM ${t}`);
    expect(dataFiles(directory)).toEqual(before);
    expect(await failed(`VACUUM ${t} RETAIN 0 HOURS`)).toMatch(
      /low retention period\? .*please use a value not less than "168 hours"/,
    );
    expect(await failed(`VACUUM ${t} RETAIN -1 HOURS`)).toMatch(/cannot be negative/);
    await sql(
      `ALTER TABLE ${t} SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 hours')`,
    );
    const dry = await sql(`VACUUM ${t} RETAIN 0 HOURS DRY RUN`);
    expect(dry).toHaveLength(1);
    expect(dataFiles(directory)).toEqual(before);
    expect(await sql(`VACUUM ${t} RETAIN 0 HOURS`)).toEqual([[expect.stringMatching(/^file:/)]]);
    expect(existsSync(fileURLToPath(dry[0]?.[0] ?? ""))).toBe(false);
    expect(dataFiles(directory)).toHaveLength(3);
    expect(await ids()).toEqual([1, 2, 3]);
    expect(await failed(`SELECT * FROM ${t} VERSION AS OF 3`)).toMatch(
      /^\[FAILED_READ_FILE\.FILE_NOT_EXIST\]/,
    );
    expect(await commits(2)).toMatchObject([
      { operation: "VACUUM END", parameters: { status: "COMPLETED" }, metrics: { numDeletedFiles: "1" } },
      {
        operation: "VACUUM START",
        parameters: { retentionCheckEnabled: "true", specifiedRetentionMillis: "0" },
        metrics: { numFilesToDelete: "1" },
      },
    ]);
  });

  test("keeps files that a shallow clone reads, until the clone is gone; a clone's VACUUM leaves the base alone", async () => {
    const keep =
      "ALTER TABLE %s SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 hours')";
    await sql(keep.replace("%s", t));
    await sql("CREATE TABLE thin SHALLOW CLONE " + t);
    await sql(`UPDATE ${t} SET name = 'other'`);
    await sql(`VACUUM ${t} RETAIN 0 HOURS`);
    expect(await sql("SELECT name FROM thin ORDER BY 1")).toEqual([["a"], ["b"], ["c"]]);
    await sql("UPDATE thin SET name = 'mine' WHERE id = 1");
    await sql("UPDATE thin SET name = 'mine too' WHERE id = 1");
    await sql("VACUUM thin RETAIN 0 HOURS");
    expect(dataFiles((await detail("thin")).directory)).toHaveLength(1);
    expect(await ids("thin")).toEqual([1, 2, 3]);
    expect(await ids()).toEqual([1, 2, 3]);
    await sql("DROP TABLE thin");
    await sql(`VACUUM ${t} RETAIN 0 HOURS`);
    expect(dataFiles((await detail()).directory)).toHaveLength(1);
    expect(await ids()).toEqual([1, 2, 3]);
  });
});

describe("TRUNCATE TABLE and INSERT that replaces", () => {
  test("TRUNCATE empties a table; its versions stay", async () => {
    expect(await sql(`TRUNCATE TABLE ${t}`)).toEqual([]);
    expect(await ids()).toEqual([]);
    expect(await ids(`${t} VERSION AS OF 3`)).toEqual([1, 2, 3]);
    expect(await commits(1)).toMatchObject([{ operation: "TRUNCATE", metrics: { numRemovedFiles: "3" } }]);
  });

  test("CREATE TABLE AS SELECT says how much it wrote", async () => {
    await sql("CREATE OR REPLACE TABLE made AS SELECT id FROM range(5)");
    const { bytes } = await detail("made");
    const written = { numFiles: "1", numOutputRows: "5", numOutputBytes: String(bytes) };
    expect(await commits(1, "made")).toMatchObject([{ metrics: written }]);
    await sql("CREATE OR REPLACE TABLE made AS SELECT id FROM range(5)");
    expect(await commits(1, "made")).toMatchObject([
      { operation: "CREATE OR REPLACE TABLE AS SELECT", metrics: written },
    ]);
  });

  test("INSERT OVERWRITE replaces all rows by others in one commit", async () => {
    expect(await sql(`INSERT OVERWRITE ${t} SELECT id + 10, name FROM ${t} WHERE id > 1`)).toEqual([
      ["2", "2"],
    ]);
    expect(await ids()).toEqual([12, 13]);
    expect(await commits(1)).toMatchObject([
      {
        operation: "WRITE",
        parameters: { mode: "Overwrite" },
        metrics: { numFiles: "1", numOutputRows: "2" },
      },
    ]);
  });

  test("INSERT … REPLACE WHERE replaces the rows that meet the condition, by rows that meet it", async () => {
    expect(await sql(`INSERT INTO ${t} REPLACE WHERE id >= 2 SELECT 7, 'x'`)).toEqual([["1", "1"]]);
    expect(await ids()).toEqual([1, 7]);
    expect(await failed(`INSERT INTO ${t} REPLACE WHERE id >= 2 VALUES (8, 'y'), (0, 'z')`)).toMatch(
      /^\[DELTA_REPLACE_WHERE_MISMATCH\].*id >= 2/,
    );
    expect(await ids()).toEqual([1, 7]);
  });

  test.for([
    ["DELETE FROM only"],
    ["UPDATE only SET id = 2"],
    ["TRUNCATE TABLE only"],
    ["INSERT OVERWRITE only VALUES (2)"],
    ["RESTORE TABLE only TO VERSION AS OF 0"],
    ["MERGE INTO only t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE"],
  ])("a table that only takes new rows refuses %s", async ([text = ""]) => {
    await sql("CREATE OR REPLACE TABLE only (id INT)");
    await sql("INSERT INTO only VALUES (1)");
    await sql("ALTER TABLE only SET TBLPROPERTIES ('delta.appendOnly' = 'true')");
    expect(await failed(text)).toMatch(/^\[DELTA_CANNOT_MODIFY_APPEND_ONLY\]/);
    expect(await ids("only")).toEqual([1]);
    await sql("OPTIMIZE only");
  });
});

test.for([
  ["RESTORE TABLE {t} TO VERSION AS OF 0"],
  ["OPTIMIZE {t}"],
  ["VACUUM {t}"],
  ["TRUNCATE TABLE {t}"],
])("%s needs MODIFY", async ([text = ""]) => {
  await sql("GRANT USE CATALOG ON CATALOG d TO reader");
  await sql("GRANT USE SCHEMA ON SCHEMA s TO reader");
  await sql(`GRANT SELECT ON TABLE ${t} TO reader`);
  expect(await failed(text.replace("{t}", t), "reader")).toMatch(
    /^PERMISSION_DENIED: User does not have MODIFY on Table/,
  );
  expect(await ids()).toEqual([1, 2, 3]);
});
