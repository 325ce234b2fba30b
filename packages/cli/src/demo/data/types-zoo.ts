import type { DemoTable } from "../table.ts";

/** A column of every kind, with the values that break readers: extremes, NaN, empty and missing, before 1970. */
export const typesZoo: DemoTable = {
  schema: "silver",
  name: "types_zoo",
  comment: "One column of every type",
  columns: [
    { name: "id", type: "INT", required: true },
    { name: "tiny", type: "TINYINT" },
    { name: "small", type: "SMALLINT" },
    { name: "whole", type: "INT" },
    { name: "big", type: "BIGINT" },
    { name: "real", type: "FLOAT" },
    { name: "precise", type: "DOUBLE" },
    { name: "price", type: "DECIMAL(10,2)" },
    { name: "exact", type: "DECIMAL(38,18)" },
    { name: "yes", type: "BOOLEAN" },
    { name: "words", type: "STRING" },
    { name: "bytes", type: "BINARY" },
    { name: "calendar", type: "DATE" },
    { name: "instant", type: "TIMESTAMP" },
    { name: "wall_clock", type: "TIMESTAMP_NTZ" },
    { name: "numbers", type: "ARRAY<INT>" },
    { name: "pairs", type: "MAP<STRING, BIGINT>" },
    { name: "pair", type: "STRUCT<left: INT, right: STRING>" },
    { name: "nested", type: "ARRAY<STRUCT<name: STRING, scores: ARRAY<DOUBLE>>>" },
  ],
  content: {
    kind: "expressions",
    rows: [
      [
        "1",
        "CAST(1 AS TINYINT)",
        "CAST(2 AS SMALLINT)",
        "3",
        "CAST(4 AS BIGINT)",
        "CAST(1.5 AS FLOAT)",
        "CAST(2.25 AS DOUBLE)", // prettier-ignore
        "12.34",
        "CAST('0.000000000000000001' AS DECIMAL(38,18))",
        "true",
        "'plain'",
        "X'00FF10'",
        "DATE'2024-02-29'", // prettier-ignore
        "TIMESTAMP'2024-02-29 12:34:56.123456Z'",
        "TIMESTAMP_NTZ'2024-02-29 12:34:56.123456'",
        "array(1, 2, 3)", // prettier-ignore
        "map('a', CAST(1 AS BIGINT))",
        "named_struct('left', 1, 'right', 'x')", // prettier-ignore
        "array(named_struct('name', 'n', 'scores', array(CAST(0.5 AS DOUBLE))))", // prettier-ignore
      ],
      [
        "2",
        "CAST(-128 AS TINYINT)",
        "CAST(-32768 AS SMALLINT)",
        "-2147483648",
        "CAST('-9223372036854775808' AS BIGINT)",
        "CAST('-Infinity' AS FLOAT)",
        "CAST('NaN' AS DOUBLE)", // prettier-ignore
        "-99999999.99",
        "CAST('99999999999999999999.999999999999999999' AS DECIMAL(38,18))",
        "false",
        "''",
        "X''",
        "DATE'1582-10-15'", // prettier-ignore
        "TIMESTAMP'1969-12-31 23:59:59.999999Z'",
        "TIMESTAMP_NTZ'1900-01-01 00:00:00'",
        "array(CAST(NULL AS INT), 0)", // prettier-ignore
        "map('', CAST(NULL AS BIGINT), 'b', CAST(2 AS BIGINT))",
        "named_struct('left', CAST(NULL AS INT), 'right', CAST(NULL AS STRING))", // prettier-ignore
        "array(named_struct('name', 'm', 'scores', array(CAST('NaN' AS DOUBLE), CAST(1 AS DOUBLE))))", // prettier-ignore
      ],
      ["3", ...Array.from({ length: 18 }, () => "NULL")],
    ],
  },
};
