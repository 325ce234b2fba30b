import type { RunSummary } from "@clone-xs/clone";
import { describe, expect, test } from "vitest";
import { body, facts, summaryOf } from "../../test/fixtures.ts";
import type { RunFacts, StoredRun } from "../runs/store.ts";
import { outcomesOf } from "./outcome.ts";

interface Given {
  readonly facts?: Partial<RunFacts>;
  readonly request?: Record<string, unknown>;
  readonly state?: StoredRun["state"];
  readonly result?: Partial<RunSummary> | null;
  readonly error?: string;
}

const run = ({ facts: more, request, state = "completed", result = {}, error }: Given): StoredRun => ({
  id: "00000001",
  state,
  holder: null,
  request: { ...body, ...request },
  facts: { ...facts, ...more },
  createdAt: 1,
  startedAt: 2,
  completedAt: 3,
  progress: null,
  outcome: null,
  result: result === null ? null : summaryOf("00000001", result),
  error: error ?? null,
  revision: 9,
  position: null,
  retries: 0,
  notBefore: null,
});

const counts = (success: number, failed: number) => ({ success, failed, skipped: 0 });

test("a run that is over leaves its facts", () => {
  const residue = [{ object: "a.b", what: "tag", reason: "no" }];
  expect(outcomesOf(run({ result: { bytes_copied: 7, residue } }))).toEqual([
    {
      runId: "00000001",
      part: 0,
      revision: 9,
      at: 3,
      source: "prod",
      destination: "dev",
      target: "",
      loadType: "FULL",
      dryRun: false,
      ended: "completed",
      runEnded: "completed",
      error: null,
      bytes: 7,
      residue: 1,
      found: null,
      remaining: 0,
      inPart: false,
    },
  ]);
});

test.each(["queued", "running", "cancelling"] as const)("one that is %s leaves none", (state) => {
  expect(outcomesOf({ ...run({ state }), completedAt: null })).toEqual([]);
});

test("a run that never came to a summary failed at each of its targets", () => {
  const targets = [
    { name: "east", destinationCatalog: "dev_e", place: "e" },
    { name: "west", destinationCatalog: "dev_w", place: "w" },
  ];
  const outcomes = outcomesOf(
    run({ facts: { targets }, state: "failed", result: null, error: "No warehouse." }),
  );
  expect(
    outcomes.map(({ target, destination, ended, error, remaining, part }) => [
      target,
      destination,
      ended,
      error,
      remaining,
      part,
    ]),
  ).toEqual([
    ["east", "dev_e", "failed", "No warehouse.", null, 0],
    ["west", "dev_w", "failed", "No warehouse.", null, 1],
  ]);
});

describe("what differs after a run", () => {
  const drifted = { mode: "selective" as const, total_drifted_tables: 4 };
  test.each<[string, Given, number | null]>([
    ["nothing, when everything was cloned", {}, 0],
    ["nothing, when all that drifted was cloned", { facts: { loadType: "SELECTIVE" }, result: drifted }, 0],
    ["what a dry run found", { facts: { loadType: "SELECTIVE", dryRun: true }, result: drifted }, 4],
    ["is not told by a dry run that did not look", { facts: { dryRun: true } }, null],
    ["the tables that failed", { state: "failed", result: { status: "partial", tables: counts(3, 2) } }, 2],
    [
      "is not known when it failed",
      { state: "failed", result: { status: "failed", tables: counts(0, 2) } },
      null,
    ],
    ["is not known when it was cancelled", { state: "cancelled", result: { status: "cancelled" } }, null],
    ["is not known without a summary", { state: "failed", result: null }, null],
    ["is not looked at by INCREMENTAL", { facts: { loadType: "INCREMENTAL" } }, null],
    ["is never nothing for a copy of another time", { request: { as_of_version: 3 } }, null],
    ["is never nothing for a copy of some rows", { request: { where_clauses: { "a.b": "id > 1" } } }, null],
    ["is never nothing for a copy without data", { request: { schema_only: true } }, null],
    [
      "counts for a request that says nothing by an empty key",
      { request: { where_clauses: {}, schema_only: false } },
      0,
    ],
  ])("%s", (_, given, remaining) => {
    expect(outcomesOf(run(given))[0]?.remaining).toBe(remaining);
  });
});

test("a run that looked at some schemas is told from one that looked at all", () => {
  const inPart = (request: Record<string, unknown>) => outcomesOf(run({ request }))[0]?.inPart;
  expect(inPart({ include_schemas: ["bronze"] })).toBe(true);
  expect(inPart({ include_schemas: [] })).toBe(false);
});

test("each target of a fan-out ends for itself", () => {
  const target = (name: string, change: Partial<NonNullable<RunSummary["per_target"]>[number]>) => ({
    target_name: name,
    target_host: "h",
    destination_catalog: `dev_${name}`,
    target_status: "success" as const,
    target_duration_seconds: 1,
    tables: counts(2, 0),
    views: counts(0, 0),
    functions: counts(0, 0),
    volumes: counts(0, 0),
    bytes_copied: 10,
    files_copied: 1,
    formats: {},
    load_type: "SELECTIVE" as const,
    statements: {},
    residue: [],
    ...change,
  });
  const per_target = [
    target("east", { total_drifted_tables: 2 }),
    target("west", { target_status: "failed", bytes_copied: 0, error: "Gone.", tables: counts(0, 2) }),
  ];
  const outcomes = outcomesOf(
    run({
      state: "failed",
      facts: { loadType: "SELECTIVE" },
      result: { status: "partial", mode: "fanout", per_target },
    }),
  );
  expect(outcomes).toMatchObject([
    {
      part: 0,
      target: "east",
      destination: "dev_east",
      ended: "completed",
      runEnded: "partial",
      bytes: 10,
      found: 2,
      remaining: 0,
      error: null,
    },
    {
      part: 1,
      target: "west",
      destination: "dev_west",
      ended: "failed",
      runEnded: "partial",
      bytes: 0,
      found: null,
      remaining: null,
      error: "Gone.",
    },
  ]);
});
