import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { temporaryDirectory } from "./fixtures.ts";
import { running, SHOP } from "./running.ts";

const tools = resolve(import.meta.dirname, "../../../tools/schemathesis");
const installed = existsSync(join(tools, ".installed"));
const skipped = installed
  ? ""
  : " (skipped: Schemathesis is not installed, see npm run setup -- --schemathesis)";
const TOKEN = "fuzz-token";

/**
 * Left out is whether every request that fits the schemas is accepted: names that fit may still name nothing. Live events of all runs have
 * no end to wait for.
 */
const FLAGS = [
  ["--header", `Authorization: Bearer ${TOKEN}`],
  ["--exclude-checks", "positive_data_acceptance"],
  ["--exclude-path", "/api/events"],
  ["--max-examples", "12"],
  ["--seed", "7"],
  ["--request-timeout", "30"],
  ["--generation-database", "none"],
  ["--continue-on-failure"],
  ["--no-color"],
].flat();

it.skipIf(!installed)(
  `a fuzzer that knows the API by its document alone finds nothing that breaks it${skipped}`,
  { timeout: 900_000 },
  async () => {
    const server = await running({ auth: "token", token: TOKEN });
    await server.sql(...SHOP);
    const { code, said } = await fuzz(`${server.url}/api/openapi.json`);
    expect(code, said.slice(said.indexOf("= FAILURES"))).toBe(0);
    expect(said).toMatch(/Test cases:\n +\d{3,} generated/u);
  },
);

function fuzz(document: string): Promise<{ code: number | null; said: string }> {
  return new Promise((done, failed) => {
    const child = spawn(join(tools, "venv/bin/st"), ["run", document, ...FLAGS], {
      // It leaves a folder of its own where it runs.
      cwd: temporaryDirectory(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout.on("data", (chunk) => (said += String(chunk)));
    child.stderr.on("data", (chunk) => (said += String(chunk)));
    child.once("error", failed);
    child.once("close", (code) => done({ code, said }));
  });
}
