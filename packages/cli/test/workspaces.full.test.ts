import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildOnce, openShell, type Running } from "./harness.ts";

interface Served {
  readonly name: string;
  readonly host: string;
  readonly token: string;
  readonly warehouse_id: string;
  readonly metastore_id: string;
  readonly principals: readonly { readonly name: string; readonly token: string }[];
}

const shell = openShell();
let serving: Running | undefined;

beforeAll(() => buildOnce());
afterAll(async () => {
  serving?.child.kill("SIGKILL");
  await serving?.ended;
  shell.remove();
});

async function served(): Promise<readonly Served[]> {
  serving = shell.start("workspace", "serve", "--workspaces", "3", "--port", "0", "--output", "json");
  return (JSON.parse(await serving.firstLine) as { workspaces: readonly Served[] }).workspaces;
}

async function get(host: string, path: string, token: string) {
  const response = await fetch(host + path, { headers: { authorization: `Bearer ${token}` } });
  return {
    status: response.status,
    organization: response.headers.get("x-databricks-org-id"),
    body: (await response.json()) as Record<string, unknown>,
  };
}

describe("several workspaces of one process", () => {
  let workspaces: readonly Served[];
  beforeAll(async () => {
    workspaces = await served();
  });

  test("each have a name, a port, a number, a metastore, a warehouse and tokens of their own", async () => {
    expect(workspaces.map(({ name }) => name)).toEqual(["source", "target-1", "target-2"]);
    const answers = await Promise.all(
      workspaces.map(({ host, token }) => get(host, "/api/2.1/unity-catalog/metastore_summary", token)),
    );
    expect(answers.map(({ body }) => body["metastore_id"])).toEqual(
      workspaces.map(({ metastore_id }) => metastore_id),
    );
    for (const distinct of [
      workspaces.map(({ host }) => host),
      workspaces.map(({ warehouse_id }) => warehouse_id),
      workspaces.map(({ metastore_id }) => metastore_id),
      workspaces.flatMap(({ principals }) => principals.map(({ token }) => token)),
      answers.map(({ organization }) => organization),
    ])
      expect(new Set(distinct).size).toBe(distinct.length);
  });

  test("a token of one is none of another", async () => {
    const [source, target] = workspaces;
    const { status } = await get(
      target?.host ?? "",
      "/api/2.1/unity-catalog/metastore_summary",
      source?.token ?? "",
    );
    expect(status).toBe(403);
  });

  test("the first is the one that a second shell works on", async () => {
    const { stderr } = await shell.run("sql", "SELECT 1");
    expect(stderr).toContain(`Connected to ${workspaces[0]?.host} as `);
  });

  test("keep what they had when they are served again, and one alone is the first", async () => {
    serving?.child.kill("SIGTERM");
    expect((await serving?.ended)?.code).toBe(0);
    const again = await served();
    expect(again.map(({ metastore_id }) => metastore_id)).toEqual(
      workspaces.map(({ metastore_id }) => metastore_id),
    );
    serving?.child.kill("SIGKILL");
    await serving?.ended;
    serving = shell.start("workspace", "serve", "--port", "0", "--output", "json");
    expect(JSON.parse(await serving.firstLine)).toMatchObject({
      workspaces: [{ name: "embedded", metastore_id: workspaces[0]?.metastore_id }],
    });
    serving.child.kill("SIGTERM");
    await serving.ended;
  });

  test("a snapshot is of one of them, and names the others", async () => {
    const { stdout } = await shell.run("workspace", "snapshot", "one.tar.gz");
    expect(stdout).toMatch(/Wrote .*one\.tar\.gz.*left as it is.*workspace-2, .*workspace-3\.\n$/u);
    const reset = await shell.run("workspace", "reset", "--yes");
    expect(reset.stdout).toMatch(/^Deleted .*workspace-2, .*workspace-3\.\n$/u);
    const restored = await shell.run("workspace", "restore", "one.tar.gz");
    expect(restored.code).toBe(0);
    const again = await served();
    expect(again.map(({ metastore_id }) => metastore_id)).toEqual(
      workspaces.map(({ metastore_id }) => metastore_id),
    );
  });
});

test("two of them may share a metastore: the same catalogs and tokens, under another number", async () => {
  serving?.child.kill("SIGKILL");
  await serving?.ended;
  const flags = ["--workspaces", "3", "--metastores", "2", "--port", "0", "--output", "json"];
  serving = shell.start("workspace", "serve", ...flags);
  const { workspaces } = JSON.parse(await serving.firstLine) as { workspaces: readonly Served[] };
  const [source, one, two] = workspaces;
  expect(two).toMatchObject({
    name: "target-2",
    metastore_id: one?.metastore_id,
    token: one?.token,
    warehouse_id: one?.warehouse_id,
  });
  expect(source?.metastore_id).not.toBe(one?.metastore_id);
  const numbers = workspaces.map(async ({ host, token }) => {
    const { organization, status } = await get(host, "/api/2.1/unity-catalog/catalogs", token);
    return [status, organization];
  });
  expect(new Set((await Promise.all(numbers)).map(String)).size).toBe(3);
});

test("a port that is taken ends all of them", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const elsewhere = ["--dir", `${shell.directory}/elsewhere`, "--port", String(port - 1)];
  const { code, stderr } = await shell.run("workspace", "serve", "--workspaces", "2", ...elsewhere);
  taken.close();
  expect(code).not.toBe(0);
  expect(stderr).toContain(`${port} on 127.0.0.1 is taken`);
});
