import { describe, expect, test } from "vitest";
import { rewriteNames } from "./index.ts";

const toDev = (name: string) => (name.toLowerCase() === "prod" ? "dev" : undefined);

describe("a view's query", () => {
  test.each([
    ["a table", "SELECT * FROM prod.s.t", "SELECT * FROM dev.s.t"],
    ["any case", "select * from PROD.s.t", "select * from dev.s.t"],
    ["quotes are kept", "SELECT * FROM `prod`.s.`t`", "SELECT * FROM `dev`.s.`t`"],
    [
      "joins",
      "SELECT 1 FROM prod.s.a JOIN prod.s.b USING (id)",
      "SELECT 1 FROM dev.s.a JOIN dev.s.b USING (id)",
    ],
    ["time travel", "SELECT 1 FROM prod.s.a VERSION AS OF 3", "SELECT 1 FROM dev.s.a VERSION AS OF 3"],
    ["a function", "SELECT prod.s.f(x) FROM other.s.t", "SELECT dev.s.f(x) FROM other.s.t"],
    ["a table function", "SELECT * FROM prod.s.f(1) x", "SELECT * FROM dev.s.f(1) x"],
    [
      "a lateral view",
      "SELECT 1 FROM t LATERAL VIEW prod.s.f(x) v",
      "SELECT 1 FROM t LATERAL VIEW dev.s.f(x) v",
    ],
    [
      "subqueries",
      "SELECT (SELECT max(a) FROM prod.s.t) IN (SELECT b FROM prod.s.u)",
      "SELECT (SELECT max(a) FROM dev.s.t) IN (SELECT b FROM dev.s.u)",
    ],
    [
      "inside WITH",
      "WITH prod AS (SELECT * FROM prod.s.t) SELECT prod.id FROM prod",
      "WITH prod AS (SELECT * FROM dev.s.t) SELECT prod.id FROM prod",
    ],
    [
      "a qualified column",
      "SELECT prod.s.t.id, prod.s.t.* FROM prod.s.t ORDER BY prod.s.t.id",
      "SELECT dev.s.t.id, dev.s.t.* FROM dev.s.t ORDER BY dev.s.t.id",
    ],
    [
      "a correlated column",
      "SELECT 1 FROM prod.s.t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = prod.s.t.id)",
      "SELECT 1 FROM dev.s.t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = dev.s.t.id)",
    ],
    ["TABLE", "TABLE prod.s.t", "TABLE dev.s.t"],
    ["a name in IDENTIFIER", "SELECT * FROM IDENTIFIER('prod.s.t') x", "SELECT * FROM `dev`.`s`.`t` x"],
    [
      "table_changes",
      "SELECT * FROM table_changes('prod.s.t', 1)",
      "SELECT * FROM table_changes('dev.s.t', 1)",
    ],
  ])("%s", (_name, text, expected) => {
    expect(rewriteNames(text, { catalog: toDev })).toBe(expected);
  });

  test.each([
    [
      "a path into JSON",
      "SELECT prod.s.t.j:a.b[0]::int, j:['x'][*] FROM prod.s.t",
      "SELECT dev.s.t.j:a.b[0]::int, j:['x'][*] FROM dev.s.t",
    ],
    [
      "PIVOT",
      "SELECT * FROM prod.s.t PIVOT (sum(a) FOR b IN ('x', 'y')) p",
      "SELECT * FROM dev.s.t PIVOT (sum(a) FOR b IN ('x', 'y')) p",
    ],
    [
      "UNPIVOT",
      "SELECT * FROM prod.s.t UNPIVOT INCLUDE NULLS (a FOR b IN (c, d))",
      "SELECT * FROM dev.s.t UNPIVOT INCLUDE NULLS (a FOR b IN (c, d))",
    ],
    [
      "a sample",
      "SELECT * FROM prod.s.t TABLESAMPLE (5 PERCENT) REPEATABLE (1) x, prod.s.u",
      "SELECT * FROM dev.s.t TABLESAMPLE (5 PERCENT) REPEATABLE (1) x, dev.s.u",
    ],
    [
      "grouping sets",
      "SELECT 1 FROM prod.s.t GROUP BY GROUPING SETS ((a, b), prod.s.f(c), ()) ORDER BY ALL",
      "SELECT 1 FROM dev.s.t GROUP BY GROUPING SETS ((a, b), dev.s.f(c), ()) ORDER BY ALL",
    ],
    [
      "SORT BY and COLLATE",
      "SELECT a COLLATE UNICODE FROM prod.s.t DISTRIBUTE BY a SORT BY prod.s.f(b) DESC",
      "SELECT a COLLATE UNICODE FROM dev.s.t DISTRIBUTE BY a SORT BY dev.s.f(b) DESC",
    ],
    [
      "types and literals we do not know",
      "SELECT TIME '10:00:00', CAST(a AS TIME(3)) FROM prod.s.t",
      "SELECT TIME '10:00:00', CAST(a AS TIME(3)) FROM dev.s.t",
    ],
  ])("beyond the tree: %s", (_name, text, expected) => {
    expect(rewriteNames(text, { catalog: toDev })).toBe(expected);
  });

  test("a construct that would hide a name is refused", () => {
    expect(() =>
      rewriteNames("SELECT * FROM t PIVOT (prod.s.f(a) FOR b IN (1))", { catalog: toDev }),
    ).toThrow(expect.objectContaining({ code: "UNSUPPORTED_FEATURE" }));
  });

  test.each([
    ["another catalog that ends alike", "SELECT * FROM nonprod.s.t"],
    ["a string", "SELECT 'prod.s.t' FROM x"],
    ["comments", "SELECT /* prod.s.t */ 1 -- prod.s.t\nFROM x"],
    ["a schema", "SELECT * FROM other.prod.t"],
    ["a schema of two parts", "SELECT * FROM prod.t"],
    ["an alias and its columns", "SELECT prod.a.b.c FROM other.s.t prod"],
    ["an aliased table's columns", "SELECT prod.s.t.id FROM other.s.t AS prod"],
    ["a column's fields", "SELECT prod.s.t.id FROM t"],
    ["a path", "SELECT * FROM delta.`prod.s.t`"],
    ["odd spacing", "select\t1\r\n  from   x  ; "],
  ])("leaves %s", (_name, text) => {
    expect(rewriteNames(text, { catalog: toDev })).toBe(text);
  });

  test("understands a column qualified in full where FROM is not, given the namespace", () => {
    const namespace = { catalog: "prod", schema: "s" };
    expect(rewriteNames("SELECT prod.s.t.id FROM t", { catalog: toDev, namespace })).toBe(
      "SELECT dev.s.t.id FROM t",
    );
  });

  test.each([
    ["my-dev", "SELECT * FROM `my-dev`.s.t"],
    ["a`b", "SELECT * FROM `a``b`.s.t"],
    ["select", "SELECT * FROM `select`.s.t"],
    ["1st", "SELECT * FROM `1st`.s.t"],
  ])("quotes %s", (renamed, expected) => {
    expect(rewriteNames("SELECT * FROM prod.s.t", { catalog: () => renamed })).toBe(expected);
  });
});

test("pitfall 21: the same letters elsewhere stay: another catalog, aliases, strings, comments, paths", () => {
  const text = `SELECT §.s.t.id, 'prod.s.t' AS \`prod.s.t\`, prod.x.y.z /* prod.s.t */ -- prod.s.t
    FROM §.s.t JOIN nonprod.s.t AS prod USING (id) JOIN delta.\`/prod.s.t\` USING (id)`;
  const rewritten = rewriteNames(text.replaceAll("§", "prod"), { catalog: toDev });
  expect(rewritten).toBe(text.replaceAll("§", "dev"));
});

describe("a function's body", () => {
  test.each([
    [
      "an expression",
      "CASE WHEN prod.s.is_admin() THEN ssn ELSE 'prod' END",
      "CASE WHEN dev.s.is_admin() THEN ssn ELSE 'prod' END",
    ],
    ["a query", "SELECT id FROM prod.s.t WHERE id = x", "SELECT id FROM dev.s.t WHERE id = x"],
    ["a scalar subquery", "(SELECT max(id) FROM prod.s.t)", "(SELECT max(id) FROM dev.s.t)"],
  ])("%s", (_name, text, expected) => {
    expect(rewriteNames(text, { kind: "functionBody", catalog: toDev })).toBe(expected);
  });
});

test("text that is no SQL is refused with its place", () => {
  expect(() => rewriteNames("SELECT FROM", { catalog: toDev })).toThrow(
    expect.objectContaining({ code: "PARSE_SYNTAX_ERROR", position: { offset: 7, line: 1, column: 7 } }),
  );
});
