import { expect, it } from "vitest";
import { readable, wantsJson } from "./command-line.ts";

it.each([
  [
    ["sql", "-- note\nSELECT 1", "-o", "csv"],
    ["sql", "-o", "csv", "--", "-- note\nSELECT 1"],
  ],
  [
    ["sql", "--note\nSELECT 1"],
    ["sql", "--", "--note\nSELECT 1"],
  ],
  [
    ["sql", "--", "-- note"],
    ["sql", "--", "-- note"],
  ],
  [
    ["sql", "SELECT 1", "--output=csv"],
    ["sql", "SELECT 1", "--output=csv"],
  ],
  [
    ["clone", "-- note"],
    ["clone", "-- note"],
  ],
])("%j is read as %j", (argv, expected) => {
  expect(readable(argv)).toEqual(expected);
});

it.each([
  [["sql", "SELECT 1", "--output", "json"], true],
  [["sql", "SELECT 1", "-o", "json"], true],
  [["sql", "-ojson"], true],
  [["clone", "--output=json", "--nowhere"], true],
  [["clone", "--output", "ndjson"], false],
  [["sql", "json"], false],
])("%j asks for JSON: %s", (argv, expected) => {
  expect(wantsJson(argv)).toBe(expected);
});
