import type { PlanDocument } from "@clone-xs/clone";
import { describe, expect, it } from "vitest";
import type { Cancelled, RollbackSummary, Run, Submitted } from "../src/contract/index.ts";
import { type Running, running, SHOP } from "./running.ts";

const ends = { source_catalog: "shop", destination_catalog: "shop_copy" };

async function cloned({ call, finished }: Running, body: object = ends): Promise<Run> {
  const { job_id } = await call<Submitted>("POST", "/api/clone", body);
  return finished<Run>(job_id);
}

const namesOf = ({ undone }: RollbackSummary) => undone.map(({ object, what }) => `${what} ${object}`).sort();

describe("POST /api/clone/{id}/rollback", () => {
  it("looks first, then takes back what the run made and changed, and remembers that", async () => {
    const server = await running();
    const { sql, call } = server;
    await sql(...SHOP, "CREATE CATALOG shop_copy", "CREATE SCHEMA shop_copy.bronze");
    await cloned(server);
    await sql("INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)");
    const second = await cloned(server, { ...ends, load_type: "SELECTIVE" });
    expect(second).toMatchObject({ status: "completed", undoable: true, resumable: false, rollback: null });
    const rows = "SELECT id FROM shop_copy.bronze.orders ORDER BY id";
    expect(await sql(rows)).toEqual([["1"], ["2"], ["3"], ["4"]]);

    const path = `/api/clone/${second.job_id}/rollback`;
    const looked = await call<RollbackSummary>("POST", path, { dry_run: true });
    expect(looked).toMatchObject({ dry_run: true, status: "success", left: [], errors: [] });
    expect(await sql(rows)).toHaveLength(4);
    const undone = await call<RollbackSummary>("POST", path);
    expect(namesOf(undone)).toEqual(namesOf(looked));
    expect(await sql(rows)).toEqual([["1"], ["2"], ["3"]]);

    const after = await call<Run>("GET", `/api/clone/${second.job_id}`);
    expect(after).toMatchObject({ status: "completed", undoable: false, rollback: { status: "success" } });
    expect(after.logs.at(-1)).toMatch(/^Rollback success: \d+ undone, 0 left as they are\.$/u);
  });

  it("undoes nothing that others wrote since, unless told to", async () => {
    const server = await running();
    const { sql, call } = server;
    await sql(...SHOP);
    const { job_id } = await cloned(server);
    await sql("INSERT INTO shop_copy.bronze.orders VALUES (9, 'eve', 1.00)");
    const path = `/api/clone/${job_id}/rollback`;
    const careful = await call<RollbackSummary>("POST", path);
    expect(careful.status).toBe("partial");
    expect(careful.left.map(({ object }) => object)).toContain("shop_copy.bronze.orders");
    expect(await call<Run>("GET", `/api/clone/${job_id}`)).toMatchObject({ undoable: true });
    expect(await call<RollbackSummary>("POST", path, { force: true })).toMatchObject({ status: "success" });
    expect(await call("GET", "/api/catalogs/shop_copy/schemas")).toMatchObject({ status: 404 });
  });

  it("is refused while the run is under way, and for a run that recorded nothing", async () => {
    const server = await running();
    const { sql, call, chaos, finished } = server;
    await sql(...SHOP);
    chaos.add({ on: { kind: "clone" }, fault: { kind: "delay", ms: 60_000 } });
    const { job_id } = await call<Submitted>("POST", "/api/clone", ends);
    expect(await call("POST", `/api/clone/${job_id}/rollback`)).toMatchObject({
      status: 409,
      code: "RUN_ALIVE",
    });
    await call("DELETE", `/api/clone/${job_id}`);
    await finished(job_id);
    chaos.clear();
    const bare = await cloned(server, { ...ends, enable_rollback: false });
    expect(bare.undoable).toBe(false);
    expect(await call("POST", `/api/clone/${bare.job_id}/rollback`)).toMatchObject({
      status: 409,
      code: "RUN_NOT_FOUND",
    });
  });
});

describe("plans by the API", () => {
  it("carries out the plan of a dry run as it was made, and nothing the second time", async () => {
    const server = await running();
    const { sql, call, finished } = server;
    await sql(...SHOP);
    const dry = await cloned(server, { ...ends, dry_run: true });
    const plan = await call<PlanDocument>("GET", `/api/clone/${dry.job_id}/plan`);
    expect(plan).toMatchObject({ format: "clone-xs plan", version: 1, product: "0.0.0" });
    await sql("INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)");

    const apply = async () => {
      const answer = await call<Submitted>("POST", "/api/apply", plan);
      expect(answer).toMatchObject({ status: "queued", message: "Plan submitted" });
      return finished<Run>(answer.job_id);
    };
    const first = await apply();
    expect(first).toMatchObject({ status: "completed", dry_run: false, destination_catalog: "shop_copy" });
    expect(await sql("SELECT id FROM shop_copy.bronze.orders ORDER BY id")).toEqual([["1"], ["2"], ["3"]]);
    const second = await apply();
    expect(second).toMatchObject({ status: "completed", result: { tables: { success: 0, failed: 0 } } });
    expect(await call("POST", "/api/apply", { ...plan, host: "elsewhere" })).toMatchObject({
      status: 422,
      code: "PLAN_UNREADABLE",
    });
  });

  it("names the cut of a plan", async () => {
    const { sql, call } = await running();
    await sql(...SHOP);
    const { cut } = await call<{ cut?: { from: string } }>("POST", "/api/plan", ends);
    expect(Date.parse(cut?.from ?? "")).not.toBeNaN();
  });
});

describe("DELETE /api/clone/{id}", () => {
  it("tells what was given back when the run ended in time", async () => {
    const { sql, call, chaos, url } = await running();
    await sql(...SHOP, "GRANT SELECT, MODIFY ON SCHEMA shop.bronze TO reader");
    chaos.add({ on: { kind: "clone" }, fault: { kind: "delay", ms: 60_000 } });
    const { job_id } = await call<Submitted>("POST", "/api/clone", { ...ends, quiesce_source: true });
    const { body } = await fetch(`${url}/api/clone/${job_id}/events`);
    let all = "";
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      all += text;
      if (all.includes('"operation":"clone_table"')) break;
    }
    const restored = "Quiesce restore complete: 1 principal/schema grant(s) re-applied.";
    expect(await call<Cancelled>("DELETE", `/api/clone/${job_id}`)).toEqual({
      job_id,
      status: "cancelled",
      message: `Cancelled: running statements were stopped. What was finished stays. ${restored}`,
      restored: [restored],
    });
  });
});
