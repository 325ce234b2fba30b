import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openTestLakehouse } from "@clone-xs/lakehouse/testing";
import { expect, it, onTestFinished } from "vitest";
import { type Api, readDocument } from "./fuzz/document.ts";
import { type Running, running, SHOP } from "./running.ts";

const TOKEN = "every-operation";
const authorised = { authorization: `Bearer ${TOKEN}` };
const PAIR = { source_catalog: "shop", destination_catalog: "copy" };

interface Asked {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Asks operations by their names, and remembers which had an answer that their document calls a success. */
function caller({ url }: Running, { operations }: Api) {
  const succeeded = new Set<string>();
  const ask = async (id: string, { path = {}, query = {}, body }: Asked): Promise<Response> => {
    const operation = operations.find((each) => each.id === id);
    if (operation === undefined) throw new Error(`the document has no operation ${id}`);
    const filled = Object.entries(path).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(value)),
      operation.path,
    );
    const search = new URLSearchParams(query).toString();
    const answer = await fetch(`${url}${filled}${search === "" ? "" : `?${search}`}`, {
      method: operation.method,
      headers: authorised,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${id} answered ${answer.status}: ${await answer.text()}`);
    expect(operation.statuses, id).toContain(answer.status);
    succeeded.add(id);
    return answer;
  };
  return {
    succeeded,
    json: async <T = Record<string, unknown>>(id: string, asked: Asked = {}) =>
      (await (await ask(id, asked)).json()) as T,
    text: async (id: string, asked: Asked = {}) => (await ask(id, asked)).text(),
    /** What has no end. */
    begin: async (id: string) => (await ask(id, {})).body?.cancel(),
  };
}

async function elsewhere() {
  const lakehouse = await openTestLakehouse();
  onTestFinished(() => lakehouse.close());
  const { url: host } = await lakehouse.listen();
  const token = lakehouse.token(lakehouse.owner);
  return { host, auth_method: "pat", token, warehouse_id: lakehouse.warehouseId } as const;
}

/** Somebody who takes what is sent. */
async function listener(): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(204).end());
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/news`;
}

it("every operation of the document can succeed", { timeout: 300_000 }, async () => {
  const server = await running({ auth: "token", token: TOKEN });
  await server.sql(
    ...SHOP,
    "CREATE VOLUME shop.bronze.files",
    "ALTER TABLE shop.bronze.orders SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')",
  );
  const api = await readDocument(server.url, authorised);
  const { json, text, begin, succeeded } = caller(server, api);
  const over = async (id: string) => text("streamRunEvents", { path: { id } });
  const cloned = async (body: object) => {
    const { job_id } = await json<{ job_id: string }>("submitClone", { body });
    await over(job_id);
    return job_id;
  };

  await json("getHealth");
  await json("getReadiness");
  await text("getMetrics");
  await json("signIn", { body: { token: TOKEN } });
  await json("getSession");
  await json("signOut");
  const { id: tokenId } = await json<{ id: string }>("addToken", { body: { name: "ci", role: "viewer" } });
  await json("listTokens");
  await json("removeToken", { path: { id: tokenId } });
  await json("listActivity");

  await json("whoAmI");
  const catalog = "shop";
  const schema = "bronze";
  const table = { catalog, schema, table: "orders" };
  await json("listCatalogs");
  await json("listSchemas", { path: { catalog } });
  await json("listTables", { path: { catalog, schema } });
  await json("getCatalog", { path: { catalog } });
  await json("getLineage", { path: { catalog } });
  await json("getSchema", { path: { catalog, schema } });
  await json("getTable", { path: table });
  await json("getTableHistory", { path: table });
  await json("listFunctions", { path: { catalog, schema: "gold" } });
  await json("getFunction", { path: { catalog, schema: "gold", function: "shout" } });
  await json("listVolumes", { path: { catalog, schema } });
  await json("getVolume", { path: { catalog, schema, volume: "files" } });
  await json("listFiles", { path: { catalog, schema, volume: "files" } });

  const id = await cloned(PAIR);
  const run = { path: { id } };
  await json("listRuns");
  await json("getRun", run);
  await json("getRunStanding", run);
  const { objects } = await json<{ objects: { object: string }[] }>("listRunObjects", run);
  await json("getRunObject", { ...run, query: { object: objects[0]?.object ?? "" } });
  await json("getRunTimeline", run);
  await json("listRunLines", run);
  await json("listRunStatements", run);
  await text("getRunReport", run);
  await text("downloadRunLog", run);
  await json("verifyRun", run);
  await json("getVerification", run);
  await json("cancelVerification", run);
  await begin("streamRuns");
  const document = await json("getPlan", run);
  const { job_id: again } = await json<{ job_id: string }>("applyPlan", { body: document });
  await over(again);
  await json("rollBackRun", { ...run, body: { dry_run: true } });
  const { job_id: doomed } = await json<{ job_id: string }>("submitClone", { body: PAIR });
  await json("cancelRun", { path: { id: doomed } });

  await json("planClone", { body: PAIR });
  const { plan_id } = await json<{ plan_id: string }>("keepPlan", { body: { request: PAIR } });
  const kept = { path: { id: plan_id } };
  await json("listPlans");
  await json("getKeptPlan", kept);
  const file = await json("downloadPlan", kept);
  await json("checkPlan", kept);
  await json("reviewPlan", { ...kept, body: { verdict: "approved", note: "fine" } });
  const { job_id: applied } = await json<{ job_id: string }>("applyKeptPlan", kept);
  await over(applied);
  const opened = await json<{ plan_id: string }>("openPlan", { body: file });
  await json("deletePlan", { path: { id: opened.plan_id } });

  await json("diffCatalogs", { body: PAIR });
  await json("compareCatalogs", { body: PAIR });
  await json("estimateClone", { body: PAIR });
  await json("preflightClone", { body: PAIR });

  const there = await elsewhere();
  const name = "east";
  const saved = { path: { name } };
  await json("addConnection", { body: { name, ...there } });
  await json("listConnections");
  await json("getConnection", saved);
  await json("changeConnection", { ...saved, body: { destination_catalog: "copy" } });
  await json("replaceConnection", { ...saved, body: there });
  await json("validateConnection", saved);
  await json("listWarehousesOfConnection", saved);
  await json("listCatalogsOfConnection", saved);
  await json("whoAmIByConnection", saved);
  for (const asked of ["validate", "listWarehousesOf", "listCatalogsOf", "whoAmIBy"])
    await json(`${asked}UnsavedConnection`, { body: there });
  await json("addConnection", { body: { name: "broken", ...there, token: "nobody's" } });
  const failing = await cloned({
    ...PAIR,
    target_workspaces: ["broken", { connection: "broken", destination_catalog: "other" }],
  });
  await json("resumeRun", { path: { id: failing } });
  await over(failing);
  await json("deleteConnection", saved);

  const streaming = { ...PAIR, destination_catalog: "live", tables: ["bronze.orders"], trigger_ms: 1000 };
  await json("planStream", { body: streaming });
  const { stream_id } = await json<{ stream_id: string }>("startStream", { body: streaming });
  const stream = { path: { id: stream_id } };
  await json("listStreams");
  await json("getStream", stream);
  await json("getStreamLag", stream);
  await json("restartStream", stream);
  await json("stopStream", stream);

  const cron = "0 2 * * *";
  await json("previewSchedule", { body: { cron } });
  const nightly = { name: "nightly", cron, request: PAIR };
  const { id: scheduleId } = await json<{ id: string }>("addSchedule", { body: nightly });
  const scheduled = { path: { id: scheduleId } };
  await json("listSchedules");
  await json("getSchedule", scheduled);
  await json("changeSchedule", { ...scheduled, body: { enabled: false } });
  await json("replaceSchedule", { ...scheduled, body: nightly });
  await json("runSchedule", scheduled);
  await json("deleteSchedule", scheduled);

  const channel = { path: { name: "ops" } };
  const news = { name: "ops", kind: "webhook", url: await listener(), events: ["run_failed"] };
  await json("addNotificationChannel", { body: news });
  await json("listNotificationChannels");
  await json("changeNotificationChannel", { ...channel, body: { enabled: true } });
  await json("testNotificationChannel", channel);
  await json("listNotificationDeliveries", channel);
  await json("deleteNotificationChannel", channel);

  await json("getOverview");
  await json("getOverviewSeries");
  await json("getWorkspace");
  await json("listWarehouses");
  await json("getAuditTables");
  await json("getServerState");

  const untried = api.operations.map(({ id }) => id).filter((each) => !succeeded.has(each));
  expect(untried).toEqual([]);
});
