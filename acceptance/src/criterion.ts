import type { Observations } from "./observations.ts";

/** One pass criterion of the runbook. `line` and `text` cite `release-validation-runbook.txt`; a test holds them to it. */
export interface Criterion {
  /** Section and place in it: `2.2.c`. Never changes once given, so that a pass can be tracked from release to release. */
  readonly id: string;
  /** 1-based line of the runbook. */
  readonly line: number;
  /** Words that stand on that line. */
  readonly text: string;
  readonly verify: Verification;
}

export type Verification =
  /** Decides from what the scripts saw. Pure, so that a planted defect in the observations must fail exactly this one. */
  | { readonly kind: "judged"; readonly judge: (seen: Observations) => Verdict }
  /** A box that is ticked when every criterion of those sections has passed. */
  | { readonly kind: "derived"; readonly from: readonly string[]; readonly onlyReal: boolean };

export type Verdict =
  | { readonly passed: boolean; readonly expected: string; readonly seen: string }
  /** What it takes was not there, and what that is. Never counts as a pass. */
  | { readonly unverified: string };

export interface Result {
  readonly criterion: Criterion;
  readonly outcome: "pass" | "fail" | "unverified";
  readonly expected: string;
  readonly seen: string;
}

/** Judges the criteria that were asked for, in their order; those that rest on others by what those came to. */
export function judgeAll(asked: readonly Criterion[], seen: Observations): readonly Result[] {
  const judgedOnes = new Map(
    asked.flatMap((criterion) => {
      const result = judgedResult(criterion, seen);
      return result === undefined ? [] : [[criterion.id, result] as const];
    }),
  );
  return asked.map((criterion) => judgedOnes.get(criterion.id) ?? derivedResult(criterion, judgedOnes, seen));
}

/** A script that broke, so that nothing was observed, is a failure with its error, never a pass. */
function judgedResult(criterion: Criterion, seen: Observations): Result | undefined {
  const { verify } = criterion;
  if (verify.kind === "derived") return undefined;
  try {
    const verdict = verify.judge(seen);
    if ("unverified" in verdict) return notVerified(criterion, verdict.unverified);
    const { passed, ...facts } = verdict;
    return { criterion, outcome: passed ? "pass" : "fail", ...facts };
  } catch (error) {
    return {
      criterion,
      outcome: "fail",
      expected: criterion.text,
      seen: error instanceof Error ? error.message : String(error),
    };
  }
}

function derivedResult(
  criterion: Criterion,
  judgedOnes: ReadonlyMap<string, Result>,
  { real }: Observations,
): Result {
  const { verify } = criterion;
  if (verify.kind !== "derived") throw new RangeError(`${criterion.id} was not judged`);
  if (verify.onlyReal && !real)
    return notVerified(criterion, "no real workspace was worked on: --profile names one");
  const { from } = verify;
  const [sections, rests] = [from.join(", "), [...judgedOnes].filter(([id]) => isIn(id, from))];
  const having = (outcome: Result["outcome"]) =>
    rests.filter(([, result]) => result.outcome === outcome).map(([id]) => id);
  const expected = `every criterion of ${sections} passes`;
  if (having("fail").length > 0)
    return { criterion, outcome: "fail", expected, seen: `failed: ${having("fail").join(", ")}` };
  if (rests.length === 0) return notVerified(criterion, `${sections} was not asked for`);
  if (having("unverified").length > 0)
    return notVerified(criterion, `not verified: ${having("unverified").join(", ")}`);
  return { criterion, outcome: "pass", expected, seen: `${having("pass").length} passed` };
}

function notVerified(criterion: Criterion, why: string): Result {
  return { criterion, outcome: "unverified", expected: criterion.text, seen: why };
}

/** Whether a criterion is one of those named, or in a section that is. */
export function isIn(id: string, sections: readonly string[]): boolean {
  return sections.some((section) => id === section || id.startsWith(`${section}.`));
}

/** A verdict by comparing texts. */
export function expecting(expected: string, seen: string, passed = expected === seen): Verdict {
  return { passed, expected, seen };
}

export function unverified(why: string): Verdict {
  return { unverified: why };
}

export function judged(judge: (seen: Observations) => Verdict): Verification {
  return { kind: "judged", judge };
}

export function derived(
  from: readonly string[],
  { onlyReal }: { readonly onlyReal: boolean } = { onlyReal: false },
): Verification {
  return { kind: "derived", from, onlyReal };
}
