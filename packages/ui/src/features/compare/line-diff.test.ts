import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedPart, type LinePair, lineDiff } from "./line-diff.ts";

const SIGNS = { same: " ", differs: "~", only_source: "-", only_target: "+" };
const shown = (pairs: readonly LinePair[]) =>
  pairs.map(
    ({ state, source, target }) =>
      `${SIGNS[state]}${source ?? ""}${state === "differs" ? target : ""}${source === undefined ? target : ""}`,
  );
const lines = (text: string) => text.split("").join("\n");
const texts = fc.tuple(
  ...[0, 1].map(() => fc.array(fc.constantFrom("a", "b", "c", "")).map((all) => all.join("\n"))),
);

describe("lineDiff", () => {
  it.each([
    ["abc", "abc", [" a", " b", " c"]],
    ["abc", "ac", [" a", "-b", " c"]],
    ["ac", "abc", [" a", "+b", " c"]],
    ["abc", "axc", [" a", "~bx", " c"]],
    ["abcd", "xbyd", ["~ax", " b", "~cy", " d"]],
    ["ab", "xyz", ["~ax", "~by", "+z"]],
  ])("puts the lines of %j beside those of %j", (source, target, expected) => {
    expect(shown(lineDiff(lines(source), lines(target)))).toEqual(expected);
  });

  it("loses no line of either side and keeps their order", () => {
    fc.assert(
      fc.property(texts, ([source = "", target = ""]) => {
        const pairs = lineDiff(source, target);
        expect(pairs.flatMap((pair) => pair.source ?? []).join("\n")).toBe(source);
        expect(pairs.flatMap((pair) => pair.target ?? []).join("\n")).toBe(target);
        for (const pair of pairs) expect(pair.state === "same").toBe(pair.source === pair.target);
      }),
    );
  });

  it("marks nothing between equal texts", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(lineDiff(text, text).every(({ state }) => state === "same")).toBe(true);
      }),
    );
  });

  it("takes texts of many thousand lines", () => {
    const many = (prefix: string) =>
      Array.from({ length: 5_000 }, (_, line) => `${prefix}${line}`).join("\n");
    expect(lineDiff(`first\n${many("a")}\nlast`, `first\n${many("b")}\nlast`)).toHaveLength(5_002);
  });
});

describe("changedPart", () => {
  it.each([
    ["WHERE total > 50", "WHERE total > 60", ["WHERE total > ", "50", "60", ""]],
    ["sum(amount)", "sum(price)", ["sum(", "amount", "price", ")"]],
    ["a", "a b", ["a", "", " b", ""]],
  ])("of %j and %j", (source, target, [start, gone, came, end]) => {
    expect(changedPart(source, target)).toEqual({ start, source: gone, target: came, end });
  });

  it("puts both texts together again", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (source, target) => {
        const part = changedPart(source, target);
        expect(part.start + part.source + part.end).toBe(source);
        expect(part.start + part.target + part.end).toBe(target);
      }),
    );
  });
});
