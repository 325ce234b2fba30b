import { expect, test } from "vitest";
import { ABSENT } from "./absent.ts";
import { FUNCTIONS } from "./registry.ts";

test("no function is both there and listed as absent", () => {
  expect([...ABSENT].filter((name) => FUNCTIONS.has(name))).toEqual([]);
});
