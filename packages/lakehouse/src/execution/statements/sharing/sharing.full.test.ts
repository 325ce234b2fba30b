import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { metastoreNetwork } from "../../../sharing/network.ts";
import { sqlSession } from "../../../testing/sql-session.ts";
import { openTestLakehouse } from "../../../testing/test-lakehouse.ts";
import type { Lakehouse } from "../../../workspace/lakehouse.ts";

/** Statements of Delta Sharing at the provider, and what comes of them at the recipient. */
let provider: Lakehouse;
let recipient: Lakehouse;
const network = metastoreNetwork();
const { sql, failed } = sqlSession(() => provider, { catalog: "prod", schema: "s" });
const { sql: atRecipient } = sqlSession(() => recipient, { catalog: "main", schema: "default" });

beforeAll(async () => {
  provider = await openTestLakehouse({ network });
  recipient = await openTestLakehouse({ network });
  await sql("CREATE CATALOG prod");
  await sql("CREATE SCHEMA prod.s");
  await sql("CREATE TABLE t AS SELECT 1 AS x");
  await sql("CREATE TABLE u AS SELECT 2 AS x");
});
afterAll(async () => {
  await provider.close();
  await recipient.close();
});

beforeEach(async () => {
  for (const [name] of await sql("SHOW SHARES")) await sql(`DROP SHARE ${name}`);
  for (const [name] of await sql("SHOW RECIPIENTS")) await sql(`DROP RECIPIENT ${name}`);
});

/** Columns of a statement's result. */
async function columnsOf(text: string): Promise<readonly string[]> {
  const { columns } = await provider.connect().statements.execute({ text, kind: "other", effect: "read" });
  return columns.map(({ name }) => name);
}

const shareWithRecipient = async () => {
  await sql("CREATE SHARE sh COMMENT 'ours'");
  await sql(`CREATE RECIPIENT r USING ID '${recipient.globalMetastoreId}'`);
  await sql("GRANT SELECT ON SHARE sh TO RECIPIENT r");
};

test("from tables to a catalog at the recipient, by SQL alone", async () => {
  await shareWithRecipient();
  await sql("ALTER SHARE sh ADD TABLE t");
  await sql("ALTER SHARE sh ADD TABLE prod.s.u AS theirs.renamed");
  const [[name]] = (await atRecipient("SHOW PROVIDERS")) as [[string]];
  expect(await atRecipient(`SHOW SHARES IN PROVIDER \`${name}\``)).toEqual([["sh"]]);
  await atRecipient(`CREATE CATALOG got USING SHARE \`${name}\`.sh`);
  expect(
    await atRecipient("SELECT x FROM got.s.t UNION ALL SELECT x FROM got.theirs.renamed ORDER BY x"),
  ).toEqual([["1"], ["2"]]);
  await atRecipient("DROP CATALOG got");
  expect(await sql("SHOW ALL IN SHARE sh")).toHaveLength(2);
});

describe("shares", () => {
  test("are shown with who made them, by name and pattern", async () => {
    await sql("CREATE SHARE IF NOT EXISTS clone_xs_share_1");
    await sql("CREATE SHARE IF NOT EXISTS clone_xs_share_1");
    await sql("CREATE SHARE other COMMENT 'x'");
    expect(await columnsOf("SHOW SHARES")).toEqual(["name", "created_at", "created_by", "comment"]);
    expect((await sql("SHOW SHARES")).map(([name, , by, comment]) => [name, by, comment])).toEqual([
      ["clone_xs_share_1", provider.owner, null],
      ["other", provider.owner, "x"],
    ]);
    expect((await sql("SHOW SHARES LIKE 'clone_xs*'")).map(([name]) => name)).toEqual(["clone_xs_share_1"]);
    expect(await sql("SHOW SHARES", { as: "reader" })).toEqual([]);
    expect(await failed("CREATE SHARE other")).toContain(
      "[SHARE_ALREADY_EXISTS] Share 'other' already exists",
    );
    expect(await failed("CREATE SHARE mine", "reader")).toContain(
      "User does not have CREATE SHARE on Metastore",
    );
  });

  test("hold tables with their history unless it is refused, and with their change feed when asked for", async () => {
    await sql("CREATE SHARE sh");
    await sql("ALTER SHARE sh ADD TABLE t");
    await sql("ALTER SHARE sh ADD u WITHOUT HISTORY WITH CHANGE DATA FEED");
    const shown = async () =>
      (await sql("SHOW ALL IN SHARE sh")).map(([name, type, object, , by, , , feed, history]) => [
        name,
        type,
        object,
        by,
        feed,
        history,
      ]);
    expect(await columnsOf("SHOW ALL IN SHARE sh")).toEqual(
      "name type shared_object added_at added_by comment partitions cdf_enabled history_sharing".split(" "),
    );
    expect(await shown()).toEqual([
      ["s.t", "TABLE", "prod.s.t", provider.owner, "false", "ENABLED"],
      ["s.u", "TABLE", "prod.s.u", provider.owner, "true", "DISABLED"],
    ]);
    await sql("ALTER SHARE sh ALTER TABLE u WITH HISTORY");
    await sql("ALTER SHARE sh REMOVE TABLE t");
    expect(await shown()).toEqual([["s.u", "TABLE", "prod.s.u", provider.owner, "true", "ENABLED"]]);
    expect(await failed("ALTER SHARE sh REMOVE TABLE t")).toContain(
      "'prod.s.t' does not exist in share 'sh'",
    );
    expect(await failed("ALTER SHARE sh ADD TABLE u")).toContain("already exists in share 'sh'");
    expect(await failed("ALTER SHARE nope ADD TABLE t")).toContain("[SHARE_DOES_NOT_EXIST]");
  });

  test("are granted to recipients, and to nobody else", async () => {
    await shareWithRecipient();
    expect(await columnsOf("SHOW GRANTS ON SHARE sh")).toEqual([
      "recipient",
      "actionType",
      "objectType",
      "objectKey",
    ]);
    expect(await sql("SHOW GRANTS ON SHARE sh")).toEqual([["r", "SELECT", null, null]]);
    expect(await columnsOf("SHOW GRANTS TO RECIPIENT r")).toEqual(["share", "privilege"]);
    expect(await sql("SHOW GRANTS TO RECIPIENT r")).toEqual([["sh", "SELECT"]]);
    expect(await failed("GRANT MODIFY ON SHARE sh TO RECIPIENT r")).toContain(
      "Privilege MODIFY is not applicable",
    );
    expect(await failed("GRANT SELECT ON SHARE sh TO RECIPIENT reader")).toContain(
      "[RECIPIENT_DOES_NOT_EXIST]",
    );
    await sql("REVOKE SELECT ON SHARE sh FROM RECIPIENT r");
    expect(await sql("SHOW GRANTS ON SHARE sh")).toEqual([]);
  });
});

describe("recipients", () => {
  test("stand for one metastore each; IF NOT EXISTS passes over one of another name", async () => {
    const id = recipient.globalMetastoreId;
    await sql(`CREATE RECIPIENT theirs USING ID '${id}' COMMENT 'x'`);
    expect(await failed(`CREATE RECIPIENT ours USING ID '${id}'`)).toContain(
      `There is already a Recipient object 'theirs' with the same sharing identifier '${id}'`,
    );
    await sql(`CREATE RECIPIENT IF NOT EXISTS ours USING ID '${id}'`);
    expect(await columnsOf("SHOW RECIPIENTS")).toEqual(
      "name created_at created_by comment authentication_type".split(" "),
    );
    expect((await sql("SHOW RECIPIENTS")).map(([name, , , comment, type]) => [name, comment, type])).toEqual([
      ["theirs", "x", "DATABRICKS"],
    ]);
  });

  test("outside of Databricks are refused by name", async () => {
    expect(await failed("CREATE RECIPIENT r")).toContain("[UNSUPPORTED_FEATURE]");
  });
});

test("each is described by facts", async () => {
  await shareWithRecipient();
  const facts = async (text: string, session = sql) =>
    Object.fromEntries((await session(text)).map(([name = "", value]) => [name, value])) as Record<
      string,
      unknown
    >;
  const [cloud, region, metastore_id] = recipient.globalMetastoreId.split(":");
  expect(await columnsOf("DESCRIBE SHARE sh")).toEqual(["info_name", "info_value"]);
  expect(await facts("DESCRIBE SHARE sh")).toMatchObject({
    share_name: "sh",
    owner: provider.owner,
    comment: "ours",
  });
  expect(await facts("DESCRIBE RECIPIENT r")).toMatchObject({
    recipient_name: "r",
    authentication_type: "DATABRICKS",
    created_by: provider.owner,
    cloud,
    region,
    metastore_id,
  });
  const [[name]] = (await atRecipient("SHOW PROVIDERS")) as [[string]];
  expect(await facts(`DESCRIBE PROVIDER \`${name}\``, atRecipient)).toMatchObject({
    provider_name: name,
    metastore_id: provider.metastoreId,
  });
});

test.each([
  ["DESCRIBE SHARE nope", "SHARE_DOES_NOT_EXIST"],
  ["DESCRIBE RECIPIENT nope", "RECIPIENT_DOES_NOT_EXIST"],
  ["DESCRIBE PROVIDER nope", "PROVIDER_DOES_NOT_EXIST"],
  ["DROP SHARE nope", "SHARE_DOES_NOT_EXIST"],
  ["DROP RECIPIENT nope", "RECIPIENT_DOES_NOT_EXIST"],
  ["SHOW ALL IN SHARE nope", "SHARE_DOES_NOT_EXIST"],
  ["SHOW GRANTS ON SHARE nope", "SHARE_DOES_NOT_EXIST"],
  ["SHOW GRANTS TO RECIPIENT nope", "RECIPIENT_DOES_NOT_EXIST"],
  ["SHOW SHARES IN PROVIDER nope", "PROVIDER_DOES_NOT_EXIST"],
  ["CREATE SHARE a.b", "IDENTIFIER_TOO_MANY_NAME_PARTS"],
])("%s: %s", async (text, errorClass) => {
  expect(await failed(text)).toContain(`[${errorClass}]`);
});

test("what is gone already may be dropped IF EXISTS", async () => {
  await sql("DROP SHARE IF EXISTS nope");
  await sql("DROP RECIPIENT IF EXISTS nope");
  expect(await sql("SHOW SHARES")).toEqual([]);
});
