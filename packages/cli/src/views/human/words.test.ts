import { expect, it, test } from "vitest";
import { bytes, counted, seconds, tally } from "./words.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [1_450_000, "1.4 MB"],
  [2_000_000_000_000, "2.0 TB"],
])("%d bytes are %s", (count, text) => {
  expect(bytes(count)).toBe(text);
});

it.each([
  [0.04, "0.0 s"],
  [9.96, "10.0 s"],
  [41.6, "42 s"],
  [185, "3 min 5 s"],
])("%d seconds are %s", (value, text) => {
  expect(seconds(value)).toBe(text);
});

test("one thing, many things", () => {
  expect([counted(1, "table"), counted(0, "table"), counted(2, "row")]).toEqual([
    "1 table",
    "0 tables",
    "2 rows",
  ]);
});

test("a tally is ordered by count, then by name", () => {
  expect(tally(["tags", "grants", "tags", "comment"])).toBe("tags 2, comment 1, grants 1");
});
