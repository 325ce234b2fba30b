import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CatalogDiff, ClonePlan, Estimate, RunSummary } from "@clone-xs/clone";
import type { Connections } from "@clone-xs/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildOnce, openShell, type Running, succeed } from "./harness.ts";

interface Served {
  readonly name: string;
  readonly host: string;
  readonly token: string;
  readonly warehouse_id: string;
}

const shell = openShell();
let serving: Running;
let source: Served;
let eu: Served;
let us: Served;

beforeAll(async () => {
  buildOnce();
  serving = shell.start("workspace", "serve", "--workspaces", "3", "--port", "0", "--output", "json");
  const { workspaces } = JSON.parse(await serving.firstLine) as { workspaces: [Served, Served, Served] };
  [source, eu, us] = workspaces;
  for (const statement of [
    "CREATE CATALOG shop",
    "CREATE SCHEMA shop.bronze",
    "CREATE TABLE shop.bronze.orders AS SELECT 1 AS id UNION ALL SELECT 2",
  ])
    await succeed(shell.run("sql", statement));
});

afterAll(async () => {
  serving.child.kill("SIGKILL");
  await serving.ended;
  shell.remove();
});

const ADD = ["config", "connections", "add"] as const;

function add(name: string, { host, warehouse_id }: Served, input: string, ...more: readonly string[]) {
  const place = ["--host", host, "--warehouse-id", warehouse_id];
  return shell.runWith({ input }, ...ADD, name, ...place, ...more);
}

/** A query at another workspace than that of the directory. */
async function idsAt({ host, token, warehouse_id }: Served, table: string): Promise<string> {
  const env = {
    DATABRICKS_HOST: host,
    DATABRICKS_TOKEN: token,
    DATABRICKS_WAREHOUSE_ID: warehouse_id,
  };
  const asked = ["sql", `SELECT id FROM ${table} ORDER BY id`, "--output", "csv"];
  return (await succeed(shell.runWith({ env }, ...asked))).stdout.replaceAll("\r\n", " ").trim();
}

describe("clxs config connections", () => {
  test("saves with the secret from standard input or the environment, lists, tries and deletes", async () => {
    await succeed(add("eu", eu, `${eu.token}\n`, "--dest", "shop_eu"));
    const place = ["--host", us.host, "--warehouse-id", us.warehouse_id];
    const env = { US_TOKEN: us.token };
    await succeed(shell.runWith({ env }, ...ADD, "us", ...place, "--secret-env", "US_TOKEN"));
    const listed = (await shell.json("config", "connections", "list")) as Connections;
    expect(listed.connections).toMatchObject([
      { name: "eu", host: eu.host, auth_method: "pat", destination_catalog: "shop_eu", credentials: "kept" },
      { name: "us", host: us.host, destination_catalog: null },
    ]);
    expect(await shell.run("config", "connections", "test", "eu")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`✓ Signed in to ${eu.host}`) as string,
    });
    await succeed(add("gone", us, "dapi-planted-0001"));
    expect(await shell.run("config", "connections", "test", "gone")).toMatchObject({
      code: 4,
      stdout: expect.stringContaining("refused the credentials") as string,
    });
    await succeed(shell.run("config", "connections", "remove", "gone"));
    expect(await shell.run("config", "connections", "remove", "gone")).toMatchObject({ code: 2 });
  });

  test.each([
    ["a name that is taken", ["eu"], "There is a connection eu already"],
    ["a name that is none", ["a,b"], "must begin with a letter or digit"],
    ["no host", ["new"], "--host is required"],
    ["credentials in the clear", ["new", "--host", "http://x.example.com"], "Use https"],
    ["a variable that is not set", ["new", "--secret-env", "NOT_THERE"], "NOT_THERE is not set"],
  ])("refuses %s", async (_, args, message) => {
    const [name = "", ...more] = args;
    const host = name === "eu" ? ["--host", eu.host] : [];
    const ended = await shell.runWith({ input: "t" }, ...ADD, name, ...host, ...more);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as string });
  });
});

describe("clxs clone --target", () => {
  test("goes to a saved connection and its destination catalog, and is proved there", async () => {
    const to = ["--source", "shop", "--dest", "x", "--target", "name=eu"];
    const plan = (await shell.json("plan", ...to)) as ClonePlan;
    expect(plan.destinationCatalog).toBe("shop_eu");
    const summary = (await shell.json("clone", ...to)) as RunSummary;
    expect(summary).toMatchObject({ status: "success", target_name: "eu", target_host: eu.host });
    expect(await idsAt(eu, "shop_eu.bronze.orders")).toBe("id 1 2");
    expect(await shell.run("verify", ...to)).toMatchObject({ code: 0 });
    const there = ["--source", "shop", "--target", "name=eu,dest=shop_eu"];
    const diff = await shell.run("diff", ...there, "--output", "json");
    expect((JSON.parse(diff.stdout) as CatalogDiff).differences.map(({ what }) => what)).toEqual([]);
    const nowhere = await shell.run("diff", ...there, "--include-schemas", "brnze");
    expect(nowhere).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Did you mean bronze?") as string,
    });
    const estimate = (await shell.json("estimate", ...there)) as Estimate;
    expect(estimate.selective).toMatchObject({ tables_to_clone: 0, tables_in_sync: 1, savings_pct: 100 });
    expect(await shell.run("preflight", ...to)).toMatchObject({ code: 0 });
  });

  test("fans out, names a target that fails, and does only that one when it is mended", async () => {
    await succeed(shell.run("config", "connections", "remove", "us"));
    await succeed(add("us", { ...us, warehouse_id: "ffffffffffffffff" }, us.token));
    const targets = ["--target", "name=eu,dest=fan_eu", "--target", "name=us", "--fanout-max-parallel", "2"];
    const asked = ["clone", "--source", "shop", "--dest", "fan", ...targets];
    const ended = await shell.run(...asked, "--output", "json");
    expect(ended.code).toBe(1);
    const first = JSON.parse(ended.stdout) as RunSummary;
    expect(first).toMatchObject({
      mode: "fanout",
      status: "partial",
      succeeded_targets: 1,
      failed_targets: 1,
      per_target: [
        { target_name: "eu", target_status: "success", destination_catalog: "fan_eu" },
        { target_name: "us", target_status: "failed", target_host: us.host },
      ],
    });
    expect(first.per_target?.[1]?.error).toContain("ffffffffffffffff");
    await succeed(add("us", us, us.token, "--replace"));
    const second = (await shell.json("resume", first.run_id)) as RunSummary;
    expect(second).toMatchObject({ status: "success", succeeded_targets: 2, failed_targets: 0 });
    expect(await idsAt(us, "fan.bronze.orders")).toBe("id 1 2");
  });

  test("takes a profile of ~/.databrickscfg for what is not saved", async () => {
    const profile = `[elsewhere]\nhost = ${us.host}\ntoken = ${us.token}\nwarehouse_id = ${us.warehouse_id}\n`;
    writeFileSync(join(shell.directory, ".databrickscfg"), profile);
    const to = ["--source", "shop", "--target", "name=elsewhere,dest=by_profile"];
    expect(await shell.json("clone", ...to)).toMatchObject({ status: "success", target_name: "elsewhere" });
    expect(await idsAt(us, "by_profile.bronze.orders")).toBe("id 1 2");
  });

  test.each([
    [["--target", "name=nowhere"], "there is no saved connection nowhere"],
    [["--target", "nowhere"], "Write it as name=CONNECTION"],
    [["--target", "name=eu,destination=x"], "Write it as name=CONNECTION"],
    [["--target", "name=eu", "--target", "name=eu"], "is the same target as"],
  ])("refuses %j", async (args, message) => {
    const ended = await shell.run("clone", "--source", "shop", "--dest", "x", ...args);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as string });
  });
});

test("pitfall 26: nothing that was kept of these runs holds a secret", () => {
  const kept = filesUnder(shell.home).filter((file) => !file.includes("/workspace"));
  expect(kept.some((file) => file.endsWith("connections.db"))).toBe(true);
  for (const secret of [source.token, eu.token, us.token, "dapi-planted-0001"])
    expect(kept.filter((file) => readFileSync(file, "latin1").includes(secret))).toEqual([]);
});

function filesUnder(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((file) => join(directory, file))
    .filter((file) => statSync(file).isFile());
}
