import { expect, it } from "vitest";
import { destinationOf, toText } from "./run-status.ts";

const target = (name: string) => ({ name, destination_catalog: `dev_${name}` });

it.each([
  [[], "", "dev"],
  [["east"], "to east", "dev_east"],
  [["east", "west"], "to 2 targets", "dev"],
])("says where a run to %j goes: %j, into %s", (names, text, destination) => {
  const run = { destination_catalog: "dev", targets: names.map(target) };
  expect(toText(run)).toBe(text);
  expect(destinationOf(run)).toBe(destination);
});
