import { describe, expect, test } from "vitest";
import { printExpression } from "../../test/print.ts";
import { withoutSpans } from "../../test/trees.ts";
import { parseExpression } from "../index.ts";

describe("what binds tighter", () => {
  test.each([
    ["a + b * c", "(a + (b * c))"],
    ["a - b - c", "((a - b) - c)"],
    ["a || b + c", "((a || b) + c)"],
    ["a DIV b % c / d * e", "((((a DIV b) % c) / d) * e)"],
    ["-a * b", "((- a) * b)"],
    ["- - a", "(- (- a))"],
    ["~a & b ^ c | d", "((((~ a) & b) ^ c) | d)"],
    ["a | b ^ c & d << e + f", "(a | (b ^ (c & (d << (e + f)))))"],
    ["a >> 1 >>> 2 > 3", "(((a >> 1) >>> 2) > 3)"],
    ["a = b + 1", "(a = (b + 1))"],
    ["a == b != c", "((a = b) <> c)"],
    ["a !< b", "(a >= b)"],
    ["a !> b", "(a <= b)"],
    ["a <=> NULL", "(a <=> NULL)"],
    ["NOT a = b", "(NOT (a = b))"],
    ["!a AND b", "((NOT a) AND b)"],
    ["NOT a IS NULL", "(NOT (a IS NULL))"],
    ["NOT NOT a", "(NOT (NOT a))"],
    ["a OR b AND c OR d", "((a OR (b AND c)) OR d)"],
    ["a = b IS NULL", "((a = b) IS NULL)"],
    ["a BETWEEN 1 AND 2 AND b", "((a BETWEEN 1 AND 2) AND b)"],
    ["a NOT BETWEEN b + 1 AND c", "(a NOT BETWEEN (b + 1) AND c)"],
    ["a IN (1, 2) OR b NOT IN (3)", "((a IN (1, 2)) OR (b NOT IN (3)))"],
    ["a IS NOT DISTINCT FROM b AND c", "((a IS NOT DISTINCT FROM b) AND c)"],
    ["a || b LIKE c || '%' ESCAPE '!'", "((a || b) LIKE (c || '%') ESCAPE '!')"],
    ["a REGEXP b", "(a RLIKE b)"],
    ["a LIKE ANY ('x', 'y')", "((a LIKE 'x') OR (a LIKE 'y'))"],
    ["a NOT ILIKE ALL ('x', 'y')", "((a NOT ILIKE 'x') AND (a NOT ILIKE 'y'))"],
    ["-a::INT", "(- CAST(a AS INT))"],
    ["a.b::STRING || c", "(CAST(a.b AS STRING) || c)"],
    ["a[0].b[1]", "(((a)[0]).b)[1]"],
    ["f(a).b", "(f(a)).b"],
    ["(a, b) = (1, 2)", "((a, b) = (1, 2))"],
    ["(a).b", "(a).b"],
    ["x -> x + 1", "((x) -> (x + 1))"],
    ["(x, y) -> x AND y", "((x, y) -> (x AND y))"],
    ["CASE a WHEN 1 THEN b OR c ELSE d END", "CASE a WHEN 1 THEN (b OR c) ELSE d END"],
    ["CASE WHEN a THEN b END + 1", "(CASE WHEN a THEN b END + 1)"],
    ["DATE '2026-01-01' + INTERVAL 1 DAY", "(DATE '2026-01-01' + INTERVAL 1 DAY)"],
    ["1 IN (SELECT 1)", "(1 IN (SELECT 1))"],
    ["((SELECT 1) UNION SELECT 2)", "((SELECT 1) UNION SELECT 2)"],
    ["((SELECT 1) + 2)", "((SELECT 1) + 2)"],
    ["EXISTS (SELECT 1) AND exists(a, x -> x)", "(EXISTS(SELECT 1) AND exists(a, ((x) -> x)))"],
  ])("%s", (text, understood) => {
    expect(printExpression(parseExpression(text))).toBe(understood);
  });
});

describe("functions with words between their arguments", () => {
  test.each([
    ["EXTRACT(day FROM d)", "EXTRACT('DAY', d)"],
    ["extract(a, b)", "extract(a, b)"],
    ["SUBSTRING(a FROM 2 FOR 3)", "SUBSTRING(a, 2, 3)"],
    ["substr(a, 2)", "substr(a, 2)"],
    ["OVERLAY(a PLACING b FROM 1 FOR 2)", "OVERLAY(a, b, 1, 2)"],
    ["POSITION(a IN b)", "POSITION(a, b)"],
    ["position(a, b, 3)", "position(a, b, 3)"],
    ["TRIM(a)", "TRIM(a)"],
    ["trim(BOTH FROM a)", "trim(a)"],
    ["trim(both 'x' FROM a)", "btrim(a, 'x')"],
    ["trim('x' FROM a)", "btrim(a, 'x')"],
    ["trim(LEADING 'x' FROM a)", "ltrim('x', a)"],
    ["trim(TRAILING FROM a)", "rtrim(a)"],
    ["struct(a AS x, b)", "struct(a AS x, b)"],
    ["CURRENT_DATE", "CURRENT_DATE()"],
    ["current_timestamp() - a", "(current_timestamp() - a)"],
    ["count(*)", "count(*)"],
    ["count(DISTINCT a, b) FILTER (WHERE c)", "count(DISTINCT a, b) FILTER (WHERE c)"],
    ["first(a IGNORE NULLS)", "first(a) IGNORE NULLS"],
    [
      "percentile_cont(0.5) WITHIN GROUP (ORDER BY a DESC)",
      "percentile_cont(0.5BD) WITHIN GROUP (ORDER BY a DESC)",
    ],
    ["lag(a) OVER (ORDER BY b NULLS LAST)", "lag(a) OVER (ORDER BY b NULLS LAST)"],
    [
      "sum(a) OVER (PARTITION BY b ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING)",
      "sum(a) OVER (PARTITION BY b ROWS BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING)",
    ],
    ["sum(a) OVER w", "sum(a) OVER w"],
    ["sum(a) OVER (w)", "sum(a) OVER w"],
    ["c.s.f(x => 1)", "c.s.f(x => 1)"],
    ["left(a, 1) || replace(b, 'x')", "(left(a, 1) || replace(b, 'x'))"],
    ["if(a, b, c)", "if(a, b, c)"],
  ])("%s", (text, understood) => {
    expect(printExpression(parseExpression(text))).toBe(understood);
  });
});

describe("literals", () => {
  test.each([
    ["1", { kind: "number", text: "1", type: "INT" }],
    ["2147483647", { kind: "number", text: "2147483647", type: "INT" }],
    ["2147483648", { kind: "number", text: "2147483648", type: "BIGINT" }],
    ["-2147483648", { kind: "number", text: "-2147483648", type: "INT" }],
    ["-9223372036854775808", { kind: "number", text: "-9223372036854775808", type: "BIGINT" }],
    ["9223372036854775808", { kind: "number", text: "9223372036854775808", type: "DECIMAL" }],
    ["1.5", { kind: "number", text: "1.5", type: "DECIMAL" }],
    [".5", { kind: "number", text: ".5", type: "DECIMAL" }],
    ["1.", { kind: "number", text: "1.", type: "DECIMAL" }],
    ["1e3", { kind: "number", text: "1e3", type: "DOUBLE" }],
    ["5Y", { kind: "number", text: "5", type: "TINYINT" }],
    ["5s", { kind: "number", text: "5", type: "SMALLINT" }],
    ["5L", { kind: "number", text: "5", type: "BIGINT" }],
    ["5f", { kind: "number", text: "5", type: "FLOAT" }],
    ["5.5D", { kind: "number", text: "5.5", type: "DOUBLE" }],
    ["5.5bd", { kind: "number", text: "5.5", type: "DECIMAL" }],
    ["'it''s'", { kind: "string", value: "it's" }],
    [
      String.raw`'it\'s \\ \n \t \0 \Z \% \_ \x \u00e9 \U0001F986 \101'`,
      { kind: "string", value: "it's \\ \n \t \u0000 \u001a \\% \\_ x é 🦆 A" },
    ],
    [String.raw`r'a\n'`, { kind: "string", value: String.raw`a\n` }],
    [`"it's"`, { kind: "string", value: "it's" }],
    ["'a' 'b'\n'c'", { kind: "string", value: "abc" }],
    ["X'1f'", { kind: "binary", hex: "1f" }],
    ["x '123'", { kind: "binary", hex: "0123" }],
    ["TIMESTAMP_NTZ '2026-01-01'", { kind: "typed", type: "TIMESTAMP_NTZ", value: "2026-01-01" }],
    ["timestamp_ltz'2026-01-01'", { kind: "typed", type: "TIMESTAMP", value: "2026-01-01" }],
    [
      "INTERVAL '1-2' YEAR TO MONTH",
      {
        kind: "interval",
        parts: [{ value: { kind: "string", value: "1-2" }, unit: "YEAR" }],
        toUnit: "MONTH",
      },
    ],
    [
      "interval '1 day -2 hours'",
      {
        kind: "interval",
        parts: [
          { value: { kind: "string", value: "1" }, unit: "DAY" },
          { value: { kind: "string", value: "-2" }, unit: "HOUR" },
        ],
      },
    ],
    [":p", { kind: "parameter", name: "p" }],
    ["TRUE", { kind: "boolean", value: true }],
    ["null", { kind: "null" }],
  ])("%s", (text, tree) => {
    expect(withoutSpans(parseExpression(text))).toEqual(tree);
  });

  test("question marks are numbered", () => {
    expect(withoutSpans(parseExpression("f(?, ?)"))).toMatchObject({
      arguments: [{ value: { name: "1" } }, { value: { name: "2" } }],
    });
  });

  test.each([
    ["128Y", "INVALID_NUMERIC_LITERAL_RANGE"],
    ["99999S", "INVALID_NUMERIC_LITERAL_RANGE"],
    ["9223372036854775808L", "INVALID_NUMERIC_LITERAL_RANGE"],
    ["X'zz'", "INVALID_TYPED_LITERAL"],
    ["TIME '10:00:00'", "UNSUPPORTED_TYPED_LITERAL"],
    ["INTERVAL '1 fortnight'", "INVALID_TYPED_LITERAL"],
    ["CAST(a AS FOO)", "UNSUPPORTED_DATATYPE"],
  ])("%s is refused as %s", (text, code) => {
    expect(() => parseExpression(text)).toThrow(expect.objectContaining({ code }));
  });
});

describe("words of the language are names where Databricks lets them", () => {
  const words =
    "date timestamp comment key value user name version end order offset group left right filter interval struct map array case_ first last values table view owner location row rows over partition window by asc desc default cluster sort all any some exists default if identifier day to x r cast";
  test.each(words.split(" "))("%s", (word) => {
    expect(withoutSpans(parseExpression(`${word} = t.${word}`))).toMatchObject({
      left: { kind: "column", name: { parts: [{ text: word }] } },
      right: { kind: "column", name: { parts: [{ text: "t" }, { text: word }] } },
    });
  });
});

test("after a point every word is a name", () => {
  expect(withoutSpans(parseExpression("t.select.from"))).toMatchObject({
    name: { parts: [{ text: "t" }, { text: "select" }, { text: "from" }] },
  });
});

test("spans are places in the text, parentheses included", () => {
  const text = "  (a + b) * `c d` ";
  const read = parseExpression(text);
  if (read.kind !== "binary" || !("left" in read)) throw new Error("not a product");
  expect(text.slice(read.start, read.end)).toBe("(a + b) * `c d`");
  expect(text.slice(read.left.start, read.left.end)).toBe("(a + b)");
  expect(text.slice(read.right.start, read.right.end)).toBe("`c d`");
});
