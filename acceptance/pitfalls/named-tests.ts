import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Mutant } from "./mutant.ts";

/** How a test ended; of a failed one the first line of what it says. */
export type Outcome = { readonly state: "passed" } | { readonly state: "failed"; readonly why: string };

export interface NamedTestsOptions {
  /** Root of the repository. */
  readonly root: string;
  /** Where the report is written meanwhile. */
  readonly report: string;
  /** Id of the mutant to plant; none when absent. */
  readonly mutant?: string;
}

/**
 * Runs tests by the beginning of their names or of their groups' names. Gives how each ended: failed when one of those that it names did, or
 * their file could not be loaded; nothing for one that is not there.
 */
export async function namedTests(
  tests: readonly Mutant["killedBy"][],
  { root, report, mutant }: NamedTestsOptions,
): Promise<ReadonlyMap<string, Outcome>> {
  const files = [...new Set(tests.map(({ file }) => file))];
  const names = [...new Set(tests.map(({ test }) => escaped(test)))].join("|");
  await vitest(["run", ...files, "-t", names, "--reporter=json", `--outputFile.json=${report}`], {
    root,
    mutant,
  });
  const { testResults } = JSON.parse(await readFile(report, "utf8")) as VitestReport;
  return new Map(
    tests.flatMap(({ file, test }): readonly [string, Outcome][] => {
      const results = testResults.filter(({ name }) => name.endsWith(`/${file}`));
      const outcome = outcomeOf(
        results.flatMap(({ assertionResults }) => assertionResults).filter(isOf(test)),
      );
      return outcome === undefined ? [] : [[test, outcome]];
    }),
  );
}

function isOf(test: string): (result: TestResult) => boolean {
  return ({ title, ancestorTitles }) => [title, ...ancestorTitles].some((name) => name.startsWith(test));
}

function outcomeOf(results: readonly TestResult[]): Outcome | undefined {
  const ran = results.filter(({ status }) => status === "passed" || status === "failed");
  if (ran.length === 0) return undefined;
  const failed = ran.find(({ status }) => status === "failed");
  if (failed === undefined) return { state: "passed" };
  return { state: "failed", why: failed.failureMessages[0]?.split("\n", 1)[0] ?? "" };
}

/** Of vitest's JSON report, what is read here. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly TestResult[];
  }[];
}

interface TestResult {
  readonly title: string;
  readonly ancestorTitles: readonly string[];
  readonly status: string;
  readonly failureMessages: readonly string[];
}

function vitest(
  args: readonly string[],
  { root, mutant }: { readonly root: string; readonly mutant: string | undefined },
): Promise<void> {
  const env = { ...process.env, NODE_ENV: "test", ...(mutant === undefined ? {} : { CLXS_MUTANT: mutant }) };
  const child = spawn(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), ...args], {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "ignore"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}
