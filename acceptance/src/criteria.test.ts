import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { criteria } from "./criteria.ts";
import { judge } from "./criterion.ts";
import type { Observations } from "./observations.ts";

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
  kitchenSink: {
    id: "0a1b2c3d",
    run: {
      ...quiesced("completed"),
      result: {
        mode: "selective",
        total_drifted_tables: 21,
        formats: { DELTA: 20, PARQUET: 1 },
        bytes_copied: 5000,
        files_copied: 21,
      },
    },
    properties: { "delta.logRetentionDuration": "30 days" },
  },
  evidence: {
    runId: "0a1b2c3d",
    runs: [{ status: "success", duration_seconds: "8.1", total_errors: "0" }],
    metrics: [
      { copied_files_size: "3000", num_copied_files: "2" },
      { copied_files_size: "2000", num_copied_files: "1" },
    ],
    clonedTables: 2,
    bytesCopied: 5000,
  },
} satisfies Observations;

type Good = typeof good;
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
const sink = (change: (seen: Good["kitchenSink"]) => Partial<Good["kitchenSink"]>): Mutation =>
  changed("kitchenSink", (seen) => ({ ...seen, ...change(seen) }));
const sinkResult = (change: Partial<Record<keyof Good["kitchenSink"]["run"]["result"], unknown>>): Mutation =>
  sink(({ run }) => ({ run: { ...run, result: { ...run.result, ...change } as typeof run.result } }));
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
  "3.a": sinkResult({ mode: "full" }),
  "3.b": sink(({ run }) => ({ run: { ...run, logs: run.logs.filter(without("restore")) } })),
  "3.c": sinkResult({ formats: {} }),
  "3.d": sinkResult({ files_copied: 0 }),
  "3.e": sink(() => ({ properties: { "delta.logRetentionDuration": "interval 30 days" } })),
  "4.b": changed("evidence", (seen) => ({ ...seen, runs: [...seen.runs, ...seen.runs] })),
  "4.c": changed("evidence", (seen) => ({ ...seen, metrics: seen.metrics.slice(1) })),
};

const failing = (seen: Observations) =>
  criteria.map((c) => judge(c, seen)).flatMap((r) => (r.outcome === "fail" ? [r.criterion.id] : []));

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

  it("fail none on a good run", () => {
    expect(failing(good)).toEqual([]);
  });

  it("each have a planted defect that makes exactly that one fail", () => {
    const judgedIds = criteria.flatMap((c) => (c.verify.kind === "judged" ? [c.id] : []));
    expect(Object.keys(defects).sort()).toEqual([...judgedIds].sort());
    for (const [id, plant] of Object.entries(defects)) expect(failing(plant(good))).toEqual([id]);
  });

  it("fail, and do not pass, when a script broke", () => {
    const error = new Error("no connection");
    const nothing = Object.fromEntries(Object.keys(good).map((key) => [key, error])) as unknown;
    const broken = failing(nothing as Observations);
    expect(broken).toEqual(Object.keys(defects));
  });

  it("neither pass nor fail what takes a browser when there is none", () => {
    const { page: _one, ...first } = good.feature1;
    const { page: _four, ...fourth } = good.feature4;
    const seen = { ...good, feature1: first, feature4: fourth };
    const outcomes = criteria.map((c) => judge(c, seen)).filter(({ outcome }) => outcome === "unverified");
    expect(outcomes.map(({ criterion }) => criterion.id)).toEqual(["2.1.b", "2.4.b"]);
    expect(failing(seen)).toEqual([]);
  });

  it("never lose a pass: what was judged in an earlier release is judged in this one", () => {
    const earlier = readFileSync(new URL("../passes.txt", import.meta.url), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const judgedIds = criteria.flatMap((c) => (c.verify.kind === "judged" ? [c.id] : []));
    expect(earlier.filter((id) => !judgedIds.includes(id))).toEqual([]);
  });
});
