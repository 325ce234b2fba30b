import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { sqlSession } from "../testing/sql-session.ts";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import { metastoreNetwork } from "./network.ts";

const root = mkdtempSync(join(tmpdir(), "clxs-sharing-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("shares, recipients and catalogs from shares are there again when both workspaces are opened anew, in any order", async () => {
  const open = (name: string, network: ReturnType<typeof metastoreNetwork>) =>
    openTestLakehouse({ directory: join(root, name), network });
  const before = metastoreNetwork();
  const [source, target] = [await open("source", before), await open("target", before)];
  const at = (lakehouse: typeof source) =>
    sqlSession(() => lakehouse, { catalog: "main", schema: "default" });
  await at(source).sql("CREATE TABLE kept AS SELECT 1 AS x");
  const { sharing } = source.connect();
  await sharing.createRecipient({ name: "r", globalMetastoreId: target.globalMetastoreId });
  await sharing.createShare({ name: "sh" });
  const object = { name: "main.default.kept", type: "TABLE" as const, sharedAs: "default.kept" };
  await sharing.updateShare("sh", [{ action: "ADD", object: { ...object, history: true } }]);
  await sharing.changeShareGrants("sh", { add: ["r"] });
  await at(target).sql(`CREATE CATALOG m USING SHARE \`${source.metastoreId}\`.sh`);
  await source.close();
  await target.close();

  const after = metastoreNetwork();
  const reader = await open("target", after);
  expect(await at(reader).failed("SELECT x FROM m.default.kept")).toContain("PROVIDER_DOES_NOT_EXIST");
  const provider = await open("source", after);
  expect(await at(reader).sql("SELECT x FROM m.default.kept")).toEqual([["1"]]);
  expect(await provider.connect().sharing.share("sh")).toMatchObject({
    objects: [{ ...object, history: true }],
  });
  await provider.close();
  await reader.close();
});

test("two workspaces that hold the same metastore cannot be in one network", async () => {
  const directory = join(root, "original");
  await (await openTestLakehouse({ directory })).close();
  cpSync(directory, join(root, "copy"), { recursive: true });
  const network = metastoreNetwork();
  const lakehouse = await openTestLakehouse({ directory, network });
  await expect(openTestLakehouse({ directory: join(root, "copy"), network })).rejects.toMatchObject({
    code: "INVALID_CONFIGURATION",
  });
  await lakehouse.close();
});
