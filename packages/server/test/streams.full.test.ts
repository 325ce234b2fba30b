import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DEFAULT_SETTINGS, type StreamPlan, type StreamRecord } from "@clone-xs/clone";
import { WorkspaceError } from "@clone-xs/unity";
import { describe, expect, test } from "vitest";
import type { Problem } from "../src/contract/index.ts";
import { textLog } from "../src/service/log.ts";
import { temporaryDirectory } from "./fixtures.ts";
import { type Running, running } from "./running.ts";

const STREAMS = "/api/continuous-sync";

const SENSORS = [
  "CREATE CATALOG lab",
  "CREATE SCHEMA lab.bronze",
  `CREATE TABLE lab.bronze.events (id BIGINT NOT NULL, note STRING, CONSTRAINT pk PRIMARY KEY (id))
   TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`,
  "INSERT INTO lab.bronze.events VALUES (1, 'one'), (2, 'two')",
  "CREATE TABLE lab.bronze.quiet (id BIGINT NOT NULL, CONSTRAINT pk2 PRIMARY KEY (id))",
];

const request = {
  source_catalog: "lab",
  destination_catalog: "copy",
  tables: ["bronze.events"],
  trigger_ms: 100,
};

async function lab(more: Parameters<typeof running>[0] = {}): Promise<Running> {
  const server = await running(more);
  await server.sql(...SENSORS);
  return server;
}

async function start(server: Running, body: object = request): Promise<StreamRecord> {
  return server.call<StreamRecord>("POST", `${STREAMS}/start`, body);
}

const problemOf = (server: Running, path: string, body?: unknown) =>
  server.call<Problem>("POST", `${STREAMS}${path}`, body);

async function untilRunning(server: Running): Promise<StreamRecord> {
  await expect
    .poll(
      async () => (await server.call<StreamRecord[]>("GET", `${STREAMS}/streams?refresh=true`))[0]?.status,
    )
    .toBe("running");
  const [stream] = await server.call<StreamRecord[]>("GET", `${STREAMS}/streams?refresh=true`);
  if (stream === undefined) throw new Error("there is no stream");
  return stream;
}

async function untilSame(server: Running, destination = "copy"): Promise<void> {
  const rows = (catalog: string) => server.sql(`SELECT * FROM ${catalog}.bronze.events ORDER BY id, note`);
  await expect.poll(() => rows(destination), { timeout: 20_000 }).toEqual(await rows("lab"));
}

describe("a stream over the API", () => {
  test("starts, brings changes to its copy, goes on after a restart by another run, and stops", async () => {
    const server = await lab();
    const started = await start(server);
    expect(started).toMatchObject({
      stream_id: expect.stringMatching(/^sync-[0-9a-f]{10}$/u) as string,
      source_catalog: "lab",
      destination_catalog: "copy",
      tables: ["bronze.events"],
      trigger_ms: 100,
      run_name: `clxs-continuous-sync-${started.stream_id}`,
      error: null,
    });
    await untilRunning(server);
    await server.sql(
      "INSERT INTO lab.bronze.events VALUES (3, 'three'), (2, 'again')",
      "UPDATE lab.bronze.events SET note = 'ONE' WHERE id = 1",
    );
    await untilSame(server);
    expect((await untilRunning(server)).progress["bronze.events"]).toMatchObject({
      lag_seconds: 0,
      error: null,
    });

    const restarted = await server.call<StreamRecord>(
      "POST",
      `${STREAMS}/streams/${started.stream_id}/restart`,
    );
    expect(restarted.stream_id).toBe(started.stream_id);
    expect(restarted.run_id).not.toBe(started.run_id);
    await server.sql("DELETE FROM lab.bronze.events WHERE id = 3");
    await untilSame(server);

    const stopped = await server.call<StreamRecord>("POST", `${STREAMS}/streams/${started.stream_id}/stop`);
    expect(stopped).toMatchObject({ status: "stopped", run_id: restarted.run_id });
    expect(await server.call("GET", `${STREAMS}/streams/${started.stream_id}`)).toMatchObject({
      status: "stopped",
    });
    await start(server);
    // Without being asked to look at it.
    await expect
      .poll(async () => (await server.call<StreamRecord[]>("GET", `${STREAMS}/streams`))[0]?.status)
      .toBe("running");
  });

  test("pitfall 19: is found again by a server that knows nothing of it, without being asked to look", async () => {
    const [storeDirectory, lines] = [temporaryDirectory(), [] as string[]];
    const server = await lab({ storeDirectory });
    const started = await start(server);
    expect(await start(server)).toMatchObject({ run_id: started.run_id });
    await untilRunning(server);
    await server.close();
    for (const suffix of ["", "-wal", "-shm"])
      rmSync(join(storeDirectory, `runs.db${suffix}`), { force: true });
    const again = await server.again({ log: textLog((line) => lines.push(line)) });
    expect(await again.call("GET", `${STREAMS}/streams`)).toMatchObject([
      { stream_id: started.stream_id, run_id: started.run_id, status: "running", tables: ["bronze.events"] },
    ]);
    expect(lines).toContain(`discover_existing_streams: found 1 stream: ${started.stream_id} running.`);
    await again.call("POST", `${STREAMS}/streams/${started.stream_id}/stop`);
  });

  test("is looked after: what becomes of its run is noticed, also by a server that could not reach the workspace at first", async () => {
    const lines: string[] = [];
    const server = await lab();
    const { run_id, stream_id } = await start(server);
    const { workspace } = server;
    await server.close();
    let reachable = false;
    const again = await server.again({
      storeDirectory: temporaryDirectory(),
      connect: () =>
        reachable
          ? Promise.resolve(workspace)
          : Promise.reject(new WorkspaceError("UNAVAILABLE", "The workspace cannot be reached.")),
      clock: { now: Date.now, sleep: (_ms, signal) => sleep(20, undefined, signal ? { signal } : {}) },
      log: textLog((line) => lines.push(line)),
    });
    await expect
      .poll(() => lines)
      .toContain("discover_existing_streams: not possible yet: The workspace cannot be reached.");
    reachable = true;
    await expect
      .poll(() => lines)
      .toContain(`discover_existing_streams: found 1 stream: ${stream_id} running.`);
    await workspace.jobs.cancel(run_id);
    await expect
      .poll(async () => (await again.call<StreamRecord[]>("GET", `${STREAMS}/streams`))[0]?.status)
      .toBe("stopped");
  });

  test("is refused with the statement that would help, and its plan says so before", async () => {
    const server = await lab();
    const body = { ...request, tables: ["bronze.quiet", "bronze.events"] };
    const plan = await server.call<StreamPlan>("POST", `${STREAMS}/plan`, body);
    expect(plan.without_change_feed).toEqual([
      { table: "bronze.quiet", alter: expect.stringContaining("delta.enableChangeDataFeed") as string },
    ]);
    expect(plan.cost.usd_per_day).toBeGreaterThan(0);
    const refused = await problemOf(server, "/start", body);
    expect(refused).toMatchObject({ status: 422, code: "STREAM_REFUSED" });
    expect(refused.detail).toContain("ALTER TABLE `lab`.`bronze`.`quiet` SET TBLPROPERTIES");
    expect(await server.call("GET", `${STREAMS}/streams?refresh=true`)).toEqual([]);
  });
});

describe("what is asked of the API", () => {
  test("names what it cannot use, and the nearest that it knows", async () => {
    const server = await running();
    expect(
      await problemOf(server, "/start", { source_catalog: "a", destination_catalog: "b" }),
    ).toMatchObject({ status: 400, detail: expect.stringContaining("schema.table") as string });
    expect(await problemOf(server, "/start", { ...request, trigger: 5 })).toMatchObject({
      status: 422,
      errors: [{ path: "trigger", suggestion: "trigger_ms" }],
    });
    expect(await problemOf(server, "/plan", { ...request, source_catalog: "nowhere" })).toMatchObject({
      status: 404,
    });
    for (const what of ["stop", "restart"])
      expect(await problemOf(server, `/streams/sync-0123456789/${what}`)).toMatchObject({ status: 404 });
    expect(await server.call("GET", `${STREAMS}/streams/sync-0123456789`)).toMatchObject({ status: 404 });
    expect(await server.call("GET", `${STREAMS}/streams?refrsh=true`)).toMatchObject({ status: 422 });
  });

  test("is JSON whatever its type says", async () => {
    const server = await lab();
    const answer = await fetch(`${server.url}${STREAMS}/plan`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: JSON.stringify(request),
    });
    expect(await answer.json()).toMatchObject({ problems: [], tables: [{ method: "merge", keys: ["id"] }] });
  });

  test("a protected catalog is not written", async () => {
    const server = await lab({ settings: { ...DEFAULT_SETTINGS, protectedCatalogs: ["copy"] } });
    expect(await problemOf(server, "/start", request)).toMatchObject({ code: "PROTECTED_CATALOG" });
  });
});
