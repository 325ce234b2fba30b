import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

const UNITY = "/api/2.1/unity-catalog";
const PERMISSIONS = `${UNITY}/permissions/schema/main.default`;
const names = Array.from({ length: 160 }, (_, index) => `user${String(index).padStart(3, "0")}`);

let lakehouse: Lakehouse;
let url: string;
beforeAll(async () => {
  lakehouse = await openTestLakehouse({
    principals: names.map((name) => ({ name, kind: "user", groups: [], admin: false })),
  });
  ({ url } = await lakehouse.listen());
});
afterAll(() => lakehouse.close());

async function call(method: string, path: string, body?: object) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${lakehouse.token(lakehouse.owner)}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- the body is what is examined
  return { status: response.status, body: (await response.json()) as any };
}

const change = (...changes: object[]) => call("PATCH", PERMISSIONS, { changes });

test("permissions come in pages of 150 principals at least, and small pages are refused", async () => {
  await change(...names.map((principal) => ({ principal, add: ["SELECT"] })));
  for (const path of [PERMISSIONS, PERMISSIONS.replace("/permissions/", "/effective-permissions/")]) {
    const first = await call("GET", `${path}?max_results=0`);
    expect(first.body.privilege_assignments).toHaveLength(150);
    const rest = await call("GET", `${path}?max_results=150&page_token=${first.body.next_page_token}`);
    expect(rest.body.privilege_assignments.map(({ principal }: { principal: string }) => principal)).toEqual(
      names.slice(150),
    );
    expect(rest.body.next_page_token).toBeUndefined();
    expect((await call("GET", `${path}?max_results=20`)).status).toBe(400);
    expect((await call("GET", path)).body.privilege_assignments).toHaveLength(160);
  }
  await change(...names.map((principal) => ({ principal, remove: ["SELECT"] })));
});

test("a change is all or nothing, takes privileges in several spellings, and does nothing twice", async () => {
  const [one = "", two = ""] = names;
  const refused = await change({ principal: one, add: ["SELECT"] }, { principal: "nobody", add: ["SELECT"] });
  expect(refused).toMatchObject({ status: 404, body: { error_code: "PRINCIPAL_DOES_NOT_EXIST" } });
  expect(await change({ principal: one, add: ["SELECT"], remove: ["SELECT"] })).toMatchObject({
    status: 400,
    body: { message: `Duplicate privileges to add and delete for principal ${one}.` },
  });
  expect((await call("GET", PERMISSIONS)).body.privilege_assignments).toEqual([]);
  for (let times = 0; times < 2; times++)
    expect((await change({ principal: two, add: ["USE SCHEMA", "Privilege.MODIFY"] })).body).toEqual({
      privilege_assignments: [{ principal: two, privileges: ["MODIFY", "USE_SCHEMA"] }],
    });
  expect((await change({ principal: two, remove: ["ALL_PRIVILEGES"] })).body).toEqual({
    privilege_assignments: [],
  });
});

test("quotas count what there is", async () => {
  const path = `${UNITY}/resource-quotas/SCHEMA/main.default/volume-quota`;
  await lakehouse
    .connect()
    .statements.execute({ text: "CREATE VOLUME main.default.v", kind: "create", effect: "write" });
  expect((await call("GET", path)).body).toMatchObject({
    quota_info: { parent_full_name: "main.default", quota_count: 1, quota_limit: 10_000 },
  });
  const { body } = await call("GET", `${UNITY}/resource-quotas/all-resource-quotas?max_results=0`);
  expect(body.quotas).toContainEqual(expect.objectContaining({ quota_name: "schema-quota", quota_count: 1 }));
  expect((await call("GET", path.replace("volume-quota", "x"))).status).toBe(400);
});

test("what a killed writer left in a volume is swept when its directory is listed", async () => {
  const [volume] = await lakehouse.connect().unity.volumes("main", "default");
  const directory = new URL(volume?.storageLocation ?? "").pathname;
  writeFileSync(join(directory, ".clxs-incoming-0"), "half");
  const { files } = lakehouse.connect();
  expect(await files.list("/Volumes/main/default/v")).toEqual([]);
  expect(readdirSync(directory)).toEqual([]);
});
