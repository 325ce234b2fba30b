import { expect, it } from "vitest";
import { lagText, worst } from "./lag.ts";

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

it("tells of the table that is furthest behind", () => {
  expect(worst({ a: table(0), b: table(3), c: table(2) })).toEqual(table(3));
  expect(worst({ a: table(3), b: table(null) })).toEqual(table(null));
  expect(worst({})).toBeUndefined();
});
