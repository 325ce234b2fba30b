import { describe, expect, it } from "vitest";
import { draftOf, scopeBody, scopeProblem, searchOf } from "./scope-draft.ts";

const pair = { source: "shop", destination: "copy" };

describe("the form of two catalogs", () => {
  it.each([
    {},
    pair,
    { ...pair, target: "east" },
    { ...pair, include: ["gold", "silver"], exclude: ["tmp"] },
  ])("holds what the address says: %j", (search) => {
    expect(searchOf(draftOf(search))).toEqual(search);
  });

  it("reads names between commas", () => {
    expect(searchOf({ ...draftOf(pair), include: " a, ,b," })).toEqual({ ...pair, include: ["a", "b"] });
  });

  it.each([
    [{}, true, "Choose the source catalog."],
    [{ source: "shop" }, true, "Choose the destination catalog."],
    [{ source: "shop" }, false, undefined],
    [{ source: "shop", target: "east" }, false, "Name the catalog there, or choose this workspace."],
    [{ source: "shop", destination: "SHOP" }, true, "These are the same catalog."],
    [{ source: "shop", destination: "shop", target: "east" }, true, undefined],
    [pair, true, undefined],
  ])("of %j says what is missing", (search, needsDestination, problem) => {
    expect(scopeProblem(draftOf(search), needsDestination)).toBe(problem);
  });

  it("asks with all that the address says", () => {
    expect(scopeBody({})).toBeUndefined();
    expect(scopeBody({ source: "shop" })).toEqual({ source_catalog: "shop" });
    expect(scopeBody({ ...pair, target: "east", include: ["gold"], exclude: ["tmp"] })).toEqual({
      source_catalog: "shop",
      destination_catalog: "copy",
      target_workspace: { connection: "east", destination_catalog: "copy" },
      include_schemas: ["gold"],
      exclude_schemas: ["tmp"],
    });
  });
});
