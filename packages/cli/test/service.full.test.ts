import { afterAll, beforeAll, expect, test } from "vitest";
import { buildOnce, openShell, type Running, succeed } from "./harness.ts";

const TABLES = 120;
const shell = openShell();
let serving: Running;
let url: string;
let before: string;
let copies = 0;

async function serve(): Promise<void> {
  serving = shell.start("serve", "--embedded", "--port", "0", "--output", "json", "--log-format", "json");
  ({ url } = JSON.parse(await serving.firstLine) as { url: string });
}

beforeAll(async () => {
  buildOnce();
  await serve();
  const tables = Array.from({ length: TABLES }, (_, n) => `CREATE TABLE prod.s.t${n} AS SELECT 1 AS id;`);
  const input = `CREATE CATALOG prod; CREATE SCHEMA prod.s; ${tables.join("\n")}
GRANT USE CATALOG, SELECT ON CATALOG prod TO writer;
GRANT MODIFY ON SCHEMA prod.s TO etl_team;`;
  await succeed(shell.runWith({ input }, "sql"));
  before = await grants();
}, 300_000);
afterAll(async () => {
  serving.child.kill("SIGTERM");
  await serving.ended;
  shell.remove();
});

async function grants(): Promise<string> {
  const query =
    "SELECT schema_name, grantee, privilege_type FROM prod.information_schema.schema_privileges WHERE inherited_from = 'NONE' ORDER BY 1, 2, 3";
  return JSON.stringify(((await shell.json("sql", query)) as { rows: unknown }).rows);
}

interface Run {
  readonly status: string;
  readonly logs: readonly string[];
}

const run = async (id: string) => (await (await fetch(`${url}/api/clone/${id}`)).json()) as Run;

/** A quiesced run of the server that copies its first table, and everything that its watcher is sent. */
async function copyingRun(): Promise<{ readonly id: string; readonly sent: Promise<string> }> {
  copies += 1;
  const body = JSON.stringify({
    source_catalog: "prod",
    destination_catalog: `copy${copies}`,
    quiesce_source: true,
    max_parallel_queries: 1,
  });
  const answer = await fetch(`${url}/api/clone`, { method: "POST", body });
  const { job_id: id } = (await answer.json()) as { job_id: string };
  const { body: stream } = await fetch(`${url}/api/clone/${id}/events`);
  const reader = stream?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const next = async () => {
    const { value = "", done = true } = (await reader?.read()) ?? {};
    text += value;
    return !done;
  };
  while (!text.includes(" DEEP CLONE ")) if (!(await next())) throw new Error(`ended too soon: ${text}`);
  const rest = async () => {
    while (await next());
    return text;
  };
  return { id, sent: rest().catch(() => text) };
}

const logged = (stderr: string) =>
  stderr
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("SIGTERM cancels what runs, gives back what it revoked, and lets the next server begin clean", async () => {
  const { id, sent } = await copyingRun();
  serving.child.kill("SIGTERM");
  const { code, stderr } = await serving.ended;
  expect(code).toBe(0);
  expect(await sent).toContain("event: run");
  expect(logged(stderr)).toContainEqual(
    expect.objectContaining({ level: "info", run: id, status: "cancelled" }),
  );
  await serve();
  expect(await grants()).toBe(before);
  const { status, logs } = await run(id);
  expect(status).toBe("cancelled");
  expect(logs).toContain("The server is stopping: the run is cancelled.");
  expect(logs).toContain("Quiesce restore complete: 1 principal/schema grant(s) re-applied.");
  expect(await shell.json("unlock")).toMatchObject({ released: [], left: [] });
});

test("a second signal ends it at once, and the next server gives back what was left", async () => {
  await copyingRun();
  const stopping = new Promise<void>((resolve) => {
    serving.child.stderr?.on("data", (data: Buffer) => data.includes("Stopping") && resolve());
  });
  serving.child.kill("SIGTERM");
  await stopping;
  serving.child.kill("SIGTERM");
  const { code } = await serving.ended;
  expect(code).toBe(130);
  await serve();
  await expect.poll(grants, { timeout: 60_000, interval: 500 }).toBe(before);
});

test("killed in mid-run, the next server goes on with the run under its id, and completes it", async () => {
  const { id } = await copyingRun();
  serving.child.kill("SIGKILL");
  await serving.ended;
  await serve();
  await (await fetch(`${url}/api/clone/${id}/events`)).text();
  const { status, logs } = await run(id);
  expect(status).toBe("completed");
  expect(logs.filter((line) => line.startsWith(`Going on with run ${id}`))).toHaveLength(1);
  expect(await grants()).toBe(before);
});

/** A quiesced clone of the command line, when it copies; its id. */
async function copyingCommand(dest: string): Promise<{ readonly clone: Running; readonly id: string }> {
  const clone = shell.start(
    "clone",
    "--source",
    "prod",
    "--dest",
    dest,
    "--quiesce-source",
    "--max-parallel",
    "1",
  );
  await new Promise<void>((resolve, reject) => {
    let seen = "";
    clone.child.stderr?.on("data", (data: Buffer) => {
      seen += data.toString();
      if (seen.includes(" DEEP CLONE ")) resolve();
    });
    void clone.ended.then(({ stderr }) => reject(new Error(`ended before it copied: ${stderr}`)));
  });
  const runs = (await shell.json("runs", "list", "--status", "running")) as { job_id: string }[];
  return { clone, id: runs[0]?.job_id ?? "" };
}

test.each([
  ["clxs runs cancel", async (id: string) => void (await succeed(shell.run("runs", "cancel", id)))],
  [
    "the API",
    async (id: string) => {
      const answer = await fetch(`${url}/api/clone/${id}`, { method: "DELETE" });
      expect(await answer.json()).toMatchObject({
        status: "cancelled",
        restored: ["Quiesce restore complete: 1 principal/schema grant(s) re-applied."],
      });
    },
  ],
])(
  "%s cancels a run of the command line in another process, which gives back and exits 130",
  async (by, cancel) => {
    const { clone, id } = await copyingCommand(by === "the API" ? "cli_a" : "cli_b");
    await cancel(id);
    expect((await clone.ended).code).toBe(130);
    expect((await run(id)).status).toBe("cancelled");
    expect(await grants()).toBe(before);
    const again = await shell.run("runs", "cancel", id);
    expect(again).toMatchObject({ code: 0, stdout: `Nothing to cancel: run ${id} is already cancelled.\n` });
  },
);

test("clxs runs cancel cancels a run of the server, and says what it cannot do", async () => {
  const { id } = await copyingRun();
  const { stdout } = await succeed(shell.run("runs", "cancel", id, "--output", "json"));
  expect(JSON.parse(stdout)).toEqual({ job_id: id, status: "cancelled", error: null });
  expect(await shell.run("runs", "cancel", "00000000")).toMatchObject({ code: 2 });
});
