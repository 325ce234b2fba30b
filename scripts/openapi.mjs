// npm run openapi: writes the types of the API's OpenAPI document for the page. With --check it says whether they are as the routes are, and writes nothing.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { DEFAULT_SETTINGS } from "@clone-xs/clone";
import { startServer } from "@clone-xs/server";
import openapiTypes, { astToString } from "openapi-typescript";

const file = fileURLToPath(new URL("../packages/ui/src/api/openapi.ts", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "clxs-openapi-"));
try {
  const ast = await openapiTypes(await apiDocument(), { defaultNonNullable: false });
  const text = `// Made by \`npm run openapi\` from the routes of the server: change them, not this.\n${astToString(ast)}`;
  if (process.argv.includes("--check")) check(text);
  else writeFileSync(file, text);
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** As a server tells it that works on no workspace. */
async function apiDocument() {
  const unreachable = () => Promise.reject(new Error("There is no workspace here."));
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    auth: "none",
    storeDirectory: home,
    version: "0.0.0",
    connect: unreachable,
    openWorkspace: unreachable,
    settings: DEFAULT_SETTINGS,
    hostname: "here",
    clock: { now: Date.now, sleep: (ms, signal) => sleep(ms, undefined, { ref: false, signal }) },
    random: Math.random,
    process: { pid: process.pid, isAlive: () => false },
  });
  try {
    return await (await fetch(`${server.url}/api/openapi.json`)).json();
  } finally {
    await server.close();
  }
}

function check(text) {
  if (readFileSync(file, "utf8") === text) return;
  console.error("packages/ui/src/api/openapi.ts is not what the routes say: npm run openapi writes it.");
  process.exitCode = 1;
}
