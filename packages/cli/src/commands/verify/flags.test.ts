import { Command } from "commander";
import { expect, it } from "vitest";
import { type VerifyFlags, verifyFlags } from "./flags.ts";

function subsetOf(text: string): VerifyFlags["subset"] {
  const command = verifyFlags(new Command("verify"))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse(["--subset", text], { from: "user" });
  return command.opts<VerifyFlags>().subset;
}

it.each([
  ["1/7", { part: 1, of: 7 }],
  ["7/7", { part: 7, of: 7 }],
])("--subset %s", (text, subset) => {
  expect(subsetOf(text)).toEqual(subset);
});

it.each(["0/7", "8/7", "1", "1/", "a/b", "1/7/2", "-1/7"])("--subset %s is refused", (text) => {
  expect(() => subsetOf(text)).toThrow(/Write it as k\/n/u);
});
