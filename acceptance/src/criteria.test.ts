import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { criteria } from "./criteria.ts";
import { judge } from "./criterion.ts";
import type { Observations } from "./observations.ts";

const runbook = readFileSync(new URL("../release-validation-runbook.txt", import.meta.url), "utf8").split(
  "\n",
);

/** What a run looks like in which every judged criterion passes. */
const good = {
  feature1: {
    summary: { formats: { DELTA: 20, PARQUET: 1 } },
    logs: "embedded as owner\nschema bronze created",
    described: { id: "int", Provider: "delta" },
  },
  feature2: {
    selective: {
      summary: { mode: "selective", total_drifted_tables: 1 },
      logs: [
        "Schema bronze: 1 drifted (1 version_drift)",
        "Schema gold in sync — 0 drifted tables",
        "Schema silver in sync — 0 drifted tables",
        "CREATE OR REPLACE TABLE `a`.`bronze`.`events` DEEP CLONE `b`.`bronze`.`events` VERSION AS OF 2",
      ].join("\n"),
    },
    otherSchemas: ["gold", "silver"],
  },
} satisfies Observations;

type Mutation = (seen: typeof good) => Observations;

const selective =
  (change: Partial<(typeof good)["feature2"]["selective"]>): Mutation =>
  (seen) => ({
    ...seen,
    feature2: { ...seen.feature2, selective: { ...seen.feature2.selective, ...change } },
  });

/** One planted defect for each judged criterion. */
const defects: Record<string, Mutation> = {
  "2.1.a": (seen) => ({ ...seen, feature1: { ...seen.feature1, summary: { formats: { DELTA: 21 } } } }),
  "2.1.c": (seen) => ({ ...seen, feature1: { ...seen.feature1, described: { Provider: "parquet" } } }),
  "2.1.d": (seen) => ({ ...seen, feature1: { ...seen.feature1, logs: "_format_clone_error: no" } }),
  "2.2.a": selective({ summary: { mode: "full", total_drifted_tables: 1 } }),
  "2.2.b": selective({ summary: { mode: "selective", total_drifted_tables: 2 } }),
  "2.2.c": selective({ logs: good.feature2.selective.logs.replace("1 version_drift", "1 schema_drift") }),
  "2.2.d": selective({ logs: `${good.feature2.selective.logs}\nCREATE TABLE x DEEP CLONE y` }),
  "2.2.e": selective({
    logs: good.feature2.selective.logs.replace("Schema gold in sync", "Schema gold checked"),
  }),
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
    const broken = failing({ feature1: new Error("no connection"), feature2: new Error("no connection") });
    expect(broken).toEqual(Object.keys(defects));
  });

  it("never lose a pass: what was judged in an earlier release is judged in this one", () => {
    const earlier = readFileSync(new URL("../passes.txt", import.meta.url), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const judgedIds = criteria.flatMap((c) => (c.verify.kind === "judged" ? [c.id] : []));
    expect(earlier.filter((id) => !judgedIds.includes(id))).toEqual([]);
  });
});
