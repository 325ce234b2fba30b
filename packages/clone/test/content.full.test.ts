import { withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStamp } from "../src/decide/provenance.ts";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
});
afterAll(() => test?.close());

const rowsOf = async (name: string) => {
  const rows = await test.sql(`SELECT * FROM ${name}`);
  return rows.map((row) => row.join(",")).sort();
};
const stampOf = async (catalog: string, schema: string, name: string) => {
  const target = { catalog, schema, name };
  const found = await test.workspace.unity.table(target);
  return found && readStamp(found.properties, target);
};
/** Commit times of a table, oldest first. */
const timesOf = async (name: string) => {
  const rows = await test.sql(`SELECT timestamp FROM (DESCRIBE HISTORY ${name}) ORDER BY version`);
  return rows.map(([time]) => time ?? "");
};

describe("as of an earlier moment", () => {
  beforeAll(async () => {
    await test.sql(
      "CREATE CATALOG past",
      "CREATE SCHEMA past.s",
      "CREATE TABLE past.s.a (id INT)",
      "INSERT INTO past.s.a VALUES (1)",
      "INSERT INTO past.s.a VALUES (2)",
      "CREATE TABLE past.s.late (id INT)",
      "INSERT INTO past.s.late VALUES (7)",
      "INSERT INTO past.s.a VALUES (3)",
    );
  });
  const to = (destination_catalog: string, more: object = {}) => ({
    source_catalog: "past",
    destination_catalog,
    ...more,
  });

  it("clones each table at its newest version that is not later, and says which did not exist yet", async () => {
    const [, , second = ""] = await timesOf("past.s.a");
    const { summary, lines } = await run(test.workspace, to("then", { as_of_timestamp: second }));
    expect(summary).toMatchObject({ status: "success", tables: { success: 1, failed: 0, skipped: 1 } });
    expect(await rowsOf("then.s.a")).toEqual(["1", "2"]);
    expect(lines.filter((line) => line.includes("VERSION AS OF 2"))).toHaveLength(1);
    expect(summary.residue.filter(({ what }) => what === "table")).toEqual([
      { object: "s.late", what: "table", reason: expect.stringContaining("it did not exist at") },
    ]);
    expect(await test.workspace.unity.table({ catalog: "then", schema: "s", name: "late" })).toBeUndefined();
  });

  it("finds drift against that moment, not against what the source is now", async () => {
    const [, first = "", second = ""] = await timesOf("past.s.a");
    const selective = (as_of_timestamp: string) =>
      run(test.workspace, to("moments", { load_type: "SELECTIVE", as_of_timestamp }));
    expect((await selective(second)).summary.drift).toMatchObject([{ table: "a", reason: "never_cloned" }]);
    expect((await selective(second)).summary).toMatchObject({ total_drifted_tables: 0 });
    const earlier = await selective(first);
    expect(earlier.summary.drift).toEqual([
      { schema: "s", table: "a", reason: "version_drift", source_version: 1, cloned_version: 2 },
    ]);
    expect(await rowsOf("moments.s.a")).toEqual(["1"]);
  });

  it("takes a version, and fails the tables that do not have it, by name", async () => {
    const { summary } = await run(test.workspace, to("third", { as_of_version: 3 }));
    expect(summary).toMatchObject({ status: "partial", tables: { success: 1, failed: 1 } });
    expect(summary.errors).toEqual([
      {
        object: "third.s.late",
        operation: "clone",
        code: "VERSION_NOT_AVAILABLE",
        message: "past.s.late has no version 3: its newest is 1.",
      },
    ]);
    expect(await rowsOf("third.s.a")).toEqual(["1", "2", "3"]);
  });
});

describe("a pinned version that is gone when it is cloned", () => {
  const gone = () =>
    new WorkspaceError("STATEMENT_FAILED", "Cannot time travel Delta table to version 1.", {
      errorClass: "DELTA_VERSION_NOT_FOUND",
    });
  /** The workspace as it is when somebody writes and vacuums after the plan was made: the first `times` clones find no version. */
  const vacuumed = (times: number, before: () => Promise<unknown> = async () => undefined): Workspace => {
    let left = times;
    return withExecute(test.workspace, async (statement, options) => {
      if (statement.kind !== "clone" || left === 0)
        return test.workspace.statements.execute(statement, options);
      left -= 1;
      await before();
      throw gone();
    });
  };
  beforeAll(async () => {
    await test.sql(
      "CREATE CATALOG moving",
      "CREATE SCHEMA moving.s",
      "CREATE TABLE moving.s.t (id INT)",
      "INSERT INTO moving.s.t VALUES (1)",
    );
  });
  const to = (destination_catalog: string, more: object = {}) => ({
    source_catalog: "moving",
    destination_catalog,
    ...more,
  });

  it("is exchanged for the newest, aloud, and the stamp has the version that was cloned", async () => {
    const workspace = vacuumed(1, () => test.sql("INSERT INTO moving.s.t VALUES (2)"));
    const { summary, lines } = await run(workspace, to("repinned"));
    expect(summary).toMatchObject({ status: "success", tables: { success: 1 } });
    expect(await rowsOf("repinned.s.t")).toEqual(["1", "2"]);
    expect(await stampOf("repinned", "s", "t")).toMatchObject({ version: "2" });
    expect(lines).toContain(
      "moving.s.t: version 1 is gone; version 2 is cloned instead, outside the consistent cut.",
    );
    expect(summary.residue.filter(({ what }) => what === "cut")).toEqual([
      {
        object: "s.t",
        what: "cut",
        reason:
          "version 1 was gone when it was to be cloned (DELTA_VERSION_NOT_FOUND); version 2 was cloned, outside the consistent cut",
      },
    ]);
    const again = await run(test.workspace, to("repinned", { load_type: "SELECTIVE" }));
    expect(again.summary.total_drifted_tables).toBe(0);
  });

  it("is cloned without a pin when the next one is gone as well", async () => {
    const workspace = vacuumed(2, () => test.sql("INSERT INTO moving.s.t VALUES (3)"));
    const { summary, lines } = await run(workspace, to("unpinned"));
    expect(summary).toMatchObject({ status: "success", tables: { success: 1 } });
    expect(lines.filter((line) => line.includes("DEEP CLONE")).at(-1)).not.toContain("AS OF");
    expect(await stampOf("unpinned", "s", "t")).toMatchObject({ version: null });
    expect(summary.residue.filter(({ what }) => what === "cut")).toHaveLength(1);
  });

  it("is never exchanged when the user asked for that version", async () => {
    const { summary } = await run(vacuumed(9), to("asked", { as_of_version: 1 }));
    expect(summary).toMatchObject({ status: "failed", tables: { failed: 1 } });
    expect(summary.errors).toMatchObject([{ code: "VERSION_NOT_AVAILABLE" }]);
    expect(summary.errors[0]?.message).toContain("delta.deletedFileRetentionDuration");
  });

  it("is not exchanged for an error that is not the pin's", async () => {
    const refusing = withExecute(test.workspace, (statement, options) => {
      if (statement.kind !== "clone") return test.workspace.statements.execute(statement, options);
      throw new WorkspaceError("STATEMENT_FAILED", "No.", { errorClass: "INSUFFICIENT_PERMISSIONS" });
    });
    const { summary } = await run(refusing, to("refused"));
    expect(summary.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });
});
