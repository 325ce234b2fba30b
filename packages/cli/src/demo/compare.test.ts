import { assert, array, option, property, shuffledSubarray, string } from "fast-check";
import { expect, test } from "vitest";
import { fingerprintOf } from "./compare.ts";

test("the order of rows does not matter", () => {
  const rows = array(array(option(string()), { minLength: 2, maxLength: 2 }), { minLength: 1 });
  assert(
    property(
      rows.chain((all) =>
        shuffledSubarray(all, { minLength: all.length }).map((shuffled) => [all, shuffled] as const),
      ),
      ([all, shuffled]) => {
        expect(fingerprintOf(shuffled)).toEqual(fingerprintOf(all));
      },
    ),
  );
});

test.each<[string, readonly (readonly (string | null)[])[]]>([
  [
    "a changed cell",
    [
      ["1", "a"],
      ["2", "B"],
    ],
  ],
  [
    "NULL for an empty text",
    [
      ["1", "a"],
      ["2", null],
    ],
  ],
  [
    "a row twice, another missing",
    [
      ["1", "a"],
      ["1", "a"],
    ],
  ],
  [
    "cells that moved between columns",
    [
      ["1", "a"],
      ["2b", ""],
    ],
  ],
  ["a row less", [["1", "a"]]],
])("%s is noticed", (_, rows) => {
  expect(fingerprintOf(rows)).not.toEqual(
    fingerprintOf([
      ["1", "a"],
      ["2", "b"],
    ]),
  );
});
