import { type Workspace, WorkspaceError, withExecute } from "@clone-xs/unity";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let there: TestWorkspace;
beforeAll(async () => {
  there = await openTestWorkspace();
  await there.sql("CREATE CATALOG src", "CREATE SCHEMA src.s", "CREATE TABLE src.s.t AS SELECT 1 AS id");
});
afterAll(() => there.close());

const full = (destination: string) => ({
  source_catalog: "src",
  destination_catalog: destination,
  load_type: "FULL",
});
const ids = (table: string) => there.sql(`SELECT id FROM ${table} ORDER BY id`);

it("pitfall 2: a full load over a target that is there replaces its rows, and counts what it copied", async () => {
  await run(there.workspace, full("again"));
  await there.sql("INSERT INTO src.s.t VALUES (2)");
  const { summary } = await run(there.workspace, full("again"));
  expect(await ids("again.s.t")).toEqual([["1"], ["2"]]);
  expect(summary).toMatchObject({
    status: "success",
    tables: { success: 1, failed: 0, skipped: 0 },
    files_copied: 1,
  });
  const [row] = await there.sql(
    "SELECT count(*) FROM (DESCRIBE HISTORY again.s.t) WHERE operation = 'CLONE'",
  );
  expect(row).toEqual(["2"]);
});

it("pitfall 5: a clone that fails leaves the one that it was to replace: rows, identity, tags and grants", async () => {
  await run(there.workspace, full("kept"));
  await there.sql(
    "ALTER TABLE kept.s.t SET TAGS ('keep' = 'me')",
    "GRANT SELECT ON TABLE kept.s.t TO `account users`",
    "INSERT INTO src.s.t VALUES (5)",
  );
  const name = { catalog: "kept", schema: "s", name: "t" };
  const before = { table: await there.workspace.unity.table(name), rows: await ids("kept.s.t") };
  const { summary } = await run(withFailingClone(there.workspace), full("kept"));
  expect(summary.errors).toMatchObject([{ object: "kept.s.t", code: "INTERNAL_ERROR" }]);
  expect({ table: await there.workspace.unity.table(name), rows: await ids("kept.s.t") }).toEqual(before);
  expect(
    await there.sql("SELECT tag_name FROM kept.information_schema.table_tags WHERE table_name = 't'"),
  ).toEqual([["keep"]]);
  expect(await there.workspace.unity.permissions("table", "kept.s.t")).toContainEqual({
    principal: "account users",
    privileges: ["SELECT"],
  });
});

function withFailingClone(workspace: Workspace): Workspace {
  return withExecute(workspace, (statement, options) => {
    if (statement.kind !== "clone") return workspace.statements.execute(statement, options);
    const details = { errorClass: "INTERNAL_ERROR", sqlState: "XX000" };
    return Promise.reject(new WorkspaceError("STATEMENT_FAILED", "the cluster went away", details));
  });
}
