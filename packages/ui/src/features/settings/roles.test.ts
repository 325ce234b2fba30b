import { describe, expect, it } from "vitest";
import { actionWords, outcomeOf } from "./roles.ts";

describe("an entry of the activity", () => {
  it.each([
    ["signIn", "Sign in"],
    ["rollBackRun", "Roll back run"],
    ["submitClone", "Submit clone"],
  ])("calls %s: %s", (operation, words) => {
    expect(actionWords(operation)).toBe(words);
  });

  it.each([
    [202, "done"],
    [401, "not signed in"],
    [403, "not allowed"],
    [409, "not possible"],
    [422, "not possible"],
    [429, "too often"],
    [502, "failed"],
  ])("calls an answer of %d: %s", (status, word) => {
    expect(outcomeOf(status).word).toBe(word);
  });
});
