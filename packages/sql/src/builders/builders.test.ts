import type { Routine, Statement } from "@clone-xs/unity";
import { describe, expect, test } from "vitest";
import { parsed } from "../../test/trees.ts";
import {
  addCheck,
  addForeignKey,
  addPrimaryKey,
  alterViewAs,
  cloneTable,
  columnComments,
  commentOn,
  createCatalog,
  createFunction,
  createSchema,
  createView,
  createVolume,
  describeDetail,
  describeHistory,
  describeHistoryBefore,
  describeAsJson,
  dropCatalog,
  dropConstraint,
  dropMask,
  dropObject,
  dropRowFilter,
  dropSchema,
  filesOf,
  grant,
  historyOfMany,
  informationSchema,
  insertValues,
  parseStatement,
  revoke,
  selectCount,
  setMask,
  setOwner,
  setRowFilter,
  setSchemaProperties,
  setTableProperties,
  setTags,
  sql,
  unsetSchemaProperties,
  unsetTableProperties,
  unsetTags,
} from "../index.ts";

const schema = { catalog: "c", schema: "s" };
const table = { ...schema, name: "t" };
const source = { catalog: "p", schema: "s", name: "t" };

const routine: Routine = {
  ...schema,
  name: "f",
  owner: "o",
  parameters: [
    { name: "x", typeText: "int" },
    { name: "y", typeText: "decimal(10,2)", default: "1 -- one", comment: "second" },
  ],
  returns: "string",
  language: "SQL",
  definition: "concat(x, y)",
  deterministic: true,
  comment: "it's",
};

/** Each statement with its text and with the kind of node that our parser makes of it. */
const CASES: readonly (readonly [statement: Statement, text: string, node: string])[] = [
  [createCatalog({ catalog: "c" }), "CREATE CATALOG `c`", "createCatalog"],
  [
    createCatalog({ catalog: "c", ifNotExists: true, comment: "x", managedLocation: "s3://b" }),
    "CREATE CATALOG IF NOT EXISTS `c` MANAGED LOCATION 's3://b' COMMENT 'x'",
    "createCatalog",
  ],
  [
    createCatalog({
      catalog: "m",
      ifNotExists: true,
      usingShare: { provider: "p-1", share: "s" },
      comment: "x",
    }),
    "CREATE CATALOG IF NOT EXISTS `m` USING SHARE `p-1`.`s` COMMENT 'x'",
    "createCatalog",
  ],
  [dropCatalog("c", { ifExists: true, cascade: true }), "DROP CATALOG IF EXISTS `c` CASCADE", "drop"],
  [
    createSchema({ ...schema, ifNotExists: true, comment: "x", properties: { k: "v" } }),
    "CREATE SCHEMA IF NOT EXISTS `c`.`s` COMMENT 'x' WITH DBPROPERTIES ('k' = 'v')",
    "createSchema",
  ],
  [dropSchema(schema), "DROP SCHEMA `c`.`s`", "drop"],
  [createVolume(table), "CREATE VOLUME `c`.`s`.`t`", "createVolume"],
  [
    createVolume({ ...table, ifNotExists: true, location: "s3://b/v", comment: "x" }),
    "CREATE EXTERNAL VOLUME IF NOT EXISTS `c`.`s`.`t` LOCATION 's3://b/v' COMMENT 'x'",
    "createVolume",
  ],
  [dropObject("view", table, { ifExists: true }), "DROP VIEW IF EXISTS `c`.`s`.`t`", "drop"],
  [cloneTable({ target: table, source }), "CREATE TABLE `c`.`s`.`t` DEEP CLONE `p`.`s`.`t`", "clone"],
  [
    cloneTable({
      target: table,
      source,
      replace: true,
      asOf: { version: 7n },
      tblProperties: { "clxs.clone": '{"a":"it\'s"}' },
      location: "s3://b/t",
    }),
    "CREATE OR REPLACE TABLE `c`.`s`.`t` DEEP CLONE `p`.`s`.`t` VERSION AS OF 7 TBLPROPERTIES ('clxs.clone' = '{\"a\":\"it\\'s\"}') LOCATION 's3://b/t'",
    "clone",
  ],
  [
    cloneTable({
      target: table,
      source: { format: "parquet", path: "s3://b/x" },
      shallow: true,
      ifNotExists: true,
      asOf: { timestamp: "2026-01-31 12:00:00" },
    }),
    "CREATE TABLE IF NOT EXISTS `c`.`s`.`t` SHALLOW CLONE parquet.`s3://b/x` TIMESTAMP AS OF '2026-01-31 12:00:00'",
    "clone",
  ],
  [
    setTableProperties(table, { a: "1", b: "2" }),
    "ALTER TABLE `c`.`s`.`t` SET TBLPROPERTIES ('a' = '1', 'b' = '2')",
    "alterTable",
  ],
  [
    unsetTableProperties(table, ["a"], "view"),
    "ALTER VIEW `c`.`s`.`t` UNSET TBLPROPERTIES IF EXISTS ('a')",
    "alterTable",
  ],
  [
    filesOf(table),
    "SELECT DISTINCT _metadata.file_path, _metadata.file_size, _metadata.file_modification_time FROM `c`.`s`.`t`",
    "query",
  ],
  [selectCount(table, { version: 3 }), "SELECT count(*) FROM `c`.`s`.`t` VERSION AS OF 3", "query"],
  [
    insertValues({
      table,
      columns: ["a", "b"],
      rows: [
        [1, "x"],
        [-2n, null],
        [sql`TIMESTAMP '2026-01-01'`, true],
      ],
    }),
    "INSERT INTO `c`.`s`.`t` (`a`, `b`) VALUES (1, 'x'), ((-2), NULL), (TIMESTAMP '2026-01-01', TRUE)",
    "insert",
  ],
  [
    createView({
      ...table,
      replace: true,
      text: "SELECT 1 -- one",
      columns: [{ name: "a", comment: "x" }, { name: "b" }],
      comment: "y",
      properties: { k: "v" },
    }),
    "CREATE OR REPLACE VIEW `c`.`s`.`t` (`a` COMMENT 'x', `b`) COMMENT 'y' TBLPROPERTIES ('k' = 'v') AS SELECT 1 -- one",
    "createView",
  ],
  [alterViewAs(table, "SELECT 1"), "ALTER VIEW `c`.`s`.`t` AS SELECT 1", "alterTable"],
  [
    createFunction({ routine, replace: true }),
    "CREATE OR REPLACE FUNCTION `c`.`s`.`f`(`x` int, `y` decimal(10,2) DEFAULT 1 -- one\n COMMENT 'second') RETURNS string LANGUAGE SQL DETERMINISTIC COMMENT 'it\\'s' RETURN concat(x, y)",
    "createFunction",
  ],
  [
    createFunction({
      routine: {
        ...schema,
        name: "g",
        owner: "o",
        parameters: [],
        returns: "TABLE",
        returnColumns: [{ name: "a", typeText: "array<struct<b:int>>", comment: "x" }],
        language: "sql",
        definition: "SELECT 1",
        deterministic: false,
      },
      ifNotExists: true,
    }),
    "CREATE FUNCTION IF NOT EXISTS `c`.`s`.`g`() RETURNS TABLE (`a` array<struct<b:int>> COMMENT 'x') LANGUAGE SQL NOT DETERMINISTIC RETURN SELECT 1",
    "createFunction",
  ],
  [
    createFunction({
      routine: { ...routine, parameters: [], language: "PYTHON", definition: "\nreturn 1\n" },
    }),
    "CREATE FUNCTION `c`.`s`.`f`() RETURNS string LANGUAGE PYTHON DETERMINISTIC COMMENT 'it\\'s' AS $$\nreturn 1\n$$",
    "createFunction",
  ],
  [commentOn({ type: "table", ...table }, "x"), "COMMENT ON TABLE `c`.`s`.`t` IS 'x'", "comment"],
  [commentOn({ type: "view", ...table }, "x"), "COMMENT ON TABLE `c`.`s`.`t` IS 'x'", "comment"],
  [commentOn({ type: "catalog", catalog: "c" }, null), "COMMENT ON CATALOG `c` IS NULL", "comment"],
  [
    commentOn({ type: "column", of: "table", ...table, column: "a" }, "x"),
    "COMMENT ON COLUMN `c`.`s`.`t`.`a` IS 'x'",
    "comment",
  ],
  [
    setTags({ type: "schema", ...schema }, { pii: "yes", team: "" }),
    "ALTER SCHEMA `c`.`s` SET TAGS ('pii' = 'yes', 'team' = '')",
    "alterSecurable",
  ],
  [
    setTags({ type: "column", of: "view", ...table, column: "a" }, { k: "v" }),
    "ALTER VIEW `c`.`s`.`t` ALTER COLUMN `a` SET TAGS ('k' = 'v')",
    "alterTable",
  ],
  [
    unsetTags({ type: "table", ...table }, ["a", "b"]),
    "ALTER TABLE `c`.`s`.`t` UNSET TAGS ('a', 'b')",
    "alterTable",
  ],
  [
    grant(["USE_SCHEMA", "SELECT"], { type: "schema", ...schema }, "a b"),
    "GRANT USE SCHEMA, SELECT ON SCHEMA `c`.`s` TO `a b`",
    "grant",
  ],
  [
    revoke(["ALL_PRIVILEGES"], { type: "catalog", catalog: "c" }, "x@y.z"),
    "REVOKE ALL PRIVILEGES ON CATALOG `c` FROM `x@y.z`",
    "revoke",
  ],
  [setOwner({ type: "volume", ...table }, "o"), "ALTER VOLUME `c`.`s`.`t` OWNER TO `o`", "alterSecurable"],
  [setOwner({ type: "view", ...table }, "o"), "ALTER VIEW `c`.`s`.`t` OWNER TO `o`", "alterTable"],
  [
    columnComments(table, { a: "x", "b c": "it's" }),
    "ALTER TABLE `c`.`s`.`t` ALTER COLUMN `a` COMMENT 'x', `b c` COMMENT 'it\\'s'",
    "alterTable",
  ],
  [
    setSchemaProperties(schema, { k: "v" }),
    "ALTER SCHEMA `c`.`s` SET DBPROPERTIES ('k' = 'v')",
    "alterSecurable",
  ],
  [unsetSchemaProperties(schema, ["k"]), "ALTER SCHEMA `c`.`s` UNSET DBPROPERTIES ('k')", "alterSecurable"],
  [
    setMask({ table, column: "a", function: source }),
    "ALTER TABLE `c`.`s`.`t` ALTER COLUMN `a` SET MASK `p`.`s`.`t`",
    "alterTable",
  ],
  [
    setMask({ table, column: "a", function: source, usingColumns: ["b", "d"] }),
    "ALTER TABLE `c`.`s`.`t` ALTER COLUMN `a` SET MASK `p`.`s`.`t` USING COLUMNS (`b`, `d`)",
    "alterTable",
  ],
  [dropMask(table, "a"), "ALTER TABLE `c`.`s`.`t` ALTER COLUMN `a` DROP MASK", "alterTable"],
  [
    setRowFilter({ table, function: source, columns: ["a", "b"] }),
    "ALTER TABLE `c`.`s`.`t` SET ROW FILTER `p`.`s`.`t` ON (`a`, `b`)",
    "alterTable",
  ],
  [
    setRowFilter({ table, function: source, columns: [] }),
    "ALTER TABLE `c`.`s`.`t` SET ROW FILTER `p`.`s`.`t` ON ()",
    "alterTable",
  ],
  [dropRowFilter(table), "ALTER TABLE `c`.`s`.`t` DROP ROW FILTER", "alterTable"],
  [
    addPrimaryKey(table, { name: "pk", columns: ["a", "at"], timeseries: ["at"], rely: true }),
    "ALTER TABLE `c`.`s`.`t` ADD CONSTRAINT `pk` PRIMARY KEY (`a`, `at` TIMESERIES) RELY",
    "alterTable",
  ],
  [
    addForeignKey(table, { name: "fk", columns: ["a", "b"], parent: source, parentColumns: ["x", "y"] }),
    "ALTER TABLE `c`.`s`.`t` ADD CONSTRAINT `fk` FOREIGN KEY (`a`, `b`) REFERENCES `p`.`s`.`t` (`x`, `y`)",
    "alterTable",
  ],
  [
    addCheck(table, "positive", "a > 0 -- not zero"),
    "ALTER TABLE `c`.`s`.`t` ADD CONSTRAINT `positive` CHECK (a > 0 -- not zero\n)",
    "alterTable",
  ],
  [
    dropConstraint(table, "pk", { ifExists: true, cascade: true }),
    "ALTER TABLE `c`.`s`.`t` DROP CONSTRAINT IF EXISTS `pk` CASCADE",
    "alterTable",
  ],
  [describeAsJson(table), "DESCRIBE TABLE EXTENDED `c`.`s`.`t` AS JSON", "describeTable"],
  [describeDetail({ format: "delta", path: "/x" }), "DESCRIBE DETAIL delta.`/x`", "describeDetail"],
  [describeHistoryBefore(table, 5), "DESCRIBE HISTORY `c`.`s`.`t` LIMIT 5", "describeHistory"],
  [
    describeHistoryBefore(table, 5, 9n),
    "SELECT * FROM (DESCRIBE HISTORY `c`.`s`.`t`) WHERE `version` < 9 ORDER BY `version` DESC LIMIT 5",
    "query",
  ],
  [describeHistory(table, 5), "DESCRIBE HISTORY `c`.`s`.`t` LIMIT 5", "describeHistory"],
  [
    historyOfMany(
      [
        { key: "s.t", table },
        { key: "s.u", table: { ...table, name: "u" } },
      ],
      10,
    ),
    "SELECT 's.t' AS `source_key`, `version`, `timestamp`, `operation`, `operationParameters`, `operationMetrics` FROM (DESCRIBE HISTORY `c`.`s`.`t` LIMIT 10) UNION ALL SELECT 's.u' AS `source_key`, `version`, `timestamp`, `operation`, `operationParameters`, `operationMetrics` FROM (DESCRIBE HISTORY `c`.`s`.`u` LIMIT 10)",
    "query",
  ],
  [
    informationSchema("c", "table_tags", ["s", "it's"]),
    "SELECT `schema_name`, `table_name`, `tag_name`, `tag_value` FROM `c`.`information_schema`.`table_tags` WHERE `schema_name` <> 'information_schema' AND `schema_name` IN ('s', 'it\\'s')",
    "query",
  ],
  [
    informationSchema("c", "catalog_tags"),
    "SELECT `catalog_name`, `tag_name`, `tag_value` FROM `c`.`information_schema`.`catalog_tags`",
    "query",
  ],
];

describe("the text of each builder, and that our parser reads it", () => {
  test.each(CASES)("%#", (statement, text, node) => {
    expect(statement.text).toBe(text);
    expect(parsed(statement)).toMatchObject({ kind: node });
  });
});

test("a clone keeps to one line and to the words that scripts look for", () => {
  const { text, kind, effect } = cloneTable({
    target: table,
    source,
    replace: true,
    tblProperties: { k: "a\nb\r\nc" },
  });
  expect(text).toMatch(/^CREATE (OR REPLACE )?TABLE .* DEEP CLONE/u);
  expect(text).not.toMatch(/[\r\n]/u);
  expect({ kind, effect }).toEqual({ kind: "clone", effect: "write" });
});

test("a namespace goes with the statement, not into its text", () => {
  expect(alterViewAs(table, "SELECT * FROM u", { catalog: "p", schema: "q" })).toEqual({
    text: "ALTER VIEW `c`.`s`.`t` AS SELECT * FROM u",
    kind: "alter",
    effect: "write",
    catalog: "p",
    schema: "q",
  });
});

test("a default that ends in a comment hides nothing", () => {
  const read = parseStatement(createFunction({ routine }).text);
  expect(read).toMatchObject({
    parameters: [{ name: { text: "x" } }, { default: { kind: "number", text: "1" }, comment: "second" }],
  });
});

describe("what cannot be written is refused", () => {
  test.each([
    ["no rows", () => insertValues({ table, columns: ["a"], rows: [] })],
    ["no privilege", () => grant([], { type: "table", ...table }, "p")],
    ["a privilege that is none", () => grant(["SELECT ON x --"], { type: "table", ...table }, "p")],
    ["a language that is none", () => createFunction({ routine: { ...routine, language: "SQL --" } })],
    [
      "$$ inside $$",
      () => createFunction({ routine: { ...routine, language: "PYTHON", definition: "'$$'" } }),
    ],
    ["no properties", () => setTableProperties(table, {})],
    ["no tags", () => setTags({ type: "table", ...table }, {})],
    ["no tables", () => historyOfMany([], 1)],
    ["an empty name", () => selectCount({ ...table, name: "" })],
  ])("%s", (_name, build) => {
    expect(build).toThrow(expect.objectContaining({ name: "SqlError", code: "INVALID_VALUE" }));
  });
});
