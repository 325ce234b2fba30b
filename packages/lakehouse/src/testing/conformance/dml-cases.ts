import { describe, expect, test } from "vitest";
import type { Conformance } from "./subject.ts";

/** Statements that change rows, and those that tend a table's files and versions. */
export function dmlCases({ current, run }: Conformance): void {
  const t = (name: string) => `${current().catalog}.s.${name}`;
  const rows = async (text: string) => (await run(text)).rows;
  const made = async (name: string, properties = "") => {
    await run(`CREATE TABLE ${t(name)} (id BIGINT, name STRING) ${properties}`);
    await run(`INSERT INTO ${t(name)} VALUES (1, 'a'), (2, 'b')`);
    return t(name);
  };

  describe("statements that change rows:", () => {
    test("MERGE counts what it did, and its commit says so", async () => {
      const table = await made("merged");
      const { columns, rows: counts } = await run(
        `MERGE INTO ${table} AS t USING (SELECT * FROM VALUES (1, 'x'), (3, 'y') AS v(id, name)) AS s ON t.id = s.id
         WHEN MATCHED THEN UPDATE SET name = s.name
         WHEN NOT MATCHED THEN INSERT *
         WHEN NOT MATCHED BY SOURCE THEN DELETE`,
      );
      expect(columns.map(({ name }) => name)).toEqual([
        "num_affected_rows",
        "num_updated_rows",
        "num_deleted_rows",
        "num_inserted_rows",
      ]);
      expect(counts).toEqual([["3", "1", "1", "1"]]);
      expect(await rows(`SELECT id, name FROM ${table} ORDER BY id`)).toEqual([
        ["1", "x"],
        ["3", "y"],
      ]);
      expect(
        await rows(
          `SELECT operation, operationMetrics['numTargetRowsInserted'], operationMetrics['numTargetRowsUpdated'], operationMetrics['numTargetRowsDeleted'] FROM (DESCRIBE HISTORY ${table} LIMIT 1)`,
        ),
      ).toEqual([["MERGE", "1", "1", "1"]]);
    });

    test("MERGE refuses a row that two rows of the source would change", async () => {
      const table = await made("ambiguous");
      await expect(
        run(
          `MERGE INTO ${table} AS t USING (SELECT * FROM VALUES (1, 'x'), (1, 'y') AS v(id, name)) AS s ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name`,
        ),
      ).rejects.toMatchObject({
        code: "STATEMENT_FAILED",
        errorClass: "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE",
        sqlState: "21506",
      });
    });

    test("UPDATE and DELETE count the rows", async () => {
      const table = await made("changed");
      const { columns, rows: counts } = await run(`UPDATE ${table} SET name = 'z'`);
      expect([columns.map(({ name }) => name), counts]).toEqual([["num_affected_rows"], [["2"]]]);
      expect(await rows(`DELETE FROM ${table} WHERE id = 9`)).toEqual([["0"]]);
    });

    test("a change feed tells them, from the version that began it", async () => {
      const table = await made("fed", "TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')");
      await run(`UPDATE ${table} SET name = 'z' WHERE id = 2`);
      expect(
        await rows(
          `SELECT _change_type, id, name, _commit_version FROM table_changes('${table}', 2) ORDER BY 1`,
        ),
      ).toEqual([
        ["update_postimage", "2", "z", "2"],
        ["update_preimage", "2", "b", "2"],
      ]);
      await made("unfed", "TBLPROPERTIES ('delta.enableChangeDataFeed' = 'false')");
      await expect(run(`SELECT * FROM table_changes('${t("unfed")}', 0)`)).rejects.toMatchObject({
        errorClass: "DELTA_MISSING_CHANGE_DATA",
      });
    });
  });

  describe("statements that tend a table:", () => {
    test("RESTORE brings a version back and says how many files", async () => {
      const table = await made("restored");
      await run(`DELETE FROM ${table}`);
      const { columns, rows: counts } = await run(`RESTORE TABLE ${table} TO VERSION AS OF 1`);
      expect(columns.map(({ name }) => name)).toEqual([
        "table_size_after_restore",
        "num_of_files_after_restore",
        "num_removed_files",
        "num_restored_files",
        "removed_files_size",
        "restored_files_size",
      ]);
      expect(counts[0]?.slice(1, 4)).toEqual(["1", "0", "1"]);
      expect(await rows(`SELECT count(*) FROM ${table}`)).toEqual([["2"]]);
    });

    test("OPTIMIZE changes no row; TRUNCATE takes all", async () => {
      const table = await made("tended");
      await run(`INSERT INTO ${table} VALUES (3, 'c')`);
      const { columns } = await run(`OPTIMIZE ${table}`);
      expect(columns.map(({ name }) => name)).toEqual(["path", "metrics"]);
      expect(await rows(`SELECT count(*), sum(id) FROM ${table}`)).toEqual([["3", "6"]]);
      expect(await rows(`SELECT operation FROM (DESCRIBE HISTORY ${table} LIMIT 1)`)).toEqual([["OPTIMIZE"]]);
      await run(`TRUNCATE TABLE ${table}`);
      expect(await rows(`SELECT count(*) FROM ${table}`)).toEqual([["0"]]);
    });

    test("VACUUM keeps what the retention needs", async () => {
      const table = await made("swept");
      await run(`UPDATE ${table} SET name = 'z'`);
      const { columns } = await run(`VACUUM ${table} DRY RUN`);
      expect(columns.map(({ name }) => name)).toEqual(["path"]);
      await run(`VACUUM ${table}`);
      expect(await rows(`SELECT name FROM ${table} VERSION AS OF 1 ORDER BY 1`)).toEqual([["a"], ["b"]]);
    });
  });
}
