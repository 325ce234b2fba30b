import { describe, expect, it } from "vitest";
import { appWith } from "../../test/app.ts";
import { body, facts, line, queueOf, summaryOf, temporaryStore } from "../../test/fixtures.ts";
import { liveRuns } from "../live/live-runs.ts";
import { openMetrics } from "./metrics.ts";
import type { LogFields, ServerLog } from "./log.ts";
import { observers, runLog } from "./run-log.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function finished() {
  const made = await appWith();
  const id = made.queue.submit(body, facts);
  await settled();
  await made.queue.ended(id);
  return { ...made, id };
}

describe("the log of a run as a file", () => {
  it("has every line, as text", async () => {
    const { app, id } = await finished();
    const { headers, payload } = await app.inject(`/api/clone/${id}/logs`);
    expect(payload).toBe("one\ntwo\nthree\n");
    expect(headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="clxs-run-${id}.log"`,
    });
  });

  it("has every line with when and how grave, one JSON object each", async () => {
    const { app, store } = await appWith();
    store.insert({ id: "aaaaaaaa", request: body, facts, at: 1 });
    for (let n = 0; n < 2500; n += 1) store.append("aaaaaaaa", line(`line ${n}`));
    const { payload } = await app.inject("/api/clone/aaaaaaaa/logs?format=ndjson");
    const lines = payload
      .trimEnd()
      .split("\n")
      .map((each) => JSON.parse(each) as object);
    expect(lines).toHaveLength(2500);
    expect(lines.at(-1)).toEqual({
      id: 2500,
      time: "1970-01-01T00:00:00.001Z",
      level: "info",
      line: "line 2499",
    });
  });

  it.each([
    ["/api/clone/00000000/logs", 404],
    ["/api/clone/00000001/logs?format=xml", 422],
    ["/api/clone/00000001/events?from=then", 422],
    ["/api/clone/00000001/events?tail=-1", 422],
  ])("%s is a %s", async (url, status) => {
    const { app } = await finished();
    expect((await app.inject(url)).statusCode).toBe(status);
  });
});

describe("events from the newest on", () => {
  it.each([
    ["from=now", undefined, "id: 3\n\nevent: run", []],
    ["tail=2", undefined, "id: 1\n\nid: 2\nevent: event", [2, 3]],
    ["tail=99", undefined, "id: 0\n\nid: 1\nevent: event", [1, 2, 3]],
    ["from=now", "1", "id: 2\nevent: event", [2, 3]],
  ])("%s, coming back after event %s: where it stands, then %j", async (query, seen, start, events) => {
    const { app, id } = await finished();
    const headers = seen === undefined ? {} : { "last-event-id": seen };
    const { payload } = await app.inject({ url: `/api/clone/${id}/events?${query}`, headers });
    const ids = [...payload.matchAll(/^id: (\d+)\nevent: event$/gmu)].map(([, each]) => Number(each));
    expect(ids).toEqual(events);
    expect(payload).toContain('event: run\ndata: {"job_id"');
    expect(payload.endsWith('event: end\ndata: {"status":"completed"}\n\n')).toBe(true);
    expect(payload.slice(0, start.length)).toBe(start);
  });
});

describe("readiness", () => {
  it("tells of the store, the workspace and the queue", async () => {
    const { app } = await appWith();
    const ready = { status: "ready", store: "writable", workspace: "not tried", queue: "open" };
    expect((await app.inject("/api/health/ready")).json()).toEqual(ready);
    await app.inject("/api/catalogs");
    const { statusCode, json } = await app.inject("/api/health/ready");
    expect([statusCode, json()]).toEqual([200, { ...ready, status: "degraded", workspace: "unreachable" }]);
  });

  it("is gone when nothing can be written, or nothing is begun any more", async () => {
    const { app, queue } = await appWith();
    await queue.close();
    const closed = await app.inject("/api/health/ready");
    expect([closed.statusCode, closed.json<{ queue: string }>().queue]).toEqual([503, "closed"]);
    const store = temporaryStore();
    const other = await appWith({
      store: {
        ...store,
        check: () => {
          throw new Error("read-only");
        },
      },
    });
    const failing = await other.app.inject("/api/health/ready");
    expect([failing.statusCode, failing.json<{ store: string }>().store]).toEqual([503, "failing"]);
  });

  it("health says how many runs there are, and how many may run at once", async () => {
    const { app } = await appWith();
    expect((await app.inject("/api/health")).json()).toMatchObject({
      status: "ok",
      runs: { queued: 0, running: 0, max_parallel: 1 },
    });
  });
});

describe("metrics", () => {
  it("count requests by the template of their route, whatever is asked", async () => {
    const { app, id } = await finished();
    for (const url of [`/api/clone/${id}`, "/api/clone/00000000", "/api/nothing", "/nothing/at/all?x=secret"])
      await app.inject(url);
    const { headers, payload } = await app.inject("/metrics");
    expect(headers["content-type"]).toMatch(/^text\/plain/u);
    const counted = [...payload.matchAll(/^clxs_http_request_duration_seconds_count\{(.*)\} (\d+)$/gmu)];
    expect(counted.map(([, labels, count]) => `${labels} ${count}`)).toEqual([
      'method="GET",route="/api/clone/:id",status="200" 1',
      'method="GET",route="/api/clone/:id",status="404" 1',
      'method="GET",route="none",status="404" 2',
    ]);
    expect(payload).not.toContain("secret");
    expect(payload).toContain('clxs_runs{state="completed"} 1');
    expect(payload).toMatch(/^nodejs_eventloop_lag_p99_seconds /mu);
    expect(payload).toMatch(/^process_resident_memory_bytes /mu);
  });

  it("count what runs copy and how they end, and the log tells of their start and end", async () => {
    const store = temporaryStore();
    const metrics = openMetrics({ store, live: liveRuns(store), schedules: () => ({ due: 2, failed: 1 }) });
    const lines: { readonly message: string; readonly fields: LogFields }[] = [];
    const log: ServerLog = { line: (_, message, fields = {}) => lines.push({ message, fields }) };
    const step = { id: "a", kind: "table", object: "dev.s.t", operation: "clone", reason: "never_cloned" };
    const queue = queueOf(
      store,
      async ({ id }, { emit }) => {
        emit({ at: 1, type: "step", step: { ...step, state: "started" } });
        emit({ at: 2, type: "step", step: { ...step, state: "succeeded", bytesCopied: 7 } });
        emit({ at: 3, type: "copied", object: "dev.s.v", bytes: 5, files: 1 });
        return summaryOf(id);
      },
      { observe: observers(metrics, runLog(log)) },
    );
    const id = queue.submit(body, facts);
    await settled();
    await queue.ended(id);
    const { body: text } = await metrics.text();
    for (const each of [
      "clxs_copied_bytes_total 12",
      'clxs_objects_total{kind="table",outcome="succeeded"} 1',
      'clxs_runs_ended_total{outcome="success"} 1',
      'clxs_schedules{condition="due"} 2',
      'clxs_run_duration_seconds_count{outcome="success"} 1',
    ])
      expect(text).toContain(`${each}\n`);
    expect(lines).toEqual([
      { message: `Run ${id} begins: prod → dev`, fields: expect.objectContaining({ run: id }) as LogFields },
      {
        message: `Run ${id} ended: completed`,
        fields: expect.objectContaining({ run: id, status: "completed", outcome: "success" }) as LogFields,
      },
    ]);
  });

  it("tells the log of each request without its query, and who asked for a run", async () => {
    const lines: string[] = [];
    const { app } = await appWith({
      log: { line: (level, message, fields) => lines.push(`${level} ${message} ${JSON.stringify(fields)}`) },
    });
    await app.inject("/api/clone/jobs?before=secret");
    const { job_id: id } = (
      await app.inject({ method: "POST", url: "/api/clone", payload: JSON.stringify(body) })
    ).json<{ job_id: string }>();
    expect(lines.join("\n")).not.toContain("secret");
    expect(lines[0]).toMatch(/^debug GET \/api\/clone\/jobs 200 .*"caller":"local"/u);
    expect(lines.at(-1)).toContain(`info Run ${id} was asked for by local {"run":"${id}","caller":"local"}`);
  });
});
