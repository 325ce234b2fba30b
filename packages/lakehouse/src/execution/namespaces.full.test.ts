import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

let lakehouse: Lakehouse;

async function sql(text: string, principal?: string) {
  const { rows } = await lakehouse
    .connect(principal)
    .statements.execute({ text, kind: "other", effect: "write", catalog: "d", schema: "s" });
  return rows;
}

async function failed(text: string, principal?: string) {
  const outcome = await sql(text, principal).then(
    () => "succeeded",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return outcome.split("\n").join(" ");
}

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d COMMENT 'all'");
  await sql("CREATE SCHEMA s");
  await sql("CREATE TABLE t (id BIGINT, name STRING)");
  await sql("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
});
afterAll(() => lakehouse.close());

describe("a view", () => {
  test("means what its names meant where it was made, through other views too", async () => {
    await sql("CREATE SCHEMA other");
    await sql("CREATE VIEW v (k COMMENT 'key', n) COMMENT 'looks' AS SELECT id, name FROM t WHERE id > 1");
    await sql("CREATE VIEW other.w AS SELECT k * 10 AS k10 FROM s.v");
    expect(await sql("SELECT k10 FROM other.w")).toEqual([["20"]]);
    expect(await sql("DESCRIBE v")).toEqual([
      ["k", "bigint", "key"],
      ["n", "string", null],
    ]);
    expect(await sql("SELECT view_definition FROM information_schema.views WHERE table_name = 'v'")).toEqual([
      ["SELECT id, name FROM t WHERE id > 1"],
    ]);
  });

  test("changes by ALTER with its grants, and loses them by REPLACE", async () => {
    await sql("CREATE VIEW changing AS SELECT id FROM t");
    await sql("GRANT SELECT ON VIEW changing TO reader");
    await sql("ALTER VIEW changing AS SELECT count(*) AS n FROM t");
    expect(await sql("SELECT * FROM changing")).toEqual([["2"]]);
    expect(await sql("SHOW GRANTS ON VIEW changing")).toHaveLength(1);
    await sql("CREATE OR REPLACE VIEW changing AS SELECT 1 AS one");
    expect(await sql("SHOW GRANTS ON VIEW changing")).toEqual([]);
  });

  test("is refused when it cannot be read, and when it would contain itself", async () => {
    expect(await failed("CREATE VIEW bad AS SELECT nope FROM t")).toMatch(/^\[UNRESOLVED_COLUMN/);
    await sql("CREATE VIEW ring AS SELECT id FROM t");
    await sql("CREATE VIEW around AS SELECT id FROM RING");
    await sql("CREATE FUNCTION ring_size() RETURNS BIGINT RETURN (SELECT count(*) FROM around)");
    for (const query of [
      "SELECT id FROM ring",
      "SELECT id FROM D.S.Ring",
      "SELECT id FROM around",
      "SELECT id FROM t WHERE id IN (SELECT id FROM around)",
      "WITH unread AS (SELECT id FROM ring) SELECT id FROM t",
      "SELECT ring_size() AS id",
    ])
      for (const change of ["CREATE OR REPLACE VIEW ring", "ALTER VIEW ring"])
        expect(await failed(`${change} AS ${query}`)).toMatch(/^\[RECURSIVE_VIEW\]/);
    expect(await sql("SELECT id FROM around ORDER BY id")).toEqual([["1"], ["2"]]);
    await sql("CREATE OR REPLACE VIEW ring AS WITH ring AS (SELECT 7 AS id) SELECT id FROM ring");
    expect(await sql("SELECT id FROM around")).toEqual([["7"]]);
    expect(await failed("INSERT INTO ring VALUES (1)")).toMatch(/^\[EXPECT_TABLE_NOT_VIEW/);
    expect(await failed("DROP TABLE ring")).toMatch(/^\[EXPECT_TABLE_NOT_VIEW/);
  });
});

describe("a function", () => {
  test("is called by name, with defaults, in other functions and in views", async () => {
    await sql("CREATE FUNCTION plus(x INT, y INT DEFAULT 2) RETURNS BIGINT COMMENT 'adds' RETURN x + y");
    await sql("CREATE FUNCTION twice(x INT) RETURNS BIGINT RETURN plus(CAST(plus(x, 0) AS INT), x)");
    expect(await sql("SELECT plus(1), s.plus(1, 5), d.s.twice(4)")).toEqual([["3", "6", "8"]]);
    await sql(
      "CREATE FUNCTION first_rows(n BIGINT) RETURNS TABLE (id BIGINT, label STRING) RETURN SELECT id, name FROM t WHERE id <= n",
    );
    expect(await sql("SELECT label FROM first_rows(1)")).toEqual([["a"]]);
    await sql("CREATE FUNCTION names() RETURNS STRING RETURN (SELECT max(name) FROM t)");
    expect(await sql("SELECT names()")).toEqual([["b"]]);
    expect(
      await sql(
        "SELECT specific_name, full_data_type, routine_definition FROM information_schema.routines WHERE specific_name = 'plus'",
      ),
    ).toEqual([["plus", "bigint", "x + y"]]);
    expect(
      await sql(
        "SELECT parameter_name, full_data_type, parameter_default FROM information_schema.parameters WHERE specific_name = 'plus' ORDER BY ordinal_position",
      ),
    ).toEqual([
      ["x", "int", null],
      ["y", "int", "2"],
    ]);
    expect(await failed("CREATE OR REPLACE FUNCTION names() RETURNS STRING RETURN names()")).toMatch(
      /^\[UNSUPPORTED_FEATURE\].*recursive function d\.s\.names/,
    );
    await sql("CREATE FUNCTION names_again() RETURNS STRING RETURN names()");
    expect(
      await failed("CREATE OR REPLACE FUNCTION names() RETURNS STRING RETURN (SELECT names_again())"),
    ).toMatch(/recursive function d\.s\.names/);
    expect(await sql("SELECT names()")).toEqual([["b"]]);
    expect(await failed("CREATE FUNCTION plus(x INT) RETURN x")).toMatch(/^\[ROUTINE_ALREADY_EXISTS\]/);
    expect(await failed("SELECT plus()")).toMatch(/^\[REQUIRED_PARAMETER_NOT_FOUND\]/);
    expect(await failed("SELECT missing(1)")).toMatch(
      /^\[UNRESOLVED_ROUTINE\] Cannot resolve routine `missing` on search path/,
    );
  });
});

describe("privileges", () => {
  test("are needed for everything, and a view lends its owner's", async () => {
    await sql("CREATE TABLE private (id INT)");
    await sql("INSERT INTO private VALUES (42)");
    await sql("CREATE VIEW window_on AS SELECT id FROM private");
    expect(await failed("SELECT * FROM private", "reader")).toBe(
      "[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have USE CATALOG on Catalog 'd'. SQLSTATE: 42501",
    );
    await sql("GRANT USE CATALOG ON CATALOG d TO readers");
    await sql("GRANT USE SCHEMA ON SCHEMA s TO readers");
    expect(await failed("SELECT * FROM private", "reader")).toMatch(
      /User does not have SELECT on Table 'd\.s\.private'\./,
    );
    await sql("GRANT SELECT ON VIEW window_on TO reader");
    expect(await sql("SELECT * FROM window_on", "reader")).toEqual([["42"]]);
    expect(
      await sql("SELECT table_name FROM information_schema.tables WHERE table_name = 'window_on'", "reader"),
    ).toHaveLength(1);
    expect(await failed("INSERT INTO private VALUES (1)", "reader")).toMatch(
      /^PERMISSION_DENIED: User does not have MODIFY on Table 'd\.s\.private'\./,
    );
    expect(await failed("CREATE TABLE mine (id INT)", "reader")).toMatch(
      /^PERMISSION_DENIED: User does not have CREATE TABLE on Schema 'd\.s'\./,
    );
    expect(await failed("DROP VIEW window_on", "reader")).toMatch(
      /^PERMISSION_DENIED: User does not have MANAGE on Table/,
    );
    expect(await failed("CREATE CATALOG theirs", "reader")).toMatch(
      /^PERMISSION_DENIED: User does not have CREATE CATALOG/,
    );
    expect(await failed("CREATE TABLE copied DEEP CLONE private", "reader")).toMatch(/CREATE TABLE/);
    await sql("GRANT MODIFY, SELECT ON SCHEMA s TO reader");
    expect(await sql("INSERT INTO private VALUES (1)", "reader")).toEqual([["1", "1"]]);
    const [[, , , , location] = []] = await sql("DESCRIBE DETAIL private");
    const path = (location ?? "").replace("file://", "");
    expect(await failed(`SELECT * FROM delta.\`${path}\``, "reader")).toMatch(/SELECT on any file/);
    await sql("GRANT CREATE TABLE ON SCHEMA s TO reader");
    expect(await failed(`CREATE TABLE sly USING DELTA LOCATION '${path}'`, "reader")).toMatch(
      /CREATE EXTERNAL TABLE on External Location/,
    );
    expect(await failed(`CREATE TABLE sly USING DELTA LOCATION '${path}'`)).toMatch(/^\[LOCATION_OVERLAP\]/);
    await sql("REVOKE MODIFY ON SCHEMA s FROM reader");
    expect(await failed("INSERT INTO private VALUES (2)", "reader")).toMatch(/MODIFY/);
  });

  test("mask and filter what a reader sees by who asks", async () => {
    await sql("CREATE TABLE people (name STRING, dept STRING)");
    await sql("INSERT INTO people VALUES ('Ann', 'hr'), ('Bob', 'it')");
    await sql(
      "CREATE FUNCTION mask_name(n STRING) RETURN CASE WHEN is_account_group_member('admins') THEN n ELSE left(n, 1) END",
    );
    await sql("CREATE FUNCTION only_it(d STRING) RETURN is_account_group_member('admins') OR d = 'it'");
    await sql("ALTER TABLE people ALTER COLUMN name SET MASK mask_name");
    await sql("ALTER TABLE people SET ROW FILTER only_it ON (dept)");
    await sql("GRANT SELECT ON TABLE people TO reader");
    expect(await sql("SELECT name FROM people ORDER BY name")).toEqual([["Ann"], ["Bob"]]);
    expect(await sql("SELECT name, dept FROM people", "reader")).toEqual([["B", "it"]]);
    expect(await sql("SELECT mask_name, using_columns FROM information_schema.column_masks")).toEqual([
      ["d.s.mask_name", ""],
    ]);
    expect(await sql("SELECT filter_name, target_columns FROM information_schema.row_filters")).toEqual([
      ["d.s.only_it", "dept"],
    ]);
  });
});

describe("metadata", () => {
  test("comments, tags, properties and owner are set, shown and removed", async () => {
    await sql("CREATE TABLE meta (id INT, name STRING) TBLPROPERTIES ('a.b' = 'c')");
    await sql("COMMENT ON TABLE meta IS 'it''s'");
    await sql("COMMENT ON COLUMN meta.id IS 'key'");
    await sql("ALTER TABLE meta ALTER COLUMN name COMMENT 'who'");
    await sql("ALTER TABLE meta SET TAGS ('pii' = 'no', 'team' = 'x')");
    await sql("ALTER TABLE meta UNSET TAGS ('pii')");
    await sql("ALTER TABLE meta ALTER COLUMN name SET TAGS ('pii' = 'yes')");
    await sql("ALTER TABLE meta SET TBLPROPERTIES ('delta.logRetentionDuration' = '30 days')");
    await sql("ALTER TABLE meta UNSET TBLPROPERTIES ('a.b')");
    await sql("ALTER TABLE meta ADD COLUMNS (added DATE COMMENT 'new')");
    expect(await sql("DESCRIBE meta")).toEqual([
      ["id", "int", "key"],
      ["name", "string", "who"],
      ["added", "date", "new"],
    ]);
    expect(await sql("SELECT comment FROM information_schema.tables WHERE table_name = 'meta'")).toEqual([
      ["it's"],
    ]);
    expect(
      await sql("SELECT tag_name, tag_value FROM information_schema.table_tags WHERE table_name = 'meta'"),
    ).toEqual([["team", "x"]]);
    expect(
      await sql(
        "SELECT column_name, tag_name, tag_value FROM information_schema.column_tags WHERE table_name = 'meta'",
      ),
    ).toEqual([["name", "pii", "yes"]]);
    expect(await sql("SHOW TBLPROPERTIES meta ('delta.logRetentionDuration')")).toEqual([
      ["delta.logRetentionDuration", "30 days"],
    ]);
    expect(await sql("SHOW TBLPROPERTIES meta ('a.b')")).toEqual([
      ["a.b", "Table d.s.meta does not have property: a.b"],
    ]);
    await sql("ALTER TABLE meta SET OWNER TO reader");
    expect(await sql("SELECT table_owner FROM information_schema.tables WHERE table_name = 'meta'")).toEqual([
      ["reader"],
    ]);
    expect(await failed("ALTER TABLE meta SET OWNER TO nobody")).toMatch(/^\[PRINCIPAL_DOES_NOT_EXIST\]/);
  });

  test("keys are kept and told", async () => {
    await sql("CREATE TABLE parent (a INT, b INT, CONSTRAINT parent_key PRIMARY KEY (a, b) RELY)");
    await sql(
      "CREATE TABLE child (x INT, y INT, CONSTRAINT child_fk FOREIGN KEY (y, x) REFERENCES parent (b, a))",
    );
    expect(
      await sql(
        "SELECT constraint_name, column_name, ordinal_position, position_in_unique_constraint FROM information_schema.key_column_usage WHERE constraint_name = 'child_fk' ORDER BY ordinal_position",
      ),
    ).toEqual([
      ["child_fk", "y", "1", "2"],
      ["child_fk", "x", "2", "1"],
    ]);
    expect(
      await sql("SELECT unique_constraint_name FROM information_schema.referential_constraints"),
    ).toEqual([["parent_key"]]);
    expect(await failed("ALTER TABLE parent ADD CONSTRAINT again PRIMARY KEY (a)")).toMatch(
      /^\[INVALID_CONSTRAINT\.MULTIPLE_PRIMARY_KEYS\]/,
    );
  });

  test("SHOW CREATE TABLE gives a statement that makes the same table", async () => {
    await sql(
      "CREATE TABLE model (id INT NOT NULL COMMENT 'k', r STRUCT<aB: INT>, d DECIMAL(10,2) DEFAULT 1.5, CONSTRAINT pos CHECK (id > 0)) PARTITIONED BY (d) COMMENT 'it''s' TBLPROPERTIES ('x' = 'y')",
    );
    const [[text] = []] = await sql("SHOW CREATE TABLE model");
    await sql("ALTER TABLE model RENAME TO model_before");
    await sql(text ?? "");
    const columns =
      "SELECT column_name, full_data_type, is_nullable, comment, column_default, partition_index FROM information_schema.columns WHERE table_name =";
    expect(await sql(`${columns} 'model' ORDER BY ordinal_position`)).toEqual(
      await sql(`${columns} 'model_before' ORDER BY ordinal_position`),
    );
    expect(await sql("SHOW TBLPROPERTIES model")).toEqual(await sql("SHOW TBLPROPERTIES model_before"));
  });

  test("properties that Delta does not know or cannot take are refused by CREATE, ALTER and CLONE", async () => {
    const wrong = "TBLPROPERTIES ('delta.appendOnly' = 'maybe')";
    const unknown = "TBLPROPERTIES ('delta.nope' = '1')";
    await sql("CREATE TABLE plain (id INT)");
    for (const statement of [
      "CREATE TABLE refused (id INT)",
      "CREATE OR REPLACE TABLE plain (id INT)",
      "CREATE TABLE refused DEEP CLONE plain",
      "ALTER TABLE plain SET",
    ]) {
      expect(await failed(`${statement} ${wrong}`)).toMatch(
        /^\[DELTA_INVALID_TABLE_PROPERTY\] delta\.appendOnly needs to be a boolean/,
      );
      expect(await failed(`${statement} ${unknown}`)).toMatch(
        /^\[DELTA_UNKNOWN_CONFIGURATION\].*delta\.nope/,
      );
    }
    expect(await failed("SELECT * FROM refused")).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\]/);
    expect(await sql("DESCRIBE HISTORY plain")).toHaveLength(1);
    await sql("ALTER TABLE plain SET TBLPROPERTIES ('DELTA.appendonly' = 'true', 'own' = 'maybe')");
    expect(await sql("SHOW TBLPROPERTIES plain ('delta.appendOnly')")).toEqual([
      ["delta.appendOnly", "true"],
    ]);
  });

  test("SHOW CREATE TABLE keeps what computes, restricts and arranges the rows", async () => {
    await sql(
      "CREATE TABLE full_model (id BIGINT NOT NULL COMMENT 'k', next BIGINT GENERATED ALWAYS AS (id + 1) COMMENT 'g', e INT DEFAULT 3, CONSTRAINT pos CHECK (id > 0)) CLUSTER BY (id) TBLPROPERTIES ('delta.appendOnly' = 'true')",
    );
    const shown = async (name: string) =>
      (await sql(`SHOW CREATE TABLE ${name}`))[0]?.[0]?.replace(`\`${name}\``, "it");
    const text = await shown("full_model");
    expect(text?.split("\n").slice(0, 7)).toEqual([
      "CREATE TABLE `d`.`s`.it (",
      "  `id` BIGINT NOT NULL COMMENT 'k',",
      "  `next` BIGINT GENERATED ALWAYS AS (id + 1) COMMENT 'g',",
      "  `e` INT DEFAULT 3,",
      "  CONSTRAINT `pos` CHECK (id > 0))",
      "USING delta",
      "CLUSTER BY (`id`)",
    ]);
    expect(text).toContain("'delta.appendOnly' = 'true'");
    await sql((text ?? "").replace("it", "`made_again`"));
    expect(await shown("made_again")).toBe(text);
    await sql("INSERT INTO made_again (id) VALUES (4)");
    expect(await sql("SELECT id, next, e FROM made_again")).toEqual([["4", "5", "3"]]);
    expect(await failed("INSERT INTO made_again (id) VALUES (-1)")).toMatch(
      /^\[DELTA_VIOLATE_CONSTRAINT_WITH_VALUES\]/,
    );
  });

  test("DESCRIBE DETAIL has its columns in Databricks' order", async () => {
    const { columns } = await lakehouse
      .connect()
      .statements.execute({ text: "DESCRIBE DETAIL d.s.t", kind: "describe", effect: "read" });
    expect(columns.map((c) => c.name)).toEqual([
      "format",
      "id",
      "name",
      "description",
      "location",
      "createdAt",
      "lastModified",
      "partitionColumns",
      "clusteringColumns",
      "numFiles",
      "sizeInBytes",
      "properties",
      "minReaderVersion",
      "minWriterVersion",
      "tableFeatures",
      "statistics",
      "clusterByAuto",
    ]);
  });

  test("a catalog goes with what it holds only by CASCADE", async () => {
    await sql("CREATE CATALOG gone");
    await sql("CREATE TABLE gone.default.t (id INT)");
    expect(await failed("DROP CATALOG gone")).toMatch(/^\[CATALOG_NOT_EMPTY\]/);
    expect(await failed("DROP SCHEMA gone.default")).toMatch(/^\[SCHEMA_NOT_EMPTY\]/);
    await sql("DROP CATALOG gone CASCADE");
    expect(await failed("SELECT * FROM gone.default.t")).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\]/);
    expect(await failed("SELECT * FROM gone.information_schema.tables")).toMatch(
      /^\[TABLE_OR_VIEW_NOT_FOUND\]/,
    );
  });
});
