import type { Statement, Workspace } from "@clone-xs/unity";
import { withExecute, WorkspaceError } from "@clone-xs/unity";
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

/** The workspace, and every statement that was sent to it. */
const watched = () => {
  const sent: Statement[] = [];
  const workspace: Workspace = withExecute(test.workspace, (statement, options) => {
    sent.push(statement);
    return test.workspace.statements.execute(statement, options);
  });
  return { workspace, sent };
};
const everythingOf = async (catalog: string) => {
  const views = ["tables", "columns", "table_privileges", "schema_privileges", "catalog_privileges"];
  const tagged = ["table_tags", "column_tags", "schema_tags", "catalog_tags", "volume_tags"];
  const keys = ["table_constraints", "key_column_usage", "routines", "volumes", "schemata"];
  const rows = [...views, ...tagged, ...keys].map((view) =>
    test.sql(`SELECT * FROM ${catalog}.information_schema.${view}`),
  );
  const histories = [
    `DESCRIBE HISTORY ${catalog}.core.customers`,
    `DESCRIBE HISTORY ${catalog}.sales.orders`,
  ];
  return JSON.stringify(await Promise.all([...rows, ...histories.map((text) => test.sql(text))]));
};

describe("statements", () => {
  it("pitfall 24: are one for each thing that differs, and reads are as many for one table as for many", async () => {
    await test.sql(
      "CREATE CATALOG few",
      "CREATE SCHEMA few.s",
      "CREATE TABLE few.s.t (id BIGINT, name STRING)",
      "ALTER TABLE few.s.t SET TAGS ('a' = '1', 'b' = '2')",
      "ALTER TABLE few.s.t ALTER COLUMN id SET TAGS ('c' = '3')",
      "GRANT SELECT, MODIFY ON TABLE few.s.t TO readers",
      "COMMENT ON TABLE few.s.t IS 'x'",
      "CREATE CATALOG many",
      "CREATE SCHEMA many.s",
    );
    for (let i = 0; i < 12; i++) await test.sql(`CREATE TABLE many.s.t${i} (id BIGINT)`);
    const counted = async (source_catalog: string) => {
      const { workspace, sent } = watched();
      const { summary } = await run(workspace, {
        source_catalog,
        destination_catalog: `${source_catalog}_copy`,
      });
      expect(summary.errors).toEqual([]);
      const on = new RegExp(`${source_catalog}(?:_copy)?\\b`, "u");
      const ours = sent.filter(({ text }) => on.test(text));
      return {
        governing: ours
          .filter(({ kind }) => GOVERNING.includes(kind))
          .map(({ kind }) => kind)
          .sort(),
        metadata: ours.filter(({ text }) => text.includes("information_schema")).length,
        histories: ours.filter(({ kind }) => kind === "history").length,
      };
    };
    const few = await counted("few");
    // A governed table: its comment, its tags, the tags of one column, one principal's grants.
    expect(few.governing).toEqual(["comment", "grant", "tag", "tag"]);
    expect(few.metadata).toBe(2);
    expect(await counted("many")).toEqual({ ...few, governing: [] });
  });

  it("never touch the source, whose every row of metadata is as before", async () => {
    const before = await everythingOf("gov");
    const { workspace, sent } = watched();
    await run(workspace, to("gov_untouched"));
    const writes = sent.filter(({ effect, kind }) => effect === "write" && GOVERNING.includes(kind));
    expect(writes.length).toBeGreaterThan(10);
    expect(writes.filter(({ text }) => / `gov`/u.test(text))).toEqual([]);
    expect(await everythingOf("gov")).toEqual(before);
  });
});

it("pitfall 10: what a table inherits is granted where it was given, and not again on the copy itself", async () => {
  await test.sql(
    "CREATE CATALOG heirs",
    "CREATE SCHEMA heirs.s",
    "CREATE TABLE heirs.s.t (id BIGINT)",
    "GRANT SELECT ON SCHEMA heirs.s TO readers",
    "GRANT MODIFY ON TABLE heirs.s.t TO writers",
  );
  await run(test.workspace, { source_catalog: "heirs", destination_catalog: "heirs_copy" });
  const { unity } = test.workspace;
  expect(await unity.permissions("schema", "heirs_copy.s")).toEqual([
    { principal: "readers", privileges: ["SELECT"] },
  ]);
  expect(await unity.permissions("table", "heirs_copy.s.t")).toEqual([
    { principal: "writers", privileges: ["MODIFY"] },
  ]);
});

describe("what goes wrong around an object", () => {
  /** A workspace that answers statements that match with an error. */
  const failing = (pattern: RegExp, errorClass: string): Workspace =>
    withExecute(test.workspace, (statement, options) => {
      if (!pattern.test(statement.text)) return test.workspace.statements.execute(statement, options);
      const message = `[${errorClass}] as asked. SQLSTATE: 42704`;
      return Promise.reject(new WorkspaceError("STATEMENT_FAILED", message, { errorClass }));
    });

  it("a principal whom the target does not know is residue with the way out; the table stays cloned", async () => {
    const unknown = failing(/^GRANT .* TO `writers`/u, "PRINCIPAL_DOES_NOT_EXIST");
    const { summary, lines } = await run(unknown, to("gov_unknown"));
    expect(summary).toMatchObject({ status: "success", errors: [], tables: { success: 2, failed: 0 } });
    const left = summary.residue.filter(({ what }) => what === "grants");
    expect(left).toMatchObject([{ object: "sales.orders", what: "grants" }]);
    expect(left[0]?.reason).toContain("writers does not exist on the target; create the principal");
    expect(lines.join("\n")).toContain("writers does not exist on the target");
  });

  it("a statement that fails fails alone, named with its operation", async () => {
    const { summary } = await run(failing(/`customers` SET TAGS/u, "PERMISSION_DENIED"), to("gov_failing"));
    expect(summary).toMatchObject({ status: "partial", tables: { success: 2, failed: 0 } });
    expect(summary.errors).toMatchObject([
      { object: "gov_failing.core.customers", operation: "set_tags", code: "PERMISSION_DENIED" },
    ]);
    const again = await run(test.workspace, to("gov_failing", { load_type: "SELECTIVE" }));
    expect(again.summary).toMatchObject({ status: "success", errors: [] });
    expect(governing(again.summary.statements)).toEqual({ tag: 1 });
  });

  it("a table that cannot be cloned is one error, not one for each of its tags and grants", async () => {
    const broken = failing(/CLONE `gov`\.`core`\.`customers`/u, "DELTA_CLONE_UNSUPPORTED_SOURCE");
    const { summary } = await run(broken, to("gov_broken"));
    expect(summary.errors.map(({ object, operation }) => [object, operation])).toEqual([
      ["gov_broken.core.customers", "clone_table"],
      ["gov_broken.core.names", "create_view"],
      ["gov_broken.sales.orders", "add_constraint"],
    ]);
  });

  it("pitfall 23: a view of information_schema that lacks a column costs its own kind and is said", async () => {
    const lacking = failing(/volume_tags/u, "UNRESOLVED_COLUMN.WITH_SUGGESTION");
    const { summary } = await run(lacking, to("gov_lacking"));
    expect(summary).toMatchObject({ status: "success", errors: [] });
    expect(summary.statements["tag"]).toBe(6);
    expect(summary.residue).toContainEqual({
      object: "gov",
      what: "tags",
      reason: expect.stringContaining("(volume_tags)"),
    });
  });
});

describe("masks", () => {
  it("of a source stand on its copy without rows before anybody is granted, with their function moved", async () => {
    await test.sql(
      "CREATE CATALOG masked",
      "CREATE SCHEMA masked.s",
      "CREATE FUNCTION masked.s.hide(v STRING, k BIGINT) RETURNS STRING RETURN '***'",
      "CREATE FUNCTION masked.s.only(k BIGINT) RETURNS BOOLEAN RETURN k > 1",
      "CREATE TABLE masked.s.t (id BIGINT, name STRING)",
      "INSERT INTO masked.s.t VALUES (1, 'secret'), (2, 'secret')",
      "ALTER TABLE masked.s.t ALTER COLUMN name SET MASK masked.s.hide USING COLUMNS (id)",
      "ALTER TABLE masked.s.t SET ROW FILTER masked.s.only ON (id)",
      "GRANT SELECT ON TABLE masked.s.t TO readers",
    );
    const { workspace, sent } = watched();
    const request = { source_catalog: "masked", destination_catalog: "masked_copy", schema_only: true };
    const { summary } = await run(workspace, request);
    expect([summary.errors, summary.tables.success]).toEqual([[], 1]);
    const copy = await test.workspace.unity.table({ catalog: "masked_copy", schema: "s", name: "t" });
    expect(copy?.rowFilter).toEqual({ functionName: "masked_copy.s.only", inputColumns: ["id"] });
    expect(copy?.columns[1]?.mask).toEqual({ functionName: "masked_copy.s.hide", usingColumns: ["id"] });
    const order = sent.map(({ text }) => text).filter((text) => /MASK|ROW FILTER|^GRANT/u.test(text));
    expect(order.map((text) => text.split(" ")[0])).toEqual(["ALTER", "ALTER", "GRANT"]);
  });

  it("pitfall 31: on a copy that is cloned again stay on it", async () => {
    await run(test.workspace, to("gov_fenced"));
    await test.sql(
      "CREATE FUNCTION gov_fenced.core.hide(v STRING) RETURNS STRING RETURN '***'",
      "ALTER TABLE gov_fenced.core.customers ALTER COLUMN name SET MASK gov_fenced.core.hide",
    );
    const { summary } = await run(test.workspace, to("gov_fenced", { include_schemas: ["core"] }));
    expect(summary).toMatchObject({ status: "success", errors: [], tables: { success: 1 } });
    expect(await test.sql("SELECT name FROM gov_fenced.core.customers")).toEqual([["***"]]);
  });
});

describe("pitfall 32: owners", () => {
  it("become a group that the runner belongs to, who can carry on; somebody else does not", async () => {
    const runner = "runner@example.com";
    test.lakehouse.putPrincipal({ name: runner, kind: "user", groups: ["team"], admin: false });
    await test.sql(
      "CREATE CATALOG owned",
      "CREATE SCHEMA owned.s",
      "CREATE TABLE owned.s.ours AS SELECT 1 AS id",
      "CREATE TABLE owned.s.anns AS SELECT 1 AS id",
      "CREATE VIEW owned.s.shown AS SELECT id FROM owned.s.ours",
      "GRANT USE CATALOG, USE SCHEMA, SELECT, MODIFY ON CATALOG owned TO team",
      "ALTER TABLE owned.s.ours OWNER TO team",
      "ALTER VIEW owned.s.shown OWNER TO team",
      "ALTER TABLE owned.s.anns OWNER TO `ann@example.com`",
      `GRANT CREATE CATALOG ON METASTORE TO \`${runner}\``,
      `GRANT ALL PRIVILEGES, MANAGE ON CATALOG edp_dev TO \`${runner}\``,
    );
    const workspace = test.lakehouse.connect(runner);
    const wire = { source_catalog: "owned", destination_catalog: "owned_copy", include_schemas: ["s"] };
    const first = await run(workspace, wire);
    expect(first.summary).toMatchObject({ status: "success", errors: [], tables: { success: 2 } });
    const owners = async () => {
      const tables = await test.workspace.unity.tables("owned_copy", "s");
      return Object.fromEntries(tables.map(({ name, owner }) => [name, owner]));
    };
    expect(await owners()).toEqual({ ours: "team", shown: "team", anns: runner });
    expect(first.summary.residue).toContainEqual({
      object: "s.anns",
      what: "owner",
      reason: expect.stringContaining(`GRANT them ON CATALOG owned_copy TO ${runner}`),
    });
    const text = "INSERT INTO owned.s.ours VALUES (2)";
    await workspace.statements.execute({ text, kind: "write", effect: "write" });
    const second = await run(workspace, { ...wire, load_type: "SELECTIVE" });
    expect(second.summary).toMatchObject({
      status: "success",
      errors: [],
      total_drifted_tables: 1,
      tables: { success: 1, failed: 0 },
    });
    expect(await owners()).toEqual({ ours: "team", shown: "team", anns: runner });
  });
});

describe("who gains access", () => {
  it("is in the plan, and refuses the run before anything is written where that is asked", async () => {
    await test.sql(
      "CREATE CATALOG open_to_writers",
      "GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG open_to_writers TO writers",
    );
    const refused = await run(test.workspace, to("open_to_writers", { access: "refuse" }));
    expect(refused.summary).toMatchObject({
      status: "failed",
      errors: [{ object: "open_to_writers", operation: "access", code: "ACCESS_WIDENED" }],
      tables: { success: 0 },
    });
    expect(refused.summary.errors[0]?.message).toContain("writers");
    const schemas = await test.workspace.unity.schemas("open_to_writers");
    expect(schemas.filter(({ schema }) => schema === "core" || schema === "sales")).toEqual([]);
    const fresh = await run(test.workspace, to("gov_closed", { access: "refuse" }));
    expect(fresh.summary).toMatchObject({ status: "success", errors: [] });
  });
});

describe("orphans", () => {
  it("are dropped where that is asked, and what somebody else made is not", async () => {
    await test.sql("CREATE TABLE gov.sales.passing (id BIGINT)");
    await run(test.workspace, to("gov_pruned"));
    await test.sql("DROP TABLE gov.sales.passing", "CREATE TABLE gov_pruned.sales.own (id BIGINT)");
    const { summary } = await run(
      test.workspace,
      to("gov_pruned", { load_type: "SELECTIVE", prune: "drop" }),
    );
    expect(summary).toMatchObject({ status: "success", errors: [], orphaned: ["sales.passing"] });
    expect(summary.tables).toEqual({ success: 0, failed: 0, skipped: 2 });
    const left = await test.workspace.unity.tables("gov_pruned", "sales");
    expect(left.map(({ name }) => name).sort()).toEqual(["orders", "own"]);
  });
});
