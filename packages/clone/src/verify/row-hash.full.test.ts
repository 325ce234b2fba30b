import { parseStatement } from "@clone-xs/sql";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestWorkspace, type TestWorkspace } from "../../test/workspace.ts";
import { hashText, rowHash } from "./row-hash.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
});
afterAll(() => test?.close());

/** Values of each type that are all different from each other. */
const VALUES = {
  BOOLEAN: ["NULL", "true", "false"],
  INT: ["NULL", "0", "1", "-1", "2"],
  BIGINT: ["NULL", "0", "1", "9223372036854775807"],
  STRING: [
    "NULL",
    "'NULL'",
    "'null'",
    "''",
    "' '",
    "','",
    "'a'",
    "'a,b'",
    "'0'",
    "'1'",
    "'\\0'",
    "'ab'",
    "'b'",
  ],
  BINARY: ["NULL", "X''", "X'00'", "X'61'", "X'6162'"],
  DOUBLE: ["NULL", "0.0D", "-0.0D", "1.5D", "-1.5D", "CAST('NaN' AS DOUBLE)"],
  "DECIMAL(20,2)": ["NULL", "0", "1.10", "110", "-1.10"],
  DATE: ["NULL", "DATE'1970-01-01'", "DATE'1970-01-02'"],
  TIMESTAMP: ["NULL", "TIMESTAMP'1970-01-01 00:00:00Z'", "TIMESTAMP'1970-01-01 00:00:01Z'"],
  "ARRAY<STRING>": [
    "NULL",
    "array()",
    "array(NULL)",
    "array(NULL, NULL)",
    "array('NULL')",
    "array('a', NULL)",
    "array(NULL, 'a')",
    "array('a', 'b')",
    "array('b', 'a')",
    "array('ab')",
  ],
  "ARRAY<ARRAY<INT>>": [
    "NULL",
    "array()",
    "array(array())",
    "array(array(1, 2))",
    "array(array(1), array(2))",
    "array(array(1, 2), array())",
    "array(array(1), NULL)",
  ],
  "STRUCT<a: STRING, b: STRING>": [
    "NULL",
    "named_struct('a', NULL, 'b', NULL)",
    "named_struct('a', 'x', 'b', NULL)",
    "named_struct('a', NULL, 'b', 'x')",
    "named_struct('a', 'x', 'b', 'x')",
  ],
  "MAP<STRING, INT>": [
    "NULL",
    "map_from_arrays(CAST(array() AS ARRAY<STRING>), CAST(array() AS ARRAY<INT>))",
    "map('a', 1)",
    "map('a', NULL)",
    "map('a', 1, 'b', 2)",
    "map('a', 2, 'b', 1)",
  ],
  "ARRAY<STRUCT<k: STRING, m: MAP<STRING, ARRAY<DOUBLE>>>>": [
    "NULL",
    "array(named_struct('k', 'x', 'm', NULL))",
    "array(named_struct('k', 'x', 'm', map('y', array(0.0D))))",
    "array(named_struct('k', 'x', 'm', map('y', array(-0.0D))))",
    "array(named_struct('k', 'x', 'm', map('y', array(NULL))))",
  ],
} as const satisfies Record<string, readonly string[]>;

type TypeText = keyof typeof VALUES;
type Rows = readonly (readonly string[])[];

/** Hashes of several tables of the same columns. */
async function hashes(types: readonly TypeText[], tables: readonly Rows[]): Promise<readonly string[]> {
  const columns = types.map((typeText, i) => ({ name: `c ${i}`, typeText }));
  const { aggregates, leftOut } = rowHash(columns);
  expect(leftOut).toEqual([]);
  const names = columns.map(({ name }) => `\`${name}\``).join(", ");
  const queries = tables.map((rows, i) => {
    const cells = rows.map((row) => `(${row.map((cell, at) => `CAST(${cell} AS ${types[at]})`).join(", ")})`);
    const from =
      cells.length === 0
        ? `(SELECT ${types.map((type, at) => `CAST(NULL AS ${type}) AS \`c ${at}\``).join(", ")}) WHERE false`
        : `VALUES ${cells.join(", ")} AS t(${names})`;
    return `SELECT ${i} AS at, ${aggregates.map(({ text }) => text).join(", ")} FROM ${from}`;
  });
  const found = await test.sql(queries.join(" UNION ALL "));
  return [...found].sort(([a], [b]) => Number(a) - Number(b)).map(([, ...sums]) => hashText(sums));
}

describe("I11: values that differ have hashes that differ", () => {
  it.each(Object.entries(VALUES))("of %s", async (type, values) => {
    const found = await hashes([type as TypeText], [[], ...values.map((value) => [[value]])]);
    expect(new Set(found).size).toBe(values.length + 1);
  });

  it("of two texts beside each other, wherever one ends", async () => {
    const pairs = VALUES.STRING.flatMap((one) => VALUES.STRING.map((other) => [[one, other]]));
    const found = await hashes(["STRING", "STRING"], pairs);
    expect(new Set(found).size).toBe(pairs.length);
  });

  it("of a list and what stands beside it", async () => {
    const pairs = VALUES["ARRAY<STRING>"].flatMap((one) => VALUES.STRING.map((other) => [[one, other]]));
    const found = await hashes(["ARRAY<STRING>", "STRING"], pairs);
    expect(new Set(found).size).toBe(pairs.length);
  });
});

const TYPES = Object.keys(VALUES) as TypeText[];
const tableOf = (types: readonly TypeText[]) =>
  fc.array(fc.tuple(...types.map((type) => fc.constantFrom<string>(...VALUES[type]))), {
    minLength: 1,
    maxLength: 6,
  });
const anyTable = fc
  .array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 4 })
  .chain((types) => fc.record({ types: fc.constant(types), rows: tableOf(types) }));

it("I11: the order of rows does not count; one cell, one row more or less, and a row twice do", async () => {
  const cases = anyTable.chain(({ types, rows }) =>
    fc.record({
      types: fc.constant(types),
      rows: fc.constant(rows),
      shuffled: fc.shuffledSubarray(rows, { minLength: rows.length }),
      at: fc.nat(rows.length - 1),
      column: fc.nat(types.length - 1),
      other: fc.nat(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ({ types, rows, shuffled, at, column, other }) => {
      const type = types[column] ?? "INT";
      const choices = VALUES[type].filter((value) => value !== rows[at]?.[column]);
      const cell = choices[other % choices.length] ?? "NULL";
      const changed = rows.map((row, i) =>
        i === at ? row.map((old, j) => (j === column ? cell : old)) : row,
      );
      const twice = [...rows, ...rows.slice(at, at + 1)];
      const less = rows.filter((_, i) => i !== at);
      const [hash, again, ...others] = await hashes(types, [rows, shuffled, changed, twice, less]);
      expect(again).toBe(hash);
      expect(new Set([hash, ...others]).size).toBe(4);
    }),
    { numRuns: 25 },
  );
});

it("I11: the entries of a map have no order", async () => {
  const [one, other] = await hashes(
    ["MAP<STRING, INT>"],
    [[["map('a', 1, 'b', 2)"]], [["map('b', 2, 'a', 1)"]]],
  );
  expect(other).toBe(one);
});

it("names columns that cannot be hashed, and hashes the others; names may be hostile", () => {
  const { aggregates, leftOut } = rowHash([
    { name: "a`b", typeText: "struct<x y:int>" },
    { name: "v", typeText: "array<variant>" },
    { name: "it's", typeText: "array<string>" },
    { name: "c", typeText: "STRING COLLATE UTF8_LCASE" },
  ]);
  expect(leftOut).toEqual([
    { column: "a`b", reason: "its type struct<x y:int> is not understood" },
    { column: "v", reason: "values of type VARIANT cannot be hashed" },
  ]);
  const text = `SELECT ${aggregates.map((aggregate) => aggregate.text).join(", ")} FROM t`;
  expect(parseStatement(text)).toMatchObject({ kind: "query" });
  expect(aggregates[0]?.text).toBe(
    "sum(CAST(xxhash64(1, `it's` IS NULL, size(`it's`), transform(`it's`, `item_0` -> xxhash64(1, `item_0` IS NULL, `item_0`)), `c` IS NULL, CAST(`c` AS BINARY)) AS DECIMAL(38,0))) AS `hash_1`",
  );
});
