import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareCatalogs } from "../src/diff/compare.ts";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
  for (const name of ["readers", "writers"])
    test.lakehouse.putPrincipal({ name, kind: "group", groups: [], admin: false });
  for (const name of ["ann@example.com", 'o\'neil`s "app"'])
    test.lakehouse.putPrincipal({ name, kind: "user", groups: [], admin: false });
  await test.sql(
    "CREATE CATALOG gov COMMENT 'it''s governed'",
    "CREATE SCHEMA gov.core COMMENT 'facts' WITH DBPROPERTIES ('team' = 'a''b')",
    "CREATE SCHEMA gov.sales",
    "CREATE TABLE gov.core.customers (id BIGINT NOT NULL COMMENT 'key', name STRING) COMMENT 'who \\\\ buys'",
    "INSERT INTO gov.core.customers VALUES (1, 'a')",
    "CREATE TABLE gov.sales.orders (id BIGINT NOT NULL, customer BIGINT, `odd``col` STRING)",
    "ALTER TABLE gov.core.customers ADD CONSTRAINT customers_pk PRIMARY KEY (id) RELY",
    "ALTER TABLE gov.sales.orders ADD CONSTRAINT orders_pk PRIMARY KEY (id)",
    "ALTER TABLE gov.sales.orders ADD CONSTRAINT to_customers FOREIGN KEY (customer) REFERENCES gov.core.customers (id)",
    "CREATE VIEW gov.core.names (name COMMENT 'shown') COMMENT 'a view' TBLPROPERTIES ('k' = 'v') AS SELECT name FROM gov.core.customers",
    "CREATE FUNCTION gov.core.shout(s STRING) RETURNS STRING COMMENT 'loud' RETURN upper(s)",
    "CREATE VOLUME gov.core.files COMMENT 'uploads'",
    "ALTER CATALOG gov SET TAGS ('domain' = 'retail')",
    "ALTER SCHEMA gov.core SET TAGS ('zone' = '')",
    "ALTER TABLE gov.core.customers SET TAGS ('tier' = 'gold', 'it''s' = 'a`b')",
    "ALTER TABLE gov.core.customers ALTER COLUMN name SET TAGS ('pii' = 'yes')",
    "ALTER TABLE gov.sales.orders ALTER COLUMN `odd``col` SET TAGS ('odd' = '📦')",
    "ALTER VIEW gov.core.names SET TAGS ('shown' = 'yes')",
    "ALTER VOLUME gov.core.files SET TAGS ('kind' = 'raw')",
    "GRANT USE CATALOG ON CATALOG gov TO readers",
    "GRANT USE SCHEMA, SELECT ON SCHEMA gov.core TO readers",
    'GRANT SELECT, MODIFY ON TABLE gov.core.customers TO `o\'neil``s "app"`',
    "GRANT ALL PRIVILEGES ON TABLE gov.sales.orders TO writers",
    "GRANT SELECT ON VIEW gov.core.names TO `ann@example.com`",
    "GRANT EXECUTE ON FUNCTION gov.core.shout TO readers",
    "GRANT READ VOLUME ON VOLUME gov.core.files TO readers",
  );
});
afterAll(() => test?.close());

const to = (destination_catalog: string, more: object = {}) => ({
  source_catalog: "gov",
  destination_catalog,
  ...more,
});
const differences = async (destinationCatalog: string) => {
  const ports = { source: test.workspace, target: test.workspace };
  const { differences: found } = await compareCatalogs({ sourceCatalog: "gov", destinationCatalog }, ports);
  return found.map(({ object, what, source, target }) => `${object} ${what}: ${source} | ${target}`);
};
const GOVERNING = ["alter", "comment", "grant", "tag"];
const governing = (statements: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(statements).filter(([kind]) => GOVERNING.includes(kind)));

describe("what CLONE does not copy", () => {
  it("is copied, each thing by one statement, and a second run sends nothing", async () => {
    const first = await run(test.workspace, to("gov_all"));
    expect(first.summary.errors).toEqual([]);
    expect(first.summary).toMatchObject({ status: "success", tables: { success: 2, failed: 0, skipped: 0 } });
    expect(await differences("gov_all")).toEqual([]);
    expect(governing(first.summary.statements)).toEqual({
      alter: 3, // three keys
      comment: 1, // CLONE leaves out the table's
      grant: 7,
      tag: 7,
    });
    for (const load_type of ["SELECTIVE", "INCREMENTAL"]) {
      const second = await run(test.workspace, to("gov_all", { load_type }));
      expect([second.summary.status, second.summary.errors]).toEqual(["success", []]);
      expect(governing(second.summary.statements)).toEqual({});
    }
    const again = await run(test.workspace, to("gov_all"));
    expect(again.summary.statements).toMatchObject({ clone: 2 });
    expect(governing(again.summary.statements)).toEqual({});
    expect(await differences("gov_all")).toEqual([]);
  });

  it("refers to the clone, never back to the source", async () => {
    const rows = await test.sql(
      "SELECT unique_constraint_catalog FROM gov_all.information_schema.referential_constraints",
    );
    expect(rows).toEqual([["gov_all"]]);
  });

  it("follows what changed at the source since, with statements for that alone", async () => {
    await run(test.workspace, to("gov_later"));
    await test.sql(
      "ALTER TABLE gov.core.customers SET TAGS ('tier' = 'silver')",
      "COMMENT ON SCHEMA gov.sales IS 'money'",
      "GRANT SELECT ON TABLE gov.sales.orders TO readers",
      "ALTER TABLE gov_later.sales.orders SET TAGS ('own' = 'kept')",
    );
    const { summary } = await run(test.workspace, to("gov_later", { load_type: "SELECTIVE" }));
    expect(summary).toMatchObject({ status: "success", errors: [], total_drifted_tables: 0 });
    expect(governing(summary.statements)).toEqual({ comment: 1, grant: 1, tag: 1 });
    expect(await differences("gov_later")).toEqual(["sales.orders tags: null | own=kept"]);
  });

  it.each([
    ["copy_tags", "tag"],
    ["copy_permissions", "grant"],
    ["copy_comments", "comment"],
    ["copy_constraints", "alter"],
  ])("is left out without %s", async (flag, kind) => {
    const { summary } = await run(test.workspace, to(`gov_no_${kind}`, { [flag]: false }));
    expect(summary).toMatchObject({ status: "success", errors: [] });
    expect(summary.statements[kind]).toBeUndefined();
    expect(summary.residue.filter(({ what }) => what !== "files")).toEqual([]);
  });
});
