import { rmSync } from "node:fs";
import { join } from "node:path";
import type { StreamPlan, StreamRecord } from "@clone-xs/clone";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildOnce, cell, openShell, type Running, succeed } from "./harness.ts";

const shell = openShell();
let serving: Running | undefined;
let url = "";

beforeAll(() => buildOnce());
afterAll(async () => {
  serving?.child.kill("SIGKILL");
  await serving?.ended;
  shell.remove();
});

/** Workspace, API and streams in one process. */
async function serve(): Promise<void> {
  serving = shell.start("serve", "--embedded", "--port", "0", "--output", "json");
  ({ url } = JSON.parse(await serving.firstLine) as { url: string });
}

async function kill(): Promise<void> {
  serving?.child.kill("SIGKILL");
  await serving?.ended;
}

const sql = (statement: string) => succeed(shell.run("sql", statement));
const ASKED = ["--source", "lab", "--dest", "live", "--tables", "bronze.events", "--trigger-ms", "200"];
const streams = (...args: readonly string[]) => shell.json("streams", ...args);
const untilSame = async () => {
  const count = () => cell(shell, "SELECT count(*) FROM live.bronze.events");
  const wanted = await cell(shell, "SELECT count(*) FROM lab.bronze.events");
  await expect.poll(count, { timeout: 30_000 }).toBe(wanted);
};

test("a table without a change feed is named with the statement that adds one, and nothing is started", async () => {
  await sql("CREATE CATALOG lab");
  await sql("CREATE SCHEMA lab.bronze");
  await sql(
    "CREATE TABLE lab.bronze.events (id BIGINT NOT NULL, note STRING, CONSTRAINT pk PRIMARY KEY (id))",
  );
  const planned = await shell.run("streams", "plan", ...ASKED, "--output", "json");
  expect(planned.code).toBe(3);
  const plan = JSON.parse(planned.stdout) as StreamPlan;
  const [missing] = plan.without_change_feed;
  expect(missing?.table).toBe("bronze.events");
  const refused = await shell.run("streams", "start", ...ASKED);
  expect(refused).toMatchObject({
    code: 3,
    stderr: expect.stringContaining(missing?.alter ?? "?") as string,
  });
  await sql(missing?.alter ?? "");
  expect((await shell.run("streams", "plan", ...ASKED)).stdout).toMatch(/Cost: about .* USD a day/u);
});

test("what cannot be asked for is told by its flag", async () => {
  const nothing = await shell.run("streams", "start", "--source", "lab", "--dest", "live");
  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining("--tables: ") as string });
  expect((await shell.run("streams", "show", "sync-0123456789")).code).toBe(2);
  expect((await shell.run("streams", "stop", "sync-0123456789")).code).toBe(2);
  expect((await shell.run("streams")).stdout).toBe("No streams.\n");
});

test("a stream outlives the process that serves it, under the same run, and is known to the next one", async () => {
  await serve();
  const started = (await streams("start", ...ASKED)) as StreamRecord;
  await sql("INSERT INTO lab.bronze.events VALUES (1, 'one'), (2, 'two')");
  await untilSame();
  await kill();
  for (const suffix of ["", "-wal", "-shm"]) rmSync(join(shell.home, `runs.db${suffix}`), { force: true });
  await serve();
  const listed = (await (await fetch(`${url}/api/continuous-sync/streams`)).json()) as StreamRecord[];
  expect(listed).toMatchObject([
    { stream_id: started.stream_id, run_id: started.run_id, status: "running", attempt: 0 },
  ]);
  await sql("INSERT INTO lab.bronze.events VALUES (2, 'repeated'), (3, 'three')");
  await untilSame();
  const page = await (await fetch(`${listed[0]?.run_page_url}`)).text();
  expect(page).toContain(started.run_name);
  const shown = (await streams("show", started.stream_id)) as StreamRecord;
  expect(shown.progress["bronze.events"]).toMatchObject({ method: "merge", lag_seconds: 0 });
});

test("it is begun anew by another run, listed, and stopped", async () => {
  const [before] = (await streams("list")) as [StreamRecord];
  const restarted = (await streams("restart", before.stream_id)) as StreamRecord;
  expect(restarted.stream_id).toBe(before.stream_id);
  expect(restarted.run_id).not.toBe(before.run_id);
  expect((await shell.run("streams", "list", "--refresh")).stdout).toContain(before.stream_id);
  const stopped = await shell.run("streams", "stop", before.stream_id);
  expect(stopped).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`Stream ${before.stream_id} is stopped: lab → live`) as string,
  });
  await kill();
});

test("where nothing serves the workspace, it is said that the stream runs only while it is open", async () => {
  const { stderr, code } = await shell.run("streams", "start", ...ASKED);
  expect(code).toBe(0);
  expect(stderr).toContain("clxs workspace serve");
});
