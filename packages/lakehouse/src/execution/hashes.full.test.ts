import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openTestLakehouse();
});
afterAll(() => lakehouse.close());

async function sql(text: string) {
  const { rows } = await lakehouse.connect().statements.execute({ text, kind: "other", effect: "write" });
  return rows;
}

async function value(expression: string): Promise<string | null | undefined> {
  return (await sql(`SELECT ${expression}`))[0]?.[0];
}

/** From Spark's documentation and from what Spark answers. */
test.each([
  ["xxhash64('Spark', array(123), 2)", "5602566077635097486"],
  ["hash('Spark', array(123), 2)", "-1321691492"],
  ["xxhash64(CAST(1 AS INT))", "-6698625589789238999"],
  ["xxhash64(true)", "-6698625589789238999"],
])("%s", async (expression, expected) => {
  expect(await value(expression)).toBe(expected);
});

/** Values that Spark hashes alike. Source: Spark's HashExpression. */
test.each([
  ["xxhash64(1Y, 2S)", "xxhash64(1, 2)"],
  ["xxhash64(-0.0D)", "xxhash64(0.0D)"],
  ["xxhash64(CAST(-0.0 AS FLOAT))", "xxhash64(0)"],
  ["xxhash64(DATE'1970-01-11')", "xxhash64(10)"],
  ["xxhash64(TIMESTAMP'1970-01-01 00:00:01Z')", "xxhash64(1000000L)"],
  ["xxhash64(TIMESTAMP_NTZ'1970-01-01 00:00:01')", "xxhash64(1000000L)"],
  ["xxhash64(CAST(1.25 AS DECIMAL(18,2)))", "xxhash64(125L)"],
  ["xxhash64(CAST(1.25 AS DECIMAL(19,2)))", "xxhash64(X'7D')"],
  ["xxhash64(CAST(-1.30 AS DECIMAL(38,2)))", "xxhash64(X'FF7E')"],
  ["xxhash64('ü')", "xxhash64(X'C3BC')"],
  ["xxhash64(CAST(NULL AS STRING), 1, NULL)", "xxhash64(1)"],
  ["xxhash64(named_struct('2', 1, '1', 'x'))", "xxhash64(1, 'x')"],
  ["xxhash64(array(1L, NULL, 2L))", "xxhash64(1L, 2L)"],
  ["xxhash64(array(named_struct('a', array('x'), 'b', 2)))", "xxhash64('x', 2)"],
  ["xxhash64(CAST('NaN' AS DOUBLE))", "xxhash64(9221120237041090560L)"],
  ["hash(1Y)", "hash(1)"],
])("%s = %s", async (one, other) => {
  expect(await value(one)).toBe(await value(other));
  expect(await value(`${one} IS NULL`)).toBe("false");
});

test("the type counts, not the value alone", async () => {
  expect(
    await value("count(DISTINCT h) FROM VALUES (xxhash64(1)), (xxhash64(1L)), (xxhash64('1')) AS t(h)"),
  ).toBe("3");
});

test("NULL alone leaves the seed, and a map is refused", async () => {
  expect(await value("xxhash64(NULL)")).toBe("42");
  await expect(value("xxhash64(map('a', 1))")).rejects.toThrow(/^\[DATATYPE_MISMATCH\.HASH_MAP_TYPE\]/);
  await expect(value("xxhash64(array(map('a', 1)))")).rejects.toThrow(/HASH_MAP_TYPE/);
});

test("the hashes of many rows add up exactly, in whatever order they come", async () => {
  const summed = (order: string) =>
    value(
      `sum(CAST(xxhash64(id, CAST(id AS STRING), id % 7 = 0) AS DECIMAL(38,0))) FROM (SELECT * FROM range(50000) ORDER BY id ${order})`,
    );
  const up = await summed("ASC");
  expect(up).toMatch(/^-?\d{15,25}$/);
  expect(await summed("DESC")).toBe(up);
});
