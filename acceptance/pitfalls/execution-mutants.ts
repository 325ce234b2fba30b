import type { Mutant } from "./mutant.ts";

const UNKNOWN = "packages/clone/test/unknown-result.full.test.ts";
const REPLACING = "packages/clone/test/replacing.full.test.ts";

/** Mistakes in carrying a plan out and in going on with a run. */
export const executionMutants: readonly Mutant[] = [
  {
    pitfall: 1,
    mistake: "a statement that was cancelled while its answer was lost counts as success",
    file: "packages/clone/src/execute/sending.ts",
    right: `ended?.state === "SUCCEEDED" || (await isDone())`,
    wrong: `ended !== undefined || (await isDone())`,
    killedBy: {
      file: UNKNOWN,
      test: "pitfall 1: a lost clone that was cancelled at the warehouse fails, and is not sent again",
    },
  },
  {
    pitfall: 1,
    mistake: "CLOSED counts as success without a look at the target",
    file: "packages/clone/src/execute/perform-tables.ts",
    right: "if (result?.resultGone && !(await isDone()))",
    wrong: "if (result?.resultGone && result.truncated)",
    killedBy: { file: UNKNOWN, test: "pitfall 1: CLOSED is none when the target does not show it" },
  },
  {
    pitfall: 2,
    mistake: "a clone that replaces is sent as one that makes what is missing",
    file: "packages/sql/src/builders/clauses.ts",
    right: `existence.replace ? sql\`CREATE OR REPLACE\` : sql\`CREATE\`,
    what,
    existence.ifNotExists && !existence.replace && sql\`IF NOT EXISTS\`,`,
    wrong: `sql\`CREATE\`,
    what,
    (existence.ifNotExists || existence.replace) && sql\`IF NOT EXISTS\`,`,
    killedBy: {
      file: REPLACING,
      test: "pitfall 2: a full load over a target that is there replaces its rows, and counts what it copied",
    },
  },
  {
    pitfall: 5,
    mistake: "every clone that replaces another drops it first",
    file: "packages/clone/src/execute/perform-tables.ts",
    right: `if (existing === "drop_and_create")`,
    wrong: `if (existing !== "create")`,
    killedBy: {
      file: REPLACING,
      test: "pitfall 5: a clone that fails leaves the one that it was to replace: rows, identity, tags and grants",
    },
  },
  {
    pitfall: 11,
    mistake: "a volume is made, and none of its files",
    file: "packages/clone/src/execute/perform-files.ts",
    right: "const copied = await copyVolume({ source, target, policy, prune, validate }, ports);",
    wrong: "const copied = { bytes: 0, files: 0, remarks: [] as string[] };",
    killedBy: {
      file: "packages/clone/test/volumes.full.test.ts",
      test: "pitfall 11: are copied, whatever their names, and counted apart from what CLONE counts",
    },
  },
  {
    pitfall: 17,
    mistake: "a cancel is not passed on to the statement that runs",
    file: "packages/clone/src/execute/sending.ts",
    right: "  return signal ? { signal } : {};",
    wrong: "  return signal?.aborted ? {} : {};",
    killedBy: {
      file: UNKNOWN,
      test: "pitfall 17: stops submitting, and stops the clone that runs at the warehouse; the summary says what was done",
    },
  },
  {
    pitfall: 18,
    mistake: "a resume looks for outcomes of a state that no run writes",
    file: "packages/clone/src/run/resume-state.ts",
    right: `if (outcome.state === "succeeded") done.set(step, outcome);`,
    wrong: `if (String(outcome.state) === "success") done.set(step, outcome);`,
    killedBy: {
      file: "packages/clone/src/run/resume-state.test.ts",
      test: "pitfall 18: what a run writes is what a resume reads, and a record leaves those before it as they are",
    },
  },
  {
    pitfall: 29,
    mistake: "nothing is sent a second time",
    file: "packages/clone/src/execute/retry.ts",
    right: "(error.retryable && !alreadyExists(error))",
    wrong: "(error.retryable && alreadyExists(error))",
    killedBy: {
      file: UNKNOWN,
      test: "pitfall 29: passing trouble costs that statement a pause and nothing a second time",
    },
  },
  {
    pitfall: 13,
    mistake: "the version that is cloned is the one that the source has at that moment",
    file: "packages/clone/src/execute/making-tables.ts",
    right: "version === null ? {} : { asOf: { version: BigInt(version) } }",
    wrong: "version === null || version !== null ? {} : { asOf: { version: BigInt(version) } }",
    killedBy: {
      file: "packages/clone/test/apply.full.test.ts",
      test: "pitfall 13: copies the versions that it pinned, and says that the source went on",
    },
  },
  {
    pitfall: 13,
    mistake: "a copy from another metastore is stamped as one of the table that its target reads",
    file: "packages/clone/src/execute/perform-tables.ts",
    right: "const names = { source: fullName(source), target: fullName(target) };",
    wrong: "const names = { source: fullName(operation.readFrom ?? source), target: fullName(target) };",
    killedBy: {
      file: "packages/clone/test/route.full.test.ts",
      test: "pitfall 13: stamps the copy with its true source at the version that was pinned",
    },
  },
];
