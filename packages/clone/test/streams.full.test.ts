import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Statements, withExecute, WorkspaceError } from "@clone-xs/unity";
import { cloneTable } from "@clone-xs/sql";
import { STAMP_PROPERTY, writeStamp } from "../src/decide/provenance.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import { makeFirstCopies } from "../src/streams/first-copy.ts";
import { runTick } from "../src/streams/loop.ts";
import { programPath } from "../src/streams/names.ts";
import { programOf } from "../src/streams/program.ts";
import { type Send, sending } from "../src/streams/sync-table.ts";
import { surveyStream } from "../src/streams/survey.ts";
import { readProgram } from "../src/streams/task-file.ts";
import { fill } from "../src/streams/template.ts";
import {
  discoverStreams,
  findStream,
  refreshStream,
  restartStream,
  stopStream,
} from "../src/streams/look-after.ts";
import { planStream, startStream } from "../src/streams/start-stream.ts";
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

const ended = async (streamId: string) => {
  const record = await findStream(streamId, w.ports());
  return record?.status === "failed" || record?.status === "stopped" ? record : undefined;
};
/** A loop has told of a table that it brought up to date: rows are seen a moment before their position is written. */
const told = async () => w.events.find(({ type }) => type === "synced");
const runsNamed = async (name: string) =>
  (await w.ports().workspace.jobs.runs({ namePrefix: name })).map(({ runId }) => runId);

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

  test("pitfall 19: starting it twice finds the first run, and two that start it at once get one", async () => {
    const [first, second] = await Promise.all([
      startStream(request(), w.ports()),
      startStream(request(), w.ports()),
    ]);
    const third = await startStream(request(), w.ports());
    expect([second.run_id, third.run_id]).toEqual([first.run_id, first.run_id]);
    expect(await runsNamed(first.run_name)).toEqual([first.run_id]);
    expect(third).toMatchObject({ tables: ["bronze.events"], source_catalog: source });
    await stopStream(first.stream_id, w.ports());
    const again = await startStream(request(), w.ports());
    expect(again.run_id).not.toBe(first.run_id);
    await stopStream(again.stream_id, w.ports());
  });

  test("pitfall 19: is found again from the workspace alone, and goes on under its run when that was opened anew", async () => {
    const { stream_id, run_id } = await startStream(request(), w.ports());
    await w.reopen();
    await w.sql(`INSERT INTO ${source}.bronze.events VALUES (7, 'after')`);
    await w.until(same);
    const found = (await discoverStreams(w.ports())).find((one) => one.stream_id === stream_id);
    expect(found).toMatchObject({
      run_id,
      status: "running",
      source_catalog: source,
      destination_catalog: target,
      tables: ["bronze.events"],
      trigger_ms: 100,
      attempt: 0,
    });
    await stopStream(stream_id, w.ports());
  });

  test("pitfall 19: two that restart it at once get one run", async () => {
    const first = await startStream(request(), w.ports());
    const both = await Promise.all([1, 2].map(() => restartStream(first.stream_id, w.ports())));
    expect(both.map(({ run_id }) => run_id)).not.toContain(first.run_id);
    expect(new Set(both.map(({ run_id }) => run_id)).size).toBe(1);
    await stopStream(first.stream_id, w.ports());
  });

  test("takes over a copy whose stream has ended, and none whose stream runs", async () => {
    await w.sql(`CREATE TABLE ${source}.bronze.other (id INT)`);
    const first = await startStream(request(), w.ports());
    const both = request({ tables: ["bronze.events", "bronze.other"] });
    expect(await planStream(both, w.ports())).toMatchObject({
      problems: [
        {
          code: "TARGET_TAKEN",
          message: `${target}.bronze.events is kept in sync by stream ${first.stream_id}, which runs.`,
        },
      ],
    });
    await stopStream(first.stream_id, w.ports());
    await w.sql(`INSERT INTO ${source}.bronze.events VALUES (3, 'between')`);
    w.events.length = 0;
    const second = await startStream(both, w.ports());
    expect(second.stream_id).not.toBe(first.stream_id);
    await w.until(told);
    expect(await same()).toHaveLength(3);
    expect(w.events).toContainEqual(
      expect.objectContaining({ type: "synced", synced: expect.objectContaining({ how: "merge" }) }),
    );
    await stopStream(second.stream_id, w.ports());
  });

  test("makes a clone of the source its copy, unless somebody has written to it", async () => {
    const stamp = writeStamp({
      run: "run00001",
      step: "table:bronze.events",
      source: `${source}.bronze.events`,
      sourceId: null,
      version: "0",
      versionTimestamp: null,
      fingerprint: null,
      target: `${target}.bronze.events`,
    });
    const clone = cloneTable({
      target: { catalog: target, schema: "bronze", name: "events" },
      source: { catalog: source, schema: "bronze", name: "events" },
      asOf: { version: 0 },
      tblProperties: { [STAMP_PROPERTY]: stamp },
    });
    await w.sql(`CREATE CATALOG ${target}`, `CREATE SCHEMA ${target}.bronze`, clone.text);
    expect((await planStream(request(), w.ports())).tables).toMatchObject([{ first_copy: "replace" }]);
    await w.sql(`INSERT INTO ${target}.bronze.events VALUES (77, 'mine')`);
    expect((await planStream(request(), w.ports())).problems).toMatchObject([{ code: "TARGET_MODIFIED" }]);
    await w.sql(`DROP TABLE ${target}.bronze.events`, clone.text);
    const { stream_id } = await startStream(request(), w.ports());
    expect(await same()).toHaveLength(2);
    await stopStream(stream_id, w.ports());
  });

  test("goes on from where its copy is when it is started again", async () => {
    const { stream_id } = await startStream(request(), w.ports());
    await stopStream(stream_id, w.ports());
    await w.sql(`DELETE FROM ${source}.bronze.events WHERE id = 1`);
    const before = await w.sql(`DESCRIBE HISTORY ${target}.bronze.events`);
    w.events.length = 0;
    await startStream(request(), w.ports());
    await w.until(told);
    expect(await same()).toHaveLength(1);
    expect(before.map((row) => row[4])).toEqual(["CLONE"]);
    expect(w.events.filter(({ type }) => type === "synced")).toMatchObject([{ synced: { how: "merge" } }]);
    await stopStream(stream_id, w.ports());
  });

  test("ends as failed, with the table and the error, when a table fails three times in a row", async () => {
    await w.sql(
      `CREATE TABLE ${source}.bronze.other (id INT) ${FEED}`,
      `INSERT INTO ${source}.bronze.other VALUES (1)`,
    );
    const both = request({ tables: ["bronze.events", "bronze.other"], max_retries: 0 });
    const { stream_id } = await startStream(both, w.ports());
    await w.sql(
      `INSERT INTO ${source}.bronze.events VALUES (9, 'others go on')`,
      `DROP TABLE ${source}.bronze.other`,
    );
    const record = await w.until(() => ended(stream_id));
    expect(record).toMatchObject({
      status: "failed",
      error: expect.stringContaining(
        `${source}.bronze.other failed 3 times in a row, at last with: [TABLE_OR_VIEW_NOT_FOUND]`,
      ),
    });
    expect(await same()).toHaveLength(3);
    const { progress } = await refreshStream(record, w.ports());
    expect(progress).toMatchObject({
      "bronze.events": { lag_seconds: 0, error: null },
      "bronze.other": { lag_seconds: null, error: expect.stringContaining("TABLE_OR_VIEW_NOT_FOUND") },
    });
  });

  test("does not write to a table that is no longer its copy", async () => {
    const { stream_id } = await startStream(request({ max_retries: 0 }), w.ports());
    await w.sql(
      `CREATE OR REPLACE TABLE ${target}.bronze.events AS SELECT 5 AS mine`,
      `INSERT INTO ${source}.bronze.events VALUES (9, 'z')`,
    );
    expect(await w.until(() => ended(stream_id))).toMatchObject({
      status: "failed",
      error: expect.stringContaining(`${target}.bronze.events is not, or no longer, kept by this stream.`),
    });
    expect(await rows(target)).toEqual(['["5"]']);
  });

  test("tells how far behind each copy is", async () => {
    const record = await startStream(request(), w.ports());
    await stopStream(record.stream_id, w.ports());
    const upToDate = await refreshStream(record, w.ports());
    expect(upToDate.progress).toEqual({
      "bronze.events": { method: "merge", checkpoint: "1", lag_seconds: 0, error: null },
    });
    await w.sql(
      `INSERT INTO ${source}.bronze.events VALUES (8, 'h')`,
      `INSERT INTO ${source}.bronze.events VALUES (9, 'i')`,
    );
    const [[first] = []] = await w.sql(
      `SELECT unix_millis(timestamp) FROM (DESCRIBE HISTORY ${source}.bronze.events) WHERE version = 2`,
    );
    const clock = { ...w.ports().clock, now: () => Number(first) + 61_500 };
    const { progress } = await refreshStream(upToDate, { ...w.ports(), clock });
    expect(progress).toMatchObject({ "bronze.events": { checkpoint: "1", lag_seconds: 61.5 } });
  });

  test("of an id that nobody has is not there", async () => {
    const missing = expect.objectContaining({ code: "STREAM_NOT_FOUND", object: "sync-0000000000" });
    await expect(stopStream("sync-0000000000", w.ports())).rejects.toEqual(missing);
    await expect(restartStream("sync-0000000000", w.ports())).rejects.toEqual(missing);
    expect(await findStream("sync-0000000000", w.ports())).toBeUndefined();
  });
});

describe("what reaches the copy", () => {
  const following = async (wire: object, change: () => Promise<unknown>) => {
    const { stream_id } = await startStream(request(wire), w.ports());
    w.events.length = 0;
    await change();
    await w.until(told);
    const found = await w.until(same);
    await stopStream(stream_id, w.ports());
    return { found, how: w.events.flatMap((e) => (e.type === "synced" ? e.synced.how : [])) };
  };

  test("pitfall 15: updates and deletes, and a key that became another", async () => {
    const { found, how } = await following({}, () =>
      w.sql(
        `UPDATE ${source}.bronze.events SET name = 'changed' WHERE id = 1`,
        `UPDATE ${source}.bronze.events SET id = 20 WHERE id = 2`,
        `INSERT INTO ${source}.bronze.events VALUES (3, 'c')`,
        `DELETE FROM ${source}.bronze.events WHERE id = 3`,
      ),
    );
    expect(found).toEqual(['["1","changed"]', '["20","b"]']);
    expect(new Set(how)).toEqual(new Set(["merge"]));
  });

  test("pitfall 14: the last change of each key, and nothing that came after the version it is for", async () => {
    const { stream_id } = await startStream(request(), w.ports());
    await stopStream(stream_id, w.ports());
    for (const name of ["one", "two", "three"])
      await w.sql(`UPDATE ${source}.bronze.events SET name = '${name}' WHERE id = 1`);
    const merged: string[] = [];
    const { statements } = w.ports().workspace;
    const spying: Send = async (text, kind, values = {}) => {
      if (kind === "write") merged.push(fill(text, values));
      const result = await sending(statements, undefined)(text, kind, values);
      // The source moves on while the tick is under way.
      if (kind === "history" && merged.length === 0 && values.from === undefined)
        await w.sql(`UPDATE ${source}.bronze.events SET name = 'later' WHERE id = 1`);
      return result;
    };
    const program = await readProgram(
      w.ports().workspace.files,
      programPath(DEFAULT_SETTINGS.audit, stream_id),
    );
    await runTick(program, { positions: new Map(), failures: new Map() }, spying, {});
    expect(await rows(target)).toEqual(['["1","three"]', '["2","b"]']);
    expect(merged).toEqual([expect.stringContaining(`.\`events\`', 2, 4)`)]);
  });

  test("pitfall 14: rows that could not be merged are merged by the next tick", async () => {
    const { stream_id } = await startStream(request(), w.ports());
    await stopStream(stream_id, w.ports());
    await w.sql(`UPDATE ${source}.bronze.events SET name = 'changed' WHERE id = 1`);
    const program = await readProgram(
      w.ports().workspace.files,
      programPath(DEFAULT_SETTINGS.audit, stream_id),
    );
    const send = sending(w.ports().workspace.statements, undefined);
    const memory = { positions: new Map(), failures: new Map() };
    const failing: Send = (text, kind, values) =>
      kind === "write"
        ? Promise.reject(new WorkspaceError("UNAVAILABLE", "not now", { retryable: true }))
        : send(text, kind, values);
    await runTick(program, memory, failing, {});
    expect(await rows(target)).toEqual(['["1","a"]', '["2","b"]']);
    await runTick(program, memory, send, {});
    expect(await rows(target)).toEqual(['["1","changed"]', '["2","b"]']);
  });

  test("pitfall 13: the position is the version that was copied, whatever the source did meanwhile", async () => {
    const { workspace } = w.ports();
    const execute: Statements["execute"] = async (statement, options) => {
      const result = await workspace.statements.execute(statement, options);
      if (statement.kind === "clone")
        await w.sql(`INSERT INTO ${source}.bronze.events VALUES (50, 'meanwhile')`);
      return result;
    };
    const survey = await surveyStream(request(), w.ports());
    await makeFirstCopies(survey.tables, request(), {
      ...w.ports(),
      workspace: withExecute(workspace, execute),
    });
    expect(await w.sql(`SHOW TBLPROPERTIES ${target}.bronze.events ('clxs.stream.version')`)).toMatchObject([
      ["clxs.stream.version", "1"],
    ]);
    const { stream_id } = await startStream(request(), w.ports());
    expect(await w.until(same)).toHaveLength(3);
    await stopStream(stream_id, w.ports());
  });

  test("a repeated id, by a clone", async () => {
    const { found, how } = await following({}, () =>
      w.sql(`INSERT INTO ${source}.bronze.events VALUES (1, 'again')`),
    );
    expect(found).toEqual(['["1","a"]', '["1","again"]', '["2","b"]']);
    expect(how).toEqual(["refresh"]);
  });

  test("changes of a table without a key, by clones", async () => {
    await w.sql(
      `CREATE OR REPLACE TABLE ${source}.bronze.events (id INT, name STRING)`,
      `INSERT INTO ${source}.bronze.events VALUES (1, 'a')`,
    );
    const { found, how } = await following({}, () =>
      w.sql(`INSERT INTO ${source}.bronze.events VALUES (1, 'a')`),
    );
    expect(found).toEqual(['["1","a"]', '["1","a"]']);
    expect(how).toEqual(["refresh"]);
  });

  test("columns that are new, without a clone", async () => {
    const { found, how } = await following({}, () =>
      w.sql(
        `ALTER TABLE ${source}.bronze.events ADD COLUMNS (price DECIMAL(10,2), \`a\`\`b\` DATE)`,
        `INSERT INTO ${source}.bronze.events VALUES (3, 'c', 1.5, DATE'2026-01-02')`,
      ),
    );
    expect(found).toContain('["3","c","1.50","2026-01-02"]');
    expect(new Set(how)).toEqual(new Set(["merge"]));
  });

  test("nothing is sent but one look at the histories while nothing changes", async () => {
    for (let i = 0; i < 29; i++) await w.sql(`CREATE TABLE ${source}.bronze.t${i} (id INT)`);
    const { tables: _, ...whole } = { ...request(), tables: undefined };
    const survey = await surveyStream({ ...whole, tables: [], schema: "bronze" }, w.ports());
    await makeFirstCopies(survey.tables, request(), w.ports());
    const program = programOf(
      request(),
      survey.tables.map((table) => table.program),
    );
    const memory = { positions: new Map(), failures: new Map() };
    const send = sending(w.ports().workspace.statements, undefined);
    await runTick(program, memory, send, {});
    const kinds: string[] = [];
    await runTick(
      program,
      memory,
      (...args) => {
        kinds.push(args[1]);
        return send(...args);
      },
      {},
    );
    expect(kinds).toEqual(["history", "history"]);
  });
});

describe("what a stream is refused for", () => {
  const refusal = async (wire: object) => {
    const { problems, without_change_feed } = await planStream(request(wire), w.ports());
    const start = startStream(request(wire), w.ports());
    await expect(start).rejects.toMatchObject({ code: "STREAM_REFUSED" });
    expect(
      await w.ports().workspace.unity.table({ catalog: target, schema: "bronze", name: "t" }),
    ).toBeUndefined();
    return { problems, without_change_feed };
  };

  test("a table with a key whose changes are not recorded, with the ALTER that has them recorded", async () => {
    await w.sql(`CREATE TABLE ${source}.bronze.t (id INT NOT NULL, CONSTRAINT t_pk PRIMARY KEY (id))`);
    const alter = `ALTER TABLE \`${source}\`.\`bronze\`.\`t\` SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`;
    const refused = await refusal({ tables: ["bronze.t", "bronze.events"] });
    expect(refused).toMatchObject({
      problems: [{ table: "bronze.t", code: "NO_CHANGE_FEED", remedy: alter }],
      without_change_feed: [{ table: "bronze.t", alter }],
    });
    const plan = await planStream(request({ tables: ["bronze.t"], without_change_feed: "clone" }), w.ports());
    expect(plan).toMatchObject({ problems: [], tables: [{ method: "clone" }] });
    await w.sql(alter);
    expect(await planStream(request({ tables: ["bronze.t"] }), w.ports())).toMatchObject({
      problems: [],
      without_change_feed: [],
      tables: [{ method: "merge", keys: ["id"], keys_from: "primary_key" }],
    });
  });

  test.each<[string, () => object, readonly string[], string]>([
    ["a table that is not there", () => ({ tables: ["bronze.t"] }), [], "TABLE_NOT_FOUND"],
    [
      "a view",
      () => ({ tables: ["bronze.v"] }),
      ["CREATE VIEW SRC.bronze.v AS SELECT 1 AS one"],
      "NOT_STREAMABLE",
    ],
    [
      "a table with masked columns",
      () => ({ tables: ["bronze.m"] }),
      [
        "CREATE TABLE SRC.bronze.m (id INT, name STRING)",
        "CREATE FUNCTION SRC.bronze.hide(x STRING) RETURNS STRING RETURN '*'",
        "ALTER TABLE SRC.bronze.m ALTER COLUMN name SET MASK SRC.bronze.hide",
      ],
      "NOT_STREAMABLE",
    ],
    ["a key that is no column", () => ({ keys: { "bronze.events": ["nr"] } }), [], "UNKNOWN_KEY"],
    ["a key of another table", () => ({ keys: { "bronze.t": ["id"] } }), [], "UNKNOWN_KEY"],
    [
      "a table of somebody else under the copy's name",
      () => ({}),
      ["CREATE CATALOG DST", "CREATE SCHEMA DST.bronze", "CREATE TABLE DST.bronze.events (mine INT)"],
      "FOREIGN_TARGET",
    ],
  ])("%s", async (_, wire, before, code) => {
    for (const text of before) await w.sql(text.replaceAll("SRC", source).replaceAll("DST", target));
    expect((await refusal(wire())).problems).toMatchObject([{ code }]);
  });

  test("a catalog or a schema that is not there", async () => {
    await expect(planStream(request({ source_catalog: "nowhere" }), w.ports())).rejects.toMatchObject({
      code: "CATALOG_NOT_FOUND",
    });
    const wire = { source_catalog: source, destination_catalog: target, schema: "nowhere" };
    await expect(planStream(streamRequest(wire), w.ports())).rejects.toMatchObject({
      code: "SCHEMA_NOT_FOUND",
    });
  });

  test("a catalog that is protected", async () => {
    const settings = { ...DEFAULT_SETTINGS, protectedCatalogs: [target] };
    await expect(startStream(request(), { ...w.ports(), settings })).rejects.toMatchObject({
      code: "PROTECTED_CATALOG",
    });
  });
});

test("a plan of a whole schema says how each table is kept, what is left out, and what a day costs", async () => {
  await w.sql(
    `CREATE TABLE ${source}.bronze.keyless (id INT)`,
    `CREATE VIEW ${source}.bronze.v AS SELECT 1 AS one`,
  );
  const wire = { source_catalog: source, destination_catalog: target, schema: "bronze", usd_per_dbu: 0.5 };
  expect(await planStream(streamRequest(wire), w.ports())).toEqual({
    stream_id: streamRequest(wire).streamId,
    source_catalog: source,
    destination_catalog: target,
    schema: "bronze",
    trigger_ms: 30_000,
    tables: [
      {
        table: "bronze.events",
        source: `${source}.bronze.events`,
        target: `${target}.bronze.events`,
        method: "merge",
        reason: "its primary key tells its rows apart",
        keys: ["id"],
        keys_from: "primary_key",
        change_feed: true,
        first_copy: "create",
        source_version: "1",
      },
      {
        table: "bronze.keyless",
        source: `${source}.bronze.keyless`,
        target: `${target}.bronze.keyless`,
        method: "clone",
        reason: "it has no primary key, and the request names none",
        keys: [],
        keys_from: null,
        change_feed: false,
        first_copy: "create",
        source_version: "0",
      },
    ],
    skipped: [{ table: "bronze.v", reason: "it is a view" }],
    without_change_feed: [
      {
        table: "bronze.keyless",
        alter: `ALTER TABLE \`${source}\`.\`bronze\`.\`keyless\` SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`,
      },
    ],
    problems: [],
    cost: {
      compute_hours_per_day: 24,
      dbu_per_hour: { value: 2, from: "default", note: expect.any(String) },
      usd_per_dbu: { value: 0.5, from: "request", note: "as the request says" },
      usd_per_day: 24,
      note: expect.any(String),
    },
  });
});
