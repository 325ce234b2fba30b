import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildOnce, openShell } from "./harness.ts";

const dist = join(import.meta.dirname, "../dist");

beforeAll(buildOnce);

/** What a module and all it imports statically take from outside the bundle. */
function staticImports(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return new Set();
  seen.add(file);
  const text = readFileSync(file, "utf8");
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\b[^;]*?from\s*["']([^"']+)["']|^import\s*["']([^"']+)["']/gmu),
  ].map((match) => match[1] ?? match[2] ?? "");
  return new Set(
    specifiers.flatMap((specifier) =>
      specifier.startsWith(".") ? [...staticImports(join(dirname(file), specifier), seen)] : [specifier],
    ),
  );
}

test("to show its help the program loads nothing but Node's own modules: engine, database, server and schemas come later", () => {
  const outside = [...staticImports(join(dist, "clxs.mjs"))].filter(
    (specifier) => !specifier.startsWith("node:"),
  );
  expect(outside).toEqual([]);
});

test("every command has a help page with an example", async () => {
  const shell = openShell();
  try {
    const help = await shell.run("--help");
    expect(help.code).toBe(0);
    const commands = [
      ["clone"],
      ["plan"],
      ["diff"],
      ["sql"],
      ["workspace", "serve"],
      ["serve"],
      ["demo"],
      ["release-check"],
    ];
    for (const command of commands) {
      expect(help.stdout).toContain(`  ${command[0]}`);
      const page = await shell.run(...command, "--help");
      expect({ code: page.code, stderr: page.stderr }).toEqual({ code: 0, stderr: "" });
      expect(page.stdout).toMatch(/\nExamples?:\n {2}clxs /u);
    }
  } finally {
    shell.remove();
  }
});

test("wrong usage is one message and exit code 2", async () => {
  const shell = openShell();
  try {
    const ended = await Promise.all([
      shell.run("clone", "--source", "a"),
      shell.run("clone", "--source", "a", "--dest", "b", "--target", "c"),
      shell.run("clonne"),
      shell.run("clone", "--source", "a", "--dest", "A"),
    ]);
    expect(ended.map(({ code, stdout, stderr }) => ({ code, stdout, stderr: stderr.trim() }))).toEqual([
      { code: 2, stdout: "", stderr: "--dest: destination_catalog is required." },
      {
        code: 2,
        stdout: "",
        stderr:
          "error: option '--target <name=N,dest=D>' argument 'c' is invalid. Write it as name=CONNECTION or name=CONNECTION,dest=CATALOG, and after that maybe sync=snapshot_once, incremental or force_full.",
      },
      { code: 2, stdout: "", stderr: "error: unknown command 'clonne'\n(Did you mean clone?)" },
      {
        code: 2,
        stdout: "",
        stderr: "--dest: Source and destination are the same catalog, a. Name another destination.",
      },
    ]);
  } finally {
    shell.remove();
  }
});
