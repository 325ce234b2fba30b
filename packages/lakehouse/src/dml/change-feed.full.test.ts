import { readdirSync, rmSync } from "node:fs";
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
/** A fresh table with a feed: version 1 inserts ids 1 to 3. */
let t: string;
beforeEach(async () => {
  t = `fed${++made}`;
  await sql(`CREATE TABLE ${t} (id INT, name STRING) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`);
  await sql(`INSERT INTO ${t} VALUES (1, 'a'), (2, 'b'), (3, 'c')`);
});

/** Changes as `version type id name`. */
const changes = async (from: number | string, to?: number | string) => {
  const rows = await sql(
    `SELECT _commit_version, _change_type, id, name FROM table_changes('${t}', ${from}${to === undefined ? "" : `, ${to}`}) ORDER BY 1, 2, 3, 4`,
  );
  return rows.map((row) => row.join(" "));
};
const changeFiles = async () => {
  const [row = []] = await sql(`DESCRIBE DETAIL ${t}`);
  const directory = join(fileURLToPath(row[4] ?? ""), "_change_data");
  return {
    directory,
    files: readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((f) =>
      f.endsWith(".parquet"),
    ),
  };
};

describe("the change feed", () => {
  test("tells each row's fate, version by version", async () => {
    await sql(`UPDATE ${t} SET name = 'B' WHERE id = 2`);
    await sql(`DELETE FROM ${t} WHERE id = 1`);
    await sql(
      `MERGE INTO ${t} x USING (VALUES (2, 'm'), (3, ''), (4, 'd')) AS s(id, name) ON x.id = s.id WHEN MATCHED AND s.name = '' THEN DELETE WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
    );
    expect(await changes(0)).toEqual([
      "1 insert 1 a",
      "1 insert 2 b",
      "1 insert 3 c",
      "2 update_postimage 2 B",
      "2 update_preimage 2 b",
      "3 delete 1 a",
      "4 delete 3 c",
      "4 insert 4 d",
      "4 update_postimage 2 m",
      "4 update_preimage 2 B",
    ]);
    expect(await changes(2, 3)).toEqual(["2 update_postimage 2 B", "2 update_preimage 2 b", "3 delete 1 a"]);
    expect((await changeFiles()).files).toHaveLength(3);
    expect(
      await sql(
        `SELECT operation, operationMetrics['numAddedChangeFiles'], operationMetrics['numTargetChangeFilesAdded'] FROM (DESCRIBE HISTORY ${t}) WHERE version > 1 ORDER BY version`,
      ),
    ).toEqual([
      ["UPDATE", "1", null],
      ["DELETE", "1", null],
      ["MERGE", null, "1"],
    ]);
  });

  test("tells whole files by themselves, and nothing of compaction", async () => {
    await sql(`INSERT INTO ${t} VALUES (4, 'd')`);
    await sql(`OPTIMIZE ${t}`);
    await sql(`DELETE FROM ${t}`);
    await sql(`RESTORE TABLE ${t} TO VERSION AS OF 1`);
    await sql(`INSERT OVERWRITE ${t} VALUES (9, 'z')`);
    expect(await changes(2)).toEqual([
      "2 insert 4 d",
      "4 delete 1 a",
      "4 delete 2 b",
      "4 delete 3 c",
      "4 delete 4 d",
      "5 insert 1 a",
      "5 insert 2 b",
      "5 insert 3 c",
      "6 delete 1 a",
      "6 delete 2 b",
      "6 delete 3 c",
      "6 insert 9 z",
    ]);
  });

  test("has the time of each commit, and takes times for its range", async () => {
    await sql(`DELETE FROM ${t} WHERE id = 1`);
    const times = await sql(`SELECT timestamp FROM (DESCRIBE HISTORY ${t}) ORDER BY version`);
    expect(await sql(`SELECT DISTINCT _commit_timestamp FROM table_changes('${t}', 2)`)).toEqual([times[2]]);
    expect(await changes(`'${times[2]?.[0]}'`)).toEqual(["2 delete 1 a"]);
    expect(await changes("'2001-01-01'", `timestamp '${times[1]?.[0]}'`)).toHaveLength(3);
    expect(await failed(`SELECT * FROM table_changes('${t}', '2101-01-01')`)).toMatch(
      /^\[DELTA_TIMESTAMP_GREATER_THAN_COMMIT\]/,
    );
  });

  test("of a clone begins with its rows", async () => {
    await sql(`CREATE TABLE ${t}c DEEP CLONE ${t}`);
    await sql(`UPDATE ${t}c SET name = upper(name)`);
    expect(
      await sql(
        `SELECT _commit_version, _change_type, count(*) FROM table_changes('${t}c', 0) GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
    ).toEqual([
      ["0", "insert", "3"],
      ["1", "update_postimage", "3"],
      ["1", "update_preimage", "3"],
    ]);
  });

  test("keeps partitions, hostile names and parameters apart", async () => {
    await sql(
      "CREATE TABLE `f'e\"d` (`p'` STRING, `v\"` INT) PARTITIONED BY (`p'`) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')",
    );
    await sql("INSERT INTO `f'e\"d` VALUES ('a/b', 1), ('a/b', 2), (NULL, 3)");
    await sql("UPDATE `f'e\"d` SET `p'` = 'x' WHERE `v\"` = 2");
    expect(
      await sql(
        "SELECT x.`p'`, x.`v\"`, x._change_type FROM table_changes(:t, :from, 2) AS x ORDER BY 1, 2, 3",
        {
          parameters: [
            { name: "t", value: "d.s.`f'e\"d`" },
            { name: "from", value: "2", type: "INT" },
          ],
        },
      ),
    ).toEqual([
      ["a/b", "2", "update_preimage"],
      ["x", "2", "update_postimage"],
    ]);
  });

  test("sees columns that came later as NULL", async () => {
    await sql(`ALTER TABLE ${t} ADD COLUMN more INT`);
    await sql(`UPDATE ${t} SET more = 1 WHERE id = 3`);
    expect(
      await sql(`SELECT id, more, _change_type FROM table_changes('${t}', 1) WHERE id = 3 ORDER BY 3, 2`),
    ).toEqual([
      ["3", null, "insert"],
      ["3", "1", "update_postimage"],
      ["3", null, "update_preimage"],
    ]);
  });

  test("is refused where it was not recorded, and outside what there is", async () => {
    await sql("CREATE OR REPLACE TABLE plain (id INT)");
    await sql("INSERT INTO plain VALUES (1)");
    expect(await failed("SELECT * FROM table_changes('plain', 1)")).toMatch(
      /^\[DELTA_MISSING_CHANGE_DATA\] Error getting change data for range \[1 , 1\] as change data was not recorded for version \[1\]\. .*SQLSTATE: KD002/,
    );
    await sql("ALTER TABLE plain SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')");
    expect(await sql("SELECT * FROM table_changes('plain', 2)")).toEqual([]);
    expect(await failed("SELECT * FROM table_changes('plain', 1)")).toMatch(/^\[DELTA_MISSING_CHANGE_DATA\]/);
    await sql("ALTER TABLE plain SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'false')");
    expect(await failed("SELECT * FROM table_changes('plain', 2)")).toMatch(/for version \[3\]/);
    expect(await failed(`SELECT * FROM table_changes('${t}', 2)`)).toMatch(
      /^\[DELTA_INVALID_CDC_RANGE\] Provided Start version\(2\) .* latest version of the table\(1\)/,
    );
    expect(await failed(`SELECT * FROM table_changes('${t}', 1, 0)`)).toMatch(
      /^\[DELTA_INVALID_CDC_RANGE\] CDC range from start 1 to end 0 was invalid/,
    );
    expect(await failed(`SELECT * FROM table_changes('${t}')`)).toMatch(/^\[DELTA_NO_START_FOR_CDC_READ\]/);
    expect(await failed("SELECT * FROM table_changes('nowhere', 0)")).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\]/);
  });

  test("needs SELECT, and its files", async () => {
    await sql(`UPDATE ${t} SET name = 'B' WHERE id = 2`);
    expect(await failed(`SELECT * FROM table_changes('${t}', 2)`, "reader")).toMatch(
      /^\[INSUFFICIENT_PERMISSIONS\]/,
    );
    const { directory, files } = await changeFiles();
    for (const file of files) rmSync(join(directory, file));
    expect(await failed(`SELECT * FROM table_changes('${t}', 2)`)).toMatch(/^\[FAILED_READ_FILE/);
    expect(await sql(`SELECT name FROM ${t} WHERE id = 2`)).toEqual([["B"]]);
  });
});
