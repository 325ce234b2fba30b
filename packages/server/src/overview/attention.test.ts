import { describe, expect, test } from "vitest";
import type { PairOverview } from "../contract/index.ts";
import { attentionOf, type Troubles } from "./attention.ts";

const NOW = Date.UTC(2026, 2, 10, 12);
const earlier = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

const calm: Troubles = {
  now: NOW,
  pairs: [],
  guards: [],
  streams: [],
  schedules: [],
  unreadable: [],
  freeBytes: 5_000_000_000,
};

const clone: NonNullable<PairOverview["last_clone"]> = {
  job_id: "0000000a",
  kept: true,
  ended: "completed",
  load_type: "FULL",
  dry_run: false,
  completed_at: earlier(60),
  error: null,
  residue: 0,
  rolled_back: false,
};

const pair = (change: Partial<PairOverview>): PairOverview => ({
  source_catalog: "prod",
  destination_catalog: "dev",
  target: null,
  last_clone: clone,
  last_run: clone,
  drifted_tables: 0,
  drift_seen_at: earlier(60),
  in_sync_at: earlier(60),
  in_part: false,
  runs: 1,
  bytes_copied: 1,
  drift: [],
  ...change,
});

const stream = (change: Partial<Troubles["streams"][number]>): Troubles["streams"][number] => ({
  stream_id: "sync-1",
  source_catalog: "prod",
  destination_catalog: "live",
  schema: null,
  status: "running",
  tables: 1,
  lag_seconds: 0,
  lag_seen_at: earlier(1),
  lag_unknown: 0,
  error: null,
  trigger_ms: 10_000,
  ...change,
});

test("when all is well, nothing needs attention", () => {
  expect(attentionOf({ ...calm, pairs: [pair({})], streams: [stream({})] })).toEqual([]);
});

describe("needs attention:", () => {
  test("a clone that failed, until one succeeds", () => {
    const failed = { ...clone, ended: "failed" as const, error: "No warehouse.", residue: 3 };
    expect(attentionOf({ ...calm, pairs: [pair({ last_clone: failed, drifted_tables: 2 })] })).toEqual([
      {
        id: "run_failed:prod:dev:",
        kind: "run_failed",
        severity: "bad",
        title: "The clone of prod → dev failed",
        reason: "No warehouse.",
        since: earlier(60),
        pair: { source_catalog: "prod", destination_catalog: "dev", target: null },
        link: { label: "Open the run", page: "/runs/0000000a" },
        command: "clxs runs show 0000000a",
      },
    ]);
  });

  test("drift, with the clone that mends it", () => {
    const [item] = attentionOf({ ...calm, pairs: [pair({ source_catalog: "my prod", drifted_tables: 2 })] });
    expect(item).toMatchObject({
      kind: "drift",
      title: "2 tables of my prod → dev drifted",
      link: { page: "/clone?source=my+prod&destination=dev&load=SELECTIVE" },
      command: "clxs clone --source 'my prod' --dest dev --load-type SELECTIVE",
    });
  });

  test("drift of a copy elsewhere, from its last run", () => {
    const [item] = attentionOf({ ...calm, pairs: [pair({ target: "east", drifted_tables: 1 })] });
    expect(item).toMatchObject({
      title: "1 table of prod → dev on east drifted",
      link: { page: "/clone?from=0000000a&load=SELECTIVE" },
      command: null,
    });
  });

  test("what a clone could not copy", () => {
    const [item] = attentionOf({ ...calm, pairs: [pair({ last_clone: { ...clone, residue: 1 } })] });
    expect(item).toMatchObject({
      kind: "residue",
      severity: "warn",
      title: "prod → dev lacks 1 thing of its source",
    });
  });

  test("a run that was forgotten leads to a new one", () => {
    const failed = { ...clone, ended: "failed" as const, kept: false };
    const [item] = attentionOf({ ...calm, pairs: [pair({ last_clone: failed })] });
    expect(item).toMatchObject({
      link: { page: "/clone?source=prod&destination=dev&load=SELECTIVE" },
      command: null,
    });
  });

  test.each([
    ["within its bound", { lag_seconds: 600 }, 0],
    ["behind by more than ten minutes", { lag_seconds: 601 }, 1],
    ["behind by less than twenty of its long intervals", { lag_seconds: 1100, trigger_ms: 60_000 }, 0],
    ["stopped", { lag_seconds: 9000, status: "stopped" as const }, 0],
    ["not looked at for long", { lag_seconds: 9000, lag_seen_at: earlier(61) }, 0],
    ["not looked at at all", { lag_seconds: null, lag_seen_at: null }, 0],
  ])("a stream that is %s: %o → %i", (_, change, items) => {
    expect(attentionOf({ ...calm, streams: [stream(change)] })).toHaveLength(items);
  });

  test("a stream that failed, in its own words", () => {
    const [item] = attentionOf({ ...calm, streams: [stream({ status: "failed", error: "No such table." })] });
    expect(item).toMatchObject({
      kind: "stream_failed",
      reason: "No such table.",
      link: { page: "/streams/sync-1" },
    });
  });

  test("what a dead run still holds", () => {
    const about = { id: "g1", runId: "0000000b", at: NOW, pid: 4, metastoreId: "m" };
    const guards = [
      { ...about, kind: "quiesce" as const, quiesce: { catalog: "prod", revocations: [] } },
      { ...about, id: "g2", kind: "lease" as const, resources: ["dev"] },
    ];
    expect(attentionOf({ ...calm, guards }).map(({ title, command }) => [title, command])).toEqual([
      ["Privileges on prod are still revoked", "clxs unlock"],
      ["A lease of run 0000000b is still held", "clxs unlock"],
    ]);
  });

  test("a schedule, unless the run that failed is told of already", () => {
    const about = { id: "s1", name: "nightly", kind: "schedule_failed" as const, reason: "No.", at: NOW };
    const failed = pair({ last_clone: { ...clone, ended: "failed" } });
    const kinds = (runId: string) =>
      attentionOf({ ...calm, pairs: [failed], schedules: [{ ...about, runId }] }).map(({ kind }) => kind);
    expect(kinds("0000000b")).toEqual(["schedule_failed", "run_failed"]);
    expect(kinds("0000000a")).toEqual(["run_failed"]);
  });

  test("a disk without room, and connections that nobody can open", () => {
    const items = attentionOf({ ...calm, freeBytes: 12_345_678, unreadable: ["east"] });
    expect(items.map(({ id, reason }) => [id, reason.split(".")[0]])).toEqual([
      ["connection_unreadable:east", "They were sealed with a key that is not here any more"],
      ["disk_low", "12 MB are left where runs are recorded"],
    ]);
  });
});

test("the worst comes first, and of two the newer", () => {
  const failed = (minutes: number) => ({
    ...clone,
    ended: "failed" as const,
    completed_at: earlier(minutes),
  });
  const items = attentionOf({
    ...calm,
    pairs: [
      pair({ source_catalog: "a", drifted_tables: 1, drift_seen_at: earlier(1) }),
      pair({ source_catalog: "b", last_clone: failed(9) }),
      pair({ source_catalog: "c", last_clone: failed(3) }),
    ],
  });
  expect(items.map(({ kind, pair }) => `${pair?.source_catalog} ${kind}`)).toEqual([
    "c run_failed",
    "b run_failed",
    "a drift",
  ]);
});
