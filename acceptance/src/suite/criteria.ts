import { type Criterion, derived, expecting, judged, unverified, type Verdict } from "../criterion.ts";
import type { Observations } from "../observations.ts";
import type { Changelog, TestRun } from "./suite.ts";

/** Sections 1 and 5: the suite, and the boxes to tick before a release is tagged. */
export const suiteCriteria: readonly Criterion[] = [
  {
    id: "1.a",
    line: 5,
    text: "must be green before anything else",
    verify: tested("no layer of tests broke", ({ broken }) => {
      const layers = broken.filter((part) => !["setup", "check"].includes(part));
      return [`broken: ${layers.join(", ") || "none"}`, layers.length === 0];
    }),
  },
  {
    id: "1.b",
    line: 18,
    text: "zero failures; 1567 passed (or higher with new tests)",
    verify: tested("0 failed, 1567 or more passed", ({ passed, failed }) => [
      `${failed} failed, ${passed} passed`,
      failed === 0 && passed >= 1567,
    ]),
  },
  { id: "1.c", line: 19, text: "must be clean on src/ and tests/", verify: clean("check") },
  {
    id: "5.a",
    line: 173,
    text: "Full pytest suite green",
    verify: derived(["1.a", "1.b"]),
  },
  { id: "5.b", line: 175, text: "ruff check src/ tests/clean", verify: derived(["1.c"]) },
  { id: "5.c", line: 175, text: "UI build clean", verify: clean("setup") },
  {
    id: "5.d",
    line: 176,
    text: "Each feature smoke (sections 2.1 - 2.6) passed against a real Databricks workspace",
    verify: derived(["2"], { onlyReal: true }),
  },
  { id: "5.e", line: 177, text: "Kitchen-sink end-to-end (section 3) passed", verify: derived(["3"]) },
  { id: "5.f", line: 178, text: "Continuous sync 24h+ smoke documented", verify: derived(["2.6.d"]) },
  {
    id: "5.g",
    line: 179,
    text: "Cross-workspace fanout to 2 distinct workspaces validated",
    verify: derived(["2.5"]),
  },
  {
    id: "5.h",
    line: 181,
    text: "Unreleasedsections promoted to a dated release header",
    verify: written(({ version, released, unreleased }) => {
      // Between releases there is something to promote; that is no fault until one is tagged.
      if (unreleased > 0) return unverified(`${unreleased} entries stand under Unreleased`);
      return expecting(
        `a dated header for ${version}, and nothing under Unreleased`,
        `${released ?? "no date"}, nothing under Unreleased`,
        released !== undefined,
      );
    }),
  },
  {
    id: "5.i",
    line: 182,
    text: "entries reference the right files / fields / contracts",
    verify: written(({ dangling }) =>
      expecting(
        "every file, field and flag is there",
        dangling.join(", ") || "every file, field and flag is there",
      ),
    ),
  },
];

function tested(expected: string, tell: (tests: TestRun) => readonly [seen: string, passed: boolean]) {
  return judged(({ suite }: Observations) => {
    if (suite?.tests === undefined) return unverified("npm test has not been run on these sources");
    return expecting(expected, ...tell(suite.tests));
  });
}

/** A part of `npm test` that either is clean or broke. */
function clean(part: string) {
  return judged(({ suite }: Observations) => {
    const { parts = [], broken = [] } = suite?.tests ?? {};
    if (!parts.includes(part)) return unverified("npm test has not been run on these sources");
    return expecting("clean", broken.includes(part) ? "broken" : "clean");
  });
}

function written(judge: (changelog: Changelog) => Verdict) {
  return judged(({ suite }: Observations) =>
    suite === undefined ? unverified("this is an installed program, not a checkout") : judge(suite.changelog),
  );
}
