import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { childEntry } from "../engine/process.ts";
import { holderOf } from "./endpoint.ts";
import type { LakehouseOptions } from "./lakehouse.ts";
import { openLakehouse } from "./open-lakehouse.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "clxs-open-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (options: Partial<LakehouseOptions> = {}) =>
  openLakehouse({
    directory,
    now: Date.now,
    uuid: randomUUID,
    randomBytes,
    memoryLimit: "500MB",
    ...options,
  });

const ddl = (text: string) => ({ text, kind: "create", effect: "write" }) as const;

/** A process that opens the directory, runs statements, prints a line and stays. */
async function holderProcess(...statements: string[]) {
  const program = `
    import { randomBytes, randomUUID } from "node:crypto";
    import { openLakehouse } from ${JSON.stringify(new URL("./open-lakehouse.ts", import.meta.url))};
    const lakehouse = await openLakehouse({ directory: ${JSON.stringify(directory)}, now: Date.now, uuid: randomUUID, randomBytes, memoryLimit: "500MB" });
    await lakehouse.listen();
    for (const text of ${JSON.stringify(statements)}) await lakehouse.connect().statements.execute({ text, kind: "create", effect: "write" });
    console.log("ready");`;
  const loader = childEntry(import.meta.url).execArgv;
  const child = spawn(process.execPath, [...loader, "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

describe("a workspace directory", () => {
  test("is private, and has an owner, a default catalog and an empty mapped bucket from the start", async () => {
    const lakehouse = await open({ owner: "ada@embedded.local", directory: join(directory, "new") });
    expect(statSync(lakehouse.directory).mode & 0o777).toBe(0o700);
    expect(lakehouse.owner).toBe("ada@embedded.local");
    expect((await lakehouse.connect().unity.catalogs()).map(({ name }) => name)).toEqual(["main"]);
    expect(existsSync(join(lakehouse.directory, "mounts", "your-bucket"))).toBe(true);
    await lakehouse.close();
    await lakehouse.close();
  });

  test("keeps identity, objects and tokens from one opening to the next", async () => {
    const first = await open();
    const { metastoreId, warehouseId } = first;
    const token = first.token(first.owner);
    await first.connect().statements.execute(ddl("CREATE CATALOG kept"));
    await first.close();
    const second = await open({ owner: "somebody else" });
    expect(second).toMatchObject({ metastoreId, warehouseId, owner: first.owner });
    expect(second.token(second.owner)).toBe(token);
    expect((await second.connect().unity.catalogs()).map(({ name }) => name)).toEqual(["kept", "main"]);
    await second.close();
  });

  test("has one holder, whom others find by the endpoint file", async () => {
    expect(await holderOf(directory)).toBeUndefined();
    const lakehouse = await open();
    await expect(open()).rejects.toMatchObject({ code: "WORKSPACE_HELD" });
    expect(await holderOf(directory)).toEqual({ pid: process.pid });
    const { url } = await lakehouse.listen();
    const token = lakehouse.token(lakehouse.owner);
    expect(await holderOf(directory)).toEqual({
      pid: process.pid,
      url,
      token,
      warehouseId: lakehouse.warehouseId,
    });
    expect(statSync(join(directory, "endpoint.json")).mode & 0o777).toBe(0o600);
    await lakehouse.close();
    expect(await holderOf(directory)).toBeUndefined();
    expect(readdirSync(directory)).not.toContain("endpoint.json");
  });

  test("of a killed holder opens at once, with everything that was acknowledged", async () => {
    const child = await holderProcess(
      "CREATE CATALOG c",
      "CREATE SCHEMA c.s",
      "CREATE TABLE c.s.t AS SELECT 1 AS x",
    );
    expect(await holderOf(directory)).toMatchObject({ pid: child.pid });
    await expect(open()).rejects.toMatchObject({ code: "WORKSPACE_HELD" });
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await holderOf(directory)).toBeUndefined();
    const lakehouse = await open();
    const { rows } = await lakehouse
      .connect()
      .statements.execute({ text: "SELECT x FROM c.s.t", kind: "select", effect: "read" });
    expect(rows).toEqual([["1"]]);
    await lakehouse.close();
  });

  test("loses what nothing refers to when it is opened, and nothing else", async () => {
    const first = await open();
    const run = (text: string) => first.connect().statements.execute(ddl(text));
    await run("CREATE TABLE main.default.kept AS SELECT 1 AS x");
    const [kept] = readdirSync(join(directory, "tables"));
    await first.close();
    const abandoned = join(directory, "tables", randomUUID());
    mkdirSync(join(abandoned, "_delta_log"), { recursive: true });
    mkdirSync(join(directory, "tables", "put here by hand"));
    const second = await open();
    await expect
      .poll(() => readdirSync(join(directory, "tables")).sort())
      .toEqual([kept, "put here by hand"]);
    await second.close();
  });
});

test("a workspace that was moved or copied has all its tables", async () => {
  const [here, there, copy] = ["here", "there", "copy"].map((name) => join(directory, name));
  const first = await open({ directory: here ?? "" });
  const make = "CREATE TABLE main.default.t AS SELECT 1 AS x";
  await first.connect().statements.execute(ddl(make));
  await first.close();
  renameSync(here ?? "", there ?? "");
  cpSync(there ?? "", copy ?? "", { recursive: true });
  for (const place of [there, copy]) {
    const lakehouse = await open({ directory: place ?? "" });
    const { statements, unity } = lakehouse.connect();
    await statements.execute(ddl("INSERT INTO main.default.t VALUES (2)"));
    const { rows } = await statements.execute({
      text: "SELECT count(*) FROM main.default.t",
      kind: "select",
      effect: "read",
    });
    expect(rows).toEqual([["2"]]);
    const table = await unity.table({ catalog: "main", schema: "default", name: "t" });
    expect(table?.storageLocation).toContain(place);
    await lakehouse.close();
  }
});

test("closing cancels what runs and does not wait for it to finish", async () => {
  const lakehouse = await open();
  const running = lakehouse.connect().statements.execute(
    {
      text: "SELECT sum(a.id * b.id) FROM range(10000000) a CROSS JOIN range(1000000) b",
      kind: "select",
      effect: "read",
    },
    { onSubmitted: () => void lakehouse.close() },
  );
  await expect(running).rejects.toMatchObject({ code: "CANCELED" });
  await lakehouse.close();
});

test("a taken port is said with the way out, and another may be tried", async () => {
  const lakehouse = await open();
  const { url } = await lakehouse.listen();
  const other = await open({ directory: join(directory, "other") });
  const port = Number(new URL(url).port);
  await expect(other.listen({ port })).rejects.toMatchObject({
    code: "PORT_IN_USE",
    message: expect.stringContaining(`${port}`) as string,
  });
  await expect(other.listen()).resolves.toHaveProperty("url");
  await other.close();
  await lakehouse.close();
});

test("closing while the server is starting stops it too", async () => {
  const lakehouse = await open();
  const starting = lakehouse.listen();
  await lakehouse.close();
  const { url } = await starting;
  await expect(fetch(url)).rejects.toThrow("fetch failed");
  await expect(lakehouse.listen()).rejects.toMatchObject({ code: "CLOSED" });
  expect(await holderOf(directory)).toBeUndefined();
});

test("another workspace on the same metastore has a number and an address of its own, and shows the same", async () => {
  const lakehouse = await open();
  const [first, second] = [await lakehouse.listen(), await lakehouse.listenAsAnother({ workspaceId: "42" })];
  const headers = { authorization: `Bearer ${lakehouse.token(lakehouse.owner)}` };
  const summaries = await Promise.all(
    [first, second].map(async ({ url }) => {
      const answer = await fetch(`${url}/api/2.1/unity-catalog/metastore_summary`, { headers });
      const { metastore_id } = (await answer.json()) as { readonly metastore_id: string };
      return [metastore_id, answer.headers.get("x-databricks-org-id") === "42"];
    }),
  );
  expect(summaries).toEqual([
    [lakehouse.metastoreId, false],
    [lakehouse.metastoreId, true],
  ]);
  expect((await holderOf(directory))?.url).toBe(first.url);
  await lakehouse.close();
  await expect(fetch(second.url)).rejects.toThrow("fetch failed");
});
