// npm run test:pitfalls [-- NUMBER…]: each known mistake is planted into the engine, and the test that is named for it must fail.
// First the same tests run on the engine as it is, and must pass. Ends with 1 when a mutant survives.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mutant, mutantId } from "./mutant.ts";
import { mutants } from "./mutants.ts";
import { namedTests } from "./named-tests.ts";
import { notBuilt } from "./not-built.ts";

/** A full test needs about one core and 500 MB. */
const AT_ONCE = Math.min(2, availableParallelism());

const root = fileURLToPath(new URL("../..", import.meta.url));
const wanted = process.argv.slice(2);
const idOf = (mutant: Mutant) => mutantId(mutant, mutants);
const isWanted = (mutant: Mutant) =>
  wanted.length === 0 || wanted.some((each) => each === idOf(mutant) || each === `${mutant.pitfall}`);
const chosen = mutants.filter(isWanted);
const directory = await mkdtemp(join(tmpdir(), "clxs-pitfalls-"));
try {
  const started = performance.now();
  const sound = await soundTests();
  const survivors = (await inTurns(chosen, isKilled)).filter((killed) => !killed).length;
  const killed = chosen.length - survivors;
  for (const { pitfall, lacking, nearest } of notBuilt)
    if (chosen.some((mutant) => mutant.pitfall === pitfall))
      console.log(`not built yet: ${pitfall}: ${lacking}; mutated: ${nearest}`);
  const pitfalls = new Set(chosen.map(({ pitfall }) => pitfall)).size;
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `${killed} of ${chosen.length} mutants of ${pitfalls} pitfalls killed, ${survivors} survived, in ${seconds} s`,
  );
  process.exitCode = sound && survivors === 0 && killed > 0 ? 0 : 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}

/** Whether every test that is to kill a mutant is there and passes without any; says which does not. */
async function soundTests(): Promise<boolean> {
  const killers = chosen.map(({ killedBy }) => killedBy);
  const outcomes = await namedTests(killers, { root, report: join(directory, "none.json") });
  const wrong = killers.flatMap(({ file, test }) => {
    const outcome = outcomes.get(test);
    if (outcome?.state === "passed") return [];
    return [`${outcome ? "fails without any mutant" : "no such test"}: ${test} in ${file}`];
  });
  for (const line of new Set(wrong)) console.error(line);
  return wrong.length === 0;
}

async function isKilled(mutant: Mutant): Promise<boolean> {
  const id = idOf(mutant);
  const report = join(directory, `${id}.json`);
  const outcomes = await namedTests([mutant.killedBy], { root, report, mutant: id });
  const outcome = outcomes.get(mutant.killedBy.test);
  const why = outcome?.state === "failed" ? outcome.why : "it passes";
  const end = outcome?.state !== "failed" ? "SURVIVED" : isBroken(why) ? "BROKEN" : "killed";
  const lines = [`${end.padEnd(8)} ${id.padEnd(4)} ${mutant.mistake}`, `by ${mutant.killedBy.test}`, why];
  console.log(lines.map((line) => line.slice(0, 150)).join("\n              "));
  return end === "killed";
}

/** The mutant does not do the wrong thing but none at all: it names what is not there. */
function isBroken(why: string): boolean {
  return /^(?:ReferenceError|SyntaxError)\b/u.test(why);
}

async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [at, item] of queue) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
