import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

/** Behaviours of CLONE that the test suites of other engines assert, numbered; a test names the one that it shows. */
const NUMBERS = Array.from({ length: 46 }, (_, i) => i + 1);
const packages = resolve(import.meta.dirname, "../../..");

function testFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(directory, name));
}

test("every line of the clone checklist has a test that carries its number", () => {
  const files = ["delta", "sql", "lakehouse"].flatMap((name) => testFiles(join(packages, name, "src")));
  const titles = files.flatMap((file) => [
    ...readFileSync(file, "utf8").matchAll(/["'`]clone checklist (\d+): /g),
  ]);
  const carried = new Set(titles.map(([, number]) => Number(number)));
  expect(NUMBERS.filter((number) => !carried.has(number))).toEqual([]);
});
