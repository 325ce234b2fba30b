import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from "vitest";
import type { RunSummary } from "@clone-xs/clone";
import { buildOnce, openShell, type Running, succeed } from "./harness.ts";
import { ledgerReaching, ledgers } from "./ledger.ts";

const shell = openShell();
let serving: Running;
let host: string;
let dest = 0;

beforeAll(async () => {
  buildOnce();
  const tables = Array.from(
    { length: 40 },
    (_, n) => `CREATE TABLE many.s.t${n} AS SELECT id FROM range(1000);`,
  );
  const input = `CREATE CATALOG many; CREATE SCHEMA many.s; ${tables.join("\n")}`;
  await succeed(shell.runWith({ input }, "sql"));
});
afterAll(() => shell.remove());

beforeEach(async () => {
  serving = shell.start("workspace", "serve", "--port", "0", "--output", "json");
  const { workspaces } = JSON.parse(await serving.firstLine) as { workspaces: { host: string }[] };
  host = workspaces[0]?.host ?? "";
});
afterEach(async () => {
  serving.child.kill("SIGKILL");
  await serving.ended;
});

/** A clone in the middle: some of its steps are recorded as begun. */
async function cloneUnderWay(): Promise<Running> {
  const before = ledgers(shell.home);
  dest += 1;
  const clone = shell.start("clone", "--source", "many", "--dest", `copy${dest}`, "--output", "json");
  let over = false;
  void clone.ended.then(() => (over = true));
  await ledgerReaching(shell.home, before, 8, () => over);
  return clone;
}

/** Resolves when standard error holds the words. */
function told({ child }: Running, words: string): Promise<void> {
  let seen = "";
  return new Promise((resolve) => {
    child.stderr?.on("data", (data: Buffer) => {
      seen += data.toString();
      if (seen.includes(words)) resolve();
    });
  });
}

test.each<NodeJS.Signals>(["SIGKILL", "SIGTERM"])(
  "when the server ends by %s during a clone, that is said at once, then the summary, exit code 4",
  async (signal) => {
    const clone = await cloneUnderWay();
    serving.child.kill(signal);
    const { code, stdout, stderr } = await clone.ended;
    expect(stderr).toContain(`Connection to ${host} lost, trying again until `);
    const summary = JSON.parse(stdout) as RunSummary;
    expect(["failed", "partial"]).toContain(summary.status);
    expect(summary.errors.some(({ message }) => message.includes(host))).toBe(true);
    expect(code).toBe(4);
  },
  90_000,
);

test("Ctrl-C while the server does not answer ends the clone without waiting for it", async () => {
  const clone = await cloneUnderWay();
  const lost = told(clone, "lost, trying again");
  serving.child.kill("SIGKILL");
  await lost;
  clone.child.kill("SIGINT");
  const { code, stdout } = await clone.ended;
  expect(code).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ status: "cancelled" });
});
