import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldRows } from "./fold-rows.ts";

const isCapital = (letter: string) => letter !== letter.toLowerCase();
const shown = (text: string) =>
  foldRows(text.split(""), isCapital).map((part) => (part.kind === "row" ? part.row : part.rows.length));

describe("foldRows", () => {
  it.each([
    ["", []],
    ["abc", ["a", "b", "c"]],
    ["aBc", ["a", "B", "c"]],
    ["aaaaB", [3, "a", "B"]],
    ["Aaaaa", ["A", "a", 3]],
    ["AaaA", ["A", "a", "a", "A"]],
    ["AaaaaaA", ["A", "a", 3, "a", "A"]],
  ])("of %j", (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it("loses no row, keeps their order and folds none that changed", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "A")), fc.nat(3), (rows, context) => {
        const folded = foldRows(rows, isCapital, context);
        expect(folded.flatMap((part) => (part.kind === "row" ? [part.row] : part.rows))).toEqual(rows);
        expect(folded.flatMap((part) => (part.kind === "fold" ? part.rows : [])).filter(isCapital)).toEqual(
          [],
        );
      }),
    );
  });
});
