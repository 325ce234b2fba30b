import { randomBytes, randomUUID } from "node:crypto";
import type { ShareUpdate } from "@clone-xs/unity";
import { expect, test } from "vitest";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import { openMetastore } from "../metastore/sqlite-metastore.ts";
import { mountedMetastore } from "./mounted.ts";
import { metastoreNetwork } from "./network.ts";
import { peerOf } from "./peer.ts";
import { sharingOf } from "./service.ts";

const owner: PrincipalRecord = { name: "owner", kind: "user", groups: [], admin: true };
const MINUTE = 60_000;

/** A metastore with some tables whose files nobody looks at, in a network with another one, on a clock that stands still. */
function made(tables: number, { delayMs = 0 } = {}) {
  let time = 1000 * MINUTE;
  const now = () => time;
  const network = metastoreNetwork();
  const metastore = () => openMetastore({ path: ":memory:", now, uuid: randomUUID, randomBytes });
  const [here, there] = [metastore(), metastore()];
  const stamp = { owner: "owner", createdAt: 0, createdBy: "owner", updatedAt: 0, updatedBy: "owner" };
  here.putPrincipal(owner);
  here.putCatalog({ ...stamp, id: "c", name: "c", properties: {} });
  here.putSchema({ ...stamp, id: "s", catalog: "c", schema: "s", properties: {} });
  for (let i = 0; i < tables; i++)
    here.putTable({
      ...stamp,
      catalog: "c",
      schema: "s",
      name: `t${i}`,
      id: `t${i}`,
      tableType: "MANAGED",
      format: "DELTA",
      properties: {},
      constraints: [],
      columnMasks: [],
    });
  const port = (store: typeof here) => {
    network.join(peerOf({ metastore: store, directories: [], now, delayMs }));
    const deltaTable = () => {
      throw new Error("no table has files");
    };
    const context = { metastore: store, network, deltaTable, now, uuid: randomUUID, shareDelayMs: delayMs };
    return sharingOf(context, () => owner);
  };
  const add = (i: number): ShareUpdate => ({
    action: "ADD",
    object: { name: `c.s.t${i}`, type: "TABLE", sharedAs: `s.t${i}`, history: true },
  });
  return {
    here: { globalId: here.globalId, metastore: here, store: here.sharing, sharing: port(here) },
    there: { globalId: there.globalId, metastore: mountedMetastore(there, network), sharing: port(there) },
    add,
    wait: (ms: number) => {
      time += ms;
    },
  };
}

test("a share holds at most 1,000 tables, and takes 100 of them at once", async () => {
  const { here, add } = made(1001);
  await here.sharing.createShare({ name: "sh" });
  for (let from = 0; from < 1000; from += 100)
    await here.sharing.updateShare(
      "sh",
      Array.from({ length: 100 }, (_, i) => add(from + i)),
    );
  await expect(here.sharing.updateShare("sh", [add(1000)])).rejects.toMatchObject({
    code: "INVALID_REQUEST",
    message: "Share 'sh' cannot hold more than 1000 tables.",
  });
  expect((await here.sharing.share("sh"))?.objects).toHaveLength(1000);
});

test("recipients see a share and every change of it a while later", async () => {
  const { here, there, add, wait } = made(2, { delayMs: MINUTE });
  await here.sharing.createRecipient({ name: "r", globalMetastoreId: there.globalId });
  await here.sharing.createShare({ name: "sh" });
  await here.sharing.updateShare("sh", [add(0)]);
  await here.sharing.changeShareGrants("sh", { add: ["r"] });
  const seen = async () => {
    const provider = (await there.sharing.providers())[0]?.name;
    if (provider === undefined) return "no provider";
    const objects = await there.sharing.sharedObjects(provider, "sh");
    return objects?.map(({ sharedAs }) => sharedAs) ?? "no share";
  };
  expect(await seen()).toBe("no provider");
  wait(MINUTE - 1);
  expect(await seen()).toBe("no provider");
  wait(1);
  expect(await seen()).toEqual(["s.t0"]);
  await here.sharing.updateShare("sh", [add(1)]);
  wait(MINUTE / 2);
  await here.sharing.updateShare("sh", [{ ...add(0), action: "REMOVE" }]);
  expect(await seen()).toEqual(["s.t0"]);
  wait(MINUTE / 2);
  expect(await seen()).toEqual(["s.t0", "s.t1"]);
  wait(MINUTE / 2);
  expect(await seen()).toEqual(["s.t1"]);
  await here.sharing.changeShareGrants("sh", { remove: ["r"] });
  expect(await seen()).toEqual(["s.t1"]);
  wait(MINUTE);
  expect(await seen()).toBe("no share");
});

test("states of a share that nobody is shown any more are forgotten", async () => {
  const { here, add, wait } = made(5, { delayMs: MINUTE });
  await here.sharing.createShare({ name: "sh" });
  for (let i = 0; i < 5; i++) {
    await here.sharing.updateShare("sh", [add(i)]);
    wait(MINUTE);
  }
  expect(here.store.share("sh")?.states.map(({ objects }) => objects.length)).toEqual([4, 5]);
});

test("of two who make a recipient for one metastore at the same time one does, and the other is told its name", async () => {
  const { here, there } = made(0);
  const make = (name: string) =>
    here.sharing.createRecipient({ name, globalMetastoreId: there.globalId }).then(
      () => "made",
      (error: unknown) => (error instanceof Error ? error.message : "?"),
    );
  expect(await Promise.all([make("one"), make("two")])).toEqual([
    "made",
    `There is already a Recipient object 'one' with the same sharing identifier '${there.globalId}'.`,
  ]);
  expect((await here.sharing.recipients()).map(({ name }) => name)).toEqual(["one"]);
});

test("a table whose share's owner may not read it any more stays in the share and says why it cannot be read", async () => {
  const { here, there, add } = made(1);
  await here.sharing.createRecipient({ name: "r", globalMetastoreId: there.globalId });
  await here.sharing.createShare({ name: "sh" });
  await here.sharing.updateShare("sh", [add(0)]);
  await here.sharing.changeShareGrants("sh", { add: ["r"] });
  const stamp = { owner: "owner", createdAt: 0, createdBy: "owner", updatedAt: 0, updatedBy: "owner" };
  const share = { provider: here.metastore.id, share: "sh" };
  there.metastore.putCatalog({ ...stamp, id: "m", name: "m", properties: {}, share });
  const seen = () => there.metastore.table({ catalog: "m", schema: "s", name: "t0" })?.shared;
  expect(seen()).toEqual({ history: true, changeData: false });
  const [table] = here.metastore.tables({ catalog: "c" });
  expect(table).toBeDefined();
  if (table !== undefined) here.metastore.putTable({ ...table, owner: "somebody else" });
  expect(seen()).toEqual({
    history: true,
    changeData: false,
    unavailable: "User does not have SELECT on Table 'c.s.t0'.",
  });
});
