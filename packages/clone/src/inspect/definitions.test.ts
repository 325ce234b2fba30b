import { expect, it } from "vitest";
import { definitionOf } from "./definitions.ts";

it("reads everything that SHOW CREATE TABLE tells of columns, layout and checks", () => {
  const text = `CREATE TABLE c.s.t (
  id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 9007199254740993 INCREMENT BY 2),
  \`a b\` DECIMAL(10,2) DEFAULT 1.5 COMMENT 'it\\'s',
  day DATE,
  year INT GENERATED ALWAYS AS (year(day)),
  CONSTRAINT positive CHECK (id > 0))
USING delta
PARTITIONED BY (year)
COMMENT 'all'
LOCATION 's3://bucket/t'
TBLPROPERTIES ('k' = 'v')`;
  expect(definitionOf(text, { k: "v", "delta.constraints.late": "day > '2020-01-01'" })).toEqual({
    columns: [
      {
        name: "id",
        typeText: "BIGINT",
        nullable: false,
        comment: null,
        default: null,
        generated: null,
        identity: { always: true, start: "9007199254740993", step: "2" },
      },
      {
        name: "a b",
        typeText: "DECIMAL(10,2)",
        nullable: true,
        comment: "it's",
        default: "1.5",
        generated: null,
        identity: null,
      },
      { ...plain, name: "day", typeText: "DATE" },
      { ...plain, name: "year", typeText: "INT", generated: "year(day)" },
    ],
    partitionedBy: ["year"],
    clusterBy: [],
    checks: [
      { name: "positive", condition: "id > 0" },
      { name: "late", condition: "day > '2020-01-01'" },
    ],
  });
});

const plain = { nullable: true, comment: null, default: null, generated: null, identity: null };

it.each([
  ["CREATE TABLE t (a STRUCT<b: INT>) USING delta CLUSTER BY (a.b)", [["a", "b"]]],
  ["CREATE TABLE t (a INT) USING delta CLUSTER BY AUTO", "auto"],
])("%s", (text, clusterBy) => {
  expect(definitionOf(text).clusterBy).toEqual(clusterBy);
});

it.each(["", "CREATE VIEW v AS SELECT 1", "CREATE TABLE t"])("refuses %j", (text) => {
  expect(() => definitionOf(text)).toThrow(expect.objectContaining({ name: "SqlError" }) as Error);
});
