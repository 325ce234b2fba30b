import { describe, expect, test } from "vitest";
import { copyRows, createTable, parseStatement, setNotNull, showCreateTable } from "../index.ts";

const table = { catalog: "c", schema: "s", name: "t" };
const source = { catalog: "p", schema: "s", name: "t" };

describe("createTable", () => {
  test("has everything that a column can have, in the order that Databricks takes", () => {
    const { text, kind } = createTable({
      table,
      replace: true,
      columns: [
        {
          name: "id",
          typeText: "bigint",
          nullable: false,
          identity: { always: true, start: -5n, step: 10n },
        },
        { name: "a`b", typeText: "struct<x:int>", nullable: true, comment: "it's" },
        { name: "d", typeText: "date", nullable: true, defaultText: "current_date()" },
        { name: "y", typeText: "int", nullable: true, generatedText: "year(d)" },
      ],
      partitionedBy: ["d"],
      comment: "all",
      tblProperties: { k: "v" },
      location: "s3://b/x",
    });
    expect(kind).toBe("create");
    expect(text).toBe(
      "CREATE OR REPLACE TABLE `c`.`s`.`t` (`id` bigint NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH -5 INCREMENT BY 10), `a``b` struct<x:int> COMMENT 'it\\'s', `d` date DEFAULT current_date(), `y` int GENERATED ALWAYS AS (year(d))) USING DELTA PARTITIONED BY (`d`) COMMENT 'all' TBLPROPERTIES ('k' = 'v') LOCATION 's3://b/x'",
    );
    expect(parseStatement(text)).toMatchObject({
      kind: "createTable",
      orReplace: true,
      location: "s3://b/x",
    });
  });

  test("clusters by nested columns, or lets the workspace choose", () => {
    const columns = [{ name: "a", typeText: "struct<b:int>", nullable: true }];
    const nested = createTable({ table, columns, clusterBy: [["a", "b"]] }).text;
    expect(nested).toBe("CREATE TABLE `c`.`s`.`t` (`a` struct<b:int>) USING DELTA CLUSTER BY (`a`.`b`)");
    const auto = createTable({ table, columns, clusterBy: "auto" }).text;
    expect(parseStatement(auto)).toMatchObject({ clusterByAuto: true });
  });
});

describe("copyRows", () => {
  test("pitfall 7: keeps the version, and the condition whole", () => {
    const { text } = copyRows({
      table,
      source,
      replace: true,
      asOf: { version: 7n },
      where: "a > 1 OR b = ')' -- the rest",
      clusterBy: [["a"]],
    });
    expect(text).toBe(
      "CREATE OR REPLACE TABLE `c`.`s`.`t` USING DELTA CLUSTER BY (`a`) AS SELECT * FROM `p`.`s`.`t` VERSION AS OF 7 WHERE a > 1 OR b = ')' -- the rest",
    );
    expect(parseStatement(text)).toMatchObject({
      kind: "createTable",
      query: { body: { where: { kind: "binary", operator: "OR" } } },
    });
  });
});

test.each([
  [setNotNull(table, "a b"), "ALTER TABLE `c`.`s`.`t` ALTER COLUMN `a b` SET NOT NULL", "alterTable"],
  [showCreateTable(table), "SHOW CREATE TABLE `c`.`s`.`t`", "showCreateTable"],
])("%j", ({ text }, expected, kind) => {
  expect(text).toBe(expected);
  expect(parseStatement(text)).toMatchObject({ kind });
});
