import type { CatalogDiff } from "@clone-xs/clone";
import { expect, test } from "vitest";
import { diffText } from "./diff.ts";

const same: CatalogDiff = {
  source_catalog: "a",
  destination_catalog: "b",
  identical: true,
  compared: { schemas: 1, tables: 2, views: 1, functions: 0, volumes: 0 },
  rows: { compared: 2, not_compared: [] },
  differences: [],
};

test("equal catalogs are one line that says what was compared", () => {
  expect(diffText(same)).toBe(
    "a and b are the same: 2 tables, 1 view, 0 functions, 0 volumes.\nRows compared by version for 2 clones.",
  );
});

test("tables whose rows were not compared are named, and nothing is called the same", () => {
  const rows = { compared: 1, not_compared: [{ object: "s.t", reason: "it carries no mark of a clone" }] };
  expect(diffText({ ...same, rows })).toBe(
    [
      "a and b show no difference: 2 tables, 1 view, 0 functions, 0 volumes.",
      "Rows compared by version for 1 clone; not compared for 1 table:",
      "  s.t: rows not compared: it carries no mark of a clone",
    ].join("\n"),
  );
});

test("each difference on one line, long texts cut", () => {
  const differences = [
    { object: "s.t", what: "tags", source: "pii=email", target: null },
    { object: "s.v", what: "definition", source: "SELECT  1\nFROM t", target: "x".repeat(80) },
  ];
  expect(diffText({ ...same, identical: false, differences })).toBe(
    [
      "a and b differ in 2 places (definition 1, tags 1); compared: 2 tables, 1 view, 0 functions, 0 volumes.",
      "  s.t: tags: pii=email → nothing",
      `  s.v: definition: SELECT 1 FROM t → ${"x".repeat(59)}…`,
      "Rows compared by version for 2 clones.",
    ].join("\n"),
  );
});
