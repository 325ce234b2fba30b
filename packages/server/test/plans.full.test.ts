import { randomBytes } from "node:crypto";
import type { PlanDocument } from "@clone-xs/clone";
import { describe, expect, it } from "vitest";
import type {
  KeptPlan,
  KeptPlanDetail,
  PlanCheckResult,
  Problem,
  Run,
  Submitted,
} from "../src/contract/index.ts";
import { type Running, running, SHOP, testClock } from "./running.ts";

const request = { source_catalog: "shop", destination_catalog: "shop_copy" };

async function keep({ call }: Running, body: object = { request }): Promise<KeptPlan> {
  const kept = await call<KeptPlan>("POST", "/api/plans", body);
  expect(kept).toHaveProperty("plan_id");
  return kept;
}

const at = ({ plan_id }: KeptPlan, rest = "") => `/api/plans/${plan_id}${rest}`;

describe("a kept plan", () => {
  it("is made, looked through, approved, checked and carried out as it was made", async () => {
    const server = await running();
    const { sql, call, finished } = server;
    await sql(...SHOP);
    const kept = await keep(server, { name: "Friday", request });
    expect(kept).toMatchObject({
      name: "Friday",
      state: "open",
      source_catalog: "shop",
      destination_catalog: "shop_copy",
      target: null,
      origin: "made",
      kept_by: "local",
      counts: { actions: { clone: 5 }, refused: 0, blocked: 0 },
      review: null,
      run_id: null,
    });
    const detail = await call<KeptPlanDetail>("GET", at(kept));
    expect(detail.plan.decisions.map(({ name }) => name).sort()).toEqual([
      "big_spenders",
      "customers",
      "orders",
      "shout",
      "spend",
    ]);
    expect(detail).toMatchObject({ not_applicable: null, check: null, reviews: [] });

    await sql("INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)");
    const check = await call<PlanCheckResult>("POST", at(kept, "/check"));
    expect(check).toMatchObject({ applicable: true, moved: [], done: 0, steps: kept.counts.steps });
    expect(check.notes.join()).toContain("shop.bronze.orders");
    expect(await call("GET", "/api/catalogs/shop_copy/schemas")).toMatchObject({ status: 404 });

    const approved = { verdict: "approved", note: " looks right " };
    const reviewed = await call<KeptPlan>("POST", at(kept, "/review"), approved);
    expect(reviewed.review).toMatchObject({ verdict: "approved", note: "looks right", by: "local" });

    const { job_id } = await call<Submitted>("POST", at(kept, "/apply"));
    const run = await finished<Run>(job_id);
    expect(run).toMatchObject({ status: "completed", request: { ...request, dry_run: false } });
    // As it was made: the row that came afterwards is not in the copy.
    expect(await sql("SELECT count(*) FROM shop_copy.bronze.orders")).toEqual([["3"]]);
    expect(await call("GET", at(kept))).toMatchObject({
      state: "applied",
      run_id: job_id,
      applied_by: "local",
    });
    expect(await call<Problem>("POST", at(kept, "/apply"))).toMatchObject({ status: 409, code: "PLAN_OVER" });
  });

  it("tells what moved object by object, and is refused for it when it is applied", async () => {
    const server = await running();
    const { sql, call, finished } = server;
    await sql(...SHOP);
    const kept = await keep(server);
    await sql("CREATE CATALOG shop_copy", "CREATE SCHEMA shop_copy.bronze");
    await sql("CREATE TABLE shop_copy.bronze.orders (id BIGINT)", "DROP TABLE shop.bronze.customers");
    const check = await call<PlanCheckResult>("POST", at(kept, "/check"));
    expect(check.applicable).toBe(false);
    expect(Object.fromEntries(check.moved.map(({ object, message }) => [object, message]))).toMatchObject({
      "shop_copy.bronze.orders": expect.stringContaining("appeared on the target"),
      "shop_copy.bronze.customers": expect.stringContaining("is gone"),
    });
    expect(await call("GET", at(kept))).toMatchObject({ state: "stale", check: { applicable: false } });

    const { job_id } = await call<Submitted>("POST", at(kept, "/apply"));
    const run = await finished<Run>(job_id);
    expect(run.result?.errors.map(({ code }) => code)).toContain("PLAN_STALE");
    // Nothing was done, so that it can be tried again.
    expect(await call("GET", at(kept))).toMatchObject({ state: "stale", run_id: job_id });

    await sql("DROP CATALOG shop CASCADE");
    expect(await call("POST", at(kept, "/check"))).toMatchObject({
      applicable: false,
      moved: [{ object: "shop", code: "CATALOG_NOT_FOUND" }],
    });
  });

  it("is the same as a file: downloaded, opened again, and refused when it was changed", async () => {
    const server = await running();
    const { sql, call } = server;
    await sql(...SHOP);
    const kept = await keep(server);
    const document = await call<PlanDocument>("GET", at(kept, "/document"));
    expect(document.digest).toBe(kept.digest);
    const opened = await call<KeptPlan>("POST", "/api/plans/open?name=From%20a%20file", document);
    expect(opened).toMatchObject({ name: "From a file", origin: "opened", digest: kept.digest });
    expect(opened.counts).toEqual(kept.counts);
    expect(await call("GET", at(opened, "/document"))).toEqual(document);

    const refused = (body: unknown) => call<Problem>("POST", "/api/plans/open", body);
    expect(await refused({ ...document, host: "elsewhere" })).toMatchObject({
      status: 422,
      code: "PLAN_UNREADABLE",
      detail: expect.stringContaining("changed after it was made"),
    });
    expect(await refused({})).toMatchObject({
      status: 422,
      detail: expect.stringContaining("it is no plan"),
    });
    expect(await refused({ ...document, version: 2 })).toMatchObject({ status: 422 });
    expect(await call<KeptPlan[]>("GET", "/api/plans")).toHaveLength(2);
  });

  it("takes a plan of many megabytes", async () => {
    const { call } = await running();
    const note = randomBytes(4_000_000).toString("hex");
    const answer = await call<Problem>("POST", "/api/plans/open", {
      format: "clone-xs plan",
      version: 1,
      note,
    });
    expect(answer).toMatchObject({ status: 422, code: "PLAN_UNREADABLE" });
  });

  it("is only carried out when somebody else approved it, where the server is told so", async () => {
    const server = await running({ requireReview: true, auth: "token", token: "s3cret" });
    const { sql } = server;
    await sql(...SHOP);
    const call = async <T>(token: string, method: string, path: string, body?: object): Promise<T> => {
      const headers = { authorization: `Bearer ${token}` };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return (await fetch(server.url + path, { method, headers, ...sent })).json() as Promise<T>;
    };
    const { token: other } = await call<{ token: string }>("s3cret", "POST", "/api/tokens", {
      name: "grace",
      role: "operator",
    });
    const kept = await call<KeptPlan>("s3cret", "POST", "/api/plans", { request });
    const refused = () => call<Problem>("s3cret", "POST", at(kept, "/apply"));
    expect((await refused()).detail).toContain("nobody has approved");
    await call("s3cret", "POST", at(kept, "/review"), { verdict: "approved" });
    expect((await refused()).detail).toContain("both made and approved");
    await call(other, "POST", at(kept, "/review"), { verdict: "rejected", note: "no" });
    expect((await refused()).detail).toContain("rejected by grace");
    const document = await call<object>("s3cret", "GET", at(kept, "/document"));
    expect(await call("s3cret", "POST", "/api/apply", document)).toMatchObject({ code: "PLAN_OVER" });
    await call(other, "POST", at(kept, "/review"), { verdict: "approved" });
    expect(await call("s3cret", "POST", at(kept, "/apply"))).toMatchObject({ status: "queued" });
    expect(await call<KeptPlanDetail>("s3cret", "GET", at(kept))).toMatchObject({
      reviews: [{ verdict: "approved" }, { verdict: "rejected" }, { verdict: "approved", by: "grace" }],
    });
  });

  it("is for one target at a time, keeps no secrets, and says what of its body cannot be used", async () => {
    const { call, sql } = await running();
    await sql(...SHOP);
    const post = (body: object) => call<Problem>("POST", "/api/plans", body);
    expect(await post({})).toMatchObject({ status: 422, errors: [{ path: "request" }] });
    expect(await post({ request: { ...request, nope: 1 } })).toMatchObject({
      status: 422,
      errors: [{ path: "request.nope" }],
    });
    expect(await post({ request, extra: 1 })).toMatchObject({ status: 422, errors: [{ path: "extra" }] });
    const given = { host: "https://a.example.com", auth_method: "pat", token: "s3cret", warehouse_id: "w" };
    await call("POST", "/api/connections", { name: "a", ...given });
    await call("POST", "/api/connections", { name: "b", ...given, host: "https://b.example.com" });
    const secret = await post({ request: { ...request, target_workspace: given } });
    expect(secret).toMatchObject({ status: 422, detail: expect.stringContaining("without secrets") });
    expect(JSON.stringify(secret)).not.toContain("s3cret");
    const several = await post({ request: { ...request, target_workspaces: ["a", "b"] } });
    expect(several.detail).toContain("one target at a time");
    expect(await call("GET", "/api/plans")).toEqual([]);
    expect(await call("GET", "/api/plans/00000000")).toMatchObject({ status: 404 });
  });

  it("outlives the server, expires, and can be deleted", async () => {
    const server = await running();
    const { sql, call } = server;
    await sql(...SHOP);
    const kept = await keep(server);
    const week = 7 * 24 * 60 * 60 * 1000;
    const later = await server.again({
      clock: { ...testClock, now: () => Date.now() + week + 60_000 },
    });
    expect(await later.call("GET", at(kept))).toMatchObject({ state: "expired" });
    expect(await later.call("POST", at(kept, "/apply"))).toMatchObject({ status: 409 });
    expect(await call("DELETE", at(kept))).toMatchObject({ plan_id: kept.plan_id });
    expect(await call("GET", at(kept))).toMatchObject({ status: 404 });
    expect(await call("DELETE", at(kept))).toMatchObject({ status: 404 });
  });
});
