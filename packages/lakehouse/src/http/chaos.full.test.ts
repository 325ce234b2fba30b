import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

const CHAOS = "/api/clxs/chaos";
const TABLES = "/api/2.1/unity-catalog/tables?catalog_name=main&schema_name=default";

let lakehouse: Lakehouse;
let url: string;
beforeAll(async () => {
  lakehouse = await openTestLakehouse({ chaosControls: true });
  ({ url } = await lakehouse.listen());
  for (const name of ["a", "b", "c"]) await execute(`CREATE TABLE main.default.${name} (x INT)`);
});
afterAll(() => lakehouse.close());
beforeEach(() => lakehouse.chaos.clear());

async function call(
  method: string,
  path: string,
  {
    body,
    as = lakehouse.owner,
    token = lakehouse.token(as),
  }: { body?: object; as?: string; token?: string } = {},
) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- the body is what is examined
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

const execute = (statement: string, as?: string) =>
  call("POST", "/api/2.0/sql/statements", {
    body: { statement, warehouse_id: lakehouse.warehouseId },
    ...(as === undefined ? {} : { as }),
  });
const disturb = (rule: object) => call("POST", CHAOS, { body: rule });
const exists = async (name: string) =>
  (await call("GET", `/api/2.1/unity-catalog/tables/main.default.${name}`)).status === 200;

describe("the controls", () => {
  test("tell the rules and how often each struck", async () => {
    const { body } = await disturb({
      on: { call: "GET *tables*" },
      fault: { kind: "delay", ms: 1 },
      skip: 1,
    });
    await call("GET", TABLES);
    await call("GET", TABLES);
    expect((await call("GET", CHAOS)).body.rules).toMatchObject([{ id: body.id, matched: 2, struck: 1 }]);
    expect((await call("DELETE", `${CHAOS}/${body.id}`)).status).toBe(200);
    expect((await call("DELETE", `${CHAOS}/${body.id}`)).status).toBe(404);
    expect((await call("GET", CHAOS)).body).toEqual({ rules: [] });
  });

  test("are for the owner, refuse what they do not understand, and are not there unless they were asked for", async () => {
    expect((await call("GET", CHAOS, { as: "reader" })).status).toBe(403);
    expect(await disturb({ on: { call: "GET *" }, fault: { kind: "explode" } })).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE" },
    });
    const plain = await openTestLakehouse();
    const { url: other } = await plain.listen();
    const headers = { authorization: `Bearer ${plain.token(plain.owner)}` };
    // As every path under /api that this workspace does not serve.
    expect((await fetch(other + CHAOS, { headers })).status).toBe(501);
    await plain.close();
  });
});

describe("a fault", () => {
  test("is an answer of its own, also 429 with Retry-After", async () => {
    await disturb({
      on: { call: "GET *tables*" },
      fault: { kind: "rateLimit", retryAfterSeconds: 7 },
      times: 1,
    });
    const limited = await call("GET", TABLES);
    expect(limited).toMatchObject({ status: 429, body: { error_code: "REQUEST_LIMIT_EXCEEDED" } });
    expect(limited.headers.get("retry-after")).toBe("7");
    await disturb({ on: { call: "GET *tables*" }, fault: { kind: "error", status: 504 }, times: 1 });
    expect((await call("GET", TABLES)).status).toBe(504);
    expect((await call("GET", TABLES)).status).toBe(200);
  });

  test("breaks the connection before the effect, or after it", async () => {
    for (const when of ["before", "after"]) {
      await disturb({
        on: { statement: `table main.default.lost_${when}` },
        fault: { kind: "lost" },
        when,
        times: 1,
      });
      await expect(execute(`CREATE TABLE main.default.lost_${when} (x INT)`)).rejects.toThrow("fetch failed");
    }
    expect(await exists("lost_before")).toBe(false);
    await expect.poll(() => exists("lost_after")).toBe(true);
  });

  test("after the effect may be an error too, also where the answer has no body", async () => {
    const directory = "/api/2.0/fs/directories/Volumes/main/default/v/made";
    await execute("CREATE VOLUME main.default.v");
    await disturb({ on: { call: "PUT *" }, fault: { kind: "error", status: 503 }, when: "after", times: 1 });
    expect((await call("PUT", directory)).status).toBe(503);
    expect((await call("GET", directory)).body).toEqual({ contents: [] });
  });

  test("gives empty pages in the middle of a listing, which goes on behind them", async () => {
    await disturb({ on: { call: "GET *tables" }, fault: { kind: "emptyPage" }, skip: 1, times: 2 });
    const names: string[] = [];
    const pages: number[] = [];
    for (let token: string | undefined = ""; token !== undefined; ) {
      const { body } = await call("GET", `${TABLES}&max_results=1&page_token=${encodeURIComponent(token)}`);
      const tables = (body.tables ?? []) as { name: string }[];
      pages.push(tables.length);
      names.push(...tables.map(({ name }) => name));
      token = body.next_page_token as string | undefined;
    }
    expect(pages.slice(0, 4)).toEqual([1, 0, 0, 1]);
    expect(names.slice(0, 3)).toEqual(["a", "b", "c"]);
  });

  test("takes a token away for one call, or for good", async () => {
    const token = lakehouse.token("reader");
    const asked = () => call("GET", "/api/2.1/unity-catalog/catalogs", { token });
    await disturb({ on: { principal: "reader" }, fault: { kind: "token" }, times: 1 });
    expect(await asked()).toMatchObject({ status: 403, body: { message: "Invalid access token." } });
    expect((await asked()).status).toBe(200);
    await disturb({ on: { principal: "reader" }, fault: { kind: "token", revoked: true }, times: 1 });
    expect((await asked()).status).toBe(403);
    expect((await asked()).status).toBe(403);
    expect(lakehouse.token("reader")).not.toBe(token);
  });

  test("ends a statement FAILED with what was asked", async () => {
    await disturb({
      on: { statement: "select 42" },
      fault: { kind: "end", state: "FAILED", errorCode: "ABORTED", message: "preempted" },
    });
    expect((await execute("SELECT 42")).body.status).toEqual({
      state: "FAILED",
      error: { error_code: "ABORTED", message: "preempted" },
    });
  });
});
