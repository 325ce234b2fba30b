import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withExecute, WorkspaceError } from "@clone-xs/unity";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestWorkspace, run, type TestWorkspace } from "../../test/workspace.ts";
import { parseCloneRequest } from "../request/parse.ts";
import { type VerifyOptions, verifyCatalogs } from "./verify.ts";

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
  await test.sql(
    "CREATE CATALOG shop",
    "CREATE SCHEMA shop.s",
    "CREATE TABLE shop.s.t (id BIGINT, name STRING COMMENT 'who', tags ARRAY<STRING>, `od``d` MAP<STRING, DOUBLE>)",
    "INSERT INTO shop.s.t VALUES (1, 'a', array('x'), map('k', 1.5D)), (2, NULL, NULL, NULL), (3, 'NULL', array(NULL), NULL)",
    "CREATE TABLE shop.s.empty (id INT)",
    "CREATE FUNCTION shop.s.f(x INT) RETURNS INT RETURN x + 1",
    "CREATE VIEW shop.s.v AS SELECT id, shop.s.f(1) AS one FROM shop.s.t",
    "CREATE VOLUME shop.s.files",
  );
  await test.workspace.files.write("/Volumes/shop/s/files/a.txt", bytes("hello"));
});
afterAll(() => test?.close());

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

let copies = 0;
let copy = "";
beforeEach(() => {
  copies += 1;
  copy = `copy${copies}`;
});

async function cloned(more: object = {}) {
  const { summary } = await run(test.workspace, {
    source_catalog: "shop",
    destination_catalog: copy,
    ...more,
  });
  expect(summary.errors).toEqual([]);
}

async function verified(options: Partial<VerifyOptions> = {}, more: object = {}) {
  const parsed = parseCloneRequest({ source_catalog: "shop", destination_catalog: copy, ...more });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const ports = { source: test.workspace, target: test.workspace };
  return verifyCatalogs(
    parsed.request,
    { rows: "hash", content: false, governance: true, ...options },
    ports,
  );
}

async function certificate(object: string, options: Partial<VerifyOptions> = {}) {
  const { objects } = await verified(options);
  return objects.find((one) => one.object === object);
}

describe("a faithful copy", () => {
  it.each(["DEEP", "SHALLOW"])("matches in everything: %s", async (clone_type) => {
    await cloned({ clone_type });
    const found = await verified({ content: true });
    expect(found).toMatchObject({ matched: 5, differing: 0, not_comparable: 0 });
    const table = found.objects.find(({ object }) => object === "s.t");
    expect(table).toMatchObject({
      verdict: "match",
      source_version: "1",
      source_rows: 3,
      target_rows: 3,
      differences: [],
    });
    expect(table?.source_hash).toMatch(/^[0-9a-f]{32}$/u);
    expect(table?.target_hash).toBe(table?.source_hash);
  });
});

describe("one change of the copy", () => {
  it.each([
    ["a cell", "UPDATE c.s.t SET name = 'b' WHERE id = 1", "the rows differ in their values"],
    ["NULL for its name", "UPDATE c.s.t SET name = NULL WHERE id = 3", "the rows differ in their values"],
    ["a row less", "DELETE FROM c.s.t WHERE id = 2", "the source has 3 rows and the copy has 2"],
    [
      "a row twice",
      "INSERT INTO c.s.t SELECT * FROM c.s.t WHERE id = 2",
      "the source has 3 rows and the copy has 4",
    ],
    ["a column's comment", "COMMENT ON COLUMN c.s.t.name IS 'whom'", "it differs in comment"],
    ["a property", "ALTER TABLE c.s.t SET TBLPROPERTIES ('team' = 'x')", "it differs in properties"],
    ["a tag", "ALTER TABLE c.s.t SET TAGS ('tier' = 'gold')", "it differs in tags"],
  ])("is found: %s", async (_, statement, reason) => {
    await cloned();
    await test.sql(statement.replaceAll("c.s.", `${copy}.s.`));
    expect(await certificate("s.t")).toMatchObject({ verdict: "differs", reason });
  });
});

describe("like with like", () => {
  it("a source that moved on is compared at the version that was cloned, with the columns it had then", async () => {
    await test.sql("CREATE TABLE shop.s.moved (id INT)", "INSERT INTO shop.s.moved VALUES (1), (2)");
    await cloned();
    await test.sql(
      "ALTER TABLE shop.s.moved ADD COLUMN extra STRING",
      "INSERT INTO shop.s.moved VALUES (3, 'x')",
    );
    expect(await certificate("s.moved")).toMatchObject({
      verdict: "match",
      source_version: "1",
      source_rows: 2,
      notes: ["the source's columns have changed since it was cloned"],
    });
    await test.sql(`UPDATE ${copy}.s.moved SET id = 7 WHERE id = 1`);
    expect(await certificate("s.moved")).toMatchObject({ verdict: "differs" });
    await test.sql("DROP TABLE shop.s.moved");
  });

  it("the newest version stands in for one that is gone, and what differs from it proves nothing", async () => {
    await test.sql("CREATE TABLE shop.s.gone (id INT)", "INSERT INTO shop.s.gone VALUES (1), (2)");
    await cloned();
    await test.sql("DROP TABLE shop.s.gone", "CREATE TABLE shop.s.gone (id INT)");
    expect(await certificate("s.gone")).toMatchObject({
      verdict: "not_comparable",
      source_version: "0",
      reason:
        "the source was made anew since it was cloned, and as it is now the source has 0 rows and the copy has 2",
    });
    await test.sql("INSERT INTO shop.s.gone VALUES (2), (1)");
    expect(await certificate("s.gone")).toMatchObject({
      verdict: "match",
      notes: ["the source was made anew since it was cloned; compared with the source at version 1"],
    });
    await test.sql("DROP TABLE shop.s.gone");
  });

  it.each([
    [
      "some rows",
      { where_clauses: { "s.t": "id > 1 -- not the first" } },
      { verdict: "match", source_rows: 2, target_rows: 2 },
    ],
    [
      "an earlier version",
      { as_of_version: 0, include_objects: [{ schema: "s", name: "t", type: "table" }] },
      { verdict: "match", source_version: "0", source_rows: 0 },
    ],
    [
      "no rows",
      { schema_only: true },
      { verdict: "match", source_rows: null, notes: ["it was made without rows: its rows are not compared"] },
    ],
  ])("a copy of %s", async (_, more, expected) => {
    await cloned(more);
    expect(await certificate("s.t")).toMatchObject(expected);
  });

  it("a table that no clone made is compared with the source as it is", async () => {
    await cloned();
    await test.sql(
      `DROP TABLE ${copy}.s.empty`,
      `CREATE TABLE ${copy}.s.empty (id INT)`,
      `INSERT INTO ${copy}.s.empty VALUES (1)`,
    );
    expect(await certificate("s.empty")).toMatchObject({
      verdict: "differs",
      reason: "the source has 0 rows and the copy has 1",
      notes: ["s.empty carries no mark of a clone of it: compared with the source as it is now"],
    });
  });
});

describe("a version that VACUUM or log clean-up took", () => {
  /** The workspace in which a version of the source cannot be read any more. */
  const without = (version: string) => {
    const workspace = withExecute(test.workspace, (statement, options) => {
      if (statement.text.includes(`\`shop\`.\`s\`.\`t\` VERSION AS OF ${version}`))
        throw new WorkspaceError("STATEMENT_FAILED", "gone", { errorClass: "DELTA_FILE_NOT_FOUND_DETAILED" });
      return test.workspace.statements.execute(statement, options);
    });
    const parsed = parseCloneRequest({ source_catalog: "shop", destination_catalog: copy });
    if (!parsed.ok) throw new Error("no request");
    const ports = { source: workspace, target: test.workspace };
    return verifyCatalogs(parsed.request, { rows: "hash", content: false, governance: true }, ports);
  };

  it("is stood in for by the newest, aloud", async () => {
    await cloned();
    await test.sql("INSERT INTO shop.s.t VALUES (4, 'd', NULL, NULL)");
    const table = (await without("1")).objects.find(({ object }) => object === "s.t");
    expect(table).toMatchObject({
      verdict: "not_comparable",
      source_version: "2",
      reason: "version 1 of shop.s.t is gone, and as it is now the source has 4 rows and the copy has 3",
      notes: ["version 1 of shop.s.t is gone; compared with the source at version 2"],
    });
    await test.sql("DELETE FROM shop.s.t WHERE id = 4");
    const again = (await without("1")).objects.find(({ object }) => object === "s.t");
    expect(again).toMatchObject({ verdict: "match", source_version: "3" });
  });
});

it("reads each table once at each end, and histories together", async () => {
  await cloned();
  const sent: string[] = [];
  const workspace = withExecute(test.workspace, (statement, options) => {
    sent.push(statement.text);
    return test.workspace.statements.execute(statement, options);
  });
  const parsed = parseCloneRequest({ source_catalog: "shop", destination_catalog: copy });
  if (!parsed.ok) throw new Error("no request");
  const ports = { source: workspace, target: workspace };
  await verifyCatalogs(parsed.request, { rows: "hash", content: false, governance: true }, ports);
  expect(sent.filter((text) => text.includes("row_count"))).toHaveLength(4);
  expect(sent.filter((text) => text.includes("DESCRIBE HISTORY"))).toHaveLength(1);
});

it("a parquet table is compared while its files are those that were cloned", async () => {
  const files = join(test.lakehouse.directory, "mounts", "your-bucket", "lists");
  const addFile = async (name: string) => {
    const made = await test.workspace.unity.table({ catalog: "shop", schema: "s", name: "numbers" });
    const from = fileURLToPath(made?.storageLocation ?? "");
    const file = (await readdir(from)).find((entry) => entry.endsWith(".parquet"));
    await mkdir(files, { recursive: true });
    await copyFile(join(from, file ?? ""), join(files, name));
  };
  await test.sql(
    "CREATE TABLE shop.s.numbers AS SELECT id FROM range(3)",
    "CREATE TABLE shop.s.lists (id BIGINT) USING PARQUET LOCATION 's3://your-bucket/lists/'",
  );
  await addFile("a.parquet");
  await cloned();
  expect(await certificate("s.lists")).toMatchObject({
    verdict: "match",
    source_version: null,
    source_rows: 3,
    notes: [],
  });
  await addFile("b.parquet");
  expect(await certificate("s.lists")).toMatchObject({
    verdict: "not_comparable",
    reason:
      "the source's files are not those that were cloned, and as it is now the source has 6 rows and the copy has 3",
  });
  await test.sql("DROP TABLE shop.s.lists", "DROP TABLE shop.s.numbers");
});

it("what is masked is not read, and what could not be cloned is no difference", async () => {
  await test.sql(
    "CREATE FUNCTION shop.s.hide(x STRING) RETURNS STRING RETURN '*'",
    "CREATE TABLE shop.s.secret (name STRING)",
    "INSERT INTO shop.s.secret VALUES ('a')",
    "ALTER TABLE shop.s.secret ALTER COLUMN name SET MASK shop.s.hide",
  );
  await cloned();
  expect(await certificate("s.secret")).toMatchObject({
    verdict: "not_comparable",
    reason: "it is not on the target: masked columns (name); a masked table cannot be cloned",
  });
  await test.sql("DROP TABLE shop.s.secret", "DROP FUNCTION shop.s.hide");
});

it("finds what is missing, other texts, and other files", async () => {
  await cloned();
  await test.sql(
    `DROP TABLE ${copy}.s.empty`,
    `CREATE OR REPLACE VIEW ${copy}.s.v AS SELECT id FROM ${copy}.s.t`,
    `CREATE OR REPLACE FUNCTION ${copy}.s.f(x INT) RETURNS INT RETURN x + 2`,
  );
  await test.workspace.files.write(`/Volumes/${copy}/s/files/a.txt`, bytes("hallo"), { overwrite: true });
  const { objects } = await verified({ governance: false });
  expect(objects.map(({ object, verdict, reason }) => [object, verdict, reason])).toEqual([
    ["s.empty", "differs", "it is not on the target"],
    ["s.t", "match", null],
    ["s.v", "differs", "it differs in column, definition"],
    ["s.f", "differs", "it differs in definition"],
    ["s.files", "match", null],
  ]);
  expect(await certificate("s.files", { content: true })).toMatchObject({
    verdict: "differs",
    reason: "a.txt has other bytes",
  });
});

it("compares numbers of rows alone when that is asked", async () => {
  await cloned();
  await test.sql(`UPDATE ${copy}.s.t SET name = 'b' WHERE id = 1`);
  expect(await certificate("s.t", { rows: "count" })).toMatchObject({
    verdict: "match",
    source_rows: 3,
    source_hash: null,
  });
});

it("the parts of all objects are everything, and no object is in two", async () => {
  await cloned();
  const names = async (options: Partial<VerifyOptions>) =>
    (await verified({ rows: "count", ...options })).objects.map(({ kind, object }) => `${kind} ${object}`);
  const parts = await Promise.all([1, 2, 3].map((part) => names({ subset: { part, of: 3 } })));
  expect(parts.flat().sort()).toEqual([...(await names({}))].sort());
});

it("a cancelled comparison gives no verdict", async () => {
  await cloned();
  const parsed = parseCloneRequest({ source_catalog: "shop", destination_catalog: copy });
  if (!parsed.ok) throw new Error("no request");
  const ports = { source: test.workspace, target: test.workspace, signal: AbortSignal.abort() };
  await expect(
    verifyCatalogs(parsed.request, { rows: "hash", content: false, governance: true }, ports),
  ).rejects.toThrow(/abort|cancel/iu);
});
