import { expect, it, vi } from "vitest";
import type { RunListItem, Schedule, ScheduleDetail, Schedules } from "../src/contract/index.ts";
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
