import { expect, it } from "vitest";
import { furthestFirst, lagText } from "./lag.ts";

const table = (lag_seconds: number | null) =>
  ({ method: "merge", checkpoint: "7", lag_seconds, error: null }) as const;

it.each([
  [0, "in step"],
  [0.25, "250 ms behind"],
  [75, "1 min 15 s behind"],
  [null, "lag not known"],
])("says of a lag of %s that it is %s", (seconds, text) => {
  expect(lagText(table(seconds))).toBe(text);
});

it("has the tables that are furthest behind first", () => {
  const progress = { a: table(0), b: table(3), c: table(null), d: table(4) };
  expect(furthestFirst(progress).map(([name]) => name)).toEqual(["c", "d", "b", "a"]);
});
