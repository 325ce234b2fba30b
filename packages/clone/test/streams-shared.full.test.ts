import { metastoreNetwork } from "@clone-xs/lakehouse";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refreshStream, stopStream } from "../src/streams/look-after.ts";
import { planStream, startStream } from "../src/streams/start-stream.ts";
import { openStreamingWorkspace, streamRequest, type StreamingWorkspace } from "./streams.ts";

/** Streams whose source is a catalog from a share, in the workspace that has it. */
let east: StreamingWorkspace;
let west: StreamingWorkspace;
beforeAll(async () => {
  const network = metastoreNetwork();
  [east, west] = [await openStreamingWorkspace({ network }), await openStreamingWorkspace({ network })];
  await east.sql(
    "CREATE CATALOG prod",
    "CREATE SCHEMA prod.s",
    "CREATE TABLE prod.s.t (id BIGINT, name STRING) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')",
    "INSERT INTO prod.s.t VALUES (1, 'one'), (2, 'two')",
    "CREATE TABLE prod.s.silent (id BIGINT)",
    "INSERT INTO prod.s.silent VALUES (1)",
    "CREATE TABLE prod.s.bare (id BIGINT)",
  );
  const { sharing } = east.ports().workspace;
  await sharing.createRecipient({ name: "west", globalMetastoreId: west.lakehouse().globalMetastoreId });
  await sharing.createShare({ name: "sh" });
  const object = (name: string, history: boolean) =>
    ({
      action: "ADD",
      object: { name: `prod.s.${name}`, type: "TABLE", sharedAs: `s.${name}`, history },
    }) as const;
  await sharing.updateShare("sh", [object("t", true), object("silent", true), object("bare", false)]);
  await sharing.changeShareGrants("sh", { add: ["west"] });
  await west.sql(`CREATE CATALOG m USING SHARE \`${east.lakehouse().metastoreId}\`.sh`);
});
afterAll(async () => {
  await west?.close();
  await east?.close();
});

const request = (more: object) =>
  streamRequest({ source_catalog: "m", destination_catalog: "copy", trigger_ms: 100, ...more });
const rows = async (of: StreamingWorkspace, table: string) =>
  (await of.sql(`SELECT * FROM ${table}`)).map((row) => JSON.stringify(row)).sort();

test("a table from a share is kept in sync like any other: merged by its key, or cloned", async () => {
  const wire = { tables: ["s.t", "s.silent"], keys: { "s.t": ["id"] } };
  const record = await startStream(request(wire), west.ports());
  await east.sql(
    "UPDATE prod.s.t SET name = 'changed' WHERE id = 1",
    "DELETE FROM prod.s.t WHERE id = 2",
    "INSERT INTO prod.s.t VALUES (3, 'three')",
    "INSERT INTO prod.s.silent VALUES (2)",
  );
  const expected = async (table: string) => JSON.stringify(await rows(east, `prod.s.${table}`));
  for (const table of ["t", "silent"])
    await west.until(async () =>
      JSON.stringify(await rows(west, `copy.s.${table}`)) === (await expected(table)) ? true : undefined,
    );
  const { progress } = await west.until(async () => {
    const now = await refreshStream(record, west.ports());
    return Object.values(now.progress).every(({ lag_seconds }) => lag_seconds === 0) ? now : undefined;
  });
  expect(progress).toMatchObject({
    "s.t": { method: "merge", lag_seconds: 0, error: null },
    "s.silent": { method: "clone", lag_seconds: 0, error: null },
  });
  expect(west.events.flatMap((e) => (e.type === "synced" ? `${e.table} ${e.synced.how}` : []))).toEqual(
    expect.arrayContaining(["s.t merge", "s.silent refresh"]),
  );
  await stopStream(record.stream_id, west.ports());
});

test("what the provider does not share of a table is named", async () => {
  const plan = await planStream(
    request({ tables: ["s.silent", "s.bare"], keys: { "s.silent": ["id"] } }),
    west.ports(),
  );
  expect(plan.problems).toMatchObject([
    {
      table: "s.silent",
      code: "NO_CHANGE_FEED",
      message: expect.stringContaining("Its provider has to share it"),
    },
    { table: "s.bare", code: "NO_HISTORY" },
  ]);
});
