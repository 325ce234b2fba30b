import { describe, expect, test } from "vitest";
import { printQuery } from "../../test/print.ts";
import { withoutSpans } from "../../test/trees.ts";
import { parseQuery } from "../index.ts";

describe("how a query is understood", () => {
  test.each([
    ["select 1", "SELECT 1"],
    ["SELECT ALL a FROM t", "SELECT a FROM t"],
    ["SELECT DISTINCT a x, b AS y FROM t u", "SELECT DISTINCT a AS x, b AS y FROM t AS u"],
    ["SELECT *, t.*, c.s.t.* EXCEPT (a, b) FROM t", "SELECT *, t.*, c.s.t.* EXCEPT (a, b) FROM t"],
    ["SELECT * EXCEPT SELECT * FROM t", "SELECT * EXCEPT SELECT * FROM t"],
    ["SELECT explode(m) AS (k, v)", "SELECT explode(m) AS (k, v)"],
    [
      "SELECT a FROM t UNION SELECT b FROM u INTERSECT SELECT c FROM v",
      "SELECT a FROM t UNION SELECT b FROM u INTERSECT SELECT c FROM v",
    ],
    ["SELECT 1 MINUS SELECT 2 UNION ALL SELECT 3", "SELECT 1 EXCEPT SELECT 2 UNION ALL SELECT 3"],
    [
      "(SELECT 1 LIMIT 1) UNION (SELECT 2) ORDER BY 1 LIMIT 3 OFFSET 1",
      "(SELECT 1 LIMIT 1) UNION (SELECT 2) ORDER BY 1 LIMIT 3 OFFSET 1",
    ],
    ["SELECT 1 LIMIT ALL", "SELECT 1"],
    ["VALUES 1, (2), (3, 4)", "VALUES (1), (2), (3, 4)"],
    ["TABLE c.s.t", "TABLE c.s.t"],
    [
      "WITH a AS (SELECT 1), b (x) AS (SELECT 2) SELECT * FROM a, b",
      "WITH a AS (SELECT 1), b (x) AS (SELECT 2) SELECT * FROM a, b",
    ],
    ["WITH RECURSIVE r(n) AS (SELECT 1) TABLE r", "WITH RECURSIVE r (n) AS (SELECT 1) TABLE r"],
    ["WITH recursive AS (SELECT 1) TABLE recursive", "WITH recursive AS (SELECT 1) TABLE recursive"],
    [
      "SELECT a FROM t WHERE b GROUP BY a, b HAVING c QUALIFY d",
      "SELECT a FROM t WHERE b GROUP BY a, b HAVING c QUALIFY d",
    ],
    ["SELECT 1 FROM t GROUP BY ALL", "SELECT 1 FROM t GROUP BY ALL"],
    ["SELECT 1 FROM t GROUP BY ROLLUP (a, b)", "SELECT 1 FROM t GROUP BY a, b WITH ROLLUP"],
    ["SELECT 1 FROM t GROUP BY a WITH CUBE", "SELECT 1 FROM t GROUP BY a WITH CUBE"],
    [
      "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY b)",
      "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY b)",
    ],
    ["SELECT 1 ORDER BY a DESC NULLS FIRST, b ASC", "SELECT 1 ORDER BY a DESC NULLS FIRST, b"],
    ["SELECT /*+ BROADCAST(t) */ a FROM t", "SELECT a FROM t"],
    ["SELECT a -- end\nFROM t /* x /* nested */ */ ;", "SELECT a FROM t"],
  ])("%s", (text, understood) => {
    expect(printQuery(parseQuery(text))).toBe(understood);
  });
});

describe("relations", () => {
  test.each([
    ["a, b", "a, b"],
    ["a JOIN b", "a INNER JOIN b"],
    ["a CROSS JOIN b JOIN c ON x = y", "a CROSS JOIN b INNER JOIN c ON (x = y)"],
    ["a LEFT OUTER JOIN b USING (x, y)", "a LEFT JOIN b USING (x, y)"],
    ["a RIGHT JOIN b ON c FULL OUTER JOIN d ON e", "a RIGHT JOIN b ON c FULL JOIN d ON e"],
    ["a LEFT SEMI JOIN b ON c", "a LEFT SEMI JOIN b ON c"],
    ["a ANTI JOIN b ON c", "a LEFT ANTI JOIN b ON c"],
    ["a NATURAL JOIN b", "a NATURAL INNER JOIN b"],
    ["a JOIN (b JOIN c ON d) ON e", "a INNER JOIN (b INNER JOIN c ON d) ON e"],
    ["(a JOIN b) x", "(SELECT * FROM a INNER JOIN b) AS x"],
    ["((SELECT 1) a JOIN b)", "(SELECT 1) AS a INNER JOIN b"],
    ["((SELECT 1) UNION SELECT 2) t", "((SELECT 1) UNION SELECT 2) AS t"],
    ["(((SELECT 1)))", "(((SELECT 1)))"],
    ["a version, b timestamp", "a AS version, b AS timestamp"],
    ["a VERSION AS OF 3 AS x", "a VERSION AS OF 3 AS x"],
    ["a FOR SYSTEM_VERSION AS OF 3", "a VERSION AS OF 3"],
    ["a TIMESTAMP AS OF current_date() - 1 x", "a TIMESTAMP AS OF (current_date() - 1) AS x"],
    ["a@v12", "a VERSION AS OF 12L"],
    ["a@20260131120000123 x", "a TIMESTAMP AS OF '2026-01-31 12:00:00.123' AS x"],
    ["delta.`/x/y`", "delta.`/x/y`"],
    ["range(1, 10) r(id)", "range(1, 10) AS r(id)"],
    ["t, LATERAL explode(t.a) AS e(x)", "t, LATERAL explode(t.a) AS e(x)"],
    ["t JOIN LATERAL (SELECT t.a) l ON TRUE", "t INNER JOIN LATERAL (SELECT t.a) AS l ON TRUE"],
    [
      "t LATERAL VIEW explode(a) v AS x LATERAL VIEW OUTER posexplode(b) AS p, q",
      "t LATERAL VIEW explode(a) v AS x LATERAL VIEW OUTER posexplode(b) AS p, q",
    ],
    ["a, b LATERAL VIEW explode(c) AS x", "a CROSS JOIN b LATERAL VIEW explode(c) AS x"],
    ["VALUES (1, 2), (3, 4) AS t(a, b)", "VALUES (1, 2), (3, 4) AS t(a, b)"],
    ["(VALUES 1) t(a)", "(VALUES (1)) AS t(a)"],
    ["(DESCRIBE HISTORY c.s.t LIMIT 5) h", "(DESCRIBE HISTORY c.s.t LIMIT 5) AS h"],
    ["(DESC HISTORY t)", "(DESCRIBE HISTORY t)"],
    ["table_changes('c.s.t', 1, 2)", "table_changes('c.s.t', 1, 2)"],
    ["IDENTIFIER('c' || '.s.t') x", "c.s.t AS x"],
    ["values", "values"],
  ])("FROM %s", (from, understood) => {
    expect(printQuery(parseQuery(`SELECT * FROM ${from}`))).toBe(`SELECT * FROM ${understood}`);
  });
});

test("INTERSECT binds tighter than UNION, the rest goes from left to right", () => {
  const { body } = parseQuery("SELECT 1 UNION SELECT 2 INTERSECT SELECT 3 EXCEPT SELECT 4");
  expect(withoutSpans(body)).toMatchObject({
    operator: "EXCEPT",
    left: { operator: "UNION", right: { operator: "INTERSECT" } },
  });
});

test("a table by path is told from a table in a schema called delta", () => {
  const from = (text: string) => withoutSpans(parseQuery(`SELECT * FROM ${text}`).body);
  expect(from("delta.`/x`")).toMatchObject({
    from: [{ table: { path: { format: "delta", path: "/x" } } }],
  });
  expect(from("`delta`.`/x`")).not.toMatchObject({ from: [{ table: { path: {} } }] });
  expect(from("delta.x")).not.toMatchObject({ from: [{ table: { path: {} } }] });
});

test("IDENTIFIER takes a bound parameter", () => {
  const read = parseQuery("SELECT * FROM IDENTIFIER(:t || '.x')", { bindings: { t: "c.`s.1`" } });
  expect(printQuery(read)).toBe("SELECT * FROM c.`s.1`.x");
});
