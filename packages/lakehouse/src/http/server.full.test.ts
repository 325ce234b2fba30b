import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

const STATEMENTS = "/api/2.0/sql/statements";
const UNITY = "/api/2.1/unity-catalog";
const LONG = "SELECT sum(a.id * b.id) FROM range(10000000) a CROSS JOIN range(1000000) b";

let lakehouse: Lakehouse;
let url: string;
beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  ({ url } = await lakehouse.listen());
});
afterAll(() => lakehouse.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- the body is what is examined
  readonly body: any;
}

async function call(
  method: string,
  path: string,
  { body, token, headers }: { body?: unknown; token?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token ?? lakehouse.token(lakehouse.owner)}`, ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const execute = (statement: string, more: object = {}) =>
  call("POST", STATEMENTS, { body: { statement, warehouse_id: lakehouse.warehouseId, ...more } });

describe("every answer", () => {
  test("carries the service's headers", async () => {
    const { headers } = await call("GET", `${UNITY}/catalogs`);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("x-databricks-org-id")).toMatch(/^\d{16}$/);
    expect(headers.get("server")).toBe("databricks");
  });

  test("to a request without credentials is 401, with a wrong token 403, both with a number as error_code", async () => {
    const response = await fetch(`${url}${UNITY}/catalogs`);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error_code: 401,
      message: "Credential was not sent or was of an unsupported type for this API.",
    });
    const wrong = await call("GET", `${UNITY}/catalogs`, { token: "dapi0" });
    expect(wrong).toMatchObject({ status: 403, body: { error_code: 403, message: "Invalid access token." } });
    expect(wrong.headers.get("x-databricks-reason-phrase")).toBe("Invalid access token.");
  });

  test.for([
    ["GET", "/api/2.1/unity-catalog/nothing", 501, "NOT_IMPLEMENTED"],
    ["DELETE", `${UNITY}/catalogs`, 501, "NOT_IMPLEMENTED"],
    ["GET", "/nothing", 404, "ENDPOINT_NOT_FOUND"],
  ] as const)("to %s %s says what is not there", async ([method, path, status, error_code]) => {
    expect(await call(method, path)).toMatchObject({
      status,
      body: { error_code, message: expect.stringContaining(`'${method} ${path}'`) as string },
    });
  });
});

describe("statements", () => {
  test("are taken with and without a trailing slash, as JSON whatever the Content-Type", async () => {
    const body = { statement: "SELECT 1 AS n", warehouse_id: lakehouse.warehouseId };
    const answer = await call("POST", `${STATEMENTS}/`, { body, headers: { "content-type": "text/plain" } });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: { state: "SUCCEEDED" },
        manifest: {
          format: "JSON_ARRAY",
          schema: {
            column_count: 1,
            columns: [{ name: "n", position: 0, type_text: "INT", type_name: "INT" }],
          },
          total_chunk_count: 1,
          total_row_count: 1,
          truncated: false,
        },
        result: { chunk_index: 0, row_offset: 0, row_count: 1, data_array: [["1"]] },
      },
    });
    expect(answer.body.statement_id).toMatch(/^01f[0-9a-f]{5}-/);
  });

  test("of DDL have an empty schema and result", async () => {
    expect((await execute("CREATE SCHEMA main.made")).body).toMatchObject({
      status: { state: "SUCCEEDED" },
      manifest: { schema: { column_count: 0 }, total_chunk_count: 0, total_row_count: 0 },
      result: {},
    });
  });

  test("that fail are HTTP 200 with state FAILED", async () => {
    const { status, body } = await execute("INSER INTO t");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: { state: "FAILED", error: { error_code: "BAD_REQUEST" }, sql_state: "42601" },
    });
    expect(body.status.error.message).toContain("[PARSE_SYNTAX_ERROR]");
    expect(body.manifest).toBeUndefined();
  });

  test("without waiting are PENDING first, and polled until their end", async () => {
    const { body } = await execute("SELECT 7 AS x", { wait_timeout: "0s" });
    expect(body).toEqual({ statement_id: body.statement_id, status: { state: "PENDING" } });
    const poll = async () => (await call("GET", `${STATEMENTS}/${body.statement_id}`)).body;
    await expect.poll(async () => (await poll()).status.state).toBe("SUCCEEDED");
    expect((await poll()).result.data_array).toEqual([["7"]]);
  });

  test("give large results chunk by chunk", async () => {
    const first = (await execute("SELECT id, repeat('x', 50) AS t FROM range(50000) ORDER BY id")).body;
    expect(first.manifest.total_chunk_count).toBeGreaterThan(1);
    const rows: (string | null)[][] = [...first.result.data_array];
    let link: string | undefined = first.result.next_chunk_internal_link;
    while (link !== undefined) {
      const { body } = await call("GET", link);
      expect(body.row_offset).toBe(rows.length);
      rows.push(...body.data_array);
      link = body.next_chunk_internal_link;
    }
    expect(rows.map(([id]) => Number(id))).toEqual(Array.from({ length: 50_000 }, (_, index) => index));
    const missing = await call("GET", `${STATEMENTS}/${first.statement_id}/result/chunks/999`);
    expect(missing).toMatchObject({ status: 400, body: { error_code: "INVALID_PARAMETER_VALUE" } });
  });

  test("are cut at the row limit and say so", async () => {
    const { body } = await execute("SELECT id FROM range(10)", { row_limit: 3 });
    expect(body.manifest).toMatchObject({ total_row_count: 3, truncated: true });
  });

  test("that are cancelled end CANCELED", async () => {
    const { body } = await execute(LONG, { wait_timeout: "0s" });
    expect(await call("POST", `${STATEMENTS}/${body.statement_id}/cancel`)).toMatchObject({
      status: 200,
      body: {},
    });
    const state = async () => (await call("GET", `${STATEMENTS}/${body.statement_id}`)).body.status.state;
    await expect.poll(state, { timeout: 10_000 }).toBe("CANCELED");
  });

  test("that take too long end CANCELED when that was asked for", async () => {
    const { body } = await execute(LONG, { wait_timeout: "5s", on_wait_timeout: "CANCEL" });
    expect(body).toMatchObject({ status: { state: "CANCELED" } });
  });

  test("that are closed are CLOSED", async () => {
    const { body } = await execute("SELECT 1");
    expect(await call("DELETE", `${STATEMENTS}/${body.statement_id}`)).toMatchObject({
      status: 200,
      body: {},
    });
    expect((await call("GET", `${STATEMENTS}/${body.statement_id}`)).body).toEqual({
      statement_id: body.statement_id,
      status: { state: "CLOSED" },
    });
  });

  test.for([
    [{ wait_timeout: "3s" }, 400, "INVALID_PARAMETER_VALUE"],
    [{ wait_timeout: "51s" }, 400, "INVALID_PARAMETER_VALUE"],
    [{ disposition: "EXTERNAL_LINKS" }, 400, "INVALID_PARAMETER_VALUE"],
    [{ format: "ARROW_STREAM" }, 400, "INVALID_PARAMETER_VALUE"],
    [{ warehouse_id: "0000000000000000" }, 404, "RESOURCE_DOES_NOT_EXIST"],
    [{ statement: 1 }, 400, "INVALID_PARAMETER_VALUE"],
  ] as const)("with %j are refused", async ([wrong, status, error_code]) => {
    expect(await execute("SELECT 1", wrong)).toMatchObject({ status, body: { error_code } });
  });

  test("of more than 16 MiB are refused", async () => {
    expect(await execute(`SELECT 1 -- ${"é".repeat(8 * 1024 * 1024)}`)).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE" },
    });
  });

  test.for([["application/x-www-form-urlencoded"], ["application/octet-stream"], [undefined]])(
    "are read as JSON when they are called %s",
    async ([type]) => {
      const body = JSON.stringify({ statement: "SELECT 1", warehouse_id: lakehouse.warehouseId });
      const response = await fetch(url + STATEMENTS, {
        method: "POST",
        body: new TextEncoder().encode(body),
        headers: {
          authorization: `Bearer ${lakehouse.token(lakehouse.owner)}`,
          ...(type === undefined ? {} : { "content-type": type }),
        },
      });
      expect(await response.json()).toMatchObject({ status: { state: "SUCCEEDED" } });
    },
  );

  test.for([["[]"], ['"SELECT 1"'], ["null"]])("are refused when they are %s", async ([body]) => {
    expect(await call("POST", STATEMENTS, { body })).toMatchObject({
      status: 400,
      body: { error_code: "MALFORMED_REQUEST", message: "The request body must be a JSON object." },
    });
  });

  test("that are no JSON are refused", async () => {
    expect(await call("POST", STATEMENTS, { body: "{" })).toMatchObject({
      status: 400,
      body: { error_code: "MALFORMED_REQUEST" },
    });
  });

  test("are seen by whoever sent them and by admins, and stand in the query history", async () => {
    const { body } = await execute("SELECT 'mine'");
    const token = lakehouse.token("reader");
    expect((await call("GET", `${STATEMENTS}/${body.statement_id}`, { token })).status).toBe(404);
    const history = await call(
      "GET",
      `/api/2.0/sql/history/queries?filter_by.statement_ids=${body.statement_id}`,
    );
    expect(history.body).toMatchObject({
      res: [
        {
          query_id: body.statement_id,
          status: "FINISHED",
          query_text: "SELECT 'mine'",
          user_name: lakehouse.owner,
        },
      ],
      has_next_page: false,
    });
  });
});

describe("lists", () => {
  test("are paged on request, the token absent on the last page", async () => {
    await execute("CREATE SCHEMA main.paged");
    for (const name of ["a", "b", "c"]) await execute(`CREATE TABLE main.paged.${name} (id INT)`);
    const list = async (query: string) =>
      (await call("GET", `${UNITY}/tables?catalog_name=main&schema_name=paged${query}`)).body;
    const first = await list("&max_results=2");
    expect(first.tables.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
    const second = await list(`&max_results=2&page_token=${first.next_page_token}`);
    expect(second.tables.map(({ name }: { name: string }) => name)).toEqual(["c"]);
    expect(second).not.toHaveProperty("next_page_token");
    expect((await list("")).tables).toHaveLength(3);
  });

  test.for(["max_results=-1", "max_results=x", "page_token=%"])("with %s are refused", async (query) => {
    expect(await call("GET", `${UNITY}/catalogs?${query}`)).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE" },
    });
  });

  test("of table summaries match by LIKE", async () => {
    await execute("CREATE SCHEMA main.summed");
    await execute("CREATE TABLE main.summed.orders_1 (id INT)");
    await execute("CREATE TABLE main.summed.customers (id INT)");
    const { body } = await call(
      "GET",
      `${UNITY}/table-summaries?catalog_name=main&schema_name_pattern=sum%25&table_name_pattern=orders%25`,
    );
    expect(body).toEqual({ tables: [{ full_name: "main.summed.orders_1", table_type: "MANAGED" }] });
  });
});

describe("permissions", () => {
  test("are changed by PATCH, which answers with the whole list", async () => {
    await execute("CREATE SCHEMA main.granted");
    const path = `${UNITY}/permissions/schema/main.granted`;
    const changes = [{ principal: "reader", add: ["USE_SCHEMA", "SELECT"] }];
    expect((await call("PATCH", path, { body: { changes } })).body).toEqual({
      privilege_assignments: [{ principal: "reader", privileges: ["SELECT", "USE_SCHEMA"] }],
    });
    const remove = [{ principal: "reader", remove: ["SELECT", "MODIFY"] }];
    expect((await call("PATCH", path, { body: { changes: remove } })).body).toEqual({
      privilege_assignments: [{ principal: "reader", privileges: ["USE_SCHEMA"] }],
    });
  });

  test("of an unknown principal are 404, by one who may not 403", async () => {
    const path = `${UNITY}/permissions/catalog/main`;
    const changes = [{ principal: "nobody", add: ["SELECT"] }];
    expect(await call("PATCH", path, { body: { changes } })).toMatchObject({
      status: 404,
      body: { error_code: "PRINCIPAL_DOES_NOT_EXIST", message: "Could not find principal with name nobody." },
    });
    await execute("GRANT USE CATALOG ON CATALOG main TO reader");
    const mine = { changes: [{ principal: "reader", add: ["SELECT"] }] };
    expect(await call("PATCH", path, { body: mine, token: lakehouse.token("reader") })).toMatchObject({
      status: 403,
      body: { error_code: "PERMISSION_DENIED", message: "User does not have MANAGE on Catalog 'main'." },
    });
  });
});

describe("signing in", () => {
  test("Me is whose token it is", async () => {
    const { body } = await call("GET", "/api/2.0/preview/scim/v2/Me", { token: lakehouse.token("reader") });
    expect(body).toMatchObject({ userName: "reader", active: true, groups: [{ display: "readers" }] });
  });

  test("a service principal gets a token for its secret", async () => {
    lakehouse.putPrincipal({ name: "0000-app", kind: "service_principal", groups: [], admin: false });
    const secret = lakehouse.clientSecret("0000-app");
    const { token_endpoint } = (await (
      await fetch(`${url}/oidc/.well-known/oauth-authorization-server`)
    ).json()) as { token_endpoint: string };
    const ask = (credentials: string) =>
      fetch(token_endpoint, {
        method: "POST",
        headers: {
          authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
          "content-type": "application/x-www-form-urlencoded",
        },
        body: "grant_type=client_credentials&scope=all-apis",
      });
    const granted = (await (await ask(`0000-app:${secret}`)).json()) as { access_token: string };
    const { body } = await call("GET", "/api/2.0/preview/scim/v2/Me", { token: granted.access_token });
    expect(body.userName).toBe("0000-app");
    expect((await ask("0000-app:wrong")).status).toBe(401);
  });
});

test("the warehouse stops, and a statement starts it", async () => {
  const path = `/api/2.0/sql/warehouses/${lakehouse.warehouseId}`;
  const state = async () => (await call("GET", path)).body.state;
  expect(lakehouse.warehouseId).toMatch(/^[0-9a-f]{16}$/);
  await call("POST", `${path}/stop`);
  expect(await state()).toBe("STOPPED");
  await execute("SELECT 1");
  expect(await state()).toBe("RUNNING");
});
