import type { CatalogVerification, Certificate } from "@clone-xs/clone";
import { expect, test } from "vitest";
import { verificationText } from "./verify.ts";

const table: Certificate = {
  object: "s.t",
  kind: "table",
  verdict: "match",
  reason: null,
  source_version: "7",
  target_version: "0",
  source_rows: 1,
  target_rows: 1,
  source_hash: "0a",
  target_hash: "0a",
  differences: [],
  notes: [],
};
const found: CatalogVerification = {
  source_catalog: "a",
  destination_catalog: "b",
  rows: "hash",
  matched: 1,
  differing: 0,
  not_comparable: 0,
  objects: [table],
};

test("what matches is one line with what was compared", () => {
  expect(verificationText(found)).toBe("a → b: 1 object matches.\n  = table s.t (version 7, 1 row, hash 0a)");
});

test("what differs says where, what could not be compared says why, and a part says that it is one", () => {
  const unknown = { source_version: null, source_rows: null, source_hash: null };
  const view: Certificate = {
    ...table,
    ...unknown,
    object: "s.v",
    kind: "view",
    verdict: "differs",
    reason: "it differs in definition",
    differences: [{ object: "s.v", what: "definition", source: "SELECT\n1", target: null }],
  };
  const volume: Certificate = {
    ...table,
    ...unknown,
    object: "s.f",
    kind: "volume",
    verdict: "not_comparable",
    reason: "no READ VOLUME\nstatement",
    files: 2,
    notes: ["files are compared by name and size"],
  };
  const objects = [view, volume];
  expect(
    verificationText({
      ...found,
      subset: "1/7",
      rows: "count",
      matched: 0,
      differing: 1,
      not_comparable: 1,
      objects,
    }),
  ).toBe(
    [
      "a → b (part 1/7): 0 objects match, 1 DIFFERS, 1 could not be compared.",
      "  ≠ view s.v: it differs in definition",
      "      s.v: definition: SELECT 1 → nothing",
      "  ? volume s.f: no READ VOLUME (2 files)",
      "      files are compared by name and size",
      "Rows were counted, not compared by value: clxs verify does that.",
    ].join("\n"),
  );
});
