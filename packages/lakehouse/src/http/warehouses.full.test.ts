import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

const WAREHOUSES = "/api/2.0/sql/warehouses";
const PERMISSIONS = "/api/2.0/permissions/warehouses";
const HISTORY = "/api/2.0/sql/history/queries";
const LONG = "SELECT sum(a.id * b.id) FROM range(10000000) a CROSS JOIN range(1000000) b";

let lakehouse: Lakehouse;
let url: string;
beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  ({ url } = await lakehouse.listen());
});
afterAll(() => lakehouse.close());

// oxlint-disable-next-line typescript/no-explicit-any -- the body is what is examined
type Answer = { readonly status: number; readonly body: any };

async function call(method: string, path: string, body?: object, as = lakehouse.owner): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${lakehouse.token(as)}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

const execute = (warehouse_id: string, more: object = {}, as?: string) =>
  call("POST", "/api/2.0/sql/statements", { statement: "SELECT 1", warehouse_id, ...more }, as);

async function made(name: string, more: object = {}): Promise<string> {
  const { body } = await call("POST", WAREHOUSES, { name, cluster_size: "2X-Small", ...more });
  return body.id as string;
}

describe("a warehouse", () => {
  test("is made with the service's defaults, edited, and deleted", async () => {
    const id = await made("etl", { tags: { custom_tags: [{ key: "team", value: "data" }] } });
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect((await call("GET", `${WAREHOUSES}/${id}`)).body).toMatchObject({
      id,
      name: "etl",
      state: "RUNNING",
      min_num_clusters: 1,
      max_num_clusters: 1,
      auto_stop_mins: 120,
      enable_photon: true,
      warehouse_type: "CLASSIC",
      creator_name: lakehouse.owner,
      tags: { custom_tags: [{ key: "team", value: "data" }] },
      odbc_params: { path: `/sql/1.0/warehouses/${id}` },
    });
    expect(await call("POST", `${WAREHOUSES}/${id}/edit`, { auto_stop_mins: 10 })).toEqual({
      status: 200,
      body: {},
    });
    expect((await call("GET", `${WAREHOUSES}/${id}`)).body).toMatchObject({
      name: "etl",
      auto_stop_mins: 10,
    });
    expect((await execute(id)).body.status.state).toBe("SUCCEEDED");
    expect(await call("DELETE", `${WAREHOUSES}/${id}`)).toEqual({ status: 200, body: {} });
    expect(await execute(id)).toMatchObject({ status: 404, body: { error_code: "RESOURCE_DOES_NOT_EXIST" } });
  });

  test("has a name of its own", async () => {
    await made("taken");
    const again = await call("POST", WAREHOUSES, { name: "taken", cluster_size: "Small" });
    expect(again).toMatchObject({
      status: 400,
      body: {
        error_code: "INVALID_PARAMETER_VALUE",
        message: "SQL warehouse with name `taken` already exists",
      },
    });
  });

  test("of an id that cannot be one, or that nobody has, is a 4xx for a statement too", async () => {
    expect(await execute("nope")).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE", message: "nope is not a valid endpoint id." },
    });
    expect(await execute("0000000000000000")).toMatchObject({
      status: 404,
      body: { message: "SQL warehouse 0000000000000000 does not exist." },
    });
  });

  test("that is stopped cancels what it runs, and starts again for the next statement", async () => {
    const id = await made("stopped");
    const { body } = await execute(id, { statement: LONG, wait_timeout: "0s" });
    expect(body.status.state).toBe("PENDING");
    await call("POST", `${WAREHOUSES}/${id}/stop`);
    expect((await call("GET", `${WAREHOUSES}/${id}`)).body).toMatchObject({
      state: "STOPPED",
      num_clusters: 0,
    });
    await expect
      .poll(
        async () =>
          (await call("GET", `/api/2.0/sql/statements/${body.statement_id}`)).body.status.state as string,
      )
      .toBe("CANCELED");
    expect((await execute(id)).body.status.state).toBe("SUCCEEDED");
    expect((await call("GET", `${WAREHOUSES}/${id}`)).body.state).toBe("RUNNING");
  });

  test("is used by whom its permissions name", async () => {
    const id = await made("private");
    const denied = await execute(id, {}, "reader");
    expect(denied).toMatchObject({ status: 403, body: { error_code: "PERMISSION_DENIED" } });
    const listed = await call("GET", WAREHOUSES, undefined, "reader");
    expect(listed.body.warehouses.map((one: { id: string }) => one.id)).toEqual([lakehouse.warehouseId]);
    const change = { access_control_list: [{ user_name: "reader", permission_level: "CAN_USE" }] };
    const changed = await call("PATCH", `${PERMISSIONS}/${id}`, change);
    expect(changed.body.access_control_list).toEqual([
      { user_name: lakehouse.owner, all_permissions: [{ permission_level: "IS_OWNER", inherited: false }] },
      { user_name: "reader", all_permissions: [{ permission_level: "CAN_USE", inherited: false }] },
      expect.objectContaining({ group_name: "admins" }),
    ]);
    expect((await execute(id, {}, "reader")).body.status.state).toBe("SUCCEEDED");
    expect((await call("POST", `${WAREHOUSES}/${id}/edit`, { name: "mine" }, "reader")).status).toBe(403);
    await call("PUT", `${PERMISSIONS}/${id}`, { access_control_list: [] });
    expect((await execute(id, {}, "reader")).status).toBe(403);
    const who = { access_control_list: [{ user_name: "nobody", permission_level: "CAN_USE" }] };
    expect((await call("PATCH", `${PERMISSIONS}/${id}`, who)).status).toBe(404);
  });
});

describe("the query history", () => {
  test("is filtered by warehouse, user, status, id and time, in pages, newest first", async () => {
    const id = await made("history");
    const ids: string[] = [];
    for (const statement of ["SELECT 1", "SELEC", "SELECT 3"])
      ids.unshift(
        (await execute(id, { statement, query_tags: [{ key: "n", value: statement }] })).body.statement_id,
      );
    const found = async (query: string, as?: string) => {
      const { body } = await call("GET", `${HISTORY}?filter_by.warehouse_ids=${id}&${query}`, undefined, as);
      return body.res.map(({ query_id }: { query_id: string }) => query_id) as string[];
    };
    expect(await found("")).toEqual(ids);
    expect(await found("filter_by.statuses=FAILED")).toEqual([ids[1]]);
    expect(await found(`filter_by.user_ids=${lakehouse.owner}`)).toEqual(ids);
    expect(await found("filter_by.user_ids=reader")).toEqual([]);
    expect(await found("", "reader")).toEqual([]);
    expect(await found(`filter_by.statement_ids=${ids[2]}`)).toEqual([ids[2]]);
    expect(await found(`filter_by.query_start_time_range.start_time_ms=${Date.now() + 60_000}`)).toEqual([]);
    const first = await call("GET", `${HISTORY}?filter_by.warehouse_ids=${id}&max_results=2`);
    expect(first.body).toMatchObject({
      has_next_page: true,
      res: [{ query_id: ids[0] }, { query_id: ids[1] }],
    });
    await execute(id);
    expect(await found(`page_token=${first.body.next_page_token}`)).toEqual([ids[2]]);
    const { body } = await call("GET", `${HISTORY}?filter_by.statement_ids=${ids[1]}`);
    expect(body.res[0]).toMatchObject({
      query_text: "SELEC",
      status: "FAILED",
      error_message: expect.stringContaining("PARSE_SYNTAX_ERROR") as string,
      query_tags: [{ key: "n", value: "SELEC" }],
      is_final: true,
      warehouse_id: id,
    });
  });

  test.for(["page_token=xyz", "max_results=0", "max_results=1001"])("refuses %s", async (query) => {
    expect(await call("GET", `${HISTORY}?${query}`)).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE" },
    });
  });
});

test("a result is cut at the bytes that were asked for", async () => {
  const { body } = await execute(lakehouse.warehouseId, {
    statement: "SELECT id FROM range(100)",
    byte_limit: 60,
  });
  expect(body.manifest.truncated).toBe(true);
  expect(body.result.data_array.length).toBeGreaterThan(0);
  expect(body.result.data_array.length).toBeLessThan(100);
});
