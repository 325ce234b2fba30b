import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Statement, withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let test: TestWorkspace;
let sent: Statement[] = [];

/** Puts a file with three rows into the directory of the parquet table. */
async function addFile(name: string): Promise<void> {
  const made = await test.workspace.unity.table({ catalog: "lake", schema: "s", name: "events" });
  const from = fileURLToPath(made?.storageLocation ?? "");
  const file = (await readdir(from)).find((entry) => entry.endsWith(".parquet"));
  await mkdir(filesOfLists(), { recursive: true });
  await copyFile(join(from, file ?? ""), join(filesOfLists(), name));
}
const filesOfLists = () => join(test.lakehouse.directory, "mounts", "your-bucket", "lists");

/** The workspace, noting what is sent to it and failing what `fails` says. */
function noting(fails: (statement: Statement) => boolean = () => false): Workspace {
  return withExecute(test.workspace, (statement, options) => {
    sent.push(statement);
    if (fails(statement)) throw new WorkspaceError("STATEMENT_FAILED", "no such bucket");
    return test.workspace.statements.execute(statement, options);
  });
}

const request = (load_type: string, more: object = {}) => ({
  source_catalog: "lake",
  destination_catalog: "copy",
  load_type,
  ...more,
});
const listings = () => sent.filter(({ text }) => text.includes("_metadata.")).map(({ text }) => text);
const histories = (catalog: string) =>
  sent.flatMap(({ kind, text }) =>
    kind === "history"
      ? Array.from(text.matchAll(new RegExp(`\`${catalog}\`\\.\`s\`\\.\`(\\w+)\``, "gu")), ([, name]) => name)
      : [],
  );
const selective = (more: object = {}, workspace = noting()) => {
  sent = [];
  return run(workspace, request("SELECTIVE", more));
};

beforeAll(async () => {
  test = await openTestWorkspace();
  await test.sql(
    "CREATE CATALOG lake",
    "CREATE SCHEMA lake.s",
    "CREATE TABLE lake.s.events AS SELECT id FROM range(3)",
    "CREATE TABLE lake.s.lists (id BIGINT) USING PARQUET LOCATION 's3://your-bucket/lists/'",
  );
  await addFile("a.parquet");
});
afterAll(() => test?.close());

describe("a parquet table", () => {
  it("is cloned with what its files come down to", async () => {
    sent = [];
    const { summary } = await run(noting(), request("FULL"));
    expect(summary).toMatchObject({ status: "success", formats: { DELTA: 1, PARQUET: 1 } });
    expect(listings()).toEqual([
      "SELECT DISTINCT _metadata.file_path, _metadata.file_size, _metadata.file_modification_time FROM `lake`.`s`.`lists`",
    ]);
    expect(histories("lake")).toEqual(["events"]);
  });

  it("is in sync while its files are the same", async () => {
    const { summary, lines } = await selective();
    expect(summary).toMatchObject({
      status: "success",
      total_drifted_tables: 0,
      tables: { success: 0, failed: 0, skipped: 2 },
    });
    expect(summary.statements).not.toHaveProperty("clone");
    expect(lines).toContain("Schema s in sync — 0 drifted tables");
    expect(listings()).toHaveLength(1);
    expect(histories("lake")).toEqual(["events"]);
    expect(histories("copy").toSorted((a, b) => (a ?? "").localeCompare(b ?? ""))).toEqual([
      "events",
      "lists",
    ]);
  });

  it("drifts, it alone, when a file is added", async () => {
    await addFile("b.parquet");
    const { summary } = await selective();
    expect(summary).toMatchObject({
      status: "success",
      total_drifted_tables: 1,
      drift: [
        { schema: "s", table: "lists", reason: "version_drift", source_version: null, cloned_version: null },
      ],
      tables: { success: 1, failed: 0, skipped: 1 },
    });
    expect(await test.sql("SELECT count(*) FROM copy.s.lists")).toEqual([["6"]]);
    expect((await selective()).summary.total_drifted_tables).toBe(0);
  });

  it("drifts when a file is taken away, down to the last", async () => {
    await rm(join(filesOfLists(), "a.parquet"));
    expect((await selective()).summary.drift).toMatchObject([{ table: "lists", reason: "version_drift" }]);
    await rm(join(filesOfLists(), "b.parquet"));
    expect((await selective()).summary.drift).toMatchObject([{ table: "lists", reason: "version_drift" }]);
    expect(await test.sql("SELECT count(*) FROM copy.s.lists")).toEqual([["0"]]);
    expect((await selective()).summary.total_drifted_tables).toBe(0);
  });

  it("is not overwritten where its copy was written", async () => {
    await test.sql("INSERT INTO copy.s.lists VALUES (42)");
    const { summary } = await selective();
    expect(summary.errors).toMatchObject([{ object: "copy.s.lists", code: "TARGET_MODIFIED" }]);
    expect(await test.sql("SELECT id FROM copy.s.lists")).toEqual([["42"]]);
    const { summary: overwritten } = await selective({ on_target_modified: "overwrite" });
    expect(overwritten).toMatchObject({ status: "success", tables: { success: 1 } });
  });

  it("is cloned again when its files cannot be listed, and says why", async () => {
    const unlisted = noting(({ text }) => text.includes("_metadata."));
    const { summary } = await selective({}, unlisted);
    expect(summary.drift).toMatchObject([{ table: "lists", reason: "unable_to_compare" }]);
    expect(summary).toMatchObject({ status: "success", tables: { success: 1 } });
    expect((await selective()).summary.drift).toMatchObject([
      { table: "lists", reason: "unable_to_compare" },
    ]);
    expect((await selective()).summary.total_drifted_tables).toBe(0);
  });

  it("is listed neither where nothing is compared nor where it is excluded", async () => {
    await selective({ exclude_tables_regex: "^lists$" });
    expect(listings()).toEqual([]);
    sent = [];
    await run(noting(), request("INCREMENTAL"));
    expect(listings()).toEqual([]);
  });
});
