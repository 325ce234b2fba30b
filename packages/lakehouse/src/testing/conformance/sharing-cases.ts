import type { ShareUpdate, Workspace } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Conformance } from "./subject.ts";

/** New shares and changes of them are seen after about a minute. */
const PATIENCE = { timeout: 300_000, interval: 50 };

/** Delta Sharing between the workspace and one in another metastore; only where there are two. */
export function sharingCases({ current, run }: Conformance): void {
  const catalog = () => current().catalog;
  const here = () => current().workspace.sharing;
  const share = () => `${catalog()}_share`;
  const mounted = () => `${catalog()}_shared`;
  const copied = () => `${catalog()}_copied`;
  const there = (): Workspace => {
    const { partner } = current();
    if (partner === undefined) throw new Error("There is no second workspace");
    return partner;
  };
  const at = (text: string) => there().statements.execute({ text, kind: "other", effect: "write" });
  const metastoreOf = async (workspace: Workspace) => (await workspace.unity.metastore()).globalMetastoreId;
  const adding = (name: string, history = true): ShareUpdate => ({
    action: "ADD",
    object: { name: `${catalog()}.shared.${name}`, type: "TABLE", sharedAs: `shared.${name}`, history },
  });
  const seen = async () => {
    const [provider] = await there().sharing.providers({
      globalMetastoreId: await metastoreOf(current().workspace),
    });
    if (provider === undefined || !(await there().sharing.providerShares(provider.name)).includes(share()))
      return undefined;
    const objects = await there().sharing.sharedObjects(provider.name, share());
    return { provider: provider.name, names: objects?.map(({ sharedAs }) => sharedAs).sort() };
  };

  describe("sharing", () => {
    let recipient = "";
    let made = false;

    beforeAll(async () => {
      if (current().partner === undefined) return;
      await run(`CREATE SCHEMA ${catalog()}.shared`);
      for (const name of ["t", "later", "headless"])
        await run(`CREATE TABLE ${catalog()}.shared.${name} AS SELECT id, 'x' AS name FROM range(3)`);
    });
    afterAll(async () => {
      if (current().partner === undefined) return;
      await at(`DROP CATALOG IF EXISTS ${mounted()} CASCADE`);
      await at(`DROP CATALOG IF EXISTS ${copied()} CASCADE`);
      await here().deleteShare(share());
      if (made) await here().deleteRecipient(recipient);
    });

    test("has one recipient for a metastore, found by that, and none for its own", async ({ skip }) => {
      if (current().partner === undefined) return skip();
      const globalMetastoreId = await metastoreOf(there());
      const before = await here().recipients({ globalMetastoreId });
      made = before.length === 0;
      const [known = await here().createRecipient({ name: `${catalog()}_recipient`, globalMetastoreId })] =
        before;
      recipient = known.name;
      expect(known).toMatchObject({ authenticationType: "DATABRICKS", globalMetastoreId });
      const second = { name: `${catalog()}_second`, globalMetastoreId };
      await expect(here().createRecipient(second)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
      expect((await here().recipients({ globalMetastoreId })).map(({ name }) => name)).toEqual([recipient]);
      const own = { name: `${catalog()}_own`, globalMetastoreId: await metastoreOf(current().workspace) };
      await expect(here().createRecipient(own)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    });

    test("holds what was added to a share, as a whole or not at all", async ({ skip }) => {
      if (current().partner === undefined) return skip();
      expect(await here().share(share())).toBeUndefined();
      expect(await here().createShare({ name: share(), comment: "what it is for" })).toMatchObject({
        name: share(),
        comment: "what it is for",
      });
      await expect(here().createShare({ name: share() })).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
      await expect(here().updateShare(share(), [adding("t"), adding("nowhere")])).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      expect((await here().share(share()))?.objects).toEqual([]);
      await here().updateShare(share(), [adding("t"), adding("headless", false)]);
      expect(await here().share(share())).toMatchObject({
        comment: "what it is for",
        objects: [
          { name: `${catalog()}.shared.t`, type: "TABLE", sharedAs: "shared.t", history: true },
          { name: `${catalog()}.shared.headless`, sharedAs: "shared.headless", history: false },
        ],
      });
      await expect(here().updateShare(share(), [adding("t")])).rejects.toMatchObject({
        code: "ALREADY_EXISTS",
      });
      const many = Array.from({ length: 101 }, () => adding("later"));
      await expect(here().updateShare(share(), many)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
      expect((await here().shares()).map(({ name }) => name)).toContain(share());
    });

    test("shows a share to whom it was granted, after a while", async ({ skip }) => {
      if (current().partner === undefined) return skip();
      expect(await seen()).toBeUndefined();
      await here().changeShareGrants(share(), { add: [recipient] });
      await here().changeShareGrants(share(), { add: [recipient] });
      expect(await here().shareGrants(share())).toEqual([{ principal: recipient, privileges: ["SELECT"] }]);
      await expect(here().changeShareGrants(share(), { add: ["nobody_at_all"] })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      await expect.poll(seen, PATIENCE).toMatchObject({ names: ["shared.headless", "shared.t"] });
      await here().updateShare(share(), [adding("later")]);
      await expect.poll(async () => (await seen())?.names, PATIENCE).toContain("shared.later");
    });

    test("gives a catalog that is read and cloned, and not written", async ({ skip }) => {
      if (current().partner === undefined) return skip();
      const provider = (await seen())?.provider ?? "";
      await at(`CREATE CATALOG IF NOT EXISTS ${mounted()} USING SHARE \`${provider}\`.${share()}`);
      await at(`CREATE CATALOG IF NOT EXISTS ${mounted()} USING SHARE \`${provider}\`.${share()}`);
      expect(await there().unity.catalog(mounted())).toMatchObject({
        catalogType: "DELTASHARING_CATALOG",
        share: { provider, share: share() },
      });
      const name = { catalog: mounted(), schema: "shared", name: "t" };
      expect(await there().unity.table(name)).toMatchObject({ format: "DELTASHARING" });
      const t = `${mounted()}.shared.t`;
      expect((await at(`SELECT count(*) FROM ${t}`)).rows).toEqual([["3"]]);
      await expect(at(`INSERT INTO ${t} VALUES (9, 'nine')`)).rejects.toBeInstanceOf(Error);

      await at(`CREATE CATALOG ${copied()}`);
      await at(`CREATE SCHEMA ${copied()}.s`);
      await at(`CREATE TABLE ${copied()}.s.t DEEP CLONE ${t} VERSION AS OF 0`);
      await run(`INSERT INTO ${catalog()}.shared.t VALUES (9, 'nine')`);
      const again = async () => (await at(`CREATE OR REPLACE TABLE ${copied()}.s.t DEEP CLONE ${t}`)).rows[0];
      expect((await again())?.slice(2, 4)).toEqual(["0", "1"]);
      expect((await again())?.slice(2, 4)).toEqual(["0", "0"]);
      expect((await at(`SELECT count(*) FROM ${copied()}.s.t`)).rows).toEqual([["4"]]);
      await expect(at(`CREATE TABLE ${copied()}.s.u SHALLOW CLONE ${t}`)).rejects.toBeInstanceOf(Error);
    });

    test("shows no past of what was shared without its history", async ({ skip }) => {
      if (current().partner === undefined) return skip();
      const headless = `${mounted()}.shared.headless`;
      expect((await at(`SELECT count(*) FROM ${headless}`)).rows).toEqual([["3"]]);
      await expect(at(`SELECT * FROM ${headless} VERSION AS OF 0`)).rejects.toMatchObject({
        errorClass: "DS_TIME_TRAVEL_NOT_PERMITTED",
      });
    });

    test("ends with the share; deleting it twice is fine", async ({ skip }) => {
      if (current().partner === undefined) return skip();
      await here().deleteShare(share());
      await here().deleteShare(share());
      expect(await here().share(share())).toBeUndefined();
      await expect.poll(seen, PATIENCE).toBeUndefined();
      await expect
        .poll(
          () =>
            at(`SELECT * FROM ${mounted()}.shared.t`).then(
              () => "read",
              () => "refused",
            ),
          PATIENCE,
        )
        .toBe("refused");
    });
  });
}
