import { findChromium, releaseCheck as checkRelease, type Result } from "@clone-xs/acceptance";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import type { OutputOptions } from "../options.ts";

export interface ReleaseCheckOptions extends OutputOptions<"human" | "json"> {
  readonly only?: readonly string[];
  readonly allowUnverified?: readonly string[];
}

const MARK = { pass: "✓", fail: "✗", unverified: "?", pending: "…" } as const;

/**
 * `clxs release-check`: exit 0 when no criterion fails and none could not be verified, but for those the user allowed;
 * what is pending is told and counts as no pass.
 */
export async function releaseCheck(
  options: ReleaseCheckOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { only, allowUnverified = [] } = options;
  const [, program = ""] = process.argv;
  const chromium = findChromium(surroundings.env);
  const results = await checkRelease({
    command: [process.execPath, program],
    path: surroundings.env["PATH"] ?? "",
    ...(chromium === undefined ? {} : { chromium }),
    ...(only === undefined ? {} : { only }),
    progress: (line) => tell(surroundings, line),
  }).catch((error: unknown) => {
    if (error instanceof RangeError) throw new UsageError(`--only: ${error.message}`);
    throw error;
  });
  surroundings.out.write(options.output === "json" ? resultsJson(results) : `${resultsText(results)}\n`);
  const missed = results.some(
    ({ outcome, criterion: { id } }) =>
      outcome === "fail" || (outcome === "unverified" && !allowUnverified.includes(id)),
  );
  return missed ? ExitCode.someFailed : ExitCode.done;
}

function resultsText(results: readonly Result[]): string {
  const count = (outcome: Result["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  const unverified = count("unverified");
  return [
    ...results.map(resultText),
    `${count("pass")} passed, ${count("fail")} failed, ${unverified > 0 ? `${unverified} not verified, ` : ""}${count("pending")} pending`,
  ].join("\n");
}

function resultText({ criterion: { id, line, text }, outcome, expected, seen }: Result): string {
  const first = `${MARK[outcome]} ${id} (line ${line}) ${text}`;
  switch (outcome) {
    case "pass":
      return first;
    case "fail":
      return `${first}\n    expected: ${expected}\n    seen: ${seen}`;
    case "unverified":
      return `${first}\n    not verified: ${seen}`;
    case "pending":
      return `${first}\n    pending: ${seen}`;
  }
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
