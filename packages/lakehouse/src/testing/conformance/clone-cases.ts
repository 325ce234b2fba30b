import { describe, expect, test } from "vitest";
import type { Conformance } from "./subject.ts";

const METRICS = [
  "source_table_size",
  "source_num_of_files",
  "num_removed_files",
  "num_copied_files",
  "removed_files_size",
  "copied_files_size",
];

export function cloneCases({ current, run }: Conformance): void {
  const t = (name: string) => `${current().catalog}.s.${name}`;
  const count = async (table: string) => (await run(`SELECT count(*) FROM ${table}`)).rows[0]?.[0];

  describe("CLONE", () => {
    test("copies a table and says how much; repeating it copies only what is new", async () => {
      await run(`CREATE TABLE ${t("source")} AS SELECT id, concat('n', id) AS name FROM range(1000)`);
      const statement = `CREATE OR REPLACE TABLE ${t("copy")} DEEP CLONE ${t("source")} TBLPROPERTIES ('stamp' = 'x')`;
      const first = await run(statement, { kind: "clone" });
      expect(first.columns.map(({ name, typeText }) => [name, typeText])).toEqual(
        METRICS.map((name) => [name, "BIGINT"]),
      );
      const metrics = Object.fromEntries(
        METRICS.map((name, index) => [name, Number(first.rows[0]?.[index])]),
      );
      expect(metrics["num_copied_files"]).toBe(metrics["source_num_of_files"]);
      expect(metrics["copied_files_size"]).toBe(metrics["source_table_size"]);
      expect(await count(t("copy"))).toBe("1000");

      await run(`INSERT INTO ${t("source")} VALUES (5000, 'late')`);
      const again = (await run(statement, { kind: "clone" })).rows[0]?.map(Number);
      expect(again?.slice(2, 4)).toEqual([0, 1]);
      expect(await count(t("copy"))).toBe("1001");
      const unchanged = (await run(statement, { kind: "clone" })).rows[0]?.map(Number);
      expect(unchanged?.slice(2)).toEqual([0, 0, 0, 0]);
    });

    test("writes a history entry that names the source's version", async () => {
      await run(`CREATE TABLE ${t("versioned")} AS SELECT 1 AS x`);
      await run(`INSERT INTO ${t("versioned")} VALUES (2)`);
      await run(`CREATE TABLE ${t("at_zero")} DEEP CLONE ${t("versioned")} VERSION AS OF 0`);
      expect(await count(t("at_zero"))).toBe("1");
      const { columns, rows } = await run(`DESCRIBE HISTORY ${t("at_zero")}`);
      const cell = (name: string) => rows[0]?.[columns.findIndex((column) => column.name === name)];
      expect(cell("operation")).toBe("CLONE");
      expect(JSON.parse(cell("operationParameters") ?? "{}")).toMatchObject({ sourceVersion: "0" });
    });

    test("that is SHALLOW copies no file and reads the same rows", async () => {
      await run(`CREATE TABLE ${t("deep_source")} AS SELECT id FROM range(10)`);
      const { rows } = await run(`CREATE TABLE ${t("shallow")} SHALLOW CLONE ${t("deep_source")}`, {
        kind: "clone",
      });
      expect(rows[0]?.[3]).toBe("0");
      expect(await count(t("shallow"))).toBe("10");
      const table = await current().workspace.unity.table({
        catalog: current().catalog,
        schema: "s",
        name: "shallow",
      });
      expect(table?.tableType).toBe("MANAGED_SHALLOW_CLONE");
    });

    test("of a missing source fails and leaves nothing behind", async () => {
      await expect(run(`CREATE TABLE ${t("orphan")} DEEP CLONE ${t("nowhere")}`)).rejects.toMatchObject({
        errorClass: "TABLE_OR_VIEW_NOT_FOUND",
      });
      const name = { catalog: current().catalog, schema: "s", name: "orphan" };
      expect(await current().workspace.unity.table(name)).toBeUndefined();
    });
  });

  test("names with every odd character survive the way there and back", async () => {
    // Without column mapping Delta refuses spaces and ,;{}()= in column names.
    const column = 'it\'s.`odd`-"quoted"-😀';
    await run(`CREATE TABLE ${t("odd")} AS SELECT 'a\\'b' AS \`${column.replaceAll("`", "``")}\``);
    const { columns, rows } = await run(`SELECT * FROM ${t("odd")}`);
    expect(columns[0]?.name).toBe(column);
    expect(rows).toEqual([["a'b"]]);
  });
}
