import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WorkspaceError } from "@clone-xs/unity";
import { expect, it, onTestFinished, vi } from "vitest";
import type { RunListItem, Schedule, ScheduleDetail, Schedules } from "../src/contract/index.ts";
import { temporaryDirectory } from "./fixtures.ts";
import { running, type Running, SHOP } from "./running.ts";

const NIGHTLY = {
  name: "nightly",
  cron: "0 2 * * *",
  time_zone: "Europe/Berlin",
  request: { source_catalog: "shop", destination_catalog: "shop_copy" },
};

/** The schedule once the last of its firings is over. */
async function settled({ call }: Running, id: string): Promise<ScheduleDetail> {
  return vi.waitUntil(
    async () => {
      const found = await call<ScheduleDetail>("GET", `/api/schedules/${id}`);
      return found.last?.completed_at ? found : undefined;
    },
    { timeout: 20_000 },
  ) as Promise<ScheduleDetail>;
}

it("starts a real clone when asked, then sees no drift, then drift, and verifies", async () => {
  const server = await running();
  await server.sql(...SHOP);
  const { id } = await server.call<Schedule>("POST", "/api/schedules", NIGHTLY);
  const { job_id } = await server.call<{ job_id: string }>("POST", `/api/schedules/${id}/run`);
  const cloned = await settled(server, id);
  expect(cloned.last).toMatchObject({ state: "completed", job_id, scheduled_for: null });
  expect(await server.sql("SELECT count(*) FROM shop_copy.bronze.orders")).toEqual([["3"]]);
  const run = await server.call<RunListItem>("GET", `/api/clone/${job_id}`);
  expect(run).toMatchObject({ status: "completed", schedule: { id, name: "nightly", kind: "clone" } });

  const check = await server.call<Schedule>("POST", "/api/schedules", {
    ...NIGHTLY,
    name: "look",
    kind: "drift_check",
  });
  await server.call("POST", `/api/schedules/${check.id}/run`);
  expect((await settled(server, check.id)).last).toMatchObject({ state: "completed", drifted: 0 });
  await server.sql("INSERT INTO shop.bronze.orders VALUES (4, 'ada', 1.00)");
  await server.call("POST", `/api/schedules/look/run`);
  const drifted = await settled(server, check.id);
  expect(drifted.last).toMatchObject({ state: "completed", drifted: 1 });
  expect(await server.sql("SELECT count(*) FROM shop_copy.bronze.orders")).toEqual([["3"]]);

  const verify = await server.call<Schedule>("POST", "/api/schedules", {
    ...NIGHTLY,
    name: "proof",
    kind: "verify",
  });
  await server.call("POST", `/api/schedules/${verify.id}/run`);
  const proved = await settled(server, verify.id);
  expect(proved.last).toMatchObject({ state: "completed", note: null });
  const proof = await server.call<{ summary: { validation: { differing: number; matched: number } } }>(
    "GET",
    `/api/clone/${proved.last?.job_id}`,
  );
  expect(proof.summary.validation.differing).toBe(0);
  expect(proof.summary.validation.matched).toBeGreaterThan(2);
  await server.sql("DELETE FROM shop_copy.bronze.customers");
  await server.call("POST", `/api/schedules/${verify.id}/run`);
  const refuted = await settled(server, verify.id);
  expect(refuted.last).toMatchObject({ state: "failed" });

  const list = await server.call<Schedules>("GET", "/api/schedules");
  expect(list.schedules.map(({ name, recent }) => [name, recent.length])).toEqual([
    ["look", 2],
    ["nightly", 1],
    ["proof", 2],
  ]);
});

it("says what is wrong with a schedule, field by field", async () => {
  const server = await running();
  const problem = async (method: string, path: string, body: object) => {
    const answer = await server.call<{ status?: number; errors?: { path: string; message: string }[] }>(
      method,
      path,
      body,
    );
    return { status: answer.status, paths: answer.errors?.map(({ path: at }) => at) };
  };
  const wrong = {
    ...NIGHTLY,
    name: "-",
    cron: "0 2 * *",
    time_zone: "Mars/Olympus",
    notify: { channels: ["nobody"], events: ["run_failed"] },
    request: { source_catalog: "shop", destination_catalog: "shop", clone_tipe: "DEEP" },
  };
  expect(await problem("POST", "/api/schedules", wrong)).toEqual({
    status: 422,
    paths: ["name", "cron", "time_zone", "notify.channels[0]", "request.clone_tipe"],
  });
  expect(await problem("POST", "/api/schedules", { ...NIGHTLY, kron: 1 })).toEqual({
    status: 422,
    paths: ["kron"],
  });
  expect(await problem("POST", "/api/schedules/preview", { cron: "99 * * * *" })).toEqual({
    status: 422,
    paths: ["cron"],
  });
  const inline = {
    ...NIGHTLY,
    request: {
      ...NIGHTLY.request,
      target_workspace: {
        host: "https://a.cloud.databricks.com",
        auth_method: "pat",
        token: "dapi-planted",
        warehouse_id: "0123456789abcdef",
      },
    },
  };
  expect(await problem("POST", "/api/schedules", inline)).toEqual({
    status: 422,
    paths: ["request.target_workspace"],
  });
  const { id } = await server.call<Schedule>("POST", "/api/schedules", NIGHTLY);
  expect(await problem("POST", "/api/schedules", { ...NIGHTLY, name: "NIGHTLY" })).toMatchObject({
    status: 409,
  });
  expect(await problem("PATCH", `/api/schedules/${id}`, { retries: { max: 9, backoff_seconds: 1 } })).toEqual(
    {
      status: 422,
      paths: ["retries.max"],
    },
  );
  const paused = await server.call<Schedule>("PATCH", `/api/schedules/${id}`, { enabled: false });
  expect(paused).toMatchObject({ ...NIGHTLY, enabled: false, next_run_at: null, next_runs: [] });
  expect(await server.call("DELETE", `/api/schedules/${id}`)).toMatchObject({ id, name: "nightly" });
  expect(await server.call("GET", `/api/schedules/${id}`)).toMatchObject({ status: 404 });
});

it("fires at its time on one of two servers, and makes up for what an outage missed", async () => {
  const world = { offset: 0 };
  const clock = {
    now: () => Date.now() + world.offset,
    sleep: (ms: number, signal?: AbortSignal) =>
      sleep(Math.min(ms, 100), undefined, { ref: false, ...(signal ? { signal } : {}) }),
  };
  const told: { event: string; run: { schedule: string } | null }[] = [];
  const there = createServer((request, answer) => {
    request.setEncoding("utf8").on("data", (text: string) => told.push(JSON.parse(text)));
    request.on("end", () => answer.writeHead(200).end());
  });
  await new Promise<void>((ready) => there.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void there.close());

  const alive = () => true;
  const first = await running({ clock, process: { pid: 1_000_001, isAlive: alive } });
  const second = await first.again({ clock, process: { pid: 1_000_002, isAlive: alive } });
  await first.sql(...SHOP);
  const { port } = there.address() as AddressInfo;
  await first.call("POST", "/api/notifications", {
    name: "night",
    kind: "webhook",
    url: `http://127.0.0.1:${port}/`,
    events: [],
  });
  const { id, next_run_at } = await first.call<Schedule>("POST", "/api/schedules", {
    ...NIGHTLY,
    cron: "0 * * * *",
    notify: { channels: ["night"], events: ["run_completed", "schedule_missed"] },
  });
  world.offset += Date.parse(next_run_at ?? "") - clock.now();
  const kept = await settled(second, id);
  expect(kept.history).toMatchObject([
    { state: "completed", scheduled_for: next_run_at, missed: 0, note: null },
  ]);
  const runs = await first.call<RunListItem[]>("GET", "/api/clone/jobs");
  expect(runs.map(({ job_id }) => job_id)).toEqual([kept.last?.job_id]);

  await Promise.all([first.close(), second.close()]);
  world.offset += 5.5 * 3_600_000;
  const third = await first.again({ clock, process: { pid: 1_000_003, isAlive: () => false } });
  await vi.waitUntil(async () => (await settled(third, id)).history.length > 1, { timeout: 20_000 });
  const made = await settled(third, id);
  expect(made.history).toHaveLength(2);
  expect(made.last).toMatchObject({ state: "completed", note: "Made up for: no server ran at that time." });
  expect(made.last?.missed).toBe(5);
  await vi.waitUntil(() => told.length === 3, { timeout: 20_000 });
  expect(told.map(({ event }) => event).toSorted()).toEqual([
    "run_completed",
    "run_completed",
    "schedule_missed",
  ]);
});

it("goes on with a run that failed for a passing reason as often as the schedule says", async () => {
  const server = await running();
  await server.sql(...SHOP);
  let asked = 0;
  const again = await server.again({
    storeDirectory: temporaryDirectory(),
    connect: () =>
      asked++ === 0
        ? Promise.reject(new WorkspaceError("UNAVAILABLE", "Nobody answers.", { retryable: true }))
        : Promise.resolve(server.workspace),
  });
  const { id } = await again.call<Schedule>("POST", "/api/schedules", {
    ...NIGHTLY,
    retries: { max: 1, backoff_seconds: 1 },
  });
  asked = 0;
  await again.call("POST", `/api/schedules/${id}/run`);
  const { last } = await settled(again, id);
  expect(last).toMatchObject({ state: "completed" });
});
