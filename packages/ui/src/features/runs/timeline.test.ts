import { expect, it } from "vitest";
import { areaOf, placed, ticks } from "./timeline.ts";

const whole = { from: 1_000, to: 2_000 };

it.each([
  ["the first half", { from: 1_000, to: 1_500 }, { left: 0, width: 50 }],
  ["a moment", { from: 1_250, to: 1_250 }, { left: 25, width: 0.15 }],
  ["what began before", { from: 0, to: 2_000 }, { left: 0, width: 100 }],
  ["the very end", { from: 2_000, to: 2_000 }, { left: 100, width: 0 }],
])("places %s", (_, span, expected) => {
  expect(placed(span, whole)).toEqual(expected);
});

it.each([
  [1_000, 5, [0, 200, 400, 600, 800, 1000]],
  [7, 10, [0, 1, 2, 3, 4, 5, 6, 7]],
  [95_000, 4, [0, 30_000, 60_000, 90_000]],
])("marks round times in %d ms, at most %d parts", (length, most, expected) => {
  expect(ticks({ from: 0, to: length }, most)).toEqual(expected);
});

it("draws an area over values", () => {
  expect(areaOf([1, 2], 2)).toBe("M0 100L0 50L50 50L50 0L100 0L100 100Z");
  expect(areaOf([], 2)).toBe("");
});
