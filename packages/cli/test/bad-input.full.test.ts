import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunSummary } from "@clone-xs/clone";
import { buildOnce, cell, type Ended, locationOf, openShell, succeed } from "./harness.ts";
import { ledgerReaching, ledgers, ledgerTypes } from "./ledger.ts";

const shell = openShell();

beforeAll(async () => {
  buildOnce();
  await succeed(
    shell.runWith(
      {
        input: `CREATE CATALOG src; CREATE SCHEMA src.s;
CREATE TABLE src.s.good (id BIGINT); INSERT INTO src.s.good VALUES (1), (2);
CREATE TABLE src.s.bad (id BIGINT); INSERT INTO src.s.bad VALUES (3);`,
      },
      "sql",
    ),
  );
});
afterAll(() => shell.remove());

/** Every failure: nothing on standard output, and on standard error, after where it connected, text without a stack trace. */
function complaint({ stdout, stderr }: Ended): string {
  expect(stdout).toBe("");
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/mu);
  return stderr
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("Connected to "))
    .join("\n");
}

test("a catalog that does not exist is named", async () => {
  const ended = await shell.run("clone", "--source", "nowhere", "--dest", "there");
  expect(ended.code).toBe(2);
  expect(complaint(ended)).toContain("nowhere");
});

test("what cannot be a catalog's name is refused before anything is connected", async () => {
  const names = ["a.b", "with space", "a/b", ""];
  const runs = await Promise.all(names.map((name) => shell.run("clone", "--source", "src", "--dest", name)));
  expect(runs.map(({ code, stderr }) => ({ code, about: stderr.slice(0, 8) }))).toEqual(
    names.map(() => ({ code: 2, about: "--dest: " })),
  );
});

test("catalogs, schemas and tables whose names hold backticks, quotes and emoji are cloned", async () => {
  const names = ["back`tick", "it's", 'double"quote', "emoji🎁", "ünïcødé"];
  const quoted = (...parts: readonly string[]) =>
    parts.map((part) => `\`${part.replaceAll("`", "``")}\``).join(".");
  const script = names.map(
    (name) => `CREATE CATALOG ${quoted(name)}; CREATE SCHEMA ${quoted(name, name)};
CREATE TABLE ${quoted(name, name, name)} (id BIGINT); INSERT INTO ${quoted(name, name, name)} VALUES (7);`,
  );
  await succeed(shell.runWith({ input: script.join("\n") }, "sql"));
  for (const name of names) await succeed(shell.run("clone", "--source", name, "--dest", `${name}_copy`));
  const queries = names.map((name) => `SELECT id FROM ${quoted(`${name}_copy`, name, name)}`);
  const { results } = (await shell.json("sql", queries.join(";"))) as { results: { rows: unknown[] }[] };
  expect(results.map(({ rows }) => rows)).toEqual(names.map(() => [["7"]]));
});

test("a failing statement is one message with the service's words; --verbose adds where", async () => {
  const ended = await shell.run("sql", "SELECT * FROM src.s.nothing");
  expect(ended.code).toBe(1);
  expect(complaint(ended)).toContain("[TABLE_OR_VIEW_NOT_FOUND]");
  const verbose = await shell.run("sql", "SELECT * FROM src.s.nothing", "--verbose");
  expect(verbose.stderr).toMatch(/^\s+at /mu);
});

test("what the embedded engine does not know is refused by name", async () => {
  const ended = await shell.run("sql", "SELECT no_such_function(1)");
  expect(ended.code).toBe(1);
  expect(complaint(ended)).toContain("no_such_function");
});

describe("a request from a file", () => {
  const file = (name: string, text: string) => writeFileSync(join(shell.directory, name), text);

  test("is carried out, flags having the last word", async () => {
    file("nightly.yaml", "source_catalog: src\ndestination_catalog: by_file\nload_type: INCREMENTAL\n");
    const summary = await shell.json("clone", "--config", "nightly.yaml", "--dest", "by_flag", "--dry-run");
    expect(summary).toMatchObject({
      source_catalog: "src",
      destination_catalog: "by_flag",
      mode: "incremental",
      dry_run: true,
    });
  });

  test("with a key that nobody knows is refused with line, column and what was meant", async () => {
    file("typo.yaml", "source_catalog: src\nload_typ: FULL\n");
    const ended = await shell.run("plan", "--config", "typo.yaml", "--dest", "x");
    expect(ended.code).toBe(2);
    expect(complaint(ended)).toBe("typo.yaml:2:1: Unknown key load_typ. Did you mean load_type?");
  });

  test("that is not there is named", async () => {
    const ended = await shell.run("clone", "--config", "none.yaml");
    expect(ended.code).toBe(2);
    expect(complaint(ended)).toMatch(/^--config: none\.yaml cannot be read/u);
  });
});

test("a clone without a source says which flag is missing", async () => {
  const ended = await shell.run("clone", "--dest", "x");
  expect(ended.code).toBe(2);
  expect(complaint(ended)).toContain("--source");
});

describe("one table of the source cannot be cloned", () => {
  async function cloned(dest: string): Promise<{ code: number | null; summary: RunSummary }> {
    const ended = await shell.run("clone", "--source", "src", "--dest", dest, "--output", "json");
    return { code: ended.code, summary: JSON.parse(ended.stdout) as RunSummary };
  }

  test("because it needs a feature from the future: it fails alone, by name", async () => {
    const log = join(await locationOf(shell, "src.s.bad"), "_delta_log");
    const versions = readdirSync(log).filter((name) => name.endsWith(".json"));
    const next = join(log, `${String(versions.length).padStart(20, "0")}.json`);
    const protocol = {
      minReaderVersion: 3,
      minWriterVersion: 7,
      readerFeatures: ["fromTheFuture"],
      writerFeatures: ["fromTheFuture"],
    };
    writeFileSync(next, `${JSON.stringify({ protocol })}\n`);
    const { code, summary } = await cloned("future");
    expect(code).toBe(1);
    expect(summary).toMatchObject({ status: "partial", tables: { success: 1, failed: 1 } });
    expect(summary.errors).toMatchObject([{ object: expect.stringContaining("s.bad") }]);
    expect(summary.errors[0]?.message).toContain("fromTheFuture");
    expect(await cell(shell, "SELECT count(*) FROM future.s.good")).toBe("2");
  });

  test("because its log is damaged: it fails alone", async () => {
    const log = join(await locationOf(shell, "src.s.good"), "_delta_log");
    const [first = ""] = readdirSync(log).filter((name) => name.endsWith(".json"));
    const whole = readFileSync(join(log, first));
    writeFileSync(join(log, first), "{ this is no log");
    const { code, summary } = await cloned("damaged");
    expect(code).toBe(1);
    expect(summary.errors.map(({ object }) => object)).toEqual(
      expect.arrayContaining([expect.stringContaining("s.good")]),
    );
    writeFileSync(join(log, first), whole);
  });
});

test("a wrong token is told from a dead host: exit code 4, and who said the token", async () => {
  const other = openShell();
  const serving = other.start("workspace", "serve", "--port", "0", "--output", "json");
  try {
    const { workspaces } = JSON.parse(await serving.firstLine) as { workspaces: { host: string }[] };
    const host = workspaces[0]?.host ?? "";
    const ended = await shell.runWith(
      { env: { DATABRICKS_HOST: host, DATABRICKS_TOKEN: "dapi-wrong" } },
      "sql",
      "SELECT 1",
    );
    expect(ended.code).toBe(4);
    expect(complaint(ended)).toContain("DATABRICKS_TOKEN");
  } finally {
    serving.child.kill("SIGTERM");
    await serving.ended;
    other.remove();
  }
});

test.each([
  ["serve", "--embedded"],
  ["workspace", "serve"],
])("%s %s: a port in use is named, with the way out", async (...command) => {
  const taken = createServer();
  await new Promise<void>((listening) => taken.listen(0, "127.0.0.1", listening));
  const { port } = taken.address() as AddressInfo;
  const other = openShell();
  try {
    const ended = await other.run(...command, "--port", String(port));
    expect(ended.code).toBe(2);
    expect(complaint(ended)).toContain(String(port));
    expect(complaint(ended)).toMatch(/--port|another port/u);
  } finally {
    taken.close();
    other.remove();
  }
});

test("Ctrl-C in the middle of a clone: exit code 130, the run is ended in its ledger, nothing half-done is reported as done", async () => {
  const tables = Array.from(
    { length: 24 },
    (_, n) => `CREATE TABLE many.s.t${n} AS SELECT id FROM range(1000);`,
  );
  const made = await shell.runWith(
    { input: `CREATE CATALOG many; CREATE SCHEMA many.s; ${tables.join("\n")}` },
    "sql",
  );
  expect(made).toMatchObject({ code: 0 });
  const before = ledgers(shell.home);
  const clone = shell.start(
    "clone",
    "--source",
    "many",
    "--dest",
    "cut",
    "--max-parallel",
    "1",
    "--output",
    "json",
  );
  let over = false;
  void clone.ended.then(() => (over = true));
  const ledger = await ledgerReaching(shell.home, before, 12, () => over);
  clone.child.kill("SIGINT");
  const ended = await clone.ended;
  expect(ended).toMatchObject({ code: 130 });
  const types = ledgerTypes(ledger ?? "");
  expect(types.at(-1)).toBe("end");
  const summary = JSON.parse(ended.stdout) as RunSummary;
  expect(summary.status).toBe("cancelled");
  expect(summary.tables.success).toBeLessThan(24);
  const tablesThere = "SELECT count(*) FROM cut.information_schema.tables WHERE table_schema = 's'";
  expect(Number(await cell(shell, tablesThere))).toBeGreaterThanOrEqual(summary.tables.success);
});

test.each([
  [{ CLXS_HOME: "/etc/passwd" }, ["sql", "SELECT 1"], "/etc/passwd/workspace"],
  [{ CLXS_HOME: "/proc/nope" }, ["sql", "SELECT 1"], "/proc/nope"],
  [{ CLXS_HOME: "/proc/nope" }, ["serve", "--embedded", "--port", "0"], "/proc/nope"],
  [{}, ["workspace", "serve", "--dir", "/proc/nope", "--port", "0"], "/proc/nope"],
  [{}, ["plan", "--source", "src", "--dest", "x", "--out", "/nope/p.json"], "/nope/p.json"],
])("%j clxs %j: the place that cannot be used is named, exit code 2", async (env, argv, place) => {
  const ended = await shell.runWith({ env }, ...argv);
  expect(ended.code).toBe(2);
  expect(complaint(ended)).toMatch(/^\S+ cannot be used: .* name another place/u);
  expect(ended.stderr).toContain(`${place} cannot be used`);
});
