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
  /** Cannot be verified yet, and why. Never counts as a pass. */
  | { readonly kind: "pending"; readonly until: string };

export type Verdict =
  | { readonly passed: boolean; readonly expected: string; readonly seen: string }
  /** What it takes was not there, and what that is. Never counts as a pass. */
  | { readonly unverified: string };

export interface Result {
  readonly criterion: Criterion;
  readonly outcome: "pass" | "fail" | "unverified" | "pending";
  readonly expected: string;
  readonly seen: string;
}

/** Judges one criterion; a script that broke, so that nothing was observed, is a failure with its error, never a pass. */
export function judge(criterion: Criterion, seen: Observations): Result {
  const { verify } = criterion;
  if (verify.kind === "pending")
    return { criterion, outcome: "pending", expected: criterion.text, seen: verify.until };
  try {
    const verdict = verify.judge(seen);
    if ("unverified" in verdict)
      return { criterion, outcome: "unverified", expected: criterion.text, seen: verdict.unverified };
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

/** A verdict by comparing texts. */
export function expecting(expected: string, seen: string, passed = expected === seen): Verdict {
  return { passed, expected, seen };
}

export function unverified(why: string): Verdict {
  return { unverified: why };
}

export function pending(until: string): Verification {
  return { kind: "pending", until };
}

export function judged(judge: (seen: Observations) => Verdict): Verification {
  return { kind: "judged", judge };
}
