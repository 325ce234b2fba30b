import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a checkout says of itself: its last test run, and its changelog. */
export interface Suite {
  /** Absent when `npm test` has not been run on these sources. */
  readonly tests?: TestRun;
  readonly changelog: Changelog;
}

/** As `npm test` leaves it in `test-results/suite.json`. */
export interface TestRun {
  readonly passed: number;
  readonly failed: number;
  /** Parts that broke as a whole: `check`, `setup`, a layer. */
  readonly broken: readonly string[];
  /** Parts that were run. */
  readonly parts: readonly string[];
}

export interface Changelog {
  readonly version: string;
  /** Of that version's header: `2026-11-22`; absent when it has none. */
  readonly released?: string;
  /** Entries under Unreleased. */
  readonly unreleased: number;
  /** Files, fields and flags that it names and that are nowhere in the sources. */
  readonly dangling: readonly string[];
}

/** Reads what stands in a checkout. */
export function readSuite(checkout: string): Suite {
  const read = (...path: string[]) => readFileSync(join(checkout, ...path), "utf8");
  const { version } = JSON.parse(read("package.json")) as { readonly version: string };
  const tests = lastTests(checkout);
  const changelog = changelogOf(read("CHANGELOG.md"), version, (name) => isNamed(name, checkout));
  return { ...(tests ? { tests } : {}), changelog };
}

/** Of the same commit, or it says nothing. */
function lastTests(checkout: string): TestRun | undefined {
  const file = join(checkout, "test-results", "suite.json");
  if (!existsSync(file)) return undefined;
  const { sources, ...tests } = JSON.parse(readFileSync(file, "utf8")) as TestRun & {
    readonly sources: string;
  };
  return sources === sourcesOf(checkout) ? tests : undefined;
}

/** What the sources are: the commit, and what was changed since. */
function sourcesOf(checkout: string): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: checkout, encoding: "utf8" }).trim();
  return `${git("rev-parse", "HEAD")} ${git("status", "--porcelain")}`.trim();
}

/** What a changelog says of a version, and which of the things that it names are not there. */
export function changelogOf(text: string, version: string, exists: (name: string) => boolean): Changelog {
  const sections = text.split(/^## /mu).slice(1);
  const header = sections.find(
    (section) => section.startsWith(`[${version}]`) || section.startsWith(version),
  );
  const released = /^[^\n]*(\d{4}-\d{2}-\d{2})/u.exec(header ?? "")?.[1];
  const open = sections.find((section) => /^\[?Unreleased/u.test(section)) ?? "";
  return {
    version,
    ...(released === undefined ? {} : { released }),
    unreleased: open.split("\n").filter((line) => line.startsWith("- ")).length,
    dangling: [...new Set(namesIn(text))].filter((name) => !exists(name)),
  };
}

/** Files, flags and fields between backticks. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]+)`/gu)].flatMap(([, quoted = ""]) =>
    [
      ...quoted.matchAll(
        /--[a-z][a-z-]+|\b[a-z]+(?:_[a-z]+)+\b|(?<![\w/.])[\w-]+(?:\/[\w.-]+)+\.[a-z]{2,4}\b/gu,
      ),
    ].map(([name]) => name),
  );
}

const SOURCES = ["packages", "acceptance", "bench", "scripts"];

/** A file of the checkout, or a word that some source has. */
function isNamed(name: string, checkout: string): boolean {
  if (name.includes("/")) return existsSync(join(checkout, name));
  const inSources = ["grep", "-qF", "-e", name, "--", ...SOURCES];
  try {
    execFileSync("git", inSources, { cwd: checkout, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The nearest folder from `start` upwards that is a checkout of this project; `undefined` for an installed program. */
export function checkoutAbove(start: string): string | undefined {
  for (let folder = start; ; ) {
    if (existsSync(join(folder, ".git")) && readdirSync(folder).includes("CHANGELOG.md")) return folder;
    const above = join(folder, "..");
    if (above === folder) return undefined;
    folder = above;
  }
}
