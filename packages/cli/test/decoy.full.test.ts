import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { buildOnce, openShell } from "./harness.ts";

/** Stands for a real workspace whose credentials happen to lie around. */
let trap: Server;
let touched: string[] = [];
let env: Record<string, string>;
const shell = openShell();

beforeAll(async () => {
  buildOnce();
  trap = createServer((request, response) => {
    touched.push(`${request.method} ${request.url}`);
    response
      .writeHead(403, { "content-type": "application/json" })
      .end('{"error_code": 403, "message": "Invalid access token."}');
  });
  await new Promise<void>((listening) => trap.listen(0, "127.0.0.1", listening));
  const host = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  writeFileSync(join(shell.directory, ".databrickscfg"), `[DEFAULT]\nhost = ${host}\ntoken = dapi-decoy\n`);
  env = { DATABRICKS_HOST: host, DATABRICKS_TOKEN: "dapi-decoy" };
});
beforeEach(() => {
  touched = [];
});
afterAll(() => {
  trap.close();
  shell.remove();
});

test("the trap works: a command that takes the environment's credentials falls into it", async () => {
  expect(await shell.runWith({ env }, "sql", "SELECT 1")).toMatchObject({ code: 4 });
  expect(await shell.run("sql", "SELECT 1")).toMatchObject({ code: 4 });
  expect(touched.length).toBeGreaterThanOrEqual(2);
});

test("the demo never touches a workspace that the environment or a profile names", async () => {
  const ended = await shell.runWith({ env }, "demo");
  expect({ code: ended.code, touched }).toEqual({ code: 0, touched: [] });
});

test("neither does what npm start runs", async () => {
  const serving = shell.startWith(
    env,
    "serve",
    "--embedded",
    "--with-demo-data",
    "--port",
    "0",
    "--output",
    "json",
  );
  const { url } = JSON.parse(await serving.firstLine) as { url: string };
  const catalogs = await fetch(`${url}/api/catalogs`);
  expect(await catalogs.text()).toContain("demo_quick");
  serving.child.kill("SIGINT");
  expect(await serving.ended).toMatchObject({ code: 0 });
  expect(touched).toEqual([]);
});

test("neither does the release check, whatever it finds", async () => {
  const { stdout } = await shell.runWith({ env }, "release-check", "--only", "2.1");
  expect(stdout).toMatch(/\d+ passed, \d+ failed/u);
  expect(touched).toEqual([]);
});

test("--embedded keeps any command away from it, and a credential set aside does not shine through", async () => {
  const ended = await shell.runWith({ env }, "sql", "SELECT 1", "--embedded", "--output", "csv");
  expect(ended).toMatchObject({ code: 0, stdout: "1\r\n1\r\n" });
  expect(touched).toEqual([]);
});
