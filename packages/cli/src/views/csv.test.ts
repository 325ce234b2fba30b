import { expect, it, test } from "vitest";
import { csvText } from "./csv.ts";

test("a header, then the rows, each ended by CRLF", () => {
  expect(csvText(["id", "name"], [["1", "a"]])).toBe("id,name\r\n1,a\r\n");
});

it.each([
  [null, ""],
  ["", '""'],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\nlines", '"two\nlines"'],
  ["plain", "plain"],
])("%j is written %s", (cell, field) => {
  expect(csvText(["x"], [[cell]])).toBe(`x\r\n${field}\r\n`);
});
