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

const names = Array.from({ length: TABLES }, (_, n) => `t${n}`);

async function contents(catalog: string): Promise<unknown> {
  const queries = [...names, "v"].map((name) => `SELECT * FROM ${catalog}.s.${name} ORDER BY 1`);
  const { results } = (await shell.json("sql", queries.join(";"))) as { results: { rows: unknown[] }[] };
  return results.map(({ rows }) => rows);
}

test(`killed at ${KILLS} random points, the same command again gives the right result`, {
  timeout: 600_000,
}, async () => {
  const expected = await contents("src");
  const points = dice(20, "kill points");
  for (let done = 0; done < KILLS; ) {
    const [dest, point] = [`cut_${done}`, points.between(2, records - 2)];
    const command = ["clone", "--source", "src", "--dest", dest, "--max-parallel", "2"] as const;
    const before = ledgers(shell.home);
    const clone = shell.start(...command);
    let over = false;
    void clone.ended.then(() => (over = true));
    const ledger = await ledgerReaching(shell.home, before, point, () => over);
    clone.child.kill("SIGKILL");
    const { signal } = await clone.ended;
    const seen = ledgerTypes(ledger ?? "");
    // Proof that it died in the middle: begun and not ended. A run that was faster than the kill proves nothing.
    const midRun = signal === "SIGKILL" && seen.includes("plan") && !seen.includes("end");
    const again = (await shell.json(...command)) as RunSummary;
    expect({ dest, point, status: again.status, errors: again.errors }).toEqual({
      dest,
      point,
      status: "success",
      errors: [],
    });
    expect({ dest, rows: await contents(dest) }).toEqual({ dest, rows: expected });
    if (midRun) done += 1;
  }
});
