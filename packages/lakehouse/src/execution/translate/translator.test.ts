import { parseQuery } from "@clone-xs/sql";
import { describe, expect, test } from "vitest";
import { ExecutionError } from "../execution.ts";
import { parseType, typeText } from "../types/text.ts";
import { type CatalogView, type Environment, makeIds } from "./environment.ts";
import { TRANSLATOR } from "./translator.ts";

const people = {
  id: "bigint",
  name: "string",
  born: "date",
  score: "decimal(10,2)",
  tags: "array<string>",
  address: "struct<street:string,zip:int>",
};

const catalog: CatalogView = {
  table: (reference) => {
    if (reference.name.parts.at(-1)?.text.toLowerCase() !== "people") throw new Error("no such table");
    const columns = Object.entries(people).map(([name, type]) => ({ name, type: parseType(type) }));
    return { kind: "rows", parts: ["c", "s", "people"], columns, sql: "(people)" };
  },
  history: () => {
    throw new Error("no history");
  },
  changes: () => {
    throw new Error("no changes");
  },
  detail: () => {
    throw new Error("no detail");
  },
  routine: () => undefined,
};

function environment(text: string): Environment {
  return {
    text,
    namespace: { catalog: "c", schema: "s" },
    reader: "me",
    session: { user: "me", groups: [], metastoreId: "m", now: 0, version: "1" },
    parameters: [{ name: "p", value: "7", type: "INT" }],
    catalog,
    translate: TRANSLATOR,
    commonTables: [],
    ids: makeIds(),
    expanding: [],
  };
}

function translate(text: string) {
  const inside = environment(text);
  return inside.translate.query(parseQuery(text), inside);
}

function shape(text: string) {
  return translate(text).columns.map(({ name, type }) => `${name}: ${typeText(type)}`);
}

describe("a translated query", () => {
  test.each([
    [
      "SELECT 1, 2147483648, -2147483648, 1.50, 1e3, 'a'",
      ["1: INT", "2147483648: BIGINT", "-2147483648: INT", "1.50: DECIMAL(3,2)", "1e3: DOUBLE", "a: STRING"],
    ],
    [
      "SELECT 1 / 2 AS q, 1 DIV 2 AS d, 1 + 2L AS s, 5 % 3 AS m",
      ["q: DOUBLE", "d: BIGINT", "s: BIGINT", "m: INT"],
    ],
    [
      "SELECT score + 1 AS a, score * score AS b, score / score AS c FROM people",
      ["a: DECIMAL(11,2)", "b: DECIMAL(21,4)", "c: DECIMAL(23,13)"],
    ],
    [
      "SELECT sum(id), sum(score), avg(score), avg(id), count(*) FROM people",
      [
        "sum(id): BIGINT",
        "sum(score): DECIMAL(20,2)",
        "avg(score): DECIMAL(14,6)",
        "avg(id): DOUBLE",
        "count(1): BIGINT",
      ],
    ],
    [
      "SELECT * EXCEPT (tags, address) FROM people p",
      ["id: BIGINT", "name: STRING", "born: DATE", "score: DECIMAL(10,2)"],
    ],
    ["SELECT p.address.zip, tags[0] AS t FROM people p", ["zip: INT", "t: STRING"]],
    ["SELECT id AS a, a + 1 AS b FROM people", ["a: BIGINT", "b: BIGINT"]],
    [
      "SELECT born + INTERVAL 1 DAY AS d, born + INTERVAL 1 HOUR AS h FROM people",
      ["d: DATE", "h: TIMESTAMP"],
    ],
    ["SELECT coalesce(NULL, 1, 2.5) AS v, if(true, 1, NULL) AS w", ["v: DECIMAL(11,1)", "w: INT"]],
    ["SELECT * FROM VALUES (1, 'a'), (2.5, NULL) AS t(x, y)", ["x: DECIMAL(11,1)", "y: STRING"]],
    ["SELECT 1 AS a UNION ALL SELECT 2L", ["a: BIGINT"]],
    ["WITH q (k) AS (SELECT id FROM people) SELECT k FROM q", ["k: BIGINT"]],
    ["SELECT explode(map('a', 1))", ["key: STRING", "value: INT"]],
    ["SELECT :p AS p", ["p: INT"]],
    [
      "SELECT * FROM people a JOIN people b USING (id)",
      [
        "id: BIGINT",
        ...[
          "name: STRING",
          "born: DATE",
          "score: DECIMAL(10,2)",
          "tags: ARRAY<STRING>",
          "address: STRUCT<street: STRING, zip: INT>",
        ].flatMap((c) => [c]),
        "name: STRING",
        "born: DATE",
        "score: DECIMAL(10,2)",
        "tags: ARRAY<STRING>",
        "address: STRUCT<street: STRING, zip: INT>",
      ],
    ],
  ])("has Spark's names and types: %s", (text, expected) => {
    expect(shape(text)).toEqual(expected);
  });

  test("puts NULL first when ascending and last when descending", () => {
    expect(translate("SELECT id FROM people ORDER BY id, name DESC, born NULLS LAST").sql).toMatch(
      /ORDER BY c1 ASC NULLS FIRST, r1\."name" DESC NULLS LAST, r1\."born" ASC NULLS LAST$/,
    );
  });

  test("writes the same expression the same way in SELECT and GROUP BY", () => {
    const { sql } = translate("SELECT id / 2, count(*) FROM people GROUP BY id / 2");
    const [, grouped = ""] = sql.split(" GROUP BY ");
    expect(sql.startsWith(`SELECT ${grouped} AS c1`)).toBe(true);
  });
});

describe("a query that cannot be translated", () => {
  test.each([
    [
      "SELECT nme FROM people",
      "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      /`nme` cannot be resolved\. Did you mean one of the following\? \[`name`.*line 1 pos 7$/,
    ],
    ["SELECT 1,\n  nope(1)", "UNRESOLVED_ROUTINE", /routine `nope` on search path .*line 2 pos 2$/],
    [
      "SELECT 1,\n  Crc32(1)",
      "UNSUPPORTED_FEATURE",
      /embedded workspace: `crc32` is a Databricks function that it does not have yet\. .*line 2 pos 2$/,
    ],
    ["SELECT system.builtin.to_json(1)", "UNSUPPORTED_FEATURE", /`to_json` is a Databricks function/],
    ["SELECT a.b.hash(1)", "UNRESOLVED_ROUTINE", /routine `a`\.`b`\.`hash`/],
    ["SELECT * FROM read_files('x')", "UNSUPPORTED_FEATURE", /`read_files` is a Databricks function/],
    ["SELECT * FROM read_nothing('x')", "UNRESOLVABLE_TABLE_VALUED_FUNCTION", /`read_nothing`/],
    ["SELECT id FROM people a, people b", "AMBIGUOUS_REFERENCE", /`id` is ambiguous/],
    ["SELECT address.town FROM people", "UNRESOLVED_COLUMN.WITH_SUGGESTION", /`address`\.`town`/],
    ["SELECT 1 = DATE '2020-01-01'", "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", /\("INT" and "DATE"\)/],
    ["SELECT 1 WHERE 1", "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", /"BOOLEAN" type is required/],
    [
      "SELECT substr('a')",
      "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      /requires \[2, 3\] parameters but the actual number is 1/,
    ],
    [
      "SELECT 1 UNION SELECT 1, 2",
      "NUM_COLUMNS_MISMATCH",
      /first input has 1 columns and the second input has 2/,
    ],
    [
      "SELECT id FROM people ORDER BY 2",
      "ORDER_BY_POS_OUT_OF_RANGE",
      /position 2 is not in select list \(valid range is \[1, 1\]\)/,
    ],
    ["SELECT :missing", "UNBOUND_SQL_PARAMETER", /unbound parameter: missing/],
    ["SELECT row_number()", "WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE", /"row_number" requires an OVER clause/],
    ["SELECT CAST(map('a', 1) AS STRING)", "UNSUPPORTED_FEATURE", /CAST of MAP<STRING, INT> to STRING/],
  ])("says why: %s", (text, errorClass, message) => {
    const failed = () => translate(text);
    expect(failed).toThrow(ExecutionError);
    expect(failed).toThrow(message);
    expect(failed).toThrow(new RegExp(`^\\[${errorClass.replaceAll(".", "\\.")}\\]`));
  });
});
