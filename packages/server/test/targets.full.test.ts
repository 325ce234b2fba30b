import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { metastoreNetwork } from "@clone-xs/lakehouse";
import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type {
  ClonePlan,
  Preflight,
  Problem,
  RollbackSummary,
  Run,
  Submitted,
} from "../src/contract/index.ts";
import { temporaryConnections, temporaryDirectory } from "./fixtures.ts";
import { type Running, running, SHOP } from "./running.ts";

/** A server on one workspace, and others in metastores of their own that it can share with. */
async function neighbourhood(targets: number, options: { storeDirectory?: string } = {}) {
  const network = metastoreNetwork();
  const open = async () => {
    const lakehouse = await openTestLakehouse({ network });
    onTestFinished(() => lakehouse.close());
    return lakehouse;
  };
  const source = await open();
  const server = await running({ connect: () => Promise.resolve(source.connect()), ...options });
  const sql = async (...statements: string[]) => {
    for (const text of statements)
      await source.connect().statements.execute({ text, kind: "other", effect: "write" });
  };
  const there = [];
  for (let n = 0; n < targets; n += 1) {
    const lakehouse = await open();
    const { url } = await lakehouse.listen();
    const connection = {
      host: url,
      auth_method: "pat",
      token: lakehouse.token(lakehouse.owner),
      warehouse_id: lakehouse.warehouseId,
    };
    there.push({ lakehouse, connection, read: reader(lakehouse) });
  }
  await sql(...SHOP);
  return { server, source, there };
}

const ordersIn = (catalog: string) => `SELECT id FROM ${catalog}.bronze.orders ORDER BY id`;

function reader(lakehouse: Awaited<ReturnType<typeof openTestLakehouse>>) {
  return async (text: string) =>
    (await lakehouse.connect().statements.execute({ text, kind: "select", effect: "read" })).rows.flat();
}

async function submitted(server: Running, body: object): Promise<{ answer: Submitted; run: Run }> {
  const answer = await server.call<Submitted>("POST", "/api/clone", { source_catalog: "shop", ...body });
  return { answer, run: await server.finished<Run>(answer.job_id) };
}

describe("clones to other workspaces over the API", () => {
  it("goes to one saved connection, over a share, into its destination catalog", async () => {
    const { server, there } = await neighbourhood(1);
    const [target] = there;
    await server.call("POST", "/api/connections", {
      name: "eu",
      ...target?.connection,
      destination_catalog: "shop_eu",
    });
    const { answer, run } = await submitted(server, { destination_catalog: "x", target_workspace: "eu" });
    expect(answer.message).toBe("Cross-workspace clone job submitted (Delta Sharing → DEEP CLONE)");
    expect(run.error).toBeNull();
    expect(run).toMatchObject({
      status: "completed",
      targets: [{ name: "eu", destination_catalog: "shop_eu" }],
      result: { status: "success", tables: { success: 3 } },
    });
    expect(await target?.read(ordersIn("shop_eu"))).toEqual(["1", "2", "3"]);
  });

  it("looks ahead of a clone to a target, which is asked and not changed", async () => {
    const { server, there } = await neighbourhood(1);
    const [target] = there;
    const body = {
      source_catalog: "shop",
      destination_catalog: "copy",
      target_workspace: target?.connection,
    };
    const plan = await server.call<ClonePlan>("POST", "/api/plan", body);
    expect(plan.steps.some(({ operation }) => operation.kind === "open_route")).toBe(true);
    expect(await server.call<Preflight>("POST", "/api/preflight", body)).toMatchObject({ blocking: 0 });
    expect(await target?.read("SHOW CATALOGS LIKE 'copy'")).toEqual([]);
    const both = { ...body, target_workspace: undefined, target_workspaces: ["a", "b"] };
    expect(await server.call<Problem>("POST", "/api/plan", both)).toMatchObject({ status: 422 });
  });

  it("fans out: one target with a broken warehouse fails by itself, with the service's words; mended, only it is gone on with; undone, both are", async () => {
    const { server, there } = await neighbourhood(2);
    const [good, broken] = there;
    await server.call("POST", "/api/connections", { name: "good", ...good?.connection });
    await server.call("POST", "/api/connections", {
      name: "broken",
      ...broken?.connection,
      warehouse_id: "ffffffffffffffff",
    });
    const { answer, run } = await submitted(server, {
      destination_catalog: "copies",
      target_workspaces: ["good", "broken"],
      fanout_max_parallel: 2,
    });
    expect(answer.message).toBe("Multi-target fanout clone job submitted (2 targets, max_parallel=2)");
    expect(run).toMatchObject({
      status: "failed",
      result: {
        mode: "fanout",
        status: "partial",
        target_count: 2,
        succeeded_targets: 1,
        failed_targets: 1,
        per_target: [
          { target_name: "good", target_status: "success", tables: { success: 3 } },
          { target_name: "broken", target_status: "failed", target_host: broken?.connection.host },
        ],
      },
    });
    expect(run.result?.per_target?.[0]?.bytes_copied).toBeGreaterThan(0);
    expect(run.result?.per_target?.[1]?.error).toContain("ffffffffffffffff");
    expect(await good?.read(ordersIn("copies"))).toEqual(["1", "2", "3"]);

    await server.call("PATCH", "/api/connections/broken", { warehouse_id: broken?.connection.warehouse_id });
    await server.call("POST", `/api/clone/${run.job_id}/resume`);
    const mended = await server.finished<Run>(run.job_id);
    expect(mended).toMatchObject({
      status: "completed",
      result: { status: "success", succeeded_targets: 2 },
    });
    expect(mended.result?.per_target?.[0]?.target_duration_seconds).toBe(
      run.result?.per_target?.[0]?.target_duration_seconds,
    );
    expect(await broken?.read(ordersIn("copies"))).toEqual(["1", "2", "3"]);

    expect(mended.undoable).toBe(true);
    const undone = await server.call<RollbackSummary>("POST", `/api/clone/${run.job_id}/rollback`);
    expect(undone).toMatchObject({ status: "success", left: [], errors: [] });
    expect(undone.undone.map(({ object }) => object)).toEqual(
      expect.arrayContaining(["good: copies.bronze.orders", "broken: copies.bronze.orders"]),
    );
    for (const each of [good, broken]) expect(await each?.read("SHOW CATALOGS LIKE 'copies'")).toEqual([]);
    expect(await server.call("GET", `/api/clone/${run.job_id}`)).toMatchObject({ undoable: false });
  });

  it("takes the same workspace twice, when the destinations differ", async () => {
    const { server, there } = await neighbourhood(1);
    const [target] = there;
    await server.call("POST", "/api/connections", {
      name: "a",
      ...target?.connection,
      destination_catalog: "copy_a",
    });
    await server.call("POST", "/api/connections", {
      name: "b",
      ...target?.connection,
      destination_catalog: "copy_b",
    });
    const { run } = await submitted(server, { destination_catalog: "x", target_workspaces: ["a", "b"] });
    expect(run).toMatchObject({ status: "completed", result: { succeeded_targets: 2 } });
    expect(await target?.read(ordersIn("copy_a"))).toEqual(await target?.read(ordersIn("copy_b")));

    await server.call("PATCH", "/api/connections/b", { destination_catalog: "COPY_A" });
    const twice = await server.call<Problem>("POST", "/api/clone", {
      source_catalog: "shop",
      destination_catalog: "x",
      target_workspaces: ["a", "b"],
    });
    expect(twice.status).toBe(422);
    expect(twice.detail).toContain("are the same place");
  });

  it("clones plainly to another address of the same metastore, and never a catalog into itself", async () => {
    const { server, source } = await neighbourhood(0);
    const { url } = await source.listen();
    const here = {
      host: url,
      auth_method: "pat",
      token: source.token(source.owner),
      warehouse_id: source.warehouseId,
    };
    const { run } = await submitted(server, { destination_catalog: "beside", target_workspace: here });
    expect(run).toMatchObject({ status: "completed", result: { target_host: url } });
    expect(run.result?.share_name).toBeUndefined();
    expect(await reader(source)(ordersIn("beside"))).toEqual(["1", "2", "3"]);
    const itself = await submitted(server, { destination_catalog: "shop", target_workspace: here });
    expect(itself.run).toMatchObject({ status: "failed" });
    expect(itself.run.error).toContain("shop would be cloned into itself");
  });

  it("refuses what names no workspace before anything is stored", async () => {
    const { server } = await neighbourhood(0);
    const from = { source_catalog: "shop", destination_catalog: "copy" };
    const refused = async (body: object) => {
      const { status, errors = [] } = await server.call<Problem>("POST", "/api/clone", { ...from, ...body });
      return [status, ...errors.map(({ path }) => path)];
    };
    expect(await refused({ target_workspace: "nowhere" })).toEqual([422, "target_workspace"]);
    expect(await refused({ target_workspaces: ["nowhere", { connection: "inline:1" }] })).toEqual([
      422,
      "target_workspaces[0]",
      "target_workspaces[1].connection",
    ]);
    const inline = { host: "https://x.example.com", auth_method: "pat", warehouse_id: "w" };
    expect(await refused({ target_workspace: inline })).toEqual([422, "target_workspace.token"]);
    expect(
      await refused({ target_workspace: { ...inline, token: "t", host: "http://x.example.com" } }),
    ).toEqual([422, "target_workspace.host"]);
    expect(await server.call("GET", "/api/clone/jobs")).toEqual([]);
  });

  it("ends a clone to a target that does not answer as failed, naming it", async () => {
    const { server } = await neighbourhood(0);
    const gone = { host: "http://127.0.0.1:9", auth_method: "pat", token: "t", warehouse_id: "w" };
    const { run } = await submitted(server, { destination_catalog: "copy", target_workspace: gone });
    expect(run).toMatchObject({ status: "failed" });
    expect(run.error).toContain("127.0.0.1:9");
  });

  it("keeps what was given with a run for as long as it may be gone on with", async () => {
    const storeDirectory = temporaryDirectory();
    const { server, there } = await neighbourhood(1, { storeDirectory });
    const [target] = there;
    target?.lakehouse.chaos.add({
      on: { kind: "clone" },
      fault: { kind: "end", state: "FAILED", errorCode: "BAD_REQUEST", message: "Not today" },
    });
    const given = { destination_catalog: "copies", target_workspaces: [target?.connection] };
    const { run } = await submitted(server, given);
    expect(run).toMatchObject({ status: "failed", resumable: true });
    const kept = () =>
      temporaryConnections(storeDirectory)
        .keptFor()
        .map(({ runId }) => runId);
    expect(kept()).toEqual([run.job_id]);
    target?.lakehouse.chaos.clear();
    await server.call("POST", `/api/clone/${run.job_id}/resume`);
    expect(await server.finished<Run>(run.job_id)).toMatchObject({ status: "completed" });
    await server.close();
    await (await running({ storeDirectory })).close();
    expect(kept()).toEqual([]);
  });

  it("pitfall 26: leaves the credentials of a target nowhere: no answer, log, event, plan, ledger or database", async () => {
    const storeDirectory = temporaryDirectory();
    const { server, there } = await neighbourhood(2, { storeDirectory });
    const [one, two] = there;
    const tokens = there.map(({ connection }) => connection.token);
    const wrong = { ...two?.connection, token: "dapi-planted-0001", name: "planted" };
    const principal = {
      host: two?.connection.host,
      auth_method: "service_principal",
      client_id: "planted-client-0002",
      client_secret: "planted-secret-0003",
      warehouse_id: "w",
      destination_catalog: "other",
    };
    await server.call("POST", "/api/connections", { name: "saved", ...one?.connection });
    const { run } = await submitted(server, {
      destination_catalog: "copies",
      target_workspaces: ["saved", { ...one?.connection, destination_catalog: "again" }, wrong, principal],
    });
    expect(run.result).toMatchObject({ succeeded_targets: 2, failed_targets: 2 });
    const events = await (await fetch(`${server.url}/api/clone/${run.job_id}/events`)).text();
    const listed = JSON.stringify(await server.call("GET", "/api/connections"));
    await server.close();
    const everything = [JSON.stringify(run), events, listed, ...filesUnder(storeDirectory)];
    // The id of a client is the user name of its service principal: no secret, and part of the service's own errors.
    const secrets = [...tokens, "dapi-planted-0001", "planted-secret-0003"];
    for (const secret of secrets)
      expect(everything.filter((text) => text.includes(secret)).map((text) => text.slice(0, 200))).toEqual(
        [],
      );
  });
});

/** The bytes of every file, with its name. */
function filesUnder(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((file) => join(directory, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => `${file}\n${readFileSync(file, "latin1")}`);
}
