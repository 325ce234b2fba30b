import type { Decision } from "@clone-xs/server/contract";
import { describe, expect, it } from "vitest";
import { actionOf, decisionsShown, versionsOf, whyOf } from "./decisions.ts";

const decision = (name: string, change: Partial<Decision> = {}): Decision => ({
  kind: "table",
  schema: "bronze",
  name,
  action: "clone",
  reason: "never_cloned",
  ...change,
});

const all = [
  decision("orders"),
  decision("kept", { action: "keep", reason: "in_sync" }),
  decision("taken", { action: "refuse", reason: "foreign" }),
  decision("big_spenders", { kind: "view", schema: "gold" }),
];

describe("decisionsShown", () => {
  it.each<[object, readonly string[]]>([
    [{}, ["taken", "orders", "big_spenders", "kept"]],
    [{ action: "clone" }, ["orders", "big_spenders"]],
    [{ kind: "view" }, ["big_spenders"]],
    [{ reason: "foreign" }, ["taken"]],
    [{ q: " GOLD." }, ["big_spenders"]],
    [{ q: "in_sync" }, ["kept"]],
    [{ action: "clone", kind: "volume" }, []],
  ])("%j", (filter, names) => {
    expect(decisionsShown(all, filter).map(({ name }) => name)).toEqual(names);
  });
});

it("says that what is in sync is cloned again, and by whose word", () => {
  const again = decision("a", { reason: "in_sync" });
  expect(actionOf(again)).toBe("Clone again");
  expect(whyOf(again, "FULL")).toContain("a full load clones it again");
  expect(whyOf(again, "SELECTIVE")).toContain("as asked for");
  expect(whyOf(decision("a", { detail: "Because." }), "FULL")).toBe("Because.");
});

it.each<[Partial<Decision>, string]>([
  [{}, ""],
  [{ sourceVersion: "3" }, "v3"],
  [{ sourceVersion: "5", clonedVersion: "3" }, "v3 → v5"],
  [{ sourceVersion: "3", clonedVersion: "3" }, "v3"],
])("versions of %j: %s", (change, text) => {
  expect(versionsOf(decision("a", change))).toBe(text);
});
