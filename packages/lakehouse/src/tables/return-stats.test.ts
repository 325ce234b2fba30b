import { expect, test } from "vitest";
import { returnedStatistics } from "./return-stats.ts";

const columns = [
  "filename",
  "count",
  "file_size_bytes",
  "footer_size_bytes",
  "column_statistics",
  "partition_keys",
];

test("statistics of a written file are read from DuckDB's text, quotes and braces in values included", () => {
  const statistics =
    `{'"a"': {'column_size_bytes': '29', 'max': '7', 'min': '1', 'null_count': '2', 'num_values': '9'}, ` +
    `'"s"': {'max': 'it''s "q" {x}: y', 'min': '', 'null_count': '0'}, '"st"."x"': {'has_nan': 'true', 'null_count': '0'}}`;
  const result = {
    columns: columns.map((name) => ({ name, type: "VARCHAR" })),
    rows: [["/t/p.parquet", "9", "457", "340", statistics, null]],
  };
  expect(returnedStatistics(result)).toEqual({
    count: 9n,
    size: 457,
    columns: new Map([
      ['"a"', { min: "1", max: "7", nullCount: 2n }],
      ['"s"', { min: "", max: `it's "q" {x}: y`, nullCount: 0n }],
      ['"st"."x"', { nullCount: 0n, hasNan: true }],
    ]),
  });
});
