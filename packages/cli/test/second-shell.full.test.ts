import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunSummary } from "@clone-xs/clone";
import { buildOnce, cell, openShell, type Running } from "./harness.ts";

const shell = openShell();
let serving: Running;
let url: string;

beforeAll(async () => {
  buildOnce();
  serving = shell.start("serve", "--embedded", "--with-demo-data", "--port", "0", "--output", "json");
  ({ url } = JSON.parse(await serving.firstLine) as { url: string });
});
afterAll(async () => {
  serving.child.kill("SIGKILL");
  await serving.ended;
  shell.remove();
});

test("a second shell reaches the workspace through the process that holds it", async () => {
  const ended = await shell.run("sql", "SELECT count(*) FROM demo_quick.bronze.events", "--output", "csv");
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("\r\n2200\r\n") });
  expect(ended.stderr).toMatch(/^Connected to http:\/\/127\.0\.0\.1:\d+ as /u);
});

test("two workspaces in metastores of their own are saved as targets, and reached", async () => {
  const connections = (await (await fetch(`${url}/api/connections`)).json()) as {
    connections: { name: string; host: string }[];
  };
  expect(connections.connections.map(({ name }) => name)).toEqual(["target-1", "target-2"]);
  for (const name of ["target-1", "target-2"]) {
    const answer = await fetch(`${url}/api/connections/${name}/validate`, { method: "POST" });
    expect(await answer.json()).toMatchObject({ ok: true });
  }
});

test("a clone from the second shell has the summary's fields, the copy is equal, and the API lists the run", async () => {
  const summary = (await shell.json("clone", "--source", "demo_quick", "--dest", "demo_copy")) as RunSummary;
  expect(summary).toMatchObject({
    mode: "full",
    status: "success",
    source_catalog: "demo_quick",
    destination_catalog: "demo_copy",
    schemas_processed: 3,
    views: { success: 5, failed: 0, skipped: 0 },
    functions: { success: 3, failed: 0, skipped: 0 },
    errors: [],
  });
  expect(await cell(shell, "SELECT count(*) FROM demo_copy.bronze.events")).toBe("2200");
  const run = (await (await fetch(`${url}/api/clone/${summary.run_id}`)).json()) as {
    status: string;
    result: RunSummary;
  };
  expect(run).toMatchObject({ status: "completed", result: { run_id: summary.run_id } });
});

test("diff shows only what the summary lists as residue", async () => {
  const summary = (await shell.json("clone", "--source", "demo_quick", "--dest", "demo_copy")) as RunSummary;
  const ended = await shell.run("diff", "--source", "demo_quick", "--dest", "demo_copy", "--output", "json");
  expect(ended.code).toBe(summary.residue.length > 0 ? 1 : 0);
  const { differences } = JSON.parse(ended.stdout) as { differences: { object: string; what: string }[] };
  const listed = new Set(summary.residue.map(({ object, what }) => `${object}: ${what}`));
  expect(
    differences.map(({ object, what }) => `${object}: ${what}`).filter((place) => !listed.has(place)),
  ).toEqual([]);
});

test("when the holder was killed, the next command opens the directory itself and nothing is lost", async () => {
  serving.child.kill("SIGKILL");
  await serving.ended;
  const ended = await shell.run("sql", "SELECT count(*) FROM demo_copy.bronze.events", "--output", "csv");
  expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("\r\n2200\r\n") });
  expect(ended.stderr).toMatch(/^Connected to embedded:/u);
});
