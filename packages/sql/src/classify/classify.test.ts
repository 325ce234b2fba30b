import { describe, expect, test } from "vitest";
import { typedStatement } from "../index.ts";

describe("kind and effect of what a user types", () => {
  test.each([
    ["SELECT 1", "select", "read"],
    ["WITH a AS (SELECT 1) SELECT * FROM a", "select", "read"],
    ["WITH a AS (SELECT 1) INSERT INTO t TABLE a", "write", "write"],
    ["CREATE OR REPLACE TABLE t DEEP CLONE s", "clone", "write"],
    ["CREATE TABLE t (a INT)", "create", "write"],
    ["ALTER TABLE t SET TAGS ('a' = 'b')", "tag", "write"],
    ["ALTER SCHEMA s UNSET TAGS ('a')", "tag", "write"],
    ["ALTER TABLE t OWNER TO x", "alter", "write"],
    ["DESCRIBE HISTORY t", "history", "read"],
    ["SHOW TABLES", "describe", "read"],
    ["USE CATALOG c", "other", "read"],
    ["GRANT SELECT ON t TO x", "grant", "write"],
    ["DELETE FROM t", "write", "write"],
  ])("%s", (text, kind, effect) => {
    expect(typedStatement(text)).toEqual({ text, kind, effect });
  });

  test.each([
    ["SELECT * FROM t TABLESAMPLE (5 ROWS)", "select", "read"],
    ["WITH a AS (SELECT 1) SELECT * FROM a PIVOT (x)", "select", "read"],
    ["WITH a AS (SELECT 1) MERGE INTO t USING a ON b", "other", "write"],
    ["MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE", "write", "write"],
    ["ANALYZE TABLE t COMPUTE STATISTICS", "other", "write"],
    ["/* open", "other", "write"],
    ["", "other", "write"],
  ])("beyond our grammar: %s", (text, kind, effect) => {
    expect(typedStatement(text)).toEqual({ text, kind, effect });
  });
});

test("carries a namespace", () => {
  expect(typedStatement("SELECT 1", { catalog: "c", schema: "s" })).toMatchObject({
    catalog: "c",
    schema: "s",
  });
});
