import { expect, it } from "vitest";
import { notAvailable } from "./not-available.ts";

it.each([[["workspace", "--config", "x"], "--config is not available in this version."]])(
  "%j: %s",
  (argv, message) => {
    expect(notAvailable(argv)).toBe(message);
  },
);

it.each([
  [[]],
  [["--help"]],
  [["clone", "--source", "a", "--dest", "restore"]],
  [["clone", "--nowhere"]],
  [["cloen"]],
  [["sql", "--", "--config"]],
  [["sql", "SELECT 1 -- --config"]],
])("%j is left to the parser", (argv) => {
  expect(notAvailable(argv)).toBeUndefined();
});
