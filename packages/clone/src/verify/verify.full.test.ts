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
