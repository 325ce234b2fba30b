import { describe, expect, test } from "vitest";
import { parseScript, parseStatement, SqlError, splitScript } from "../index.ts";

function failure(text: string): SqlError {
  try {
    parseStatement(text);
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
  throw new Error(`parsed: ${text}`);
}

test("the form of Databricks: class, place, statement, marker", () => {
  expect(failure("INSER INTO t VALUES (1)").message).toBe(
    "[PARSE_SYNTAX_ERROR] Syntax error at or near 'INSER'. SQLSTATE: 42601 (line 1, pos 0)\n\n== SQL ==\nINSER INTO t VALUES (1)\n^^^",
  );
});

test("the marker stands under its line", () => {
  expect(failure("SELECT a\n  FROM t t2 u\nWHERE b").message).toBe(
    "[PARSE_SYNTAX_ERROR] Syntax error at or near 'u'. SQLSTATE: 42601 (line 2, pos 12)\n\n== SQL ==\nSELECT a\n  FROM t t2 u\n------------^^^\nWHERE b",
  );
});

test("an emoji is one character to the left of the marker", () => {
  expect(failure("SELECT '🦆' +").message).toContain(
    "(line 1, pos 12)\n\n== SQL ==\nSELECT '🦆' +\n------------^^^",
  );
});

describe("what is refused, where, and as what", () => {
  test.each([
    ["", "PARSE_EMPTY_STATEMENT", 0],
    [" ; ", "PARSE_EMPTY_STATEMENT", 0],
    ["-- nothing", "PARSE_EMPTY_STATEMENT", 0],
    ["SELECT", "PARSE_SYNTAX_ERROR", 6],
    ["SELECT 1 +", "PARSE_SYNTAX_ERROR", 10],
    ["SELECT a, FROM t", "PARSE_SYNTAX_ERROR", 10],
    ["SELECT 'open", "PARSE_SYNTAX_ERROR", 7],
    ["SELECT `open", "PARSE_SYNTAX_ERROR", 7],
    ["SELECT ``", "PARSE_SYNTAX_ERROR", 7],
    ["SELECT r'open", "PARSE_SYNTAX_ERROR", 7],
    ["SELECT # FROM t", "PARSE_SYNTAX_ERROR", 7],
    ["SELECT 1 /* open /* x */", "UNCLOSED_BRACKETED_COMMENT", 9],
    ["SELECT * FROM my-catalog.s.t", "INVALID_IDENTIFIER", 14],
    ["SELECT é FROM t", "INVALID_IDENTIFIER", 7],
    ["SELECT 1; SELECT 2", "PARSE_SYNTAX_ERROR", 10],
    ["SELECT 1 WHERE a = NOT b", "PARSE_SYNTAX_ERROR", 19],
    ["SELECT CASE END", "PARSE_SYNTAX_ERROR", 15],
    ["CREATE TABLE t (a INT", "PARSE_SYNTAX_ERROR", 21],
    ["CREATE TABLE t (a NOSUCH)", "UNSUPPORTED_DATATYPE", 18],
    ["CREATE TABLE t VERSION AS OF 1 (a INT)", "PARSE_SYNTAX_ERROR", 31],
    ["CREATE TABLE IF EXISTS t (a INT)", "PARSE_SYNTAX_ERROR", 16],
    ["CREATE WIDGET w", "PARSE_SYNTAX_ERROR", 7],
    ["DROP TABLE t u", "PARSE_SYNTAX_ERROR", 13],
    ["GRANT ON t TO x", "PARSE_SYNTAX_ERROR", 6],
    ["GRANT SELECT ON t", "PARSE_SYNTAX_ERROR", 17],
    ["ALTER TABLE t", "PARSE_SYNTAX_ERROR", 13],
    ["MERGE INTO t USING u ON a", "PARSE_SYNTAX_ERROR", 25],
    ["MERGE INTO t USING u ON a WHEN NOT MATCHED THEN DELETE", "PARSE_SYNTAX_ERROR", 48],
    ["MERGE INTO t USING u ON a WHEN NOT MATCHED THEN INSERT (a) VALUES (1, 2)", "PARSE_SYNTAX_ERROR", 66],
    [
      "MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE WHEN MATCHED AND b THEN UPDATE SET *",
      "NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION",
      26,
    ],
    ["EXPLAIN SELECT 1", "UNSUPPORTED_FEATURE", 0],
    ["CREATE PROVIDER p", "UNSUPPORTED_FEATURE", 7],
    ["CREATE TABLE t DEEP CLONE s WITH HISTORY", "UNSUPPORTED_FEATURE", 28],
    ["SELECT * FROM t TABLESAMPLE (5 ROWS)", "UNSUPPORTED_FEATURE", 16],
    ["SELECT a:b FROM t", "UNSUPPORTED_FEATURE", 8],
    ["SELECT a FROM t ORDER BY ALL", "UNSUPPORTED_FEATURE", 25],
    ["SELECT 1 GROUP BY GROUPING SETS ((a))", "UNSUPPORTED_FEATURE", 18],
    ["ALTER TABLE t REPLACE COLUMNS (a INT)", "UNSUPPORTED_FEATURE", 14],
    ["SELECT * FROM IDENTIFIER(:t)", "UNBOUND_SQL_PARAMETER", 25],
    ["SELECT * FROM a left, b", "PARSE_SYNTAX_ERROR", 20],
  ])("%s", (text, code, offset) => {
    const error = failure(text);
    expect({ code: error.code, offset: error.position?.offset }).toEqual({ code, offset });
  });
});

test.each(["(", "NOT ", "- ", "f(", "a[", "CASE WHEN ", "(SELECT * FROM (", "x -> "])(
  "nesting without end is refused: %s",
  (opening) => {
    expect(failure(`SELECT ${opening.repeat(5_000)}`).code).toBe("FAILED_TO_PARSE_TOO_COMPLEX");
  },
);

test("an unsupported construct is named", () => {
  expect(failure("EXPLAIN t").message).toContain("The feature is not supported: EXPLAIN statement.");
});

describe("scripts", () => {
  const script = "SELECT ';' ; -- a;b\n\nSELECT `;` /* ; */ FROM t;\n;; SELECT \"it's; here\"";

  test("are cut at semicolons outside strings, names and comments", () => {
    expect(splitScript(script)).toEqual([
      { text: "SELECT ';'", start: 0 },
      { text: "SELECT `;` /* ; */ FROM t", start: 21 },
      { text: `SELECT "it's; here"`, start: 51 },
    ]);
  });

  test("are read statement by statement", () => {
    expect(parseScript(script).map((statement) => statement.kind)).toEqual(["query", "query", "query"]);
  });

  test("an open string keeps the rest together", () => {
    expect(splitScript("SELECT 1; SELECT 'a; b")).toEqual([
      { text: "SELECT 1", start: 0 },
      { text: "SELECT 'a; b", start: 10 },
    ]);
  });
});
