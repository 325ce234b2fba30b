import fc from "fast-check";
import { expect, it } from "vitest";
import { parallelOver } from "./parallel.ts";

it.each([
  ["nothing", [], [0, 0]],
  ["one that fills the first half", [{ from: 0, to: 50 }], [1, 0]],
  [
    "two that meet in the middle",
    [
      { from: 0, to: 75 },
      { from: 25, to: 100 },
    ],
    [1.5, 1.5],
  ],
  ["one that goes on", [{ from: 50, to: null }], [0, 1]],
])("counts %s", (_, spans, expected) => {
  expect(parallelOver(spans, { from: 0, to: 100, parts: 2 })).toEqual(expected);
});

it("counts all of the time of all spans, and none twice", () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  fc.assert(
    fc.property(fc.array(span), (spans) => {
      const sums = parallelOver(spans, { from: 0, to: 1000, parts: 10 });
      const whole = spans.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(sums.reduce((sum, part) => sum + part * 100, 0)).toBeCloseTo(whole, 6);
    }),
  );
});
