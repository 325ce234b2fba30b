import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openTestLakehouse();
});
afterAll(() => lakehouse.close());

const run = (text: string) =>
  lakehouse.connect().statements.execute({ text, kind: "select", effect: "read" });

describe("Spark's ANSI answers, where the engine's own differ", () => {
  test.each([
    ["1 / 2, 7 DIV 2, -7 DIV 2, -7 % 3, pmod(-7, 3)", ["0.5", "3", "-3", "-1", "2"]],
    ["10.00 / 3.00, 1.5 * 2, 0.1 + 0.2", ["3.333333", "3.0", "0.3"]],
    ["CAST(1 AS DECIMAL(38,18)) / 3", ["0.333333333333333333"]],
    ["-1.00 / 3, 2.0 / 3.0", ["-0.333333", "0.666667"]],
    ["round(2.675D, 2), round(2.5), round(-2.5D), round(1234.567, 1)", ["2.68", "3", "-3.0", "1234.6"]],
    [
      "CAST(2.9 AS INT), CAST(-2.9D AS BIGINT), CAST('  12 ' AS INT), CAST(0.285D AS DECIMAL(3,2))",
      ["2", "-2", "12", "0.29"],
    ],
    ["CAST('1e3' AS DOUBLE), CAST('y' AS BOOLEAN), CAST('2021-3' AS DATE)", ["1000.0", "true", "2021-03-01"]],
    [
      "CAST(1e20 AS STRING), CAST(0.00001D AS STRING), CAST(1.0F AS STRING), CAST(true AS STRING)",
      ["1.0E20", "1.0E-5", "1.0", "true"],
    ],
    [
      "substr('abc', 0, 2), substr('abc', -2), substr('abc', -5, 3), substring('abc' FROM 2 FOR 1)",
      ["ab", "bc", "a", "b"],
    ],
    [
      "array(10, 20)[0], element_at(array(10, 20), -1), map('a', 1)['b'], get(array(1), 5)",
      ["10", "20", null, null],
    ],
    [
      "upper('straße'), ucase(concat('ﬁn', 'ŉ')), upper('ᾳ և'), upper('éa1'), upper(NULL)",
      ["STRASSE", "FINʼN", "ΑΙ ԵՒ", "ÉA1", null],
    ],
    ["'a' || NULL, concat('a', NULL), concat_ws('-', 'a', NULL, 'b')", [null, null, "a-b"]],
    ["size(NULL), size(array(1, NULL)), array_contains(array(1, NULL), 2)", [null, "2", null]],
    ["'a%b' LIKE 'a\\\\%b', 'axb' LIKE 'a\\\\%b', 'A' ILIKE 'a'", ["true", "false", "true"]],
    ["greatest(1, NULL, 3), least('b', 'a'), nullif(1, 1), nvl(NULL, 2)", ["3", "a", null, "2"]],
    ["NULL <=> NULL, 1 <=> NULL, NULL = NULL, NOT NULL", ["true", "false", null, null]],
    ["CAST('NaN' AS DOUBLE) = CAST('NaN' AS DOUBLE), CAST('NaN' AS DOUBLE) > 1e308", ["true", "true"]],
    [
      "dayofweek(DATE '2024-01-07'), weekday(DATE '2024-01-07'), last_day(DATE '2024-02-03')",
      ["1", "6", "2024-02-29"],
    ],
    [
      "DATE '2024-01-31' + INTERVAL 1 MONTH, add_months(DATE '2024-01-31', 1), date_add(DATE '2024-01-01', 1)",
      ["2024-02-29", "2024-02-29", "2024-01-02"],
    ],
    [
      "datediff(DATE '2024-03-01', DATE '2024-02-01'), date_trunc('MONTH', TIMESTAMP '2024-02-03 04:05:06'), trunc(DATE '2024-02-03', 'YEAR')",
      ["29", "2024-02-01T00:00:00.000Z", "2024-01-01"],
    ],
    [
      "timestampdiff(MONTH, DATE '2024-01-31', DATE '2024-02-29'), timestampdiff(YEAR, DATE '2024-02-29', DATE '2025-02-28'), datediff(QUARTER, DATE '2024-05-17', DATE '2023-11-17'), timestampdiff(MONTH, TIMESTAMP '2024-01-15 12:00:00', TIMESTAMP '2024-02-15 11:59:59')",
      ["0", "0", "-2", "0"],
    ],
    [
      "date_format(TIMESTAMP '2024-02-03 04:05:06', 'yyyy/MM/dd HH:mm'), to_date('03.02.2024', 'dd.MM.yyyy')",
      ["2024/02/03 04:05", "2024-02-03"],
    ],
    [
      "unix_timestamp(TIMESTAMP '1970-01-02 00:00:00'), from_unixtime(86400), TIMESTAMP '2024-01-01 12:00:00+02:00'",
      ["86400", "1970-01-02 00:00:00", "2024-01-01T10:00:00.000Z"],
    ],
    [
      "split('a,b,c', ','), array_join(array('a', NULL, 'b'), '-'), regexp_replace('a1b2', '([0-9])', '<$1>')",
      ['["a","b","c"]', "a-b", "a<1>b<2>"],
    ],
    [
      "transform(array(1, 2), x -> x + 1), filter(array(1, NULL, 3), x -> x > 1), transform(array('a', 'b'), (x, i) -> concat(x, i))",
      ["[2,3]", "[3]", '["a0","b1"]'],
    ],
    [
      "array_union(array(2, 1, NULL), array(1, NULL)), array_intersect(array(1, NULL, 1), array(NULL, 1)), array_except(array(1, 2, 2), array(1))",
      ["[2,1,null]", "[1,null]", "[2]"],
    ],
    [
      "aggregate(array(1, 2, 3), 10, (s, x) -> s + x), reduce(array(1, 2), 0, (s, x) -> s + x, s -> s * 10), arrays_overlap(array(1), array(2, NULL))",
      ["16", "30", null],
    ],
    [
      "int('7'), double(1), try_to_timestamp('2024-13-01', 'yyyy-MM-dd'), try_to_date('2024-02-01')",
      ["7", "1.0", null, "2024-02-01"],
    ],
    [
      "sequence(1, 5, 2), sequence(3, 1), flatten(array(array(1), array(2)))",
      ["[1,3,5]", "[3,2,1]", "[1,2]"],
    ],
    ["named_struct('a', 1, 'b', 'x').b, struct(1 AS k).k, map_keys(map('a', 1))", ["x", "1", '["a"]']],
    [
      "lpad('7', 3, '0'), rpad('abc', 2, 'x'), ltrim('  a '), btrim('xax', 'x'), initcap('hello WORLD')",
      ["007", "ab", "a ", "a", "Hello World"],
    ],
    [
      "md5('a'), sha2('a', 256), hex('a'), base64('a')",
      [
        "0cc175b9c0f1b6a831c399e269772661",
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        "61",
        "YQ==",
      ],
    ],
    ["get_json_object('{\"a\":{\"b\":[1,2]}}', '$.a.b[1]'), get_json_object('x', '$.a')", ["2", null]],
    [
      "try_cast('x' AS INT), try_divide(1, 0), try_add(2147483647, 1), try_element_at(array(1), 2)",
      [null, null, null, null],
    ],
  ])("SELECT %s", async (expressions, expected) => {
    expect((await run(`SELECT ${expressions}`)).rows).toEqual([expected]);
  });

  test.each([
    [
      "sum(x), avg(x), count(x), count(*), count(DISTINCT x)",
      "(1), (2), (2), (NULL)",
      ["5", "1.6666666666666667", "3", "4", "2"],
    ],
    ["sum(x), avg(x)", "(1.10), (2.25)", ["3.35", "1.675000"]],
    [
      "sum(CAST(x AS DECIMAL(38,0))), avg(CAST(x AS DECIMAL(30,2)))",
      "(9999999999999999999999999999), (1)",
      ["10000000000000000000000000000", "5000000000000000000000000000.000000"],
    ],
    ["collect_list(x), sort_array(collect_set(x))", "(2), (1), (2), (NULL)", ["[2,1,2]", "[1,2]"]],
    ["min(x), max(x), first(x), last(x, true)", "('b'), ('a'), (NULL)", ["a", "b", "b", "a"]],
    ["count_if(x > 1), bool_and(x > 0), max_by(x, -x)", "(1), (2), (3)", ["2", "true", "1"]],
    ["sum(x) FILTER (WHERE x > 1), count(*) FILTER (WHERE x > 5)", "(1), (2)", ["2", "0"]],
    ["sum(x), max(x), collect_list(x)", "(1) LIMIT 0", [null, null, "[]"]],
  ])("SELECT %s over %s", async (aggregates, values, expected) => {
    expect(
      (
        await run(
          `SELECT ${aggregates} FROM (SELECT * FROM VALUES ${values.replace(" LIMIT 0", "")} AS t(x)${values.endsWith("LIMIT 0") ? " LIMIT 0" : ""})`,
        )
      ).rows,
    ).toEqual([expected]);
  });

  test.each([2_000, 50_000])("a chain of %d operators is too complex", async (length) => {
    await expect(run(`SELECT 1${" + 1".repeat(length)}`)).rejects.toThrow(/^\[FAILED_TO_PARSE_TOO_COMPLEX\]/);
  });

  test("a list of values may be long", async () => {
    const { rows } = await run(`SELECT count(*) FROM VALUES ${"(1), ".repeat(150_000)}(1) AS t(x)`);
    expect(rows).toEqual([["150001"]]);
  });

  test("a sum of decimals has no more than 38 digits", async () => {
    const sum = run(
      `SELECT sum(x) FROM VALUES (CAST('${"9".repeat(38)}' AS DECIMAL(38,0))), (CAST(1 AS DECIMAL(38,0))) AS t(x)`,
    );
    await expect(sum).rejects.toThrow(/^\[ARITHMETIC_OVERFLOW\] Overflow in sum of decimals/);
  });

  test("NULL comes first when ascending and last when descending", async () => {
    const rows = async (order: string) =>
      (await run(`SELECT x FROM VALUES (2), (NULL), (1) AS t(x) ORDER BY x ${order}`)).rows.flat();
    expect(await rows("")).toEqual([null, "1", "2"]);
    expect(await rows("DESC")).toEqual(["2", "1", null]);
    expect(await rows("DESC NULLS FIRST")).toEqual([null, "2", "1"]);
  });

  test.each([
    ["1 / 0", "DIVIDE_BY_ZERO"],
    ["1.5 / 0", "DIVIDE_BY_ZERO"],
    ["1 % 0", "REMAINDER_BY_ZERO"],
    ["2147483647 + 1", "ARITHMETIC_OVERFLOW"],
    ["9223372036854775807L * 2", "ARITHMETIC_OVERFLOW"],
    ["(SELECT sum(x) FROM VALUES (9223372036854775807L), (1L) AS t(x))", "ARITHMETIC_OVERFLOW"],
    ["CAST('1.5' AS INT)", "CAST_INVALID_INPUT"],
    ["CAST('abc' AS DATE)", "CAST_INVALID_INPUT"],
    ["CAST(300 AS TINYINT)", "CAST_OVERFLOW"],
    ["CAST(1e30 AS BIGINT)", "CAST_OVERFLOW"],
    ["CAST('NaN' AS DOUBLE)::INT", "CAST_OVERFLOW"],
    ["array(1, 2)[2]", "INVALID_ARRAY_INDEX"],
    ["array(1, 2)[-1]", "INVALID_ARRAY_INDEX"],
    ["element_at(array(1), 0)", "INVALID_INDEX_OF_ZERO"],
    ["element_at(array(1), 2)", "INVALID_ARRAY_INDEX_IN_ELEMENT_AT"],
    ["'a' + 1", "CAST_INVALID_INPUT"],
    ["(SELECT x FROM VALUES (1), (2) AS t(x))", "SCALAR_SUBQUERY_TOO_MANY_ROWS"],
    ["raise_error('stop')", "USER_RAISED_EXCEPTION"],
    ["crc32('a')", "UNSUPPORTED_FEATURE"],
    ["xxhash65('a')", "UNRESOLVED_ROUTINE"],
  ])("SELECT %s raises %s", async (expression, errorClass) => {
    await expect(run(`SELECT ${expression}`)).rejects.toMatchObject({ errorClass });
  });
});

describe("queries", () => {
  test.each([
    [
      "SELECT a.k, b.v FROM VALUES (1), (2) AS a(k) LEFT JOIN VALUES (1, 'x') AS b(k, v) USING (k) ORDER BY k",
      [
        ["1", "x"],
        ["2", null],
      ],
    ],
    ["SELECT * FROM VALUES (1, 2) AS a(k, v) NATURAL JOIN VALUES (1, 3) AS b(k, w)", [["1", "2", "3"]]],
    ["SELECT k FROM VALUES (1), (2) AS a(k) LEFT ANTI JOIN VALUES (1) AS b(k) ON a.k = b.k", [["2"]]],
    ["SELECT k FROM VALUES (1), (2), (NULL) AS a(k) WHERE k NOT IN (SELECT 1) ORDER BY k", [["2"]]],
    [
      "SELECT k, (SELECT max(v) FROM VALUES (1, 5), (1, 6) AS b(k, v) WHERE b.k = a.k) AS m FROM VALUES (1), (2) AS a(k) ORDER BY k",
      [
        ["1", "6"],
        ["2", null],
      ],
    ],
    [
      "SELECT k FROM VALUES (1), (2) AS a(k) WHERE EXISTS (SELECT 1 FROM VALUES (2) AS b(k) WHERE b.k = a.k)",
      [["2"]],
    ],
    [
      "SELECT id, e, p FROM VALUES (1, array('a', 'b')), (2, array()) AS t(id, l) LATERAL VIEW OUTER posexplode(l) AS p, e ORDER BY id, p",
      [
        ["1", "a", "0"],
        ["1", "b", "1"],
        ["2", null, null],
      ],
    ],
    ["SELECT explode(sequence(1, 3)) AS n ORDER BY n DESC LIMIT 2", [["3"], ["2"]]],
    [
      "SELECT k, sum(v) AS s FROM VALUES ('a', 1), ('b', 2), ('a', 3) AS t(k, v) GROUP BY k HAVING s > 2 ORDER BY s",
      [["a", "4"]],
    ],
    [
      "SELECT upper(k) AS u, count(*) FROM VALUES ('a'), ('A'), ('b') AS t(k) GROUP BY u ORDER BY 1",
      [
        ["A", "2"],
        ["B", "1"],
      ],
    ],
    [
      "SELECT k, v FROM VALUES ('a', 1), ('a', 2), ('b', 3) AS t(k, v) QUALIFY row_number() OVER (PARTITION BY k ORDER BY v DESC) = 1 ORDER BY k",
      [
        ["a", "2"],
        ["b", "3"],
      ],
    ],
    [
      "SELECT v, lag(v, 1, 0) OVER w AS l, sum(v) OVER w AS s FROM VALUES (1), (2) AS t(v) WINDOW w AS (ORDER BY v) ORDER BY v",
      [
        ["1", "0", "1"],
        ["2", "1", "3"],
      ],
    ],
    [
      "WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT * FROM a UNION ALL SELECT * FROM b",
      [["1"], ["2"]],
    ],
    ["(SELECT 1 AS x UNION SELECT 2) EXCEPT SELECT 2", [["1"]]],
    ["SELECT DISTINCT x % 2 AS y FROM range(5) AS t(x) ORDER BY y", [["0"], ["1"]]],
    ["SELECT a, a * 2 AS b, b + 1 AS c FROM (SELECT 3 AS a)", [["3", "6", "7"]]],
    [
      "SELECT k, v, count(*) FROM VALUES ('a', 1), ('a', 2) AS t(k, v) GROUP BY ROLLUP (k, v) ORDER BY k, v",
      [
        [null, null, "2"],
        ["a", null, "2"],
        ["a", "1", "1"],
        ["a", "2", "1"],
      ],
    ],
    ["TABLE main.information_schema.catalogs LIMIT 0", []],
  ])("%s", async (text, expected) => {
    expect((await run(text)).rows).toEqual(expected);
  });

  test("parameters are values, never SQL", async () => {
    const { rows } = await lakehouse.connect().statements.execute({
      text: "SELECT :text AS t, :n + 1 AS n, :nothing AS z",
      kind: "select",
      effect: "read",
      parameters: [
        { name: "text", value: "'; DROP TABLE x; --" },
        { name: "n", value: "41", type: "INT" },
        { name: "nothing", value: null, type: "DATE" },
      ],
    });
    expect(rows).toEqual([["'; DROP TABLE x; --", "42", null]]);
  });
});
