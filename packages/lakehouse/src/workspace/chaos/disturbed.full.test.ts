import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestLakehouse } from "../../testing/test-lakehouse.ts";
import { realisticLatency } from "../latency.ts";
import type { Lakehouse } from "../lakehouse.ts";

/** A clock that sleeping moves. */
const clock = { time: Date.UTC(2026, 10, 22), slept: 0 };

let lakehouse: Lakehouse;
beforeAll(async () => {
  lakehouse = await openTestLakehouse({
    now: () => clock.time,
    async sleep(ms) {
      clock.time += ms;
      clock.slept += ms;
    },
    latency: { ...realisticLatency, call: 10 },
    random: () => 0,
  });
});
afterAll(() => lakehouse.close());
beforeEach(() => {
  lakehouse.chaos.clear();
  clock.slept = 0;
});

const run = (text: string, kind: "select" | "create" = "create") =>
  lakehouse.connect().statements.execute({ text, kind, effect: kind === "select" ? "read" : "write" });
const table = (name: string) => lakehouse.connect().unity.table({ catalog: "main", schema: "default", name });

describe("the latency model", () => {
  test("lets each kind of statement and call take its time, on the clock that was given", async () => {
    await run("CREATE TABLE main.default.slow AS SELECT 1 AS x");
    expect(clock.slept).toBe(310);
    clock.slept = 0;
    await run("CREATE TABLE main.default.slow_copy DEEP CLONE main.default.slow");
    expect(clock.slept).toBe(2010);
    clock.slept = 0;
    await run("SELECT * FROM main.default.slow", "select");
    await table("slow");
    expect(clock.slept).toBe(50 + 10 + 10);
  });
});

describe("a fault", () => {
  test("meets the calls of sharing under the paths that they have over HTTP", async () => {
    const { sharing } = lakehouse.connect();
    const path = "/api/2.1/unity-catalog/shares";
    lakehouse.chaos.add({ on: { call: `POST ${path}` }, fault: { kind: "lost" }, when: "after", times: 1 });
    await expect(sharing.createShare({ name: "lost" })).rejects.toMatchObject({ code: "UNKNOWN_RESULT" });
    expect(await sharing.share("lost")).toMatchObject({ name: "lost" });
    lakehouse.chaos.add({
      on: { call: `GET ${path}/lost` },
      fault: { kind: "rateLimit", retryAfterSeconds: 1 },
      times: 1,
    });
    await expect(sharing.share("lost")).rejects.toMatchObject({ code: "RATE_LIMITED", retryable: true });
    expect(await sharing.share("lost")).toMatchObject({ name: "lost" });
  });

  test("before the effect leaves nothing behind, after it everything but the answer", async () => {
    for (const when of ["before", "after"] as const) {
      lakehouse.chaos.clear();
      lakehouse.chaos.add({ on: { kind: "create" }, fault: { kind: "lost" }, when, times: 1 });
      await expect(run(`CREATE TABLE main.default.lost_${when} (x INT)`)).rejects.toMatchObject({
        code: "UNKNOWN_RESULT",
      });
    }
    expect(await table("lost_before")).toBeUndefined();
    expect(await table("lost_after")).toBeDefined();
  });

  test.for([
    [
      { kind: "error", status: 503, errorCode: "TEMPORARILY_UNAVAILABLE", message: "later" },
      "UNAVAILABLE",
      true,
    ],
    [{ kind: "rateLimit", retryAfterSeconds: 1 }, "RATE_LIMITED", true],
    [{ kind: "lost" }, "UNAVAILABLE", true],
    [{ kind: "error", status: 400, errorCode: "BAD_REQUEST", message: "no" }, "INVALID_REQUEST", false],
    [{ kind: "token", revoked: false }, "UNAUTHENTICATED", false],
  ] as const)("%j of a read is %s", async ([fault, code, retryable]) => {
    lakehouse.chaos.add({ on: { call: "GET /api/2.1/unity-catalog/tables/*" }, fault, times: 1 });
    await expect(table("slow")).rejects.toMatchObject({ code, retryable });
    expect(await table("slow")).toBeDefined();
  });

  test("ends a statement as it was asked to, without or after its effect", async () => {
    const end = (state: "FAILED" | "CANCELED" | "CLOSED", when: "before" | "after") =>
      lakehouse.chaos.add({
        on: { statement: `ended_${state}_${when}` },
        fault: {
          kind: "end",
          state,
          errorCode: "TEMPORARILY_UNAVAILABLE",
          message: "the warehouse went away",
        },
        when,
      });
    const made = async (state: string, when: string) =>
      (await table(`ended_${state}_${when}`.toLowerCase())) !== undefined;
    const create = (state: string, when: string) =>
      run(`CREATE TABLE main.default.ended_${state}_${when} (x INT)`);
    for (const when of ["before", "after"] as const) {
      end("FAILED", when);
      await expect(create("FAILED", when)).rejects.toMatchObject({
        code: "STATEMENT_FAILED",
        errorClass: "TEMPORARILY_UNAVAILABLE",
        message: "the warehouse went away",
      });
      expect(await made("FAILED", when)).toBe(when === "after");
      end("CANCELED", when);
      await expect(create("CANCELED", when)).rejects.toMatchObject({ code: "CANCELED" });
      expect(await made("CANCELED", when)).toBe(when === "after");
    }
    end("CLOSED", "after");
    expect(await create("CLOSED", "after")).toMatchObject({ resultGone: true, rows: [] });
    expect(await made("CLOSED", "after")).toBe(true);
  });

  test("hides from reads what was made a moment ago, and only then", async () => {
    await run("CREATE TABLE main.default.fresh (x INT)");
    lakehouse.chaos.add({ on: { call: "GET *" }, fault: { kind: "stale", ms: 1000 } });
    expect(await table("fresh")).toBeUndefined();
    const names = async () =>
      (await lakehouse.connect().unity.tables("main", "default")).map(({ name }) => name);
    expect(await names()).not.toContain("fresh");
    expect(await names()).toContain("slow");
    clock.time += 1000;
    expect(await table("fresh")).toBeDefined();
  });

  test("that takes the token away ends a connection for good", async () => {
    const workspace = lakehouse.connect();
    lakehouse.chaos.add({ on: { call: "GET *catalogs" }, fault: { kind: "token", revoked: true }, times: 1 });
    await expect(workspace.unity.catalogs()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(workspace.unity.metastore()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(lakehouse.connect().unity.catalogs()).resolves.toHaveLength(1);
  });
});
