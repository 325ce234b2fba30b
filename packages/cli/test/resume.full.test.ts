import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunSummary } from "@clone-xs/clone";
import { buildOnce, openShell, succeed } from "./harness.ts";
import { ledgerReaching, ledgers, ledgerTypes } from "./ledger.ts";

const TABLES = 12;
const shell = openShell();

beforeAll(async () => {
  buildOnce();
  const tables = Array.from(
    { length: TABLES },
    (_, n) => `CREATE TABLE src.s.t${n} AS SELECT id, id * ${n + 1} AS n FROM range(${200 * (n + 1)});`,
  );
  await succeed(
    shell.runWith({ input: `CREATE CATALOG src; CREATE SCHEMA src.s; ${tables.join("\n")}` }, "sql"),
  );
});
afterAll(() => shell.remove());

/** Starts a clone, kills it in the middle, and gives its id; tries again when the clone was quicker than the kill. */
async function killedRun(dest: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const before = ledgers(shell.home);
    const clone = shell.start(
      "clone",
      "--source",
      "src",
      "--dest",
      `${dest}_${attempt}`,
      "--max-parallel",
      "1",
    );
    let over = false;
    void clone.ended.then(() => (over = true));
    const ledger = (await ledgerReaching(shell.home, before, 14, () => over)) ?? "";
    clone.child.kill("SIGKILL");
    await clone.ended;
    if (ledgerTypes(ledger).at(-1) !== "end") return ledger.split("/").at(-2) ?? "";
  }
}

test("a run that was killed is gone on with under its id, clones no table twice, and is over then", async () => {
  const id = await killedRun("killed");
  const { code, stdout, stderr } = await shell.run("resume", "--output", "json");
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const summary = JSON.parse(stdout) as RunSummary;
  expect(summary).toMatchObject({
    run_id: id,
    status: "success",
    tables: { success: TABLES, failed: 0, skipped: 0 },
  });
  expect(stderr).toMatch(
    new RegExp(`Going on with run ${id}: [1-9]\\d* of ${TABLES + 2} steps were done`, "u"),
  );
  const queries = Array.from(
    { length: TABLES },
    (_, n) =>
      `SELECT count(*) FROM (DESCRIBE HISTORY ${summary.destination_catalog}.s.t${n}) WHERE operation = 'CLONE'`,
  );
  const { results } = (await shell.json("sql", queries.join(";"))) as { results: { rows: unknown[] }[] };
  expect(results.map(({ rows }) => rows)).toEqual(queries.map(() => [["1"]]));
  const again = await shell.run("resume", id);
  expect(again.code).toBe(3);
  expect(again.stderr).toContain(`Run ${id} is over (success)`);
});

test("a run that lives is not gone on with", async () => {
  const before = ledgers(shell.home);
  const clone = shell.start("clone", "--source", "src", "--dest", "alive", "--max-parallel", "1");
  let over = false;
  void clone.ended.then(() => (over = true));
  const ledger = (await ledgerReaching(shell.home, before, 4, () => over)) ?? "";
  clone.child.kill("SIGSTOP");
  try {
    const { code, stderr } = await shell.run("resume", ledger.split("/").at(-2) ?? "");
    expect(stderr).toContain("which lives");
    expect(code).toBe(3);
  } finally {
    clone.child.kill("SIGCONT");
  }
  expect((await clone.ended).code).toBe(0);
});

test("an unknown run is named, with exit code 2", async () => {
  const { code, stderr } = await shell.run("resume", "00000000");
  expect(stderr).toContain("There is no run 00000000 here.");
  expect(code).toBe(2);
});

test("a plan goes through a file, is refused when the target moved, and says why a file is no plan", async () => {
  await succeed(shell.run("plan", "--source", "src", "--dest", "planned", "--out", "plan.json"));
  const first = await succeed(shell.run("apply", "plan.json", "--output", "json"));
  expect(JSON.parse(first.stdout)).toMatchObject({ status: "success", tables: { success: TABLES } });
  const second = await succeed(shell.run("apply", "plan.json", "--output", "json"));
  expect(JSON.parse(second.stdout)).toMatchObject({
    status: "success",
    bytes_copied: 0,
    tables: { skipped: TABLES },
  });
  await shell.json("sql", "DELETE FROM planned.s.t3 WHERE id < 10");
  const third = await shell.run("apply", "plan.json");
  expect(third.code).toBe(3);
  expect(third.stderr).toContain("planned.s.t3: PLAN_STALE");
  const none = await shell.runWith({}, "apply", "missing.json");
  expect({ code: none.code, stderr: none.stderr }).toMatchObject({ code: 2 });
  expect(none.stderr).toContain("missing.json cannot be read");
});
