import type { Sharing, SharedObject, ShareUpdate } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlSession } from "../testing/sql-session.ts";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";
import { metastoreNetwork } from "./network.ts";

/** One metastore that shares, and one that is only there; what a principal may do, and what the service takes. */
let lakehouse: Lakehouse;
let other: Lakehouse;
let sharing: Sharing;
let clock = 1_800_000_000_000;
const { sql } = sqlSession(() => lakehouse, { catalog: "prod", schema: "s" });

const object = (name: string, options: Partial<SharedObject> = {}): SharedObject => ({
  name: `prod.s.${name}`,
  type: "TABLE",
  sharedAs: `s.${name.replaceAll("-", "_")}`,
  history: true,
  ...options,
});
const adding = (name: string, options: Partial<SharedObject> = {}): ShareUpdate => ({
  action: "ADD",
  object: object(name, options),
});

beforeAll(async () => {
  const network = metastoreNetwork();
  lakehouse = await openTestLakehouse({ network, now: () => clock++ });
  other = await openTestLakehouse({ network });
  sharing = lakehouse.connect().sharing;
  await sql("CREATE CATALOG prod");
  await sql("CREATE SCHEMA prod.s");
  for (const name of ["a", "b", "c", "`with-hyphen`"]) await sql(`CREATE TABLE ${name} (x INT)`);
});
afterAll(async () => {
  await lakehouse.close();
  await other.close();
});

describe("recipients", () => {
  test("stand for one metastore each, and are found by it", async () => {
    const globalMetastoreId = other.globalMetastoreId;
    const made = await sharing.createRecipient({ name: "Partner", globalMetastoreId, comment: "who" });
    expect(made).toEqual({
      name: "partner",
      authenticationType: "DATABRICKS",
      globalMetastoreId,
      owner: lakehouse.owner,
      comment: "who",
    });
    await expect(sharing.createRecipient({ name: "second", globalMetastoreId })).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
      message: `There is already a Recipient object 'partner' with the same sharing identifier '${globalMetastoreId}'.`,
    });
    expect(await sharing.recipients({ globalMetastoreId })).toEqual([made]);
    expect(await sharing.recipients({ globalMetastoreId: "aws:eu:0" })).toEqual([]);
  });

  test.for([
    ["the metastore itself", (): string => lakehouse.globalMetastoreId, "ALREADY_EXISTS"],
    ["no identifier", (): string => "a metastore", "INVALID_REQUEST"],
    ["a name that is taken", (): string => `aws:eu-west-1:${lakehouse.metastoreId}`, "ALREADY_EXISTS"],
  ] as const)("are not made for %s", async ([, identifier, code]) => {
    const making = sharing.createRecipient({ name: "partner", globalMetastoreId: identifier() });
    await expect(making).rejects.toMatchObject({ code });
  });

  test("that are dropped read nothing any more; a second drop is fine", async () => {
    const globalMetastoreId = `azure:west:${crypto.randomUUID()}`;
    await sharing.createRecipient({ name: "brief", globalMetastoreId });
    await sharing.createShare({ name: "seen" });
    await sharing.changeShareGrants("seen", { add: ["brief", "partner"] });
    await sharing.deleteRecipient("brief");
    await sharing.deleteRecipient("brief");
    expect(await sharing.shareGrants("seen")).toEqual([{ principal: "partner", privileges: ["SELECT"] }]);
  });
});

describe("what a share holds", () => {
  beforeAll(async () => {
    await sharing.createShare({ name: "sh" });
  });

  test("is changed as a whole or not at all", async () => {
    const update = sharing.updateShare("sh", [
      adding("a"),
      adding("b"),
      adding("a", { sharedAs: "s.twice" }),
    ]);
    await expect(update).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
      errorClass: "RESOURCE_ALREADY_EXISTS",
    });
    expect((await sharing.share("sh"))?.objects).toEqual([]);
  });

  test("is added, changed and removed", async () => {
    await sharing.updateShare("sh", [adding("a", { history: false }), adding("with-hyphen")]);
    await sharing.updateShare("sh", [{ action: "UPDATE", object: object("a") }]);
    const objects = (await sharing.share("sh"))?.objects ?? [];
    expect(objects.map(({ name, sharedAs, history }) => [name, sharedAs, history])).toEqual([
      ["prod.s.a", "s.a", true],
      ["prod.s.with-hyphen", "s.with_hyphen", true],
    ]);
    await sharing.updateShare("sh", [
      { action: "REMOVE", object: object("with-hyphen") },
      { action: "REMOVE", object: object("a") },
    ]);
    expect((await sharing.share("sh"))?.objects).toEqual([]);
    await expect(
      sharing.updateShare("sh", [{ action: "REMOVE", object: object("a") }]),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test.for([
    [
      "a name that another has",
      [adding("a"), adding("b", { sharedAs: "S.A" })],
      "ALREADY_EXISTS",
      "Shared name",
    ],
    [
      "a name with a hyphen",
      [adding("a", { sharedAs: "s.a-b" })],
      "INVALID_REQUEST",
      "letters, digits and underscores",
    ],
    [
      "a name of one part",
      [adding("a", { sharedAs: "a" })],
      "INVALID_REQUEST",
      "letters, digits and underscores",
    ],
    ["a table that is not there", [adding("gone")], "NOT_FOUND", "Table 'prod.s.gone' does not exist."],
    ["a view", [adding("v", { type: "VIEW" })], "INVALID_REQUEST", "no VIEW"],
    [
      "more updates than one call takes",
      Array.from({ length: 101 }, () => adding("a")),
      "INVALID_REQUEST",
      "must not exceed 100",
    ],
  ] as const)("takes no %s", async ([, updates, code, message]) => {
    await expect(sharing.updateShare("sh", updates)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
    expect((await sharing.share("sh"))?.objects).toEqual([]);
  });

  test("is no masked, filtered or view-like thing, no shallow clone and no other format", async () => {
    await sql("CREATE FUNCTION mask(x INT) RETURNS INT RETURN NULL");
    await sql("CREATE FUNCTION keep(x INT) RETURNS BOOLEAN RETURN true");
    await sql("CREATE TABLE masked (x INT MASK mask)");
    await sql("CREATE TABLE filtered (x INT)");
    await sql("ALTER TABLE filtered SET ROW FILTER keep ON (x)");
    await sql("CREATE TABLE shallow SHALLOW CLONE a");
    await sql("CREATE VIEW v AS SELECT x FROM a");
    const refusals = [
      ["masked", "row filters or column masks"],
      ["filtered", "row filters or column masks"],
      ["shallow", "shallow clone"],
      ["v", "View 'prod.s.v' cannot be shared"],
    ] as const;
    for (const [name, message] of refusals)
      await expect(sharing.updateShare("sh", [adding(name)])).rejects.toMatchObject({
        code: "INVALID_REQUEST",
        message: expect.stringContaining(message) as string,
      });
  });

  test("takes tables with deletion vectors or column mapping with their history alone", async () => {
    await sql("CREATE TABLE mapped (x INT) TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    await sql("CREATE TABLE vectors (x INT) TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    for (const name of ["mapped", "vectors"]) {
      await expect(sharing.updateShare("sh", [adding(name, { history: false })])).rejects.toMatchObject({
        code: "INVALID_REQUEST",
        message: expect.stringContaining("can only be shared WITH HISTORY") as string,
      });
      await sharing.updateShare("sh", [adding(name)]);
    }
    await sharing.deleteShare("sh");
    await sharing.createShare({ name: "sh" });
  });
});

describe("privileges", () => {
  const reader = () => lakehouse.connect("reader").sharing;

  test("making shares and recipients, and seeing providers, is for those who were allowed to", async () => {
    const globalMetastoreId = `aws:eu:${crypto.randomUUID()}`;
    await expect(reader().createShare({ name: "mine" })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      message: "User does not have CREATE SHARE on Metastore.",
    });
    await expect(reader().createRecipient({ name: "mine", globalMetastoreId })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
    await sql("GRANT CREATE SHARE, CREATE RECIPIENT ON METASTORE TO reader");
    await reader().createShare({ name: "mine" });
    await reader().createRecipient({ name: "mine", globalMetastoreId });
    expect((await reader().shares()).map(({ name }) => name)).toEqual(["mine"]);
    expect((await reader().recipients()).map(({ name }) => name)).toEqual(["mine"]);
    expect(await reader().providers()).toEqual([]);
  });

  test("a share's content is its owner's business, and the owner must be able to read it", async () => {
    await expect(sharing.updateShare("mine", [adding("a")])).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      message: "User is not an owner of Share 'mine'.",
    });
    await expect(reader().updateShare("mine", [adding("a")])).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      message: "User does not have USE CATALOG on Catalog 'prod'.",
    });
    await sql("GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG prod TO reader");
    await reader().updateShare("mine", [adding("a")]);
    expect(await reader().share("mine")).toMatchObject({ owner: "reader", objects: [{ name: "prod.s.a" }] });
  });

  test("a share that one may not see is not there", async () => {
    await sharing.createShare({ name: "hidden" });
    expect(await reader().share("hidden")).toBeUndefined();
    await expect(reader().shareGrants("hidden")).rejects.toMatchObject({
      errorClass: "SHARE_DOES_NOT_EXIST",
    });
    await reader().deleteShare("hidden");
    expect(await sharing.share("hidden")).toMatchObject({ name: "hidden" });
  });
});

test("a table that is shared is dropped neither by itself nor with its schema", async () => {
  await sql("CREATE SCHEMA prod.held");
  await sql("CREATE TABLE prod.held.t (x INT)");
  await sharing.createShare({ name: "holds" });
  await sharing.updateShare("holds", [adding("t", { name: "prod.held.t" })]);
  for (const statement of [
    "DROP TABLE prod.held.t",
    "DROP SCHEMA prod.held CASCADE",
    "DROP CATALOG prod CASCADE",
  ])
    await expect(sql(statement)).rejects.toThrow("cannot be dropped because it is in share 'holds'");
  await sql("CREATE OR REPLACE TABLE prod.held.t AS SELECT 1 AS y");
  await sharing.updateShare("holds", [{ action: "REMOVE", object: object("t", { name: "prod.held.t" }) }]);
  await sql("DROP TABLE prod.held.t");
});
