import { describe, expect, it } from "vitest";
import { type Draft, emptyDraft } from "./draft.ts";
import { readDraft } from "./kept-draft.ts";

const draft: Draft = {
  ...emptyDraft,
  source: "prod",
  destination: "dev",
  scope: "only",
  included: ["bronze"],
  loadType: "SELECTIVE",
  views: false,
  properties: [{ key: "a", value: "1" }],
};

describe("readDraft", () => {
  it("reads back what was kept", () => {
    expect(readDraft(JSON.stringify(draft))).toEqual(draft);
  });

  it.each([null, "", "{", "null", "7", '"draft"', "[]"])("starts empty from %j", (text) => {
    expect(readDraft(text)).toEqual(emptyDraft);
  });

  it("drops what is of another kind or unknown", () => {
    const text = JSON.stringify({ source: "prod", included: "bronze", maxParallel: null, token: "s3cret" });
    expect(readDraft(text)).toEqual({ ...emptyDraft, source: "prod" });
  });
});
