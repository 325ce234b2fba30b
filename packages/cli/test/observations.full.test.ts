import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildOnce, openShell, type Shell } from "./harness.ts";

let shell: Shell;
beforeAll(async () => {
  buildOnce();
  shell = openShell();
  for (const statement of [
    "CREATE CATALOG shop",
    "CREATE SCHEMA shop.a",
    "CREATE TABLE shop.a.orders AS SELECT id FROM range(100)",
  ])
    await shell.json("sql", statement);
});
afterAll(() => shell.remove());

const ends = ["--source", "shop", "--dest", "dev"] as const;

describe("what one can see before and after a clone", () => {
  it("estimates, looks ahead, clones with a report, and shows the run again", async () => {
    expect(await shell.json("estimate", ...ends)).not.toHaveProperty("selective");
    expect(await shell.json("preflight", ...ends)).toMatchObject({ ok: true });
    const cloned = (await shell.json("clone", ...ends, "--report", "run.md")) as { run_id: string };
    expect(readFileSync(join(shell.directory, "run.md"), "utf8")).toMatch(/^# shop → dev: SUCCESS\n/u);
    expect(await shell.json("runs")).toMatchObject([{ job_id: cloned.run_id, status: "completed" }]);
    expect(await shell.json("runs", "list", "--status", "failed")).toEqual([]);
    expect(await shell.json("runs", "show", cloned.run_id)).toEqual(cloned);
    const logs = (await shell.json("runs", "logs", cloned.run_id)) as string[];
    expect(logs.filter((line) => line.includes("DEEP CLONE"))).toHaveLength(1);
    expect(await shell.json("estimate", ...ends)).toMatchObject({
      selective: { tables_to_clone: 0, tables_in_sync: 1, size_bytes: 0, recommended: true },
    });
    expect((await shell.run("runs", "show", "00000000")).code).toBe(2);
  });

  it("writes a configuration file, checks it, and works by it", async () => {
    expect((await shell.run("config", "init")).code).toBe(0);
    expect((await shell.run("config", "init")).code).toBe(2);
    expect((await shell.run("config", "validate")).code).toBe(0);
    const wrong = join(shell.directory, "wrong.yaml");
    writeFileSync(wrong, "settings:\n  protected_catalog: [dev]\n");
    const checked = await shell.run("config", "validate", "wrong.yaml");
    expect(checked).toMatchObject({
      code: 2,
      stdout: "wrong.yaml:2:3: Unknown key protected_catalog. Did you mean protected_catalogs?\n",
    });
    writeFileSync(wrong, "settings:\n  protected_catalogs: [DEV]\n");
    const refused = await shell.run("preflight", ...ends, "--config", "wrong.yaml");
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain("protected_catalogs");
    expect((await shell.run("clone", ...ends, "--config", "wrong.yaml")).code).toBe(3);
    const planned = await shell.json("plan", ...ends, "--config-profile", "nightly");
    expect(planned).toMatchObject({ request: { load_type: "SELECTIVE" } });
    const schema = JSON.parse((await shell.run("config", "schema")).stdout) as { properties: object };
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(["source_catalog", "settings"]));
  });
});
