import { describe, expect, test } from "vitest";
import { withoutSpans } from "../../test/trees.ts";
import { parseStatement } from "../index.ts";

const read = (text: string) => withoutSpans(parseStatement(text));
const name = (...parts: readonly string[]) => ({ parts: parts.map((text) => ({ text })) });
const table = (...parts: readonly string[]) => ({ name: name(...parts) });
const type = (name: string, parameters: readonly number[] = []) => ({ name, parameters });

describe("statements and their trees", () => {
  test.each([
    ["CREATE CATALOG c", { kind: "createCatalog", name: name("c"), orReplace: false, ifNotExists: false }],
    [
      "CREATE DATABASE IF NOT EXISTS c.s LOCATION '/x' COMMENT 'y'",
      { kind: "createSchema", managedLocation: "/x", comment: "y", ifNotExists: true },
    ],
    ["CREATE TABLE t CLONE s", { kind: "clone", shallow: false, target: table("t"), source: table("s") }],
    ["REPLACE TABLE t DEEP CLONE s", { kind: "clone", replaceOnly: true, orReplace: true }],
    [
      "CREATE TABLE delta.`/x` SHALLOW CLONE parquet.`/y`",
      { target: { path: { format: "delta", path: "/x" } }, shallow: true },
    ],
    [
      "CREATE EXTERNAL VOLUME c.s.v LOCATION 's3://b'",
      { kind: "createVolume", external: true, location: "s3://b" },
    ],
    ["DROP TABLE IF EXISTS c.s.t", { kind: "drop", type: "TABLE", ifExists: true, cascade: false }],
    ["DROP DATABASE s CASCADE", { kind: "drop", type: "SCHEMA", cascade: true }],
    ["INSERT INTO t VALUES (1)", { kind: "insert", columns: [], overwrite: false, byName: false }],
    ["INSERT INTO TABLE t (a, b) SELECT 1, 2", { columns: [{ text: "a" }, { text: "b" }] }],
    ["INSERT INTO t (SELECT 1)", { columns: [], query: { body: { kind: "nested" } } }],
    ["INSERT OVERWRITE t BY NAME SELECT 1 AS a", { overwrite: true, byName: true, schemaEvolution: false }],
    [
      "INSERT WITH SCHEMA EVOLUTION INTO t BY NAME SELECT 1 AS a",
      { overwrite: false, byName: true, schemaEvolution: true },
    ],
    [
      "WITH a AS (SELECT 1) INSERT INTO t TABLE a",
      { kind: "insert", query: { with: [{ name: { text: "a" } }] } },
    ],
    ["DELETE FROM t AS x WHERE x.a = 1", { kind: "delete", alias: { text: "x" }, where: { operator: "=" } }],
    [
      "UPDATE t x SET x.a = 1, b = DEFAULT",
      {
        kind: "update",
        alias: { text: "x" },
        assignments: [{ column: name("x", "a") }, { column: name("b"), value: { kind: "column" } }],
      },
    ],
    [
      "MERGE WITH SCHEMA EVOLUTION INTO t AS x USING (SELECT 1 AS a) s ON x.a = s.a WHEN MATCHED AND s.b THEN UPDATE SET * EXCEPT (c) WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY TARGET THEN INSERT (a, b) VALUES (1, DEFAULT) WHEN NOT MATCHED BY SOURCE THEN UPDATE SET a = 2",
      {
        kind: "merge",
        alias: { text: "x" },
        schemaEvolution: true,
        source: { kind: "subquery", alias: { name: { text: "s" } } },
        clauses: [
          {
            when: "MATCHED",
            condition: { kind: "column" },
            action: { kind: "updateAll", except: [{ text: "c" }] },
          },
          { when: "MATCHED", action: { kind: "delete" } },
          {
            when: "NOT MATCHED",
            action: { kind: "insert", columns: [name("a"), name("b")], values: [{ text: "1" }, {}] },
          },
          {
            when: "NOT MATCHED BY SOURCE",
            action: { kind: "update", assignments: [{ column: name("a") }] },
          },
        ],
      },
    ],
    [
      "RESTORE TABLE c.s.t TO VERSION AS OF 3",
      { kind: "restore", to: { kind: "version", value: { text: "3" } } },
    ],
    ["RESTORE t TIMESTAMP AS OF '2020-01-01'", { kind: "restore", to: { kind: "timestamp" } }],
    ["RESTORE t@v2", { kind: "restore", target: { name: name("t") }, to: { value: { text: "2" } } }],
    [
      "OPTIMIZE t WHERE p = 1 ZORDER BY (a, s.b)",
      { kind: "optimize", where: { kind: "binary" }, zOrderBy: [name("a"), name("s", "b")], full: false },
    ],
    ["VACUUM t DRY RUN RETAIN 0.5 HOURS", { kind: "vacuum", retainHours: "0.5", dryRun: true }],
    ["VACUUM t", { kind: "vacuum", dryRun: false }],
    ["TRUNCATE TABLE t", { kind: "truncate", target: { name: name("t") } }],
    [
      "INSERT INTO t REPLACE WHERE a > 1 SELECT 2",
      { kind: "insert", overwrite: false, replaceWhere: { kind: "binary" } },
    ],
    ["COMMENT ON SCHEMA c.s IS NULL", { kind: "comment", on: { type: "SCHEMA" }, comment: null }],
    [
      "GRANT ALL PRIVILEGES ON t TO `a@b.c`",
      {
        kind: "grant",
        privileges: ["ALL PRIVILEGES"],
        on: { type: "TABLE", name: name("t") },
        principal: "a@b.c",
      },
    ],
    ["GRANT SELECT ON view TO x", { on: { type: "TABLE", name: name("view") } }],
    [
      "REVOKE USE CATALOG, CREATE SCHEMA ON CATALOG c FROM `account users`",
      { kind: "revoke", privileges: ["USE CATALOG", "CREATE SCHEMA"], principal: "account users" },
    ],
    ["GRANT CREATE CATALOG ON METASTORE TO x", { on: { type: "METASTORE", name: { parts: [] } } }],
    ["DESCRIBE t", { kind: "describeTable", extended: false, asJson: false }],
    [
      "DESC TABLE EXTENDED c.s.t AS JSON",
      { kind: "describeTable", target: table("c", "s", "t"), extended: true, asJson: true },
    ],
    ["DESCRIBE FORMATTED t", { kind: "describeTable", extended: true }],
    ["DESCRIBE history", { kind: "describeTable", target: table("history") }],
    ["DESCRIBE DETAIL delta.`/x`", { kind: "describeDetail", target: { path: { path: "/x" } } }],
    ["DESCRIBE SCHEMA EXTENDED c.s", { kind: "describeSecurable", on: { type: "SCHEMA" }, extended: true }],
    ["DESCRIBE CATALOG c", { kind: "describeSecurable", on: { type: "CATALOG", name: name("c") } }],
    ["SHOW USER FUNCTIONS IN c.s", { kind: "show", what: "FUNCTIONS", in: name("c", "s") }],
    ["SHOW TABLES IN c.s LIKE 'a*'", { kind: "show", what: "TABLES", in: name("c", "s"), like: "a*" }],
    ["SHOW DATABASES", { kind: "show", what: "SCHEMAS" }],
    ["SHOW CATALOGS 'x'", { kind: "show", what: "CATALOGS", like: "x" }],
    ["SHOW TBLPROPERTIES t ('k')", { kind: "showTableProperties", key: "k" }],
    ["SHOW CREATE TABLE t", { kind: "showCreateTable" }],
    ["SHOW COLUMNS IN t IN c.s", { kind: "showColumns", target: table("c", "s", "t") }],
    ["SHOW GRANTS ON SCHEMA c.s", { kind: "showGrants", on: { type: "SCHEMA" } }],
    ["SHOW GRANTS `a b` ON t", { kind: "showGrants", principal: "a b", on: { type: "TABLE" } }],
    ["USE c.s", { kind: "use", type: "SCHEMA", name: name("c", "s") }],
    ["USE CATALOG c", { kind: "use", type: "CATALOG" }],
    ["SET CATALOG c", { kind: "use", type: "CATALOG" }],
    ["USE SCHEMA s", { kind: "use", type: "SCHEMA", name: name("s") }],
    ["USE schema", { kind: "use", type: "SCHEMA", name: name("schema") }],
    ["select 1;;", { kind: "query" }],
  ])("%s", (text, tree) => {
    expect(read(text)).toMatchObject(tree);
  });
});

describe("ALTER", () => {
  test.each([
    [
      "TABLE t SET TBLPROPERTIES (delta.appendOnly = true, 'b' '2', c = -3)",
      {
        kind: "setProperties",
        properties: [
          { key: "delta.appendOnly", value: "true" },
          { key: "b", value: "2" },
          { key: "c", value: "-3" },
        ],
      },
    ],
    [
      "TABLE t UNSET TBLPROPERTIES IF EXISTS ('a', b.c)",
      { kind: "unsetProperties", keys: ["a", "b.c"], ifExists: true },
    ],
    [
      "TABLE t SET TAGS ('a' = 'b', 'c')",
      {
        kind: "setTags",
        tags: [
          { key: "a", value: "b" },
          { key: "c", value: "" },
        ],
      },
    ],
    ["TABLE t UNSET TAGS ('a')", { kind: "unsetTags", keys: ["a"] }],
    ["TABLE t ALTER COLUMN c SET TAGS ('a' = 'b')", { kind: "setColumnTags", column: { text: "c" } }],
    ["TABLE t ALTER COLUMN c UNSET TAGS ('a')", { kind: "unsetColumnTags", keys: ["a"] }],
    ["TABLE t ALTER c COMMENT 'x'", { kind: "columnComments", comments: [{ comment: "x" }] }],
    [
      "TABLE t ALTER COLUMN c COMMENT 'x', d COMMENT 'y'",
      {
        kind: "columnComments",
        comments: [
          { column: { text: "c" }, comment: "x" },
          { column: { text: "d" }, comment: "y" },
        ],
      },
    ],
    [
      "TABLE t ALTER COLUMN c SET MASK a.b.m USING COLUMNS (d)",
      { kind: "setMask", function: name("a", "b", "m"), usingColumns: [{ text: "d" }] },
    ],
    ["TABLE t ALTER COLUMN c DROP MASK", { kind: "dropMask" }],
    [
      "TABLE t SET ROW FILTER a.b.f ON (x, y)",
      { kind: "setRowFilter", columns: [{ text: "x" }, { text: "y" }] },
    ],
    ["TABLE t SET ROW FILTER f ON ()", { kind: "setRowFilter", columns: [] }],
    ["TABLE t DROP ROW FILTER", { kind: "dropRowFilter" }],
    [
      "TABLE t ADD COLUMNS (a INT COMMENT 'x', b STRING NOT NULL)",
      { kind: "addColumns", columns: [{ comment: "x" }, { nullable: false }] },
    ],
    ["TABLE t ADD COLUMN a INT", { kind: "addColumns", columns: [{ name: { text: "a" } }] }],
    ["TABLE t ALTER COLUMN c SET NOT NULL", { kind: "setNotNull" }],
    ["TABLE t ALTER COLUMN c DROP NOT NULL", { kind: "dropNotNull" }],
    ["TABLE t RENAME COLUMN a TO b", { kind: "renameColumn", column: name("a"), to: { text: "b" } }],
    ["TABLE t RENAME COLUMN s.a TO b", { kind: "renameColumn", column: name("s", "a") }],
    [
      "TABLE t ADD COLUMNS (s.x INT COMMENT 'c' FIRST, y.element.z STRING AFTER q, w INT)",
      {
        kind: "addColumns",
        columns: [
          { name: { text: "x" }, parents: [{ text: "s" }], comment: "c", position: { kind: "first" } },
          {
            name: { text: "z" },
            parents: [{ text: "y" }, { text: "element" }],
            position: { kind: "after", column: { text: "q" } },
          },
          { name: { text: "w" }, parents: [] },
        ],
      },
    ],
    [
      "TABLE t ALTER COLUMN s.a TYPE DECIMAL(12, 2)",
      { kind: "changeType", column: name("s", "a"), type: type("DECIMAL", [12, 2]) },
    ],
    [
      "TABLE t ALTER COLUMN c AFTER d",
      { kind: "moveColumn", column: name("c"), position: { kind: "after", column: { text: "d" } } },
    ],
    ["TABLE t ALTER COLUMN c SYNC IDENTITY", { kind: "syncIdentity", column: { text: "c" } }],
    ["TABLE t CLUSTER BY (a, b.c)", { kind: "clusterBy", columns: [name("a"), name("b", "c")] }],
    ["TABLE t CLUSTER BY NONE", { kind: "clusterBy", columns: [] }],
    [
      "TABLE t DROP COLUMNS IF EXISTS (a, b)",
      { kind: "dropColumns", columns: [name("a"), name("b")], ifExists: true },
    ],
    ["TABLE t DROP COLUMN a", { kind: "dropColumns", columns: [name("a")], ifExists: false }],
    ["TABLE t DROP COLUMN s.a", { kind: "dropColumns", columns: [name("s", "a")] }],
    ["TABLE t ALTER COLUMN c SET DEFAULT 1", { kind: "setDefault", default: { text: "1" } }],
    ["TABLE t ALTER COLUMN c DROP DEFAULT", { kind: "dropDefault" }],
    [
      "TABLE t ADD CONSTRAINT p PRIMARY KEY (a) NOT ENFORCED RELY",
      { kind: "addConstraint", constraint: { kind: "primaryKey", rely: true } },
    ],
    [
      "TABLE t ADD CONSTRAINT c CHECK (a > 0)",
      { kind: "addConstraint", constraint: { kind: "check", name: { text: "c" } } },
    ],
    [
      "TABLE t ADD CONSTRAINT p PRIMARY KEY (a, b TIMESERIES)",
      {
        kind: "addConstraint",
        constraint: { columns: [{ text: "a" }, { text: "b" }], timeseries: [{ text: "b" }] },
      },
    ],
    ["TABLE t DROP CONSTRAINT IF EXISTS c", { kind: "dropConstraint", ifExists: true, cascade: false }],
    ["TABLE t DROP CONSTRAINT c CASCADE", { kind: "dropConstraint", ifExists: false, cascade: true }],
    ["TABLE t DROP PRIMARY KEY RESTRICT", { kind: "dropKey", ifExists: false, cascade: false }],
    [
      "TABLE t DROP FOREIGN KEY IF EXISTS (a, b)",
      { kind: "dropKey", columns: [{ text: "a" }, { text: "b" }], ifExists: true },
    ],
    [
      "SCHEMA c.s SET DBPROPERTIES ('a' = 'b')",
      { kind: "setProperties", properties: [{ key: "a", value: "b" }] },
    ],
    ["SCHEMA c.s UNSET DBPROPERTIES ('a', 'b')", { kind: "unsetProperties", keys: ["a", "b"] }],
    ["TABLE t RENAME TO c.s.u", { kind: "rename", to: name("c", "s", "u") }],
    ["TABLE t SET OWNER TO `a b`", { kind: "owner", principal: "a b" }],
    ["VIEW v AS SELECT 1", { kind: "viewQuery" }],
    ["VIEW v OWNER TO x", { kind: "owner", principal: "x" }],
    ["CATALOG c SET TAGS ('a' = 'b')", { kind: "setTags" }],
    ["SCHEMA c.s OWNER TO x", { kind: "owner" }],
    ["VOLUME c.s.v RENAME TO w", { kind: "rename" }],
    ["FUNCTION c.s.f OWNER TO x", { kind: "owner" }],
  ])("ALTER %s", (text, action) => {
    expect(read(`ALTER ${text}`)).toMatchObject({ action });
  });
});

test("CREATE TABLE LIKE another", () => {
  expect(read("CREATE TABLE IF NOT EXISTS t LIKE c.s.u TBLPROPERTIES ('a' = 'b')")).toMatchObject({
    kind: "createTable",
    ifNotExists: true,
    like: table("c", "s", "u"),
    properties: [{ key: "a", value: "b" }],
  });
});

test("CREATE TABLE with all its clauses", () => {
  const text = `CREATE OR REPLACE TABLE c.s.t (
    id BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 5 INCREMENT BY -2) COMMENT 'key',
    price DECIMAL(10, 2) DEFAULT 1.5,
    tags ARRAY<STRING>, m MAP<STRING, ARRAY<INT>>,
    addr STRUCT<street: STRING COMMENT 's', zip INT NOT NULL>,
    day DATE GENERATED ALWAYS AS (CAST(ts AS DATE)), ts TIMESTAMP,
    ssn STRING MASK c.s.hide USING COLUMNS (id),
    parent BIGINT CONSTRAINT up REFERENCES c.s.p (id),
    CONSTRAINT pk PRIMARY KEY (id) RELY,
    CHECK (price > 0)
  ) USING delta PARTITIONED BY (day) COMMENT 'x' TBLPROPERTIES ('a' = 'b') LOCATION 's3://b' WITH ROW FILTER f ON (id)`;
  expect(read(text)).toMatchObject({
    kind: "createTable",
    orReplace: true,
    name: table("c", "s", "t"),
    columns: [
      {
        name: { text: "id" },
        type: type("BIGINT"),
        nullable: false,
        comment: "key",
        identity: { always: false, start: 5n, step: -2n },
      },
      { name: { text: "price" }, type: type("DECIMAL", [10, 2]), default: { text: "1.5" } },
      { type: { name: "ARRAY", elements: [type("STRING")] } },
      { type: { name: "MAP", elements: [type("STRING"), { name: "ARRAY", elements: [type("INT")] }] } },
      {
        type: {
          fields: [
            { comment: "s", nullable: true },
            { name: { text: "zip" }, nullable: false },
          ],
        },
      },
      { name: { text: "day" }, generated: { kind: "cast" } },
      { name: { text: "ts" } },
      { mask: { function: name("c", "s", "hide"), usingColumns: [{ text: "id" }] } },
      { name: { text: "parent" } },
    ],
    constraints: [
      {
        kind: "foreignKey",
        name: { text: "up" },
        columns: [{ text: "parent" }],
        parent: name("c", "s", "p"),
      },
      { kind: "primaryKey", name: { text: "pk" }, rely: true },
      { kind: "check" },
    ],
    format: "DELTA",
    partitionedBy: [{ text: "day" }],
    comment: "x",
    properties: [{ key: "a", value: "b" }],
    location: "s3://b",
    rowFilter: { function: name("f"), columns: [{ text: "id" }] },
  });
});

test("partition columns with types join the table's columns", () => {
  expect(read("CREATE TABLE t (a INT) PARTITIONED BY (b DATE)")).toMatchObject({
    columns: [{ name: { text: "a" } }, { name: { text: "b" }, type: type("DATE") }],
    partitionedBy: [{ text: "b" }],
  });
});

test.each([
  [
    "CREATE TABLE t USING delta CLUSTER BY (a, b.c) AS SELECT 1 AS a",
    { clusterBy: [name("a"), name("b", "c")], query: {} },
  ],
  ["CREATE TABLE t CLUSTER BY AUTO AS SELECT 1", { clusterBy: [], clusterByAuto: true }],
  ["CREATE TABLE t AS (SELECT 1)", { columns: [], query: { body: { kind: "nested" } } }],
  ["CREATE TABLE t AS WITH a AS (SELECT 1) SELECT * FROM a", { query: { with: [{}] } }],
  [
    "CREATE TABLE IF NOT EXISTS t USING parquet OPTIONS (path '/x')",
    { format: "PARQUET", options: [{ key: "path", value: "/x" }] },
  ],
])("%s", (text, tree) => {
  expect(read(text)).toMatchObject({ kind: "createTable", ...tree });
});

describe("CREATE FUNCTION", () => {
  test("keeps the place of its body", () => {
    const text = "CREATE FUNCTION f(x INT) RETURNS INT RETURN  x + 1 ;";
    const read = parseStatement(text);
    if (read.kind !== "createFunction") throw new Error("not a function");
    expect(text.slice(read.bodySpan.start, read.bodySpan.end)).toBe("x + 1");
  });

  test.each([
    ["f() RETURN 1", { parameters: [], language: "SQL", deterministic: true, body: { kind: "number" } }],
    [
      "f() RETURNS TABLE (a INT) RETURN SELECT 1",
      { returnColumns: [{ name: { text: "a" } }], body: { body: { kind: "select" } } },
    ],
    ["f() RETURNS TABLE RETURN (SELECT 1)", { returnColumns: [], body: { body: { kind: "select" } } }],
    [
      "f(a INT DEFAULT 1, b STRING COMMENT 'x') RETURNS STRING NOT DETERMINISTIC READS SQL DATA COMMENT 'y' RETURN b",
      { parameters: [{ default: { text: "1" } }, { comment: "x" }], deterministic: false, comment: "y" },
    ],
    [
      "f() RETURNS INT LANGUAGE PYTHON AS $$ return 'x' -- y\n$$",
      { language: "PYTHON", body: { kind: "string", value: " return 'x' -- y\n" } },
    ],
  ])("%s", (text, tree) => {
    expect(read(`CREATE OR REPLACE FUNCTION ${text}`)).toMatchObject({ kind: "createFunction", ...tree });
  });
});
