import type { Mutant } from "./mutant.ts";

const QUIESCE = "packages/clone/src/guards/quiesce/plan-quiesce.test.ts";
const GUARDS = "packages/clone/test/guards.full.test.ts";
const ROLLBACK = "packages/clone/test/rollback.full.test.ts";

/** Mistakes in guarding the source, and in taking a run back. */
export const guardMutants: readonly Mutant[] = [
  {
    pitfall: 6,
    mistake: "a replaced table is restored to version 0, whatever it was before the run",
    file: "packages/clone/src/rollback/undo-objects.ts",
    right: "restoreTable(target, BigInt(entry.version) - 1n)",
    wrong: "restoreTable(target, 0n)",
    killedBy: {
      file: ROLLBACK,
      test: "pitfall 6: restores what it replaced, and leaves what was there before",
    },
  },
  {
    pitfall: 6,
    mistake: "a table that was there before the run is dropped",
    file: "packages/clone/src/rollback/undo-objects.ts",
    right: `if (existing === "create") return undo("drop", dropObject("table", target));`,
    wrong: `if (existing !== undefined) return undo("drop", dropObject("table", target));`,
    killedBy: {
      file: ROLLBACK,
      test: "pitfall 6: restores what it replaced, and leaves what was there before",
    },
  },
  {
    pitfall: 9,
    mistake: "masks that are lifted are remembered in memory alone",
    file: "packages/clone/src/guards/quiesce/begin-quiesce.ts",
    right: "const quiesce: QuiesceState = { catalog, revocations, ...(lifted ? { lifted } : {}) };",
    wrong: "const quiesce: QuiesceState = { catalog, revocations, ...(lifted ? { lifted: [] } : {}) };",
    killedBy: {
      file: "packages/clone/test/masks.full.test.ts",
      test: "pitfall 9: a process that dies",
    },
  },
  {
    pitfall: 31,
    mistake: "masks are lifted while a grant on the catalog still lets others read",
    file: "packages/clone/src/guards/masks/plan-masks.ts",
    right: `{ level: "catalog" },`,
    wrong: "",
    killedBy: {
      file: "packages/clone/src/guards/masks/masks.test.ts",
      test: "pitfall 31: reads are taken at every level that reaches a table whose masks are lifted",
    },
  },
  {
    pitfall: 16,
    mistake: "write privileges are taken on schemas alone",
    file: "packages/clone/src/guards/quiesce/plan-quiesce.ts",
    right: `if (holding.level === "catalog" || scope.contains(holding)) {`,
    wrong: `if (holding.level === "schema" && scope.contains(holding)) {`,
    killedBy: {
      file: QUIESCE,
      test: "pitfall 16: write privileges are taken at every level that reaches the scope",
    },
  },
  {
    pitfall: 16,
    mistake: "what is to be given back is on no disk that another process reads",
    file: "packages/clone/src/guards/file-journal.ts",
    right: "await rename(await writeAside(directory, record), fileOf(record.id));",
    wrong: "await writeAside(directory, record);",
    killedBy: {
      file: "packages/clone/src/guards/file-journal.test.ts",
      test: "pitfall 16: what was put is there for whoever opens the directory, until it is dropped",
    },
  },
  {
    pitfall: 16,
    mistake: "the first target that is planned gives the writers back while others copy",
    file: "packages/clone/src/guards/quiesce/with-quiesce.ts",
    right: `pinned: () => (request.quiesce?.until === "pinned" ? release() : Promise.resolve()),`,
    wrong: "pinned: () => release(),",
    killedBy: {
      file: "packages/clone/test/fanout-guards.full.test.ts",
      test: "pitfall 16: the writers do not come back while the last target copies, and then once",
    },
  },
  {
    pitfall: 32,
    mistake: "what is to be given back is known to this machine alone",
    file: "packages/clone/src/guards/quiesce/begin-quiesce.ts",
    right: "const write = () => writeGuard({ id, runId, hostname, pid, state: quiesce }, ports);",
    wrong: "const write = () => Promise.resolve();",
    killedBy: {
      file: GUARDS,
      test: "pitfall 32: a machine that remembers nothing finds what is to be given back, while it is taken",
    },
  },
  {
    pitfall: 33,
    mistake: "a quiesce lasts as long as the copy though the versions are pinned",
    file: "packages/clone/src/guards/quiesce/with-quiesce.ts",
    right: `request.quiesce?.until === "pinned" ? release() : Promise.resolve()`,
    wrong: "Promise.resolve()",
    killedBy: {
      file: GUARDS,
      test: "pitfall 33: until pinned, the writers are back before anything is copied, and what they write is not in the copy",
    },
  },
  {
    pitfall: 33,
    mistake: "a quiesce stops the writers of other schemas and does not say so",
    file: "packages/clone/src/guards/quiesce/plan-quiesce.ts",
    right: `wide: revocations.some(({ level }) => level === "catalog") ? schemasOutside(facts) : [],`,
    wrong: `wide: revocations.every(({ level }) => level === "catalog") ? [] : [],`,
    killedBy: { file: QUIESCE, test: "pitfall 33: schemas outside the scope" },
  },
  {
    pitfall: 35,
    mistake: "an undo restores tables, and leaves what stands around them",
    file: "packages/clone/src/rollback/plan-undo.ts",
    right: ".filter(({ id }) => begun.has(id))",
    wrong: `.filter(({ id, kind }) => begun.has(id) && kind !== "governance")`,
    killedBy: {
      file: ROLLBACK,
      test: "pitfall 35: gives back tags, grants, comments and constraints, not rows alone",
    },
  },
];
