import type { Sharing, ShareUpdate, Workspace } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlSession } from "../testing/sql-session.ts";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";
import { metastoreNetwork } from "./network.ts";

/** Two lakehouses that may share with each other, a share of the source's tables, and a catalog from it at the target. */
let source: Lakehouse;
let target: Lakehouse;
let from: Sharing;
let to: Workspace;
const network = metastoreNetwork();
const { sql: atSource } = sqlSession(() => source, { catalog: "prod", schema: "s" });
const { sql: atTarget, failed } = sqlSession(() => target, { catalog: "copy", schema: "s" });

function added(name: string, options: Partial<ShareUpdate["object"]> = {}): ShareUpdate {
  const object = { name: `prod.s.${name}`, type: "TABLE" as const, sharedAs: `s.${name}`, history: true };
  return { action: "ADD", object: { ...object, ...options } };
}

beforeAll(async () => {
  // The target comes first, so that its engine runs before it has a peer.
  target = await openTestLakehouse({ network });
  await atTarget("SELECT 1");
  source = await openTestLakehouse({ network });
  from = source.connect().sharing;
  to = target.connect();
  await atSource("CREATE CATALOG prod");
  await atSource("CREATE SCHEMA prod.s");
  await atSource(
    "CREATE TABLE t (id BIGINT COMMENT 'key', name STRING) COMMENT 'all of them' TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')",
  );
  await atSource("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
  await atSource("INSERT INTO t VALUES (3, 'three')");
  await atSource("CREATE TABLE bare AS SELECT 7 AS x");
  await from.createRecipient({ name: "there", globalMetastoreId: target.globalMetastoreId });
  await from.createShare({ name: "sh", comment: "for the target" });
  await from.updateShare("sh", [added("t"), added("bare", { history: false })]);
  await from.changeShareGrants("sh", { add: ["there"] });
  await atTarget(`CREATE CATALOG m USING SHARE \`${source.metastoreId}\`.sh`);
  await atTarget("CREATE CATALOG copy");
  await atTarget("CREATE SCHEMA copy.s");
});
afterAll(async () => {
  await source.close();
  await target.close();
});

test("the recipient sees the provider, its share and what that holds, by themselves", async () => {
  const providers = await to.sharing.providers({ globalMetastoreId: source.globalMetastoreId });
  expect(providers).toEqual([{ name: source.metastoreId, globalMetastoreId: source.globalMetastoreId }]);
  expect(await to.sharing.providerShares(source.metastoreId)).toEqual(["sh"]);
  expect(await to.sharing.sharedObjects(source.metastoreId, "sh")).toEqual([
    { type: "TABLE", sharedAs: "s.t" },
    { type: "TABLE", sharedAs: "s.bare" },
  ]);
  expect(await from.providers()).toEqual([]);
});

describe("a catalog from a share", () => {
  test("says what it is, and of its tables what travels", async () => {
    expect(await to.unity.catalog("m")).toMatchObject({
      catalogType: "DELTASHARING_CATALOG",
      share: { provider: source.metastoreId, share: "sh" },
    });
    expect((await to.unity.schemas("m")).map(({ schema }) => schema)).toEqual(["information_schema", "s"]);
    const table = await to.unity.table({ catalog: "m", schema: "s", name: "t" });
    expect(table).toMatchObject({ format: "DELTASHARING", comment: "all of them", owner: target.owner });
    expect(table?.columns.map(({ name, comment }) => [name, comment])).toEqual([
      ["id", "key"],
      ["name", undefined],
    ]);
    expect(table?.storageLocation).toBeUndefined();
  });

  test("is read: rows, versions, history, changes and listings", async () => {
    expect(await atTarget("SELECT count(*) FROM m.s.t")).toEqual([["3"]]);
    expect(await atTarget("SELECT count(*) FROM m.s.t VERSION AS OF 1")).toEqual([["2"]]);
    expect((await atTarget("DESCRIBE HISTORY m.s.t")).map(([version]) => version)).toEqual(["2", "1", "0"]);
    expect(await atTarget("SELECT id, _change_type FROM table_changes('m.s.t', 2)")).toEqual([
      ["3", "insert"],
    ]);
    expect((await atTarget("DESCRIBE DETAIL m.s.t"))[0]?.[0]).toBe("deltaSharing");
    expect((await atTarget("SHOW TABLES IN m.s")).map(([, name]) => name)).toEqual(["bare", "t"]);
    expect(
      await atTarget("SELECT table_name, data_source_format FROM m.information_schema.tables ORDER BY 1"),
    ).toEqual([
      ["bare", "DELTASHARING"],
      ["t", "DELTASHARING"],
    ]);
  });

  test("shows what the provider writes", async () => {
    await atSource("CREATE TABLE live AS SELECT 1 AS x");
    await from.updateShare("sh", [added("live")]);
    await atSource("INSERT INTO live VALUES (2)");
    expect(await atTarget("SELECT x FROM m.s.live ORDER BY x")).toEqual([["1"], ["2"]]);
    await from.updateShare("sh", [{ action: "REMOVE", object: added("live").object }]);
    expect(await failed("SELECT x FROM m.s.live")).toContain("TABLE_OR_VIEW_NOT_FOUND");
  });

  test("is deep cloned, a version of it, and again with what is new alone", async () => {
    await atSource("CREATE TABLE grows AS SELECT 1 AS x");
    await from.updateShare("sh", [added("grows")]);
    await atTarget("CREATE TABLE copy.s.grows DEEP CLONE m.s.grows VERSION AS OF 0");
    await atSource("INSERT INTO grows VALUES (2)");
    const [again] = await atTarget("CREATE OR REPLACE TABLE copy.s.grows DEEP CLONE m.s.grows");
    expect(again?.slice(2, 4)).toEqual(["0", "1"]);
    expect(await atTarget("SELECT x FROM copy.s.grows ORDER BY x")).toEqual([["1"], ["2"]]);
    const [, latest] = await atTarget(
      "SELECT version, operationParameters FROM (DESCRIBE HISTORY copy.s.grows LIMIT 1)",
    ).then(([row]) => row ?? []);
    expect(JSON.parse(latest ?? "{}")).toMatchObject({ source: "m.s.grows", sourceVersion: "1" });
    expect(await failed("CREATE TABLE copy.s.shallow SHALLOW CLONE m.s.grows")).toContain(
      "DELTA_CLONE_UNSUPPORTED_SOURCE",
    );
  });
});
