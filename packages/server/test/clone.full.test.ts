import type { RunSummary } from "@clone-xs/clone";
import { describe, expect, it } from "vitest";
import type { Run, RunListItem, Submitted } from "../src/contract/index.ts";
import { running, SHOP } from "./running.ts";

describe("the API on the embedded workspace", () => {
  it("clones a catalog, row by row, and remembers the run", async () => {
    const { sql, call, finished } = await running();
    await sql(...SHOP);
    const submitted = await call<Submitted>("POST", "/api/clone", {
      source_catalog: "shop",
      destination_catalog: "shop_copy",
    });
    expect(submitted).toMatchObject({ status: "queued", message: "Clone job submitted" });

    const run = await finished<Run>(submitted.job_id);
    expect(run.error).toBeNull();
    expect(run).toMatchObject({
      job_id: submitted.job_id,
      status: "completed",
      result: {
        run_id: submitted.job_id,
        status: "success",
        tables: { success: 3, failed: 0, skipped: 0 },
        views: { success: 1, failed: 0, skipped: 0 },
        functions: { success: 1, failed: 0, skipped: 0 },
        formats: { DELTA: 3 },
        errors: [],
      } satisfies Partial<RunSummary>,
    });
    expect(run.logs.filter((line) => /CREATE (OR REPLACE )?TABLE .* DEEP CLONE/.test(line))).toHaveLength(3);
    expect(await sql("SELECT id, customer, amount FROM shop_copy.bronze.orders ORDER BY id")).toEqual([
      ["1", "ada", "10.50"],
      ["2", "grace", "99.99"],
      ["3", "ada", "7.00"],
    ]);
    expect(await sql("SELECT customer FROM shop_copy.gold.big_spenders")).toEqual([["grace"]]);
    const listed = await call<RunListItem[]>("GET", "/api/clone/jobs");
    expect(listed.map((item) => [item.job_id, item.status])).toEqual([[submitted.job_id, "completed"]]);
  });

  it("previews without changing anything, and finds no difference after the clone but the residue", async () => {
    const { sql, call, finished } = await running();
    await sql(...SHOP);
    const body = { source_catalog: "shop", destination_catalog: "shop_copy" };
    const before = await call<{ targetExists: boolean; decisions: { action: string; reason: string }[] }>(
      "POST",
      "/api/plan",
      body,
    );
    expect(before.targetExists).toBe(false);
    expect(before.decisions.map(({ action, reason }) => `${action} ${reason}`)).toEqual(
      Array.from({ length: 5 }, () => "clone never_cloned"),
    );
    expect(await call("GET", "/api/catalogs/shop_copy/schemas")).toMatchObject({ status: 404 });

    const { job_id } = await call<Submitted>("POST", "/api/clone", body);
    const run = await finished<Run>(job_id);
    const diff = await call<{ differences: { object: string; what: string }[] }>("POST", "/api/diff", body);
    const residue = new Set(run.result?.residue.map(({ object, what }) => `${object} ${what}`));
    expect(diff.differences.filter(({ object, what }) => !residue.has(`${object} ${what}`))).toEqual([]);
  });

  it("lists what there is to choose from, and who is asking", async () => {
    const { sql, call, workspace } = await running();
    await sql(...SHOP);
    expect(await call("GET", "/api/whoami")).toEqual({
      host: workspace.identity.host,
      user_name: workspace.identity.userName,
    });
    const { catalogs } = await call<{ catalogs: { name: string; comment: string }[] }>(
      "GET",
      "/api/catalogs",
    );
    expect(catalogs.find(({ name }) => name === "shop")).toMatchObject({ comment: "A shop" });
    const { schemas } = await call<{ schemas: { name: string }[] }>("GET", "/api/catalogs/shop/schemas");
    expect(schemas.map(({ name }) => name)).toEqual(expect.arrayContaining(["bronze", "gold"]));
    const { tables } = await call<{ tables: object[] }>("GET", "/api/catalogs/shop/schemas/bronze/tables");
    expect(tables).toEqual([
      { name: "customers", table_type: "MANAGED", format: "DELTA", columns: 2, comment: null },
      { name: "orders", table_type: "MANAGED", format: "DELTA", columns: 3, comment: null },
    ]);
  });

  it("ends a run on an unknown catalog as failed, naming it", async () => {
    const { call, finished } = await running();
    const { job_id } = await call<Submitted>("POST", "/api/clone", {
      source_catalog: "nowhere",
      destination_catalog: "somewhere",
    });
    const run = await finished<Run>(job_id);
    expect(run.status).toBe("failed");
    expect(run.error).toMatch(/nowhere/);
    expect(run.logs.at(-1)).toBe(run.error);
  });

  it("cancels for real: what was not begun is not there, and the summary says so", async () => {
    const { sql, call, finished, url } = await running();
    const names = Array.from({ length: 12 }, (_, n) => `t${n}`);
    await sql("CREATE CATALOG many", "CREATE SCHEMA many.s");
    for (const name of names) await sql(`CREATE TABLE many.s.${name} AS SELECT 1 AS id`);
    const { job_id } = await call<Submitted>("POST", "/api/clone", {
      source_catalog: "many",
      destination_catalog: "many_copy",
      max_parallel_queries: 1,
    });
    await seen(`${url}/api/clone/${job_id}/events`, '"operation":"clone_table"');
    const answer = await call<Submitted>("DELETE", `/api/clone/${job_id}`);
    expect(answer).toMatchObject({ job_id, status: "cancelled" });

    const run = await finished<Run>(job_id);
    expect(run).toMatchObject({ status: "cancelled", result: { status: "cancelled" } });
    const copied = run.result?.tables.success ?? 0;
    expect(copied).toBeLessThan(names.length);
    const { tables } = await call<{ tables: object[] }>("GET", "/api/catalogs/many_copy/schemas/s/tables");
    expect(tables.length).toBeLessThan(names.length);
    expect(tables.length).toBeGreaterThanOrEqual(copied);
  });

  it("answers a taken port with what to do about it", async () => {
    const { url } = await running();
    await expect(running({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: "PORT_IN_USE" });
  });
});

/** Reads a stream until it has said `text`, then leaves it. */
async function seen(url: string, text: string): Promise<void> {
  const leave = new AbortController();
  const { body } = await fetch(url, { signal: leave.signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let all = "";
  while (!all.includes(text)) {
    const { value, done } = (await reader?.read()) ?? { done: true };
    if (done) throw new Error(`The stream ended without ${text}:\n${all}`);
    all += value;
  }
  leave.abort();
}
