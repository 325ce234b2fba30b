import type { Checked, Result } from "@clone-xs/acceptance";
import type { Report } from "@clone-xs/clone";

const MARK = { pass: "✓", fail: "✗", unverified: "?" } as const;

/** What a release check came to, for people at a terminal. */
export function releaseText({ results }: Checked): string {
  return [...results.map(resultText), countsText(results)].join("\n");
}

function resultText({ criterion: { id, line, text }, outcome, expected, seen }: Result): string {
  const first = `${MARK[outcome]} ${id} (line ${line}) ${text}`;
  if (outcome === "pass") return first;
  if (outcome === "fail") return `${first}\n    expected: ${expected}\n    seen: ${seen}`;
  return `${first}\n    not verified: ${seen}`;
}

function countsText(results: readonly Result[]): string {
  const count = (outcome: Result["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  return `${count("pass")} passed, ${count("fail")} failed, ${count("unverified")} not verified`;
}

/** The same as data: a row per criterion, and what was run for them. */
export function releaseDocument({ results, ran }: Checked) {
  return {
    criteria: results.map(({ criterion: { id, line, text }, outcome, expected, seen }) => ({
      id,
      line,
      text,
      outcome,
      expected,
      seen,
    })),
    ran,
  };
}

/** The same to keep with a release: what was expected and seen of each criterion, and what was run for it. */
export function releaseReport({ results, ran }: Checked): Report {
  const failed = results.some(({ outcome }) => outcome === "fail");
  return {
    title: `Release check: ${failed ? "FAILED" : "PASSED"}`,
    sentence: `${countsText(results)}. Line numbers are those of the release validation runbook.`,
    sections: [
      {
        title: "Criteria",
        columns: ["", "id", "line", "criterion", "expected", "seen"],
        rows: results.map(({ criterion: { id, line, text }, outcome, expected, seen }) => [
          MARK[outcome],
          id,
          String(line),
          text,
          expected,
          outcome === "unverified" ? `not verified: ${seen}` : seen,
        ]),
      },
      ...ran.map(({ section, title, seconds, lines, error }) => ({
        title: `Run for ${section}: ${title} (${seconds} s)`,
        columns: ["what was run"],
        rows: [...lines, ...(error === undefined ? [] : [`broke off: ${error}`])].map((line) => [line]),
      })),
    ],
  };
}
