import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@clone-xs/clone";
import { expect, test } from "vitest";
import type { AuditTables, Overview, OverviewSeries, ServerState, StreamLag } from "../src/contract/index.ts";
import { SHOP, running } from "./running.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NONE = { completed: 0, partial: 0, failed: 0, cancelled: 0, dry_runs: 0, bytes_copied: 0 };

/** A server whose clock goes as it is set; what it clones it clones now. */
async function atTimes() {
  let behind = 0;
  const clock: Clock = {
    now: () => Date.now() - behind,
    sleep: (ms, signal) => sleep(ms, undefined, { ref: false, ...(signal ? { signal } : {}) }),
  };
  const server = await running({ clock });
  return {
    ...server,
    /** So long ago. */
    at: (ms: number) => {
      behind = ms;
    },
    clone: async (request: object) => {
      const { job_id } = await server.call<{ job_id: string }>("POST", "/api/clone", request);
      return server.finished<{ job_id: string; status: string; result: { bytes_copied: number } }>(job_id);
    },
    overview: () => server.call<Overview>("GET", "/api/overview"),
  };
}

const nightly = { source_catalog: "shop", destination_catalog: "shop_dev", load_type: "SELECTIVE" };

test("numbers are those of the runs, and what needs attention goes when it is mended", async () => {
  const { at, clone, overview, sql, call } = await atTimes();
  await sql(...SHOP);
  expect(await overview()).toMatchObject({
    attention: [],
    runs: { last_7_days: NONE, last_30_days: NONE },
    live: [],
    recent: [],
    pairs: [],
    streams: [],
  });

  at(10 * DAY);
  const first = await clone(nightly);
  at(3 * DAY);
  await sql(
    "INSERT INTO shop.bronze.orders VALUES (4, 'ada', 1.00)",
    "INSERT INTO shop.bronze.customers VALUES ('x', 'y')",
  );
  await clone({ ...nightly, dry_run: true });

  const drifted = await overview();
  expect(drifted.runs.last_7_days).toEqual({ ...NONE, dry_runs: 1 });
  expect(drifted.runs.last_30_days).toEqual({
    ...NONE,
    completed: 1,
    dry_runs: 1,
    bytes_copied: first.result.bytes_copied,
  });
  expect(first.result.bytes_copied).toBeGreaterThan(0);
  const [pair] = drifted.pairs;
  expect(pair).toMatchObject({
    source_catalog: "shop",
    destination_catalog: "shop_dev",
    target: null,
    drifted_tables: 2,
    in_part: false,
    runs: 2,
    last_clone: {
      job_id: first.job_id,
      ended: "completed",
      kept: true,
      dry_run: false,
      load_type: "SELECTIVE",
    },
    last_run: { dry_run: true },
  });
  expect(pair?.drift.map(({ drifted_tables }) => drifted_tables)).toEqual([3, 2]);
  const ageOf = (iso: string | null | undefined) => Math.round((Date.now() - Date.parse(iso ?? "")) / DAY);
  expect([ageOf(pair?.in_sync_at), ageOf(pair?.drift_seen_at)]).toEqual([10, 3]);
  expect(drifted.attention).toMatchObject([{ kind: "drift", severity: "warn" }]);

  at(2 * DAY);
  await sql("INSERT INTO shop_dev.bronze.orders VALUES (9, 'me', 9.00)");
  const failed = await clone(nightly);
  expect(failed.status).toBe("failed");
  const broken = await overview();
  expect(broken.attention).toMatchObject([
    {
      kind: "run_failed",
      severity: "bad",
      pair: { source_catalog: "shop", destination_catalog: "shop_dev", target: null },
      link: { page: `/runs/${failed.job_id}` },
    },
  ]);
  expect(broken.runs.last_7_days).toMatchObject({ partial: 1, failed: 0, completed: 0 });
  expect(broken.pairs[0]).toMatchObject({ drifted_tables: 1, last_clone: { ended: "partial" } });

  at(0);
  await clone({ ...nightly, on_target_modified: "overwrite" });
  const mended = await overview();
  expect(mended.attention).toEqual([]);
  expect(mended.pairs[0]).toMatchObject({ drifted_tables: 0, runs: 4, last_clone: { ended: "completed" } });
  expect(mended.recent.map(({ dry_run, outcome }) => [dry_run, outcome?.status])).toEqual([
    [false, "success"],
    [false, "partial"],
    [true, "success"],
    [false, "success"],
  ]);

  const { days, drift } = await call<OverviewSeries>("GET", "/api/overview/series?days=30");
  expect(days).toHaveLength(30);
  const sums = days.reduce(
    (sum, { completed, partial, dry_runs }) => [
      (sum[0] ?? 0) + completed,
      (sum[1] ?? 0) + partial,
      (sum[2] ?? 0) + dry_runs,
    ],
    [0, 0, 0],
  );
  expect(sums).toEqual([2, 1, 1]);
  expect(days.at(-1)).toMatchObject({ completed: 1, day: new Date().toISOString().slice(0, 10) });
  expect(drift).toHaveLength(1);
  expect(drift[0]?.points.map(({ drifted_tables }) => drifted_tables).slice(0, 2)).toEqual([3, 2]);
});

test("numbers outlive the server, and are asked with limits", async () => {
  const { clone, sql, again, close, call } = await atTimes();
  await sql(...SHOP);
  await clone(nightly);
  const before = await call<Overview>("GET", "/api/overview");
  await close();
  const next = await again();
  const after = await next.call<Overview>("GET", "/api/overview");
  expect(after.pairs).toEqual(before.pairs);
  expect(after.runs).toEqual(before.runs);
  for (const query of ["days=0", "days=91", "days=x", "utc_offset_minutes=900", "other=1"])
    expect(await next.call("GET", `/api/overview/series?${query}`)).toMatchObject({ status: 422 });
  const { days } = await next.call<OverviewSeries>(
    "GET",
    "/api/overview/series?days=1&utc_offset_minutes=-720",
  );
  expect(days).toHaveLength(1);
});

test("a stream stands there as it was seen last, and its lag over time", async () => {
  const { sql, call, overview } = await atTimes();
  await sql(...SHOP);
  const stream = await call<{ stream_id: string }>("POST", "/api/continuous-sync/start", {
    source_catalog: "shop",
    destination_catalog: "shop_live",
    tables: ["bronze.orders"],
    trigger_ms: 100,
  });
  const path = `/api/continuous-sync/streams/${stream.stream_id}`;
  await expect
    .poll(async () => (await call<{ status: string }>("GET", `${path}?refresh=true`)).status, {
      timeout: 20_000,
    })
    .toBe("running");
  await call("GET", `${path}?refresh=true`);
  const { streams, pairs } = await overview();
  expect(streams).toMatchObject([
    {
      stream_id: stream.stream_id,
      destination_catalog: "shop_live",
      status: "running",
      tables: 1,
      lag_unknown: 0,
    },
  ]);
  expect(streams[0]?.lag_seconds).not.toBeNull();
  expect(pairs).toEqual([]);
  const { points } = await call<StreamLag>("GET", `${path}/lag`);
  expect(points.length).toBeGreaterThan(0);
  expect(points.at(-1)?.at).toBe(streams[0]?.lag_seen_at);
  const { lag } = await call<OverviewSeries>("GET", "/api/overview/series");
  expect(lag).toMatchObject([{ stream_id: stream.stream_id }]);
  expect(await call("GET", "/api/continuous-sync/streams/sync-0000000000/lag")).toMatchObject({
    status: 404,
  });
  await call("POST", `${path}/stop`);
});

test("the settings tell of the workspace, its warehouses and its audit tables", async () => {
  const { sql, clone, call } = await atTimes();
  expect(await call("GET", "/api/workspace")).toMatchObject({
    kind: "embedded",
    user_name: "owner@embedded.local",
    metastore: { cloud: "embedded", region: "local" },
    metastore_error: null,
  });
  const { warehouses } = await call<{ warehouses: { in_use: boolean; state: string }[] }>(
    "GET",
    "/api/warehouses",
  );
  expect(warehouses).toMatchObject([{ in_use: true, state: "RUNNING" }]);
  const before = await call<AuditTables>("GET", "/api/audit?counted=true");
  expect(before.tables.map(({ full_name, state, rows }) => [full_name, state, rows])).toEqual([
    ["edp_dev.logging.logging_01", "missing", null],
    ["edp_dev.metrics.clone_metrics", "missing", null],
  ]);
  await sql(...before.hints.map((hint) => hint.slice(0, -1)));
  await sql(...SHOP);
  await clone(nightly);
  const after = await call<AuditTables>("GET", "/api/audit?counted=true");
  expect(after.hints).toEqual([]);
  expect(after.tables.map(({ state, rows, error }) => [state, rows, error])).toEqual([
    ["there", 1, null],
    ["there", 3, null],
  ]);
  expect(Math.abs(Date.parse(after.tables[0]?.last_row_at ?? "") - Date.now())).toBeLessThan(600_000);
  expect((await call<AuditTables>("GET", "/api/audit")).tables[0]).toMatchObject({
    state: "there",
    rows: null,
  });
  const state = await call<ServerState>("GET", "/api/state");
  expect(state.files.map(({ name }) => name)).toEqual(expect.arrayContaining(["runs.db", "connections.db"]));
});

test("a copy whose newest clone was undone is known no more, and asks for nothing", async () => {
  const { clone, overview, sql, call } = await atTimes();
  await sql(...SHOP);
  const { job_id } = await clone(nightly);
  expect((await overview()).pairs).toMatchObject([{ drifted_tables: 0, last_clone: { rolled_back: false } }]);

  await call("POST", `/api/clone/${job_id}/rollback`, {});
  const { pairs, attention } = await overview();
  expect(pairs).toMatchObject([{ drifted_tables: null, last_clone: { job_id, rolled_back: true } }]);
  expect(attention).toEqual([]);
});
