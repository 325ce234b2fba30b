import { describe, expect, it } from "vitest";
import type { Run, RunListItem, RunVerification, Submitted } from "../src/contract/index.ts";
import { running, type Running, SHOP } from "./running.ts";

const ends = { source_catalog: "shop", destination_catalog: "shop_copy" };

async function cloned({ call, finished }: Running, body: object = ends): Promise<Run> {
  const { job_id } = await call<Submitted>("POST", "/api/clone", body);
  return finished<Run>(job_id);
}

interface Objects {
  readonly total: number;
  readonly counts: readonly { state: string; kind: string; objects: number }[];
  readonly objects: readonly Record<string, unknown>[];
}

const names = ({ objects }: Objects) =>
  objects.map(({ object, state }) => `${String(object)} ${String(state)}`);

describe("the objects of a run", () => {
  it("has every object with what became of it and why, also those that nothing was done to", async () => {
    const server = await running();
    await server.sql(...SHOP);
    await cloned(server);
    await server.sql("INSERT INTO shop.bronze.orders VALUES (4, 'alan', 1.00)");
    const { job_id } = await cloned(server, { ...ends, load_type: "SELECTIVE" });
    const path = `/api/clone/${job_id}/objects`;
    const all = await server.call<Objects>("GET", path);
    expect(names(all)).toEqual([
      "shop_copy.bronze.orders succeeded",
      "shop_copy.bronze.customers kept",
      "shop_copy.gold.big_spenders kept",
      "shop_copy.gold.shout kept",
      "shop_copy.gold.spend kept",
    ]);
    expect(all.objects[0]).toMatchObject({
      kind: "table",
      operation: "clone_table",
      reason: "version_drift",
      source_version: "2",
      cloned_version: "1",
      format: "DELTA",
      error: null,
    });
    const part = await server.call<Objects>(
      "GET",
      `${path}?state=kept&kind=table&sort=object&descending=true&limit=1`,
    );
    expect(part).toMatchObject({ total: 2, counts: all.counts });
    expect(names(part)).toEqual(["shop_copy.gold.spend kept"]);
    expect(names(await server.call<Objects>("GET", `${path}?q=ORDERS`))).toHaveLength(1);
    expect(await server.call("GET", `${path}?q=%25&colour=red`)).toMatchObject({ status: 422 });
    expect((await server.call<Objects>("GET", `${path}?q=%25`)).total).toBe(0);
  });

  it("tells of one object what was done around it and sent for it", async () => {
    const server = await running();
    await server.sql(...SHOP, "GRANT SELECT ON TABLE shop.bronze.orders TO reader");
    const { job_id } = await cloned(server);
    const path = `/api/clone/${job_id}/object?object=shop_copy.bronze.orders`;
    const found = await server.call<{
      objects: { operation: string; statement_id: string | null }[];
      statements: string[];
    }>("GET", path);
    expect(found.objects.map(({ operation }) => operation)).toContain("clone_table");
    expect(found.objects.length).toBeGreaterThan(1);
    expect(found.statements).toHaveLength(1);
    expect(found.statements[0]).toMatch(/^CREATE.*orders.*DEEP CLONE/u);
    const [table] = found.objects;
    expect(table).toMatchObject({ operation: "clone_table", statement_id: expect.any(String) });
    const sent = await server.call<{ total: number; statements: object[] }>(
      "GET",
      `/api/clone/${job_id}/statements?q=bronze.orders`,
    );
    expect(sent).toMatchObject({
      total: 1,
      statements: [
        { object: "shop_copy.bronze.orders", state: "succeeded", statement_id: table?.statement_id },
      ],
    });
    expect(await server.call("GET", `/api/clone/${job_id}/object?object=none`)).toMatchObject({
      status: 404,
    });
  });
});

describe("the other parts of a run", () => {
  it("are small, and say when what was done", async () => {
    const server = await running();
    await server.sql(...SHOP);
    const { job_id, logs } = await cloned(server);
    const standing = await server.call<Run & { last_event: number }>("GET", `/api/clone/${job_id}/standing`);
    expect(standing).toMatchObject({ job_id, status: "completed", log_lines: logs.length, standing: [] });
    expect(standing).not.toHaveProperty("logs");
    const events = await (
      await fetch(`${server.url}/api/clone/${job_id}/events?after=${standing.last_event}`)
    ).text();
    expect(events).not.toContain("id: ");

    const lines = await server.call<{ total: number; lines: { line: string }[] }>(
      "GET",
      `/api/clone/${job_id}/lines?offset=1&limit=2`,
    );
    expect(lines.total).toBe(logs.length);
    expect(lines.lines.map(({ line }) => line)).toEqual(logs.slice(1, 3));
    const clones = await server.call<{ total: number }>("GET", `/api/clone/${job_id}/statements`);
    expect(clones.total).toBe(3);

    const timeline = await server.call<{
      steps: { object: string }[];
      phases: { phase: string }[];
      parallel: number[];
    }>("GET", `/api/clone/${job_id}/timeline`);
    expect(timeline.phases.map(({ phase }) => phase)).toEqual([
      "inspecting",
      "planning",
      "executing",
      "summarizing",
    ]);
    expect(timeline.steps.map(({ object }) => object)).toContain("shop_copy.gold.spend");
    expect(Math.max(...timeline.parallel)).toBeGreaterThan(0);
  });

  it("are found again when the run's list is filtered", async () => {
    const server = await running();
    await server.sql(...SHOP);
    const first = await cloned(server);
    await server.sql("INSERT INTO shop_copy.bronze.orders VALUES (9, 'eve', 1.00)");
    const second = await cloned(server);
    const ids = async (query: string) =>
      (await server.call<RunListItem[]>("GET", `/api/clone/jobs?${query}`)).map(({ job_id }) => job_id);
    expect(await ids("")).toEqual([second.job_id, first.job_id]);
    expect(await ids("status=partial")).toEqual([second.job_id]);
    expect(await ids("status=failed")).toEqual([]);
    expect(await ids("status=completed&q=SHOP_c&load=FULL")).toEqual([first.job_id]);
    expect(await ids("load=SELECTIVE")).toEqual([]);
    expect(await ids(`before=${second.job_id}`)).toEqual([first.job_id]);
    expect(await ids("q=%25")).toEqual([]);
  });
});

describe("GET /api/clone/{id}/report", () => {
  it.each([
    ["html", "text/html", "<!doctype html>"],
    ["md", "text/markdown", "# shop → shop\\_copy: SUCCESS"],
    ["json", "application/json", "{"],
  ])("is a file: %s", async (format, type, beginning) => {
    const server = await running();
    await server.sql(...SHOP);
    const { job_id, result } = await cloned(server);
    const answer = await fetch(`${server.url}/api/clone/${job_id}/report?format=${format}`);
    expect(answer.headers.get("content-type")).toContain(type);
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="clone-xs-${job_id}.${format}"`,
    );
    const text = await answer.text();
    expect(text.startsWith(beginning)).toBe(true);
    if (format === "json") expect(JSON.parse(text)).toEqual(result);
  });
});

describe("POST /api/clone/{id}/verify", () => {
  it("compares the copies, keeps what came of it, and finds what differs", async () => {
    const server = await running();
    await server.sql(...SHOP);
    const { job_id } = await cloned(server);
    const path = `/api/clone/${job_id}/verify`;
    expect(await server.call("GET", path)).toMatchObject({ state: "none", targets: [] });
    const ended = async () => {
      expect(await server.call("POST", path)).toMatchObject({ state: "running" });
      return until(() => server.call<RunVerification>("GET", path));
    };
    expect(await ended()).toMatchObject({
      state: "done",
      done: 5,
      total: 5,
      targets: [{ target: null, verification: { matched: 5, differing: 0 } }],
    });
    await server.sql("INSERT INTO shop_copy.bronze.orders VALUES (9, 'eve', 1.00)");
    const after = await ended();
    expect(after.targets[0]?.verification).toMatchObject({ differing: 1 });
    const again = await server.again();
    expect(await again.call("GET", path)).toEqual(after);
  });

  it("is given up, and refused where there is nothing to compare", async () => {
    const server = await running();
    await server.sql(...SHOP);
    const dry = await cloned(server, { ...ends, dry_run: true });
    expect(await server.call("POST", `/api/clone/${dry.job_id}/verify`)).toMatchObject({ status: 400 });
    const { job_id } = await cloned(server);
    server.chaos.add({ on: { kind: "select" }, fault: { kind: "delay", ms: 60_000 } });
    await server.call("POST", `/api/clone/${job_id}/verify`);
    expect(await server.call("DELETE", `/api/clone/${job_id}/verify`)).toMatchObject({ state: "cancelled" });
    expect(await server.call("POST", `/api/clone/${job_id}/verify`, { rows: "some" })).toMatchObject({
      status: 422,
    });
  });
});

async function until(look: () => Promise<RunVerification>): Promise<RunVerification> {
  for (;;) {
    const seen = await look();
    if (seen.state !== "running") return seen;
  }
}
