import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { criteria } from "./criteria.ts";
import { type Criterion, judgeAll } from "./criterion.ts";
import type { Observations } from "./observations.ts";
import { changelogOf } from "./suite/suite.ts";

const runbook = readFileSync(new URL("../release-validation-runbook.txt", import.meta.url), "utf8").split(
  "\n",
);

const cloneLine =
  "CREATE OR REPLACE TABLE `a`.`bronze`.`events` DEEP CLONE `b`.`bronze`.`events` VERSION AS OF 2";
const ended = (state: string, message = "") => ({ state, message, rows: [] });
const denial = "[INSUFFICIENT_PERMISSIONS] PERMISSION_DENIED: User does not have MODIFY on Table 'events'.";
const query = (text: string, user: string, error = "") => ({
  text,
  user,
  status: error === "" ? "FINISHED" : "FAILED",
  error,
  startedAt: 0,
});
const quiesced = (status: string) => ({
  status,
  error: null,
  result: {},
  logs: [
    "Quiesce: revoked [MODIFY] from writer on schema demo_quick.bronze",
    "Quiesce: revoked [MODIFY] from etl_team on catalog demo_quick",
    cloneLine,
    "Quiesce restore complete: 2 principal/schema grant(s) re-applied.",
  ],
});
const grants = ["schema demo_quick bronze writer MODIFY"];
const pageOf = (text: string, ...badges: readonly string[]) => ({ text, badges });

const NO_WAREHOUSE = "The warehouse 0000000000000bad does not exist.";
const target = (name: string, error?: string) => ({
  target_name: name,
  target_host: "http://one",
  target_status: error === undefined ? "success" : "failed",
  ...(error === undefined ? { bytes_copied: 5000, tables: { success: 21 } } : { error, bytes_copied: 0 }),
});
const fannedOut = (...perTarget: readonly ReturnType<typeof target>[]) => {
  const failed = perTarget.filter(({ target_status }) => target_status === "failed").length;
  const status = failed === 0 ? "success" : failed === perTarget.length ? "failed" : "partial";
  return {
    id: "0a1b2c3d",
    message: "Multi-target fanout clone job submitted (2 targets, max_parallel=5)",
    run: {
      status: failed === 0 ? "completed" : "failed",
      logs: [],
      error: null,
      result: {
        mode: "fanout",
        status,
        target_count: perTarget.length,
        succeeded_targets: perTarget.length - failed,
        failed_targets: failed,
        per_target: perTarget,
      },
    },
  };
};
const stream = {
  streamId: "sync-0a1b2c3d4e",
  statuses: ["starting", "running", "stopped"],
  started: { streamId: "sync-0a1b2c3d4e", runId: "7" },
  restarted: { streamId: "sync-0a1b2c3d4e", runId: "8" },
  propagated: { source: "13", target: "13", milliseconds: 900 },
  rediscovered: [{ id: "sync-0a1b2c3d4e", status: "running" }],
  meanwhile: { source: "14", target: "14" },
  stopped: { status: "stopped" },
};
const nobody: readonly string[] = [];
const copied = { formats: { DELTA: 20, PARQUET: 1 }, bytes_copied: 5000, files_copied: 21 };
const selectiveFacts = { ...copied, total_drifted_tables: 21, selective: { tables_to_clone: 21 } };
const sinkOf = (result: Readonly<Record<string, unknown>>, ...logs: readonly string[]) => ({
  id: "0a1b2c3d",
  run: {
    ...quiesced("completed"),
    logs: [...quiesced("completed").logs, ...logs],
    result: { status: "success", ...result },
  },
  properties: [{ "delta.logRetentionDuration": "30 days" }],
});

/** What a run looks like in which every judged criterion passes. */
const good = {
  feature1: {
    summary: { formats: { DELTA: 20, PARQUET: 1 } },
    logs: "embedded as owner\nschema bronze created",
    described: { id: "int", Provider: "delta" },
    page: {
      two: pageOf("Data copied", "DELTA 8", "PARQUET 1", "SUCCESS"),
      one: pageOf("Data copied", "SUCCESS"),
    },
  },
  feature2: {
    full: { summary: { mode: "full", duration_seconds: 9 }, logs: "" },
    selective: {
      summary: { mode: "selective", total_drifted_tables: 1, duration_seconds: 2 },
      logs: [
        "Schema bronze: 1 drifted (1 version_drift)",
        "Schema gold in sync — 0 drifted tables",
        "Schema silver in sync — 0 drifted tables",
        cloneLine,
      ].join("\n"),
    },
    elsewhere: { summary: { mode: "selective", total_drifted_tables: 1, duration_seconds: 2 }, logs: "" },
    otherSchemas: ["gold", "silver"],
  },
  feature3: {
    before: ended("SUCCEEDED"),
    during: ended("FAILED", denial),
    after: ended("SUCCEEDED"),
    run: quiesced("completed"),
    history: [
      query("REVOKE MODIFY ON SCHEMA `demo_quick`.`bronze` FROM `writer`", "owner"),
      query("INSERT INTO demo_quick.bronze.events VALUES (1, 'mid-clone-write')", "writer", denial),
      query("GRANT MODIFY ON SCHEMA `demo_quick`.`bronze` TO `writer`", "owner"),
    ],
    grants: { before: grants, after: grants },
    cancelled: {
      run: quiesced("cancelled"),
      during: ended("FAILED", denial),
      after: ended("SUCCEEDED"),
      grants,
    },
  },
  feature4: {
    selective: {
      target_exists: true,
      tables_to_clone: 1,
      tables_in_sync: 20,
      savings_pct: 95.2,
      recommended: true,
      size_bytes: 980,
    },
    fresh: { total_bytes: 5000, table_count: 21 },
    page: {
      existing: pageOf("Full clone vs selective re-clone", "Recommended: SELECTIVE"),
      fresh: pageOf("21 never_cloned"),
    },
    summary: { bytes_copied: 1000 },
  },
  feature5: {
    whole: fannedOut(target("target-one"), target("target-two")),
    rows: { source: "12", targets: ["12", "12"] },
    twice: fannedOut(target("target-two"), target("target-two-again")),
    broken: fannedOut(target("broken", NO_WAREHOUSE), target("target-in-order")),
    hopeless: fannedOut(target("broken", NO_WAREHOUSE), target("broken-too", NO_WAREHOUSE)),
    pages: {
      whole: pageOf("✓ target-one http://one ✓ target-two http://one", "SUCCESS"),
      broken: pageOf("✗ broken http://one ✓ target-in-order http://one", "PARTIAL"),
      hopeless: pageOf("✗ broken ✗ broken-too", "FAILED"),
    },
  },
  feature6: {
    apart: stream,
    alone: stream,
    jobs: {
      page: "<td>clxs-continuous-sync-sync-0a1b2c3d4e</td>",
      runNames: ["clxs-continuous-sync-sync-0a1b2c3d4e", "clxs-continuous-sync-sync-0a1b2c3d4e"],
    },
  },
  kitchenSink: {
    plain: sinkOf({ mode: "selective", ...selectiveFacts }),
    oneTarget: sinkOf({
      mode: "selective",
      ...selectiveFacts,
      share_name: "clone_xs_share_0a1b2c3d",
      recipient_name: "clone_xs_recipient_0a1b2c3d",
    }),
    twoTargets: sinkOf(
      {
        mode: "fanout",
        ...copied,
        per_target: [
          { load_type: "SELECTIVE", ...selectiveFacts },
          { load_type: "SELECTIVE", ...selectiveFacts },
        ],
      },
      "Reusing existing Delta Share clone_xs_share_0a1b2c3d",
    ),
  },
  evidence: {
    runs: [{ status: "success", duration_seconds: "8.1", total_errors: "0" }],
    metrics: [
      { copied_files_size: "3000", num_copied_files: "2" },
      { copied_files_size: "2000", num_copied_files: "1" },
    ],
    clonedTables: 2,
    bytesCopied: 5000,
    fanoutRuns: [{ status: "success" }, { status: "success" }],
    recipients: [{ name: "clone_xs_recipient_0a1b2c3d" }, { name: "clone_xs_recipient_4e5f6071" }],
    shares: [{ name: "clone_xs_share_0a1b2c3d" }, { name: "clone_xs_share_4e5f6071" }],
    routes: [
      { destination: "demo_quick_fanout", metastore: "one" },
      { destination: "demo_quick_fanout", metastore: "two" },
      { destination: "demo_quick_fanout", metastore: "two" },
    ],
  },
  soak: {
    hours: 24,
    clock: "accelerated",
    cycles: { seen: 2882, due: 2882, ofTheClock: 2880 },
    quietPoints: 47,
    equalPoints: 47,
    greatestLagSeconds: 31,
    writes: { insert: 900 },
    restarts: [{ at: "2026-01-01T06:00:00.000Z", cause: "the job was cancelled" }],
  },
  suite: {
    tests: { passed: 6125, failed: 0, broken: nobody, parts: ["setup", "check", "fast"] },
    changelog: { version: "0.2.0", released: "2026-11-22", unreleased: 0, dangling: nobody },
  },
  real: true,
} satisfies Observations;

type Good = typeof good;
const resultChanged = (cloned: ReturnType<typeof fannedOut>, change: object) => ({
  ...cloned,
  run: { ...cloned.run, result: { ...cloned.run.result, ...change } },
});
type Mutation = (seen: Good) => Observations;

/** The same observations with another one for a feature. */
const changed =
  <Key extends keyof Good>(key: Key, change: (seen: Good[Key]) => Observations[Key]): Mutation =>
  (seen) => ({ ...seen, [key]: change(seen[key]) });

const selective = (change: Partial<Good["feature2"]["selective"]>): Mutation =>
  changed("feature2", (seen) => ({ ...seen, selective: { ...seen.selective, ...change } }));
const quiesce = (change: (seen: Good["feature3"]) => Partial<Good["feature3"]>): Mutation =>
  changed("feature3", (seen) => ({ ...seen, ...change(seen) }));
const estimated = (change: Partial<Observations["feature4"]>): Mutation =>
  changed("feature4", (seen) => ({ ...seen, ...change }));
type Sinks = Good["kitchenSink"];
const sink = (way: keyof Sinks, change: (seen: Sinks[keyof Sinks]) => object): Mutation =>
  changed("kitchenSink", (seen) => ({ ...seen, [way]: { ...seen[way], ...change(seen[way]) } }));
const sinkResult = (way: keyof Sinks, change: object): Mutation =>
  sink(way, ({ run }) => ({ run: { ...run, result: { ...run.result, ...change } } }));
const fanned = (change: (seen: Good["feature5"]) => object): Mutation =>
  changed("feature5", (seen) => ({ ...seen, ...change(seen) }));
const streaming = (change: Partial<typeof stream>): Mutation =>
  changed("feature6", (seen) => ({ ...seen, alone: { ...seen.alone, ...change } }));
const left = (change: (seen: Good["evidence"]) => object): Mutation =>
  changed("evidence", (seen) => ({ ...seen, ...change(seen) }));
const tests = (change: Partial<Good["suite"]["tests"]>): Mutation =>
  changed("suite", (seen) => ({ ...seen, tests: { ...seen.tests, ...change } }));
const changelog = (change: Partial<Good["suite"]["changelog"]>): Mutation =>
  changed("suite", (seen) => ({ ...seen, changelog: { ...seen.changelog, ...change } }));
const without = (word: string) => (line: string) => !line.includes(word);

/** One planted defect for each judged criterion. */
const defects: Record<string, Mutation> = {
  "2.1.a": changed("feature1", (seen) => ({ ...seen, summary: { formats: { DELTA: 21 } } })),
  "2.1.b": changed("feature1", ({ page, ...seen }) => ({ ...seen, page: { two: page.two, one: page.two } })),
  "2.1.c": changed("feature1", (seen) => ({ ...seen, described: { Provider: "parquet" } })),
  "2.1.d": changed("feature1", (seen) => ({ ...seen, logs: "_format_clone_error: no" })),
  "2.2.a": selective({ summary: { ...good.feature2.selective.summary, mode: "full" } }),
  "2.2.b": changed("feature2", (seen) => ({
    ...seen,
    elsewhere: { ...seen.elsewhere, summary: { mode: "selective", total_drifted_tables: 21 } },
  })),
  "2.2.c": selective({ logs: good.feature2.selective.logs.replace("1 version_drift", "1 schema_drift") }),
  "2.2.d": selective({ logs: `${good.feature2.selective.logs}\nCREATE TABLE x DEEP CLONE y` }),
  "2.2.e": selective({
    logs: good.feature2.selective.logs.replace("Schema gold in sync", "Schema gold checked"),
  }),
  "2.2.f": selective({ summary: { ...good.feature2.selective.summary, duration_seconds: 8 } }),
  "2.3.a": quiesce(() => ({ during: ended("SUCCEEDED") })),
  "2.3.b": quiesce((seen) => ({ grants: { ...seen.grants, after: [] } })),
  "2.3.c": quiesce(({ run }) => ({
    run: { ...run, logs: ["Quiesce restore complete: 0 principal/schema grant(s) re-applied."] },
  })),
  "2.3.d": quiesce(({ run }) => ({ run: { ...run, logs: run.logs.filter(without("etl_team")) } })),
  "2.3.e": quiesce(({ run }) => ({
    run: { ...run, logs: [...run.logs, "Restore: could not re-grant [MODIFY] to writer on schema x: why"] },
  })),
  "2.3.f": quiesce(({ cancelled }) => ({ cancelled: { ...cancelled, after: ended("FAILED", denial) } })),
  "2.4.a": estimated({ selective: { ...good.feature4.selective, savings_pct: null } }),
  "2.4.b": estimated({
    page: {
      ...good.feature4.page,
      existing: pageOf("Full clone vs selective re-clone", "Recommended: FULL"),
    },
  }),
  "2.4.c": estimated({ fresh: { ...good.feature4.fresh, selective: { target_exists: false } } }),
  "2.4.d": estimated({ summary: { bytes_copied: 1200 } }),
  "1.a": tests({ broken: ["corpus (no report was written)"] }),
  "1.b": tests({ passed: 1566 }),
  "1.c": tests({ broken: ["check"] }),
  "2.5.a": fanned(({ whole }) => ({ whole: { ...whole, message: "Clone job submitted" } })),
  "2.5.b": fanned(({ pages }) => ({
    pages: { ...pages, whole: pageOf("✓ target-one http://one", "SUCCESS") },
  })),
  "2.5.c": fanned(({ pages }) => ({ pages: { ...pages, hopeless: pageOf("✗ broken", "PARTIAL") } })),
  "2.5.d": fanned(({ twice }) => ({ twice: resultChanged(twice, { mode: "full" }) })),
  "2.5.e": fanned(({ broken }) => ({ broken: resultChanged(broken, { failed_targets: 0 }) })),
  "2.5.f": fanned(({ hopeless }) => ({ hopeless: resultChanged(hopeless, { status: "partial" }) })),
  "2.5.g": fanned(({ broken }) => ({
    broken: resultChanged(broken, {
      per_target: [target("broken", "it did not work"), target("target-in-order")],
    }),
  })),
  "2.5.h": fanned(() => ({ rows: { source: "12", targets: ["12", "11"] } })),
  "2.6.a": streaming({ statuses: ["running", "stopped"] }),
  "2.6.b": streaming({ restarted: { streamId: stream.streamId, runId: "7" } }),
  "2.6.c": streaming({ rediscovered: [] }),
  "2.6.d": changed("soak", (seen) => ({ ...seen, greatestLagSeconds: 61 })),
  "3.a": sinkResult("oneTarget", { mode: "full" }),
  "3.b": sink("plain", ({ run }) => ({ run: { ...run, logs: run.logs.filter(without("restore")) } })),
  "3.c": sinkResult("twoTargets", { formats: {} }),
  "3.d": sinkResult("plain", { files_copied: 0 }),
  "3.e": sink("twoTargets", () => ({ properties: [{ "delta.logRetentionDuration": "interval 30 days" }] })),
  "3.f": sinkResult("oneTarget", { share_name: undefined }),
  "4.a": sinkResult("plain", { selective: undefined }),
  "4.b": left(({ runs }) => ({ runs: [...runs, ...runs] })),
  "4.c": left(({ metrics }) => ({ metrics: metrics.slice(1) })),
  "4.d": changed("feature6", ({ jobs, ...seen }) => ({ ...seen, jobs: { ...jobs, page: "" } })),
  "4.e": sink("twoTargets", ({ run }) => ({ run: { ...run, logs: run.logs.filter(without("Reusing")) } })),
  "4.f": left(({ recipients }) => ({ recipients: [...recipients, { name: "clone_xs_recipient_00000000" }] })),
  "4.g": left(({ shares }) => ({ shares: shares.slice(1) })),
  "5.c": tests({ broken: ["setup"] }),
  "5.h": ({
    suite: {
      tests: tested,
      changelog: { released: _released, ...undated },
    },
    ...seen
  }) => ({
    ...seen,
    suite: { tests: tested, changelog: undated },
  }),
  "5.i": changelog({ dangling: ["packages/nothing.ts"] }),
};

const having = (outcome: string, seen: Observations, among: readonly Criterion[] = criteria) =>
  judgeAll(among, seen).flatMap((r) => (r.outcome === outcome ? [r.criterion.id] : []));
const direct = criteria.filter(({ verify }) => verify.kind === "judged");
const failing = (seen: Observations) => having("fail", seen, direct);

describe("the criteria of the runbook", () => {
  it.each(criteria.map((c) => [c.id, c] as const))(
    "%s cites words that stand on its line",
    (_id, { line, text }) => {
      expect(runbook[line - 1]).toContain(text);
    },
  );

  it("have unique ids", () => {
    expect(new Set(criteria.map((c) => c.id)).size).toBe(criteria.length);
  });

  it("cover every line of the runbook's pass criteria, evidence table and checklist", () => {
    const cited = new Set(criteria.map((c) => c.line));
    const sections = [
      [36, 38],
      [49, 51],
      [67, 68],
      [70, 72],
      [82, 82],
      [100, 101],
      [103, 103],
      [105, 106],
      [108, 108],
      [142, 143],
      [145, 146],
      [158, 160],
      [164, 170],
      [173, 173],
      [175, 179],
      [181, 182],
    ] as const;
    const lines = sections.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
    expect(lines.filter((line) => !cited.has(line))).toEqual([]);
  });

  it("all pass on a good run", () => {
    expect(having("pass", good)).toEqual(criteria.map(({ id }) => id));
  });

  it("each have a planted defect that makes exactly that one fail", () => {
    const judgedIds = criteria.flatMap((c) => (c.verify.kind === "judged" ? [c.id] : []));
    expect(Object.keys(defects).sort()).toEqual([...judgedIds].sort());
    for (const [id, plant] of Object.entries(defects)) expect(failing(plant(good))).toEqual([id]);
  });

  it("fail, and do not pass, when a script broke", () => {
    const error = new Error("no connection");
    const nothing = Object.fromEntries(Object.keys(good).map((key) => [key, error])) as unknown;
    const broken = having("fail", { ...(nothing as Observations), real: true, suite: good.suite });
    const fromWorkspaces = criteria.filter(({ id }) => !/^(?:1|5\.[abchi])(?:\.|$)/u.test(id));
    expect(broken).toEqual(fromWorkspaces.map(({ id }) => id));
  });

  it("neither pass nor fail what takes a browser when there is none", () => {
    const { page: _one, ...first } = good.feature1;
    const { page: _four, ...fourth } = good.feature4;
    const { pages: _five, ...fifth } = good.feature5;
    const seen = { ...good, feature1: first, feature4: fourth, feature5: fifth };
    // Those that rest on them are not verified either.
    expect(having("unverified", seen)).toEqual(["2.1.b", "2.4.b", "2.5.b", "2.5.c", "5.d", "5.g"]);
    expect(failing(seen)).toEqual([]);
  });

  it("tick no box that nobody looked into", () => {
    const { soak: _soak, suite: _suite, ...seen } = good;
    expect(having("unverified", { ...seen, real: false })).toEqual(
      "1.a 1.b 1.c 2.6.d 5.a 5.b 5.c 5.d 5.f 5.h 5.i".split(" "),
    );
    const only = criteria.filter(({ id }) => id.startsWith("5."));
    expect(having("pass", good, only)).toEqual(["5.c", "5.h", "5.i"]);
  });

  it("fail a box as soon as one of what it rests on fails", () => {
    expect(having("fail", streaming({ rediscovered: [] })(good))).toEqual(["2.6.c", "5.d"]);
  });

  it("find what a changelog names and nobody has", () => {
    const text =
      "# Changelog\n\n## Unreleased\n- `a/b.ts` and `--flag`, `GET /api/x.json`\n\n## 0.2.0 — 2026-11-22\n- `some_field`\n";
    expect(changelogOf(text, "0.2.0", (name) => name === "--flag")).toEqual({
      version: "0.2.0",
      released: "2026-11-22",
      unreleased: 1,
      dangling: ["a/b.ts", "some_field"],
    });
    expect(changelogOf(text, "0.3.0", () => true)).not.toHaveProperty("released");
  });

  it("never lose a pass: what was judged in an earlier release is judged in this one", () => {
    const earlier = readFileSync(new URL("../passes.txt", import.meta.url), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const judgedIds = criteria.flatMap((c) => (c.verify.kind === "judged" ? [c.id] : []));
    expect(earlier.filter((id) => !judgedIds.includes(id))).toEqual([]);
  });
});
