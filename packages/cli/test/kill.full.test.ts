import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunSummary } from "@clone-xs/clone";
import { dice } from "../src/demo/random.ts";
import { buildOnce, openShell, succeed } from "./harness.ts";
import { ledgerReaching, ledgers, ledgerTypes } from "./ledger.ts";

const KILLS = 20;
const TABLES = 6;

const shell = openShell();
let records: number;

beforeAll(async () => {
  buildOnce();
  const tables = Array.from(
    { length: TABLES },
    (_, n) => `CREATE TABLE src.s.t${n} (id BIGINT, text STRING);
INSERT INTO src.s.t${n} SELECT id, concat('row ', CAST(id * ${n + 1} AS STRING)) FROM range(${500 * (n + 1)});`,
  );
  const script = `CREATE CATALOG src; CREATE SCHEMA src.s; ${tables.join("\n")}
CREATE FUNCTION src.s.twice(n BIGINT) RETURNS BIGINT RETURN n * 2;
CREATE VIEW src.s.v AS SELECT src.s.twice(id) AS id FROM src.s.t0;`;
  await succeed(shell.runWith({ input: script }, "sql"));
  await shell.json("clone", "--source", "src", "--dest", "whole");
  records = ledgerTypes(ledgers(shell.home)[0] ?? "").length;
});
afterAll(() => shell.remove());

const objects = [...Array.from({ length: TABLES }, (_, n) => `t${n}`), "v"];

/** The rows of every object of each catalog, read by one command. */
async function contents(catalogs: readonly string[]): Promise<readonly unknown[]> {
  const queries = catalogs.flatMap((catalog) =>
    objects.map((name) => `SELECT * FROM ${catalog}.s.${name} ORDER BY 1`),
  );
  const { results } = (await shell.json("sql", queries.join(";"))) as { results: { rows: unknown[] }[] };
  return catalogs.map((_, n) =>
    results.slice(n * objects.length, (n + 1) * objects.length).map(({ rows }) => rows),
  );
}

/** Starts the clone and kills it when its ledger holds `point` records. Whether it was in the middle: begun and not ended. */
async function killedMidRun(command: readonly string[], point: number): Promise<boolean> {
  const before = ledgers(shell.home);
  const clone = shell.start(...command);
  let over = false;
  void clone.ended.then(() => (over = true));
  const ledger = await ledgerReaching(shell.home, before, point, () => over);
  clone.child.kill("SIGKILL");
  const { signal } = await clone.ended;
  const seen = ledgerTypes(ledger ?? "");
  return signal === "SIGKILL" && seen.includes("plan") && !seen.includes("end");
}

test(`killed at ${KILLS} random points, the same command again gives the right result`, {
  timeout: 600_000,
}, async () => {
  const points = dice(20, "kill points");
  const proven: string[] = [];
  for (let attempt = 0; proven.length < KILLS; attempt += 1) {
    const [dest, point] = [`cut_${attempt}`, points.between(2, records - 2)];
    const command = ["clone", "--source", "src", "--dest", dest, "--max-parallel", "2"] as const;
    // A run that was faster than the kill proves nothing: another point is taken for it.
    if (!(await killedMidRun(command, point))) continue;
    const { status, errors } = (await shell.json(...command)) as RunSummary;
    expect({ dest, point, status, errors }).toEqual({ dest, point, status: "success", errors: [] });
    proven.push(dest);
  }
  const [source, ...copies] = await contents(["src", ...proven]);
  expect(copies).toEqual(proven.map(() => source));
});
