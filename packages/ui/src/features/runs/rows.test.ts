import type { RunSummary } from "@clone-xs/server/contract";
import { describe, expect, it } from "vitest";
import type { StepRow } from "./fold.ts";
import { rowsOf, skippedUnnamed } from "./rows.ts";

const step = (id: string, state: StepRow["state"], rest: Partial<StepRow> = {}): [string, StepRow] => [
  id,
  {
    id,
    state,
    kind: "table",
    object: `dev.a.${id}`,
    operation: "clone_table",
    reason: "never_cloned",
    startedAt: 0,
    ...rest,
  },
];
const steps = new Map([step("done", "succeeded"), step("broken", "failed"), step("after", "skipped")]);
const error = (object: string, operation: string, code: string) => ({
  object,
  operation,
  code,
  message: `About ${object}.`,
});
const errors = [
  error("dev.a.written", "clone", "TARGET_MODIFIED"),
  error("dev.a.v", "create view", "DEPENDENCY_FAILED"),
  error("dev.a.broken", "clone_table", "DELTA_MISSING_LOG"),
];

describe("rowsOf", () => {
  it("lists what was not tried beside what was, failures first, each object once", () => {
    expect(rowsOf(steps, errors).map(({ object, state, kind }) => [object, state, kind])).toEqual([
      ["dev.a.broken", "failed", "table"],
      ["dev.a.written", "failed", "table"],
      ["dev.a.after", "skipped", "table"],
      ["dev.a.v", "skipped", "view"],
      ["dev.a.done", "succeeded", "table"],
    ]);
  });

  it("keeps the message of what was not tried", () => {
    expect(rowsOf(new Map(), errors)[0]?.error).toEqual({
      code: "TARGET_MODIFIED",
      message: "About dev.a.written.",
    });
  });
});

describe("skippedUnnamed", () => {
  const none = { success: 0, failed: 0, skipped: 0 };
  const summary = (tables: number, views: number) =>
    ({
      tables: { ...none, skipped: tables },
      views: { ...none, skipped: views },
      functions: none,
      volumes: none,
    }) as RunSummary;

  it.each([
    [1, 1, 0],
    [4, 1, 3],
    [0, 0, 0],
  ])("of %d tables and %d views skipped, %d are not named", (tables, views, expected) => {
    expect(skippedUnnamed(rowsOf(steps, errors), summary(tables, views))).toBe(expected);
  });
});
