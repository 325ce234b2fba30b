import type { ClonePlan } from "@clone-xs/clone";
import { expect, test } from "vitest";
import { planText } from "./plan.ts";

const plan: ClonePlan = {
  version: 1,
  request: { source_catalog: "a", destination_catalog: "b" },
  sourceCatalog: "a",
  destinationCatalog: "b",
  targetExists: true,
  schemas: ["s"],
  decisions: [
    {
      kind: "table",
      schema: "s",
      name: "t",
      action: "clone",
      reason: "version_drift",
      detail: "version 3 is newer than 2",
    },
    { kind: "table", schema: "s", name: "u", action: "keep", reason: "in_sync" },
    { kind: "table", schema: "s", name: "w", action: "refuse", reason: "foreign" },
  ],
  steps: [],
  blocked: [],
  refused: [
    { object: "b.s.w", operation: "clone_table", code: "FOREIGN_TARGET", message: "is no clone of a.s.w" },
  ],
  residue: [{ object: "s.t", what: "tags", reason: "not copied yet" }],
  access: [{ principal: "devs", object: "b.s", privileges: ["SELECT", "MODIFY"] }],
  notes: ["A shallow clone cannot be undone"],
};

test("each object with what happens to it and why; refusals, residue and notes by name", () => {
  expect(planText(plan)).toBe(
    [
      "a → b: 0 steps",
      "to clone",
      "  table s.t: clone (version_drift) — version 3 is newer than 2",
      "left as it is",
      "  table s.u: keep (in_sync)",
      "  table s.w: refuse (foreign)",
      "refused",
      "  b.s.w: is no clone of a.s.w",
      "not copied: tags 1",
      "  s.t: tags: not copied yet",
      "gain access",
      "  devs: SELECT, MODIFY on b.s",
      "notes",
      "  A shallow clone cannot be undone",
    ].join("\n"),
  );
});

test("a plan with nothing in it says so in one line", () => {
  const nothing = {
    ...plan,
    targetExists: false,
    decisions: [],
    refused: [],
    residue: [],
    access: [],
    notes: [],
  };
  expect(planText(nothing)).toBe("a → b: 0 steps, the destination will be made");
});
