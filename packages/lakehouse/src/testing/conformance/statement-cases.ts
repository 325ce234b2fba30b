import { describe, expect, test } from "vitest";
import type { Conformance } from "./subject.ts";

/** Runs long enough to be caught in the middle, on any engine. */
const LONG = "SELECT sum(a.id * b.id) FROM range(10000000) a CROSS JOIN range(1000000) b";

export function statementCases({ current, run }: Conformance): void {
  const t = (name: string) => `${current().catalog}.s.${name}`;

  describe("a statement's result", () => {
    test("go to one of the warehouses that the user may use", async () => {
      const warehouses = await current().workspace.warehouses();
      expect(warehouses.filter(({ inUse }) => inUse)).toHaveLength(1);
      for (const { id, name } of warehouses) expect([id, name]).not.toContain("");
    });

    test("has text or NULL in every cell, 64-bit integers and decimals exact, and says its types", async () => {
      const { columns, rows, statementId } = await run(
        "SELECT 9223372036854775807 AS big, CAST('1234567890.123456789012345678' AS DECIMAL(38,18)) AS exact, '' AS empty, CAST(NULL AS STRING) AS none, true AS flag, 1 AS small",
      );
      expect(rows).toEqual([["9223372036854775807", "1234567890.123456789012345678", "", null, "true", "1"]]);
      expect(columns.map(({ name, typeText, typeName }) => [name, typeText, typeName])).toEqual([
        ["big", "BIGINT", "LONG"],
        ["exact", "DECIMAL(38,18)", "DECIMAL"],
        ["empty", "STRING", "STRING"],
        ["none", "STRING", "STRING"],
        ["flag", "BOOLEAN", "BOOLEAN"],
        ["small", "INT", "INT"],
      ]);
      expect(statementId).not.toBe("");
    });

    test("is complete when it comes in several chunks", async () => {
      const { rows, truncated } = await run(
        "SELECT id, CASE WHEN id % 3 = 0 THEN NULL WHEN id % 3 = 1 THEN '' ELSE repeat('x', 60) END AS text FROM range(120000) ORDER BY id",
      );
      expect(truncated).toBe(false);
      expect(rows).toHaveLength(120_000);
      expect(rows.every(([id], index) => id === String(index))).toBe(true);
      expect(rows.slice(99_999, 100_002).map(([, text]) => text)).toEqual([null, "", "x".repeat(60)]);
    });

    test("of DDL has neither columns nor rows", async () => {
      expect(await run(`CREATE TABLE ${t("ddl")} (id BIGINT, name STRING)`)).toMatchObject({
        columns: [],
        rows: [],
        resultGone: false,
      });
    });

    test("of INSERT counts the rows", async () => {
      await run(`CREATE TABLE ${t("counted")} (id BIGINT)`);
      const { columns, rows } = await run(`INSERT INTO ${t("counted")} VALUES (1), (2), (2)`);
      expect(columns.map(({ name }) => name)).toEqual(["num_affected_rows", "num_inserted_rows"]);
      expect(rows).toEqual([["3", "3"]]);
    });
  });

  describe("a statement", () => {
    test("takes named parameters, NULL among them", async () => {
      const { rows } = await run("SELECT :text AS a, :number + 1 AS b, :nothing AS c", {
        parameters: [
          { name: "text", value: "it's" },
          { name: "number", value: "41", type: "INT" },
          { name: "nothing", value: null },
        ],
      });
      expect(rows).toEqual([["it's", "42", null]]);
    });

    test("resolves names against its own default namespace, which ends with it", async () => {
      await run(`CREATE TABLE ${t("unqualified")} AS SELECT 7 AS x`);
      const namespace = { catalog: current().catalog, schema: "s" };
      expect((await run("SELECT x FROM unqualified", namespace)).rows).toEqual([["7"]]);
      await expect(
        run("SELECT x FROM unqualified", { ...namespace, schema: "default" }),
      ).rejects.toMatchObject({
        errorClass: "TABLE_OR_VIEW_NOT_FOUND",
      });
    });

    test("tells its id once, before it ends", async () => {
      const ids: string[] = [];
      const { statementId } = await run("SELECT 1", { onSubmitted: (id) => ids.push(id) });
      expect(ids).toEqual([statementId]);
    });

    test("that is cancelled ends as CANCELED", async () => {
      const abort = new AbortController();
      // As a clone: those are submitted without waiting, so that the id is known before the end.
      await expect(
        run(LONG, { kind: "clone", signal: abort.signal, onSubmitted: () => abort.abort() }),
      ).rejects.toMatchObject({
        code: "CANCELED",
      });
    });
  });

  describe("a failing statement says its class and SQLSTATE:", () => {
    test.for([
      ["SELEC 1", "PARSE_SYNTAX_ERROR", "42601"],
      ["SELECT * FROM {catalog}.s.missing", "TABLE_OR_VIEW_NOT_FOUND", "42P01"],
      ["SELECT 1/0", "DIVIDE_BY_ZERO", "22012"],
      ["SELECT CAST('x' AS INT)", "CAST_INVALID_INPUT", "22018"],
      ["CREATE SCHEMA {catalog}.s", "SCHEMA_ALREADY_EXISTS", "42P06"],
    ] as const)("%s", async ([text, errorClass, sqlState]) => {
      await expect(run(text.replace("{catalog}", current().catalog))).rejects.toMatchObject({
        code: "STATEMENT_FAILED",
        errorClass,
        sqlState,
      });
    });
  });
}
