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

test("tables with deletion vectors, mapped columns, partitions and checkpoints are read and cloned over a share", async () => {
  await atSource(
    "CREATE TABLE odd (`a key` INT, part STRING) PARTITIONED BY (part) TBLPROPERTIES ('delta.columnMapping.mode' = 'name', 'delta.enableDeletionVectors' = 'true')",
  );
  await atSource("INSERT INTO odd SELECT id, IF(id % 2 = 0, 'even', 'odd') FROM range(20)");
  for (let i = 0; i < 11; i++) await atSource(`DELETE FROM odd WHERE \`a key\` = ${i}`);
  await from.updateShare("sh", [added("odd")]);
  const rest = [
    ["even", "4"],
    ["odd", "5"],
  ];
  const query = (table: string) => `SELECT part, count(*) FROM ${table} GROUP BY part ORDER BY part`;
  expect(await atTarget(query("m.s.odd"))).toEqual(rest);
  await atTarget("CREATE TABLE copy.s.odd DEEP CLONE m.s.odd");
  expect(await atTarget(query("copy.s.odd"))).toEqual(rest);
});

test("what the provider shares without its history has no past and no changes here", async () => {
  expect(await atTarget("SELECT x FROM m.s.bare")).toEqual([["7"]]);
  for (const statement of [
    "SELECT * FROM m.s.bare VERSION AS OF 0",
    "DESCRIBE HISTORY m.s.bare",
    "SELECT * FROM (DESCRIBE HISTORY m.s.bare)",
    "CREATE TABLE copy.s.past DEEP CLONE m.s.bare VERSION AS OF 0",
  ])
    expect(await failed(statement)).toContain("[DS_TIME_TRAVEL_NOT_PERMITTED]");
  expect(await failed("SELECT * FROM table_changes('m.s.bare', 0)")).toContain("[DS_CDF_NOT_SHARED]");
  await atTarget("CREATE TABLE copy.s.present DEEP CLONE m.s.bare");
  expect(await atTarget("SELECT x FROM copy.s.present")).toEqual([["7"]]);
});

describe("nothing is written to a catalog from a share", () => {
  test.for([
    "INSERT INTO m.s.t VALUES (4, 'four')",
    "UPDATE m.s.t SET name = 'x'",
    "DELETE FROM m.s.t",
    "TRUNCATE TABLE m.s.t",
    "MERGE INTO m.s.t USING copy.s.written AS w ON t.id = w.x WHEN MATCHED THEN DELETE",
    "RESTORE TABLE m.s.t TO VERSION AS OF 1",
    "OPTIMIZE m.s.t",
    "VACUUM m.s.t",
    "ALTER TABLE m.s.t SET TBLPROPERTIES ('a' = 'b')",
    "ALTER TABLE m.s.t ADD COLUMNS (z INT)",
    "ALTER TABLE m.s.t RENAME COLUMN name TO called",
    "ALTER TABLE m.s.t ADD CONSTRAINT positive CHECK (id > 0)",
    "ALTER TABLE m.s.t SET TAGS ('a' = 'b')",
    "ALTER TABLE m.s.t RENAME TO m.s.other",
    "ALTER TABLE copy.s.written RENAME TO m.s.other",
    "ALTER SCHEMA m.s SET TAGS ('a' = 'b')",
    "COMMENT ON TABLE m.s.t IS 'ours'",
    "COMMENT ON SCHEMA m.s IS 'ours'",
    "CREATE SCHEMA m.more",
    "CREATE TABLE m.s.new (x INT)",
    "CREATE TABLE m.s.new AS SELECT 1 AS x",
    "CREATE OR REPLACE TABLE m.s.t DEEP CLONE copy.s.written",
    "CREATE VIEW m.s.v AS SELECT 1 AS x",
    "CREATE FUNCTION m.s.f() RETURNS INT RETURN 1",
    "CREATE VOLUME m.s.vol",
    "DROP TABLE m.s.t",
    "DROP SCHEMA m.s CASCADE",
  ])("%s", async (statement) => {
    await atTarget("CREATE TABLE IF NOT EXISTS copy.s.written AS SELECT 1 AS x");
    const before = await atSource("SELECT count(*), max(version) FROM (DESCRIBE HISTORY prod.s.t)");
    expect(await failed(statement)).toBe(
      "PERMISSION_DENIED: Catalog 'm' is made from a share and can only be read. SQLSTATE: 42501",
    );
    expect(await atSource("SELECT count(*), max(version) FROM (DESCRIBE HISTORY prod.s.t)")).toEqual(before);
    expect(await atTarget("SELECT count(*) FROM m.s.t")).toEqual([["3"]]);
  });
});

test("who may read a catalog from a share is granted here", async () => {
  expect(await failed("SELECT count(*) FROM m.s.t", "reader")).toContain("USE CATALOG on Catalog 'm'");
  await atTarget("GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG m TO reader");
  expect(await atTarget("SELECT count(*) FROM m.s.t", { as: "reader" })).toEqual([["3"]]);
});

test("the files of others are read by name, never by path", async () => {
  const tables = `${source.directory}/tables`;
  expect(await failed(`SELECT * FROM delta.\`${tables}\``)).toContain("LOCATION_NOT_ALLOWED");
  expect(await failed(`SELECT * FROM parquet.\`${tables}\``)).toContain("LOCATION_NOT_ALLOWED");
  const [, path] = (await atTarget("SELECT x, _metadata.file_path FROM m.s.bare"))[0] ?? [];
  expect(path).not.toContain(source.directory);
});

test("a table that is masked after it was shared cannot be read any more, and says why", async () => {
  await atSource("CREATE TABLE secret AS SELECT 5 AS x");
  await from.updateShare("sh", [added("secret")]);
  await atSource("CREATE FUNCTION hide(x INT) RETURNS INT RETURN 0");
  await atSource("ALTER TABLE secret ALTER COLUMN x SET MASK hide");
  for (const statement of ["SELECT x FROM m.s.secret", "CREATE TABLE copy.s.secret DEEP CLONE m.s.secret"])
    expect(await failed(statement)).toContain("row filters or column masks. Contact your data provider.");
  await atSource("ALTER TABLE secret ALTER COLUMN x DROP MASK");
  expect(await atTarget("SELECT x FROM m.s.secret")).toEqual([["5"]]);
});

describe("CREATE CATALOG … USING SHARE", () => {
  test.for([
    ["a provider that is not there", "CREATE CATALOG n USING SHARE nobody.sh", "[PROVIDER_DOES_NOT_EXIST]"],
    ["a share that is not shared", "CREATE CATALOG n USING SHARE `{p}`.hidden", "[SHARE_DOES_NOT_EXIST]"],
    ["a name that is taken", "CREATE CATALOG copy USING SHARE `{p}`.sh", "[CATALOG_ALREADY_EXISTS]"],
  ] as const)("fails for %s", async ([, statement, message]) => {
    if (statement.includes("hidden")) await from.createShare({ name: "hidden" });
    expect(await failed(statement.replace("{p}", source.metastoreId))).toContain(message);
  });

  test("takes CREATE CATALOG and USE PROVIDER", async () => {
    const statement = `CREATE CATALOG theirs USING SHARE \`${source.metastoreId}\`.sh`;
    const lacks = (privilege: string) =>
      `PERMISSION_DENIED: User does not have ${privilege} on Metastore. SQLSTATE: 42501`;
    expect(await failed(statement, "reader")).toBe(lacks("CREATE CATALOG"));
    await atTarget("GRANT CREATE CATALOG ON METASTORE TO reader");
    expect(await failed(statement, "reader")).toBe(lacks("USE PROVIDER"));
    expect(await target.connect("reader").sharing.providers()).toEqual([]);
    await atTarget("GRANT USE PROVIDER ON METASTORE TO reader");
    await atTarget(statement, { as: "reader" });
    expect(await atTarget("SELECT count(*) FROM theirs.s.t", { as: "reader" })).toEqual([["3"]]);
    await atTarget("DROP CATALOG theirs", { as: "reader" });
  });

  test("IF NOT EXISTS leaves what is there, and several catalogs can show one share", async () => {
    const provider = source.metastoreId;
    await atTarget(`CREATE CATALOG IF NOT EXISTS copy USING SHARE \`${provider}\`.sh`);
    expect((await to.unity.catalog("copy"))?.catalogType).toBe("MANAGED_CATALOG");
    await atTarget(`CREATE CATALOG IF NOT EXISTS again USING SHARE \`${provider}\`.sh COMMENT 'once more'`);
    expect(await atTarget("SELECT count(*) FROM again.s.t")).toEqual([["3"]]);
    await atTarget("DROP CATALOG again");
    expect(await atTarget("SELECT count(*) FROM m.s.t")).toEqual([["3"]]);
  });
});

describe("when the provider takes the share away, or is gone", () => {
  const gone = async (message: string) => {
    for (const statement of [
      "SELECT * FROM m.s.t",
      "SHOW TABLES IN m.s",
      "SHOW SCHEMAS IN m",
      "DESCRIBE HISTORY m.s.t",
    ])
      expect(await failed(statement)).toContain(message);
    await expect(to.unity.schemas("m")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(to.unity.tables("m", "s")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await to.unity.catalogs()).map(({ name }) => name)).toContain("m");
    expect(
      await atTarget("SELECT catalog_name FROM system.information_schema.catalogs ORDER BY 1"),
    ).toContainEqual(["m"]);
    await atTarget("CREATE OR REPLACE TABLE copy.s.mine AS SELECT 1 AS x");
    await atTarget("DROP TABLE copy.s.mine");
  };

  test("its catalog fails with the service's words, and nothing else does", async () => {
    await from.changeShareGrants("sh", { remove: ["there"] });
    await gone("[SHARE_DOES_NOT_EXIST] Share 'sh' does not exist.");
    await from.changeShareGrants("sh", { add: ["there"] });
    expect(await atTarget("SELECT count(*) FROM m.s.t")).toEqual([["3"]]);
    await source.close();
    await gone(`[PROVIDER_DOES_NOT_EXIST] Provider '${source.metastoreId}' does not exist.`);
  });

  test("its catalog can be dropped", async () => {
    await atTarget("DROP CATALOG m");
    expect(await to.unity.catalog("m")).toBeUndefined();
  });
});
