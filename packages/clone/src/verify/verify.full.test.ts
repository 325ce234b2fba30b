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
