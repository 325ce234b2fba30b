import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareCatalogs } from "../src/diff/compare.ts";
import { readStamp } from "../src/decide/provenance.ts";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let test: TestWorkspace;
let outside: string;
beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "clxs-location-"));
  test = await openTestWorkspace({ allowPaths: [outside] });
});
afterAll(async () => {
  await test?.close();
  await rm(outside, { recursive: true, force: true });
});

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

  it("is exchanged when a VACUUM took its files after the plan was made", async () => {
    await test.sql(
      "CREATE TABLE moving.s.swept (id INT)",
      "INSERT INTO moving.s.swept VALUES (1), (2)",
      "ALTER TABLE moving.s.swept SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 hours')",
    );
    let swept = false;
    const sweeping = withExecute(test.workspace, async (statement, options) => {
      if (statement.kind === "clone" && !swept) {
        swept = true;
        await test.sql("DELETE FROM moving.s.swept WHERE id = 1", "VACUUM moving.s.swept RETAIN 0 HOURS");
      }
      return test.workspace.statements.execute(statement, options);
    });
    const { summary } = await run(sweeping, to("after_sweep", { include_tables_regex: "^swept$" }));
    expect(swept).toBe(true);
    expect(summary).toMatchObject({ status: "success", tables: { success: 1 }, errors: [] });
    expect(await rowsOf("after_sweep.s.swept")).toEqual(["2"]);
    expect(summary.residue.map(({ object, what }) => [object, what])).toEqual([["s.swept", "cut"]]);
    await test.sql("DROP TABLE moving.s.swept");
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

/** A table with everything that a copy by query or definition could lose. */
const RICH = [
  "CREATE CATALOG rich",
  "CREATE SCHEMA rich.s",
  `CREATE TABLE rich.s.orders (
     id BIGINT NOT NULL COMMENT 'the number',
     day DATE,
     total DECIMAL(10,2),
     CONSTRAINT positive CHECK (total >= 0)
   ) PARTITIONED BY (day) COMMENT 'what was bought' TBLPROPERTIES ('team' = 'x''y', 'delta.enableChangeDataFeed' = 'true')`,
  "INSERT INTO rich.s.orders VALUES (1, DATE'2026-01-01', 5), (2, DATE'2026-01-02', 6), (3, DATE'2026-01-02', 7)",
  "CREATE TABLE rich.s.`od``d'📦` (`q'n` INT, s STRUCT<a: INT>) CLUSTER BY (`q'n`)",
  "INSERT INTO rich.s.`od``d'📦` SELECT 1, named_struct('a', 2)",
  "CREATE TABLE rich.s.plain (id INT)",
  "INSERT INTO rich.s.plain VALUES (1), (2)",
];
const fromRich = (destination_catalog: string, more: object = {}) => ({
  source_catalog: "rich",
  destination_catalog,
  ...more,
});
const columnsOf = async (catalog: string, name: string) => {
  const found = await test.workspace.unity.table({ catalog, schema: "s", name });
  return found?.columns;
};

describe("where_clauses", () => {
  beforeAll(() => test.sql(...RICH));
  const where_clauses = { "S.Orders": "id > 1 OR day IS NULL", "s.`od``d'📦`": "`q'n` = 1 -- all" };

  it("pitfall 7: copies only the rows that meet the condition, at the pinned version, whatever case the key has", async () => {
    let late = false;
    const writing = withExecute(test.workspace, async (statement, options) => {
      if (statement.text.includes("AS SELECT") && statement.text.includes("orders") && !late) {
        late = true;
        await test.sql("INSERT INTO rich.s.orders VALUES (9, DATE'2026-01-03', 9)");
      }
      return test.workspace.statements.execute(statement, options);
    });
    const { summary, lines } = await run(writing, fromRich("some", { where_clauses }));
    expect(late).toBe(true);
    expect(summary).toMatchObject({ status: "success", tables: { success: 3, failed: 0 }, errors: [] });
    expect(await rowsOf("some.s.orders")).toEqual(["2,2026-01-02,6.00", "3,2026-01-02,7.00"]);
    expect(await rowsOf("some.s.`od``d'📦`")).toHaveLength(1);
    expect(await rowsOf("some.s.plain")).toEqual(["1", "2"]);
    expect(lines).toContain("some.s.orders: gets only rows where id > 1 OR day IS NULL.");
    expect(await stampOf("some", "s", "orders")).toMatchObject({
      version: "1",
      extent: { rows: "where", predicate: "id > 1 OR day IS NULL" },
    });
  });

  it("keeps columns, comments, NOT NULL, partitions, clustering, checks and properties", async () => {
    expect(await columnsOf("some", "orders")).toEqual(await columnsOf("rich", "orders"));
    expect(await columnsOf("some", "od`d'📦")).toEqual(await columnsOf("rich", "od`d'📦"));
    const found = await test.workspace.unity.table({ catalog: "some", schema: "s", name: "orders" });
    expect(found).toMatchObject({
      comment: "what was bought",
      properties: {
        team: "x'y",
        "delta.enableChangeDataFeed": "true",
        "delta.constraints.positive": "total >= 0",
      },
    });
    const [detail] = await test.sql("SELECT clusteringColumns FROM (DESCRIBE DETAIL some.s.`od``d'📦`)");
    expect(detail?.[0]).toContain("q'n");
    await expect(test.sql("INSERT INTO some.s.orders VALUES (4, NULL, -1)")).rejects.toThrow(/positive/i);
  });

  it("finds a filtered copy in sync, and copies it again when its source or its condition changes", async () => {
    const selective = (more: object = {}) =>
      run(test.workspace, fromRich("judged", { load_type: "SELECTIVE", where_clauses, ...more }));
    expect((await selective()).summary.total_drifted_tables).toBe(3);
    expect((await selective()).summary).toMatchObject({ total_drifted_tables: 0, errors: [] });
    const other = await selective({ where_clauses: { ...where_clauses, "S.Orders": "id = 1" } });
    expect(other.summary.drift).toMatchObject([{ table: "orders", reason: "unable_to_compare" }]);
    expect(await rowsOf("judged.s.orders")).toEqual(["1,2026-01-01,5.00"]);
    await test.sql("INSERT INTO rich.s.orders VALUES (1, DATE'2026-02-01', 1)");
    const drifted = await selective({ where_clauses: { ...where_clauses, "S.Orders": "id = 1" } });
    expect(drifted.summary.drift).toMatchObject([{ table: "orders", reason: "version_drift" }]);
    expect(await rowsOf("judged.s.orders")).toEqual(["1,2026-01-01,5.00", "1,2026-02-01,1.00"]);
    const whole = await selective({ where_clauses: {} });
    expect(whole.summary.drift).toMatchObject([
      { table: "od`d'📦", reason: "unable_to_compare" },
      { table: "orders", reason: "unable_to_compare" },
    ]);
  });

  it("shows in a diff what the copy was made without", async () => {
    const ports = { source: test.workspace, target: test.workspace };
    const { differences, identical } = await compareCatalogs(
      { sourceCatalog: "rich", destinationCatalog: "some" },
      ports,
    );
    expect(identical).toBe(false);
    expect(differences.filter(({ object, what }) => object === "s.orders" && what === "data")).toEqual([
      {
        object: "s.orders",
        what: "data",
        source: "all rows",
        target: "only rows where id > 1 OR day IS NULL",
      },
    ]);
  });

  it("does not write over a filtered copy that somebody changed", async () => {
    await run(test.workspace, fromRich("touched", { where_clauses, include_tables_regex: "^orders$" }));
    await test.sql("INSERT INTO touched.s.orders VALUES (8, NULL, 1)");
    const { summary } = await run(
      test.workspace,
      fromRich("touched", { where_clauses, include_tables_regex: "^orders$" }),
    );
    expect(summary.errors).toMatchObject([{ object: "touched.s.orders", code: "TARGET_MODIFIED" }]);
  });

  it("makes a copy again that was not finished", async () => {
    let cut = false;
    const failing = withExecute(test.workspace, (statement, options) => {
      if (statement.text.includes("ADD CONSTRAINT")) {
        cut = true;
        throw new WorkspaceError("STATEMENT_FAILED", "Killed.", { errorClass: "SOMETHING" });
      }
      return test.workspace.statements.execute(statement, options);
    });
    const request = fromRich("cut", {
      where_clauses,
      load_type: "SELECTIVE",
      include_tables_regex: "^orders$",
    });
    expect((await run(failing, request)).summary.status).toBe("failed");
    expect(cut).toBe(true);
    const { summary } = await run(test.workspace, request);
    expect(summary.drift).toMatchObject([{ table: "orders", reason: "unable_to_compare" }]);
    expect(summary.status).toBe("success");
    expect((await run(test.workspace, request)).summary.total_drifted_tables).toBe(0);
  });

  it.each([
    [{ "s.ordres": "id > 1" }, "s.ordres: there is no such table. Did you mean s.orders?"],
    [{ "s.orders": "idd > 1" }, "s.orders: rich.s.orders has no column idd. Did you mean id?"],
    [{ "s.orders": "plain.id > 1" }, "s.orders: rich.s.orders has no column plain.id."],
  ])("refuses %j before anything is done", async (clauses, why) => {
    const request = fromRich("never", { where_clauses: clauses });
    await expect(run(test.workspace, request)).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      details: [expect.stringContaining(why)],
    });
    expect(await test.workspace.unity.catalog("never")).toBeUndefined();
  });

  it("leaves conditions on schemas that are out of scope aside", async () => {
    const more = { where_clauses: { "other.t": "true" }, include_schemas: ["s"], dry_run: true };
    expect((await run(test.workspace, fromRich("dry", more))).summary.errors).toEqual([]);
  });
});

describe("schema_only", () => {
  beforeAll(async () => {
    await test.sql(
      "CREATE CATALOG bare",
      "CREATE SCHEMA bare.s",
      `CREATE TABLE bare.s.t (
         id BIGINT,
         name STRING NOT NULL COMMENT 'who',
         state STRING DEFAULT 'new',
         day DATE,
         year INT GENERATED ALWAYS AS (year(day)),
         CONSTRAINT named CHECK (name <> '')
       ) PARTITIONED BY (day) COMMENT 'all kinds' TBLPROPERTIES ('team' = 'x', 'delta.feature.allowColumnDefaults' = 'supported')`,
      "CREATE TABLE bare.s.c (a INT, b INT) CLUSTER BY (a, b)",
      "INSERT INTO bare.s.c VALUES (1, 2)",
    );
  });
  const to = (more: object = {}) => ({
    source_catalog: "bare",
    destination_catalog: "empty",
    schema_only: true,
    ...more,
  });
  const shown = async (name: string) => (await test.sql(`SHOW CREATE TABLE ${name}`))[0]?.[0] ?? "";
  /** Without the name and the properties that only a clone has. */
  const comparable = async (catalog: string, table: string) =>
    (await shown(`${catalog}.s.${table}`))
      .replace(`\`${catalog}\``, "c")
      .split("\n")
      .filter((line) => !line.includes("clxs.clone"))
      .map((line) => line.replace(/[,)]$/u, ""));

  it("makes the same tables without rows", async () => {
    const { summary } = await run(test.workspace, to());
    expect(summary).toMatchObject({ status: "success", tables: { success: 2 }, errors: [] });
    expect(await rowsOf("empty.s.c")).toEqual([]);
    for (const name of ["t", "c"]) {
      const [made, source] = [await comparable("empty", name), await comparable("bare", name)];
      expect(made).toEqual(source);
    }
  });

  it("judges columns alone: rows at either end are no drift, columns are", async () => {
    await test.sql("INSERT INTO bare.s.c VALUES (3, 4)", "INSERT INTO empty.s.c VALUES (5, 6)");
    const same = await run(test.workspace, to({ load_type: "SELECTIVE" }));
    expect(same.summary).toMatchObject({ total_drifted_tables: 0, errors: [] });
    expect(same.summary.statements).not.toHaveProperty("describe");
    await test.sql("ALTER TABLE bare.s.t ADD COLUMNS (more STRING)");
    const drifted = await run(test.workspace, to({ load_type: "SELECTIVE" }));
    expect(drifted.summary.drift).toMatchObject([{ table: "t", reason: "schema_drift" }]);
    expect(await shown("empty.s.t")).toContain("more");
  });

  it("does not replace a table that somebody filled, when its columns drift", async () => {
    await test.sql("ALTER TABLE bare.s.c ADD COLUMNS (more STRING)");
    const { summary } = await run(test.workspace, to({ load_type: "SELECTIVE" }));
    expect(summary.errors).toMatchObject([{ object: "empty.s.c", code: "TARGET_MODIFIED" }]);
    expect(await rowsOf("empty.s.c")).toEqual(["5,6"]);
  });
});

describe("location", () => {
  beforeAll(async () => {
    await test.sql(
      "CREATE CATALOG placed",
      "CREATE SCHEMA placed.s",
      "CREATE TABLE placed.s.t (id INT)",
      "INSERT INTO placed.s.t VALUES (1)",
      `CREATE TABLE placed.s.ext (id INT) LOCATION '${outside}/source/ext'`,
      "INSERT INTO placed.s.ext VALUES (2)",
    );
  });
  const to = (destination_catalog: string, more: object = {}) => ({
    source_catalog: "placed",
    destination_catalog,
    location: `${outside}/copies`,
    ...more,
  });

  it("pitfall 11: makes external tables at a place of their own, and clones them in place again", async () => {
    const { summary } = await run(test.workspace, to("ext_copy"));
    expect(summary).toMatchObject({ status: "success", tables: { success: 2 } });
    const found = await test.workspace.unity.table({ catalog: "ext_copy", schema: "s", name: "ext" });
    expect(found).toMatchObject({ tableType: "EXTERNAL" });
    expect(found?.storageLocation).toContain(`${outside}/copies/s/ext`);
    await test.sql("DELETE FROM placed.s.ext");
    expect(await rowsOf("ext_copy.s.ext")).toEqual(["2"]);
    const again = await run(test.workspace, to("ext_copy", { load_type: "SELECTIVE" }));
    expect(again.summary).toMatchObject({ status: "success", total_drifted_tables: 1 });
    expect(await rowsOf("ext_copy.s.ext")).toEqual([]);
  });

  it("pitfall 11: is refused where it overlaps the source's files, and writes nothing", async () => {
    const { summary } = await run(test.workspace, to("over", { location: `${outside}/source/ext/inside` }));
    expect(summary.status).toBe("failed");
    expect(new Set(summary.errors.map(({ code }) => code))).toEqual(new Set(["LOCATION_OVERLAP"]));
    expect(await test.workspace.unity.catalog("over")).toBeUndefined();
  });

  it("makes filtered and empty tables there as well", async () => {
    const more = { location: `${outside}/filtered`, where_clauses: { "s.t": "id = 1" } };
    expect((await run(test.workspace, to("filtered", more))).summary.errors).toEqual([]);
    const found = await test.workspace.unity.table({ catalog: "filtered", schema: "s", name: "t" });
    expect(found?.storageLocation).toContain(`${outside}/filtered/s/t`);
  });
});
