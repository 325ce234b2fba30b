import { spawnSync } from "node:child_process";
import { Command } from "commander";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloneFlags, cloneWire } from "../../../cli/src/commands/clone/flags.ts";
import { cloning } from "./clone.ts";
import { addingConnection } from "./connections.ts";
import { curlOf, type Means } from "./equivalents.ts";

const missing = spawnSync("bash", ["--version"]).status === 0 ? "" : " (skipped: bash not installed)";

/** What a program gets that bash starts: its words, and its standard input. */
function wordsOf(line: string, program: string, env: Record<string, string> = {}) {
  const shown = `${program}() { printf '%s\\0' "$@"; printf '\\1'; [ -t 0 ] || cat; }\n${line}`;
  const { stdout, status } = spawnSync("bash", ["-c", shown], { env, input: "", encoding: "utf8" });
  expect(status).toBe(0);
  const [words = "", input = ""] = stdout.split("\u0001");
  return { words: words.split("\0").slice(0, -1), input };
}

const NAMES = [
  "it's",
  'a "b"',
  "`ls`",
  "$HOME",
  "$(ls)",
  "a\nb",
  "a\\b",
  "ünï ☃ 名",
  "-x",
  "--dest",
  "!x",
  "*",
  "~",
  "#x",
  "a=b",
  " a ",
  "END",
  "a;b|c&d>e",
];

describe.skipIf(missing !== "")(`what a shell makes of hostile names${missing}`, () => {
  const curl = (means: Means) => curlOf(means.call, { origin: "http://127.0.0.1:1", needsToken: false });
  const parsed = (line: string) => {
    const { words } = wordsOf(line, "clxs");
    expect(words[0]).toBe("clone");
    const command = cloneFlags(new Command()).option("--dry-run").exitOverride();
    command.parse(words.slice(1), { from: "user" });
    return cloneWire(command.opts());
  };

  it.each(NAMES)("a catalog called %j", (name) => {
    const request = { source_catalog: name, destination_catalog: `${name}2`, include_tables_regex: name };
    const means = cloning(request);
    expect(parsed(means.cli)).toEqual(request);
    const { words } = wordsOf(curl(means), "curl");
    expect(JSON.parse(words.at(-1) ?? "")).toEqual(request);
  });

  it.each(NAMES)("a connection called %j, with its secret left to the shell", (name) => {
    const means = addingConnection({
      name,
      host: `https://${encodeURIComponent(name)}.example`,
      auth_method: "pat",
    });
    const secret = { CLXS_TARGET_TOKEN: "dapi123" };
    const { words } = wordsOf(means.cli ?? "", "clxs", secret);
    expect(words.at(-1)).toBe(name);
    expect(words).not.toContain("dapi123");
    const sent = wordsOf(curl(means), "curl", secret);
    expect(sent.words.join(" ")).not.toContain("dapi123");
    expect(JSON.parse(sent.input)).toMatchObject({ name, token: "dapi123" });
  });

  it("any text", () => {
    // A NUL cannot stand in a word of a shell, nor in a name.
    const text = fc
      .string({ unit: "binary", minLength: 1 })
      .filter((each) => !each.includes("\0") && !each.includes("\u0001"));
    fc.assert(
      fc.property(text, text, (source, value) => {
        const request = {
          source_catalog: source,
          destination_catalog: "dev",
          clone_tbl_properties: { key: value },
          where_clauses: { "a.b": value },
        };
        const means = cloning(request);
        const byFile = means.cli.startsWith("#");
        expect(byFile).toBe(value !== value.trim());
        expect(byFile ? request : parsed(means.cli)).toEqual(request);
        expect(JSON.parse(wordsOf(curl(means), "curl").words.at(-1) ?? "")).toEqual(request);
      }),
      { numRuns: 40 },
    );
  });
});
