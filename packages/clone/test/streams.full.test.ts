import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  discoverStreams,
  findStream,
  refreshStream,
  restartStream,
  stopStream,
} from "../src/streams/look-after.ts";
import { startStream } from "../src/streams/start-stream.ts";
import { openStreamingWorkspace, streamRequest, type StreamingWorkspace } from "./streams.ts";

let w: StreamingWorkspace;
beforeAll(async () => {
  w = await openStreamingWorkspace();
});
afterAll(() => w.close());

const FEED = "TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')";
let source = "";
let target = "";
let count = 0;
const request = (more: object = {}) =>
  streamRequest({
    source_catalog: source,
    destination_catalog: target,
    tables: ["bronze.events"],
    trigger_ms: 100,
    ...more,
  });

beforeEach(async () => {
  count++;
  [source, target] = [`src_${count}`, `dst_${count}`];
  await w.sql(
    `CREATE CATALOG ${source}`,
    `CREATE SCHEMA ${source}.bronze`,
    `CREATE TABLE ${source}.bronze.events (id INT NOT NULL, name STRING, CONSTRAINT events_pk PRIMARY KEY (id)) ${FEED}`,
    `INSERT INTO ${source}.bronze.events VALUES (1, 'a'), (2, 'b')`,
  );
});

const rows = async (catalog: string) =>
  (await w.sql(`SELECT * FROM ${catalog}.bronze.events`)).map((row) => JSON.stringify(row)).sort();
const same = async () => {
  const [wanted, found] = [await rows(source), await rows(target)];
  return JSON.stringify(wanted) === JSON.stringify(found) ? found : undefined;
};

describe("a stream's life", () => {
  test("starts, shows what was inserted, restarts as the same stream, is found again and stops", async () => {
    const started = await startStream(request(), w.ports());
    expect(started).toMatchObject({
      stream_id: expect.stringMatching(/^sync-[0-9a-f]{10}$/u),
      source_catalog: source,
      tables: ["bronze.events"],
      status: expect.stringMatching(/^(?:starting|running)$/u),
    });
    await w.until(async () =>
      (await refreshStream(started, w.ports())).status === "running" ? true : undefined,
    );
    expect(await rows(target)).toEqual(['["1","a"]', '["2","b"]']);
    // An id that is there already, as nothing enforces a primary key.
    await w.sql(`INSERT INTO ${source}.bronze.events VALUES (2, 'again'), (3, 'c')`);
    expect(await w.until(same)).toHaveLength(4);
    const restarted = await restartStream(started.stream_id, w.ports());
    expect(restarted.stream_id).toBe(started.stream_id);
    expect(restarted.run_id).not.toBe(started.run_id);
    await w.sql(`UPDATE ${source}.bronze.events SET name = 'z' WHERE id = 1`);
    await w.until(same);
    const found = (await discoverStreams(w.ports())).find(({ stream_id }) => stream_id === started.stream_id);
    expect(found).toMatchObject({ run_id: restarted.run_id, status: "running", trigger_ms: 100 });
    expect(await stopStream(started.stream_id, w.ports())).toMatchObject({ status: "stopped", error: null });
    expect(await findStream(started.stream_id, w.ports())).toMatchObject({ status: "stopped" });
  });
});
