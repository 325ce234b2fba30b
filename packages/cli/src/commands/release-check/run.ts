import { releaseCheck as checkRelease, type Result } from "@clone-xs/acceptance";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import type { OutputOptions } from "../options.ts";

export type ReleaseCheckOptions = OutputOptions<"human" | "json">;

const MARK = { pass: "✓", fail: "✗", pending: "…" } as const;

/** `clxs release-check`: exit 0 when no criterion fails; what is pending is told and counts as no pass. */
export async function releaseCheck(
  options: ReleaseCheckOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const [, program = ""] = process.argv;
  const results = await checkRelease({
    command: [process.execPath, program],
    path: surroundings.env["PATH"] ?? "",
    progress: (line) => tell(surroundings, line),
  });
  surroundings.out.write(options.output === "json" ? resultsJson(results) : `${resultsText(results)}\n`);
  return results.some(({ outcome }) => outcome === "fail") ? ExitCode.someFailed : ExitCode.done;
}

function resultsText(results: readonly Result[]): string {
  const count = (outcome: Result["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  return [
    ...results.map(resultText),
    `${count("pass")} passed, ${count("fail")} failed, ${count("pending")} pending`,
  ].join("\n");
}

function resultText({ criterion: { id, line, text }, outcome, expected, seen }: Result): string {
  const first = `${MARK[outcome]} ${id} (line ${line}) ${text}`;
  if (outcome === "pass") return first;
  return outcome === "pending"
    ? `${first}\n    pending: ${seen}`
    : `${first}\n    expected: ${expected}\n    seen: ${seen}`;
}

function resultsJson(results: readonly Result[]): string {
  const rows = results.map(({ criterion: { id, line, text }, outcome, expected, seen }) => ({
    id,
    line,
    text,
    outcome,
    expected,
    seen,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}
