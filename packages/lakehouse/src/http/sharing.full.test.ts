import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { metastoreNetwork } from "../sharing/network.ts";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

const UNITY = "/api/2.1/unity-catalog";

let provider: Lakehouse;
let recipient: Lakehouse;
let urls: Map<Lakehouse, string>;
const network = metastoreNetwork();

beforeAll(async () => {
  provider = await openTestLakehouse({ network });
  recipient = await openTestLakehouse({ network });
  urls = new Map([
    [provider, (await provider.listen()).url],
    [recipient, (await recipient.listen()).url],
  ]);
  const run = (text: string) =>
    provider.connect().statements.execute({ text, kind: "create", effect: "write", catalog: "main" });
  await run("CREATE TABLE default.t AS SELECT 1 AS x");
  await run("CREATE TABLE default.u AS SELECT 1 AS x");
});
afterAll(async () => {
  await provider.close();
  await recipient.close();
});

async function call(
  method: string,
  path: string,
  { body, at = provider, as = at.owner }: { body?: object; at?: Lakehouse; as?: string } = {},
) {
  const response = await fetch(`${urls.get(at)}${path}`, {
    method,
    headers: { authorization: `Bearer ${at.token(as)}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- the body is what is examined
  return { status: response.status, body: (await response.json()) as any };
}

const add = (name: string, more: object = {}) => ({
  action: "ADD",
  data_object: { name: `main.default.${name}`, data_object_type: "TABLE", ...more },
});
const newRecipient = (name = "r") => ({
  name,
  authentication_type: "DATABRICKS",
  data_recipient_global_metastore_id: recipient.globalMetastoreId,
});

beforeEach(async () => {
  for (const kind of ["shares", "recipients"])
    for (const { name } of (await call("GET", `${UNITY}/${kind}`)).body[kind] as { name: string }[])
      await call("DELETE", `${UNITY}/${kind}/${name}`);
});

describe("shares", () => {
  test("are made, changed, read with what they hold, and deleted", async () => {
    const made = await call("POST", `${UNITY}/shares`, { body: { name: "Sh", comment: "x" } });
    expect(made).toMatchObject({ status: 200, body: { name: "sh", comment: "x", owner: provider.owner } });
    expect(made.body.created_at).toBeGreaterThan(0);
    const changed = await call("PATCH", `${UNITY}/shares/sh`, {
      body: {
        updates: [
          add("t"),
          add("u", { shared_as: "a.b", history_data_sharing_status: "ENABLED", cdf_enabled: true }),
        ],
      },
    });
    expect(changed.body.objects).toMatchObject([
      {
        name: "main.default.t",
        data_object_type: "TABLE",
        shared_as: "default.t",
        history_data_sharing_status: "DISABLED",
        cdf_enabled: false,
        added_by: provider.owner,
      },
      { name: "main.default.u", shared_as: "a.b", history_data_sharing_status: "ENABLED", cdf_enabled: true },
    ]);
    expect((await call("GET", `${UNITY}/shares/sh`)).body).not.toHaveProperty("objects");
    const { body } = await call("GET", `${UNITY}/shares/SH?include_shared_data=true`);
    expect(body.objects).toEqual(changed.body.objects);
    expect(await call("DELETE", `${UNITY}/shares/sh`)).toEqual({ status: 200, body: {} });
    for (const method of ["GET", "DELETE"])
      expect(await call(method, `${UNITY}/shares/sh`)).toMatchObject({
        status: 404,
        body: { error_code: "SHARE_DOES_NOT_EXIST", message: "Share 'sh' does not exist." },
      });
  });

  test("keep of an object what an update does not name", async () => {
    await call("POST", `${UNITY}/shares`, { body: { name: "sh" } });
    await call("PATCH", `${UNITY}/shares/sh`, { body: { updates: [add("t", { shared_as: "a.b" })] } });
    const update = (data_object: object) =>
      call("PATCH", `${UNITY}/shares/sh`, { body: { updates: [{ action: "UPDATE", data_object }] } });
    const { body } = await update({
      name: "main.default.t",
      data_object_type: "TABLE",
      history_data_sharing_status: "ENABLED",
    });
    expect(body.objects).toMatchObject([{ shared_as: "a.b", history_data_sharing_status: "ENABLED" }]);
  });

  test("are refused: twice the same, more than 100 updates, kinds and members that are not there", async () => {
    await call("POST", `${UNITY}/shares`, { body: { name: "sh" } });
    const patch = (body: object) => call("PATCH", `${UNITY}/shares/sh`, { body });
    const many = Array.from({ length: 101 }, (_, index) => add(`t${index}`));
    expect(await call("POST", `${UNITY}/shares`, { body: { name: "sh" } })).toMatchObject({
      status: 400,
      body: { error_code: "SHARE_ALREADY_EXISTS" },
    });
    expect(await patch({ updates: many })).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE" },
    });
    expect(await patch({ updates: [add("t"), add("nope")] })).toMatchObject({
      status: 404,
      body: { error_code: "TABLE_DOES_NOT_EXIST" },
    });
    expect(await patch({ updates: [add("t", { data_object_type: "MODEL" })] })).toMatchObject({
      status: 400,
    });
    expect(await patch({ updates: "all" })).toMatchObject({ status: 400 });
    expect(await patch({ owner: "reader" })).toMatchObject({ status: 501 });
    expect((await call("GET", `${UNITY}/shares/sh?include_shared_data=true`)).body.objects).toEqual([]);
  });

  test("come in pages, and only to who may see them", async () => {
    for (const name of ["b", "a", "c"]) await call("POST", `${UNITY}/shares`, { body: { name } });
    const first = await call("GET", `${UNITY}/shares?max_results=2`);
    expect(first.body.shares.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
    const rest = await call("GET", `${UNITY}/shares?max_results=2&page_token=${first.body.next_page_token}`);
    expect(rest.body.shares.map(({ name }: { name: string }) => name)).toEqual(["c"]);
    expect(rest.body).not.toHaveProperty("next_page_token");
    expect((await call("GET", `${UNITY}/shares`, { as: "reader" })).body).toEqual({ shares: [] });
    expect(await call("GET", `${UNITY}/shares/a`, { as: "reader" })).toMatchObject({ status: 404 });
  });

  test("are read by the recipients that were granted SELECT", async () => {
    await call("POST", `${UNITY}/shares`, { body: { name: "sh" } });
    await call("POST", `${UNITY}/recipients`, { body: newRecipient() });
    const change = (changes: object[]) =>
      call("PATCH", `${UNITY}/shares/sh/permissions`, { body: { changes } });
    const granted = { privilege_assignments: [{ principal: "r", privileges: ["SELECT"] }] };
    expect((await change([{ principal: "r", add: ["SELECT"] }])).body).toEqual(granted);
    expect((await change([{ principal: "r", add: ["SELECT"] }])).body).toEqual(granted);
    expect((await call("GET", `${UNITY}/shares/sh/permissions`)).body).toEqual(granted);
    expect(await change([{ principal: "nobody", add: ["SELECT"] }])).toMatchObject({
      status: 404,
      body: { error_code: "RECIPIENT_DOES_NOT_EXIST" },
    });
    expect(await change([{ principal: "r", add: ["MODIFY"] }])).toMatchObject({ status: 400 });
    expect(await change([{ principal: "r", add: ["SELECT"], remove: ["SELECT"] }])).toMatchObject({
      status: 400,
      body: { message: "Duplicate privileges to add and delete for principal r." },
    });
    expect((await change([{ principal: "r", remove: ["SELECT"] }])).body).toEqual({
      privilege_assignments: [],
    });
  });
});

describe("recipients", () => {
  test("say whom they stand for, and are found by that", async () => {
    const [cloud, region, metastore_id] = recipient.globalMetastoreId.split(":");
    const made = await call("POST", `${UNITY}/recipients`, { body: { ...newRecipient(), comment: "x" } });
    expect(made).toMatchObject({
      status: 200,
      body: { ...newRecipient(), comment: "x", cloud, region, metastore_id, owner: provider.owner },
    });
    const found = (id: string) => call("GET", `${UNITY}/recipients?data_recipient_global_metastore_id=${id}`);
    expect((await found(recipient.globalMetastoreId)).body.recipients).toEqual([made.body]);
    expect((await found("aws:eu:1")).body).toEqual({ recipients: [] });
    expect((await call("GET", `${UNITY}/recipients/r`)).body).toEqual(made.body);
  });

  test("are one for each metastore, and none for one's own", async () => {
    const clash = { status: 400, body: { error_code: "RECIPIENT_ALREADY_EXISTS" } };
    await call("POST", `${UNITY}/recipients`, { body: newRecipient("theirs") });
    expect(await call("POST", `${UNITY}/recipients`, { body: newRecipient("theirs") })).toMatchObject(clash);
    const second = await call("POST", `${UNITY}/recipients`, { body: newRecipient("ours") });
    expect(second).toMatchObject(clash);
    expect(second.body.message).toContain("There is already a Recipient object 'theirs'");
    const own = { ...newRecipient("own"), data_recipient_global_metastore_id: provider.globalMetastoreId };
    expect(await call("POST", `${UNITY}/recipients`, { body: own })).toMatchObject(clash);
  });

  test("outside of Databricks are not to be had, and who is gone is gone", async () => {
    const token = { name: "r", authentication_type: "TOKEN" };
    expect(await call("POST", `${UNITY}/recipients`, { body: token })).toMatchObject({
      status: 501,
      body: { error_code: "NOT_IMPLEMENTED" },
    });
    expect(await call("DELETE", `${UNITY}/recipients/r`)).toMatchObject({
      status: 404,
      body: { error_code: "RECIPIENT_DOES_NOT_EXIST" },
    });
  });
});

test("at the recipient: the provider, its shares, what they hold, and the catalog made from one", async () => {
  const at = recipient;
  await call("POST", `${UNITY}/shares`, { body: { name: "sh" } });
  await call("PATCH", `${UNITY}/shares/sh`, {
    body: { updates: [add("t"), add("u", { shared_as: "a.b" })] },
  });
  await call("POST", `${UNITY}/recipients`, { body: newRecipient() });
  await call("PATCH", `${UNITY}/shares/sh/permissions`, {
    body: { changes: [{ principal: "r", add: ["SELECT"] }] },
  });

  const { body } = await call(
    "GET",
    `${UNITY}/providers?data_provider_global_metastore_id=${provider.globalMetastoreId}`,
    { at },
  );
  expect(body.providers).toMatchObject([
    { authentication_type: "DATABRICKS", data_provider_global_metastore_id: provider.globalMetastoreId },
  ]);
  const { name } = body.providers[0] as { name: string };
  expect((await call("GET", `${UNITY}/providers/${name}`, { at })).body).toEqual(body.providers[0]);
  expect((await call("GET", `${UNITY}/providers/${name}/shares`, { at })).body).toEqual({
    shares: [{ name: "sh" }],
  });
  const assets = (share: string) =>
    call("GET", `/api/2.1/data-sharing/providers/${name}/shares/${share}`, { at });
  expect((await assets("sh")).body).toEqual({
    tables: [
      { name: "t", schema: "default", share: "sh" },
      { name: "b", schema: "a", share: "sh" },
    ],
  });
  expect((await assets("sh?table_max_results=1")).body.tables).toHaveLength(1);
  expect(await assets("sh?table_max_results=some")).toMatchObject({ status: 400 });
  expect(await assets("nope")).toMatchObject({ status: 404, body: { error_code: "SHARE_DOES_NOT_EXIST" } });
  expect(await call("GET", `${UNITY}/providers/nope`, { at })).toMatchObject({
    status: 404,
    body: { error_code: "PROVIDER_DOES_NOT_EXIST" },
  });

  const mount = (more: object) => call("POST", `${UNITY}/catalogs`, { at, body: { name: "got", ...more } });
  const made = await mount({ provider_name: name, share_name: "sh", comment: "x" });
  expect(made).toMatchObject({ status: 200, body: { name: "got", comment: "x", owner: recipient.owner } });
  expect(await mount({ provider_name: name, share_name: "sh" })).toMatchObject({
    status: 400,
    body: { error_code: "CATALOG_ALREADY_EXISTS" },
  });
  expect(await mount({})).toMatchObject({ status: 501 });
  expect((await call("GET", `${UNITY}/catalogs/got`, { at })).body).toMatchObject({
    catalog_type: "DELTASHARING_CATALOG",
    provider_name: name,
    share_name: "sh",
  });
});
