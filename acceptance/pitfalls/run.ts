// npm run test:pitfalls [-- ID…]: each known mistake is planted into the engine, and the test that is named for it must fail.
// First the same tests run on the engine as it is, and must pass. Ends with 1 when a mutant survives.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mutant, mutantId } from "./mutant.ts";
import { mutants } from "./mutants.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const wanted = process.argv.slice(2);
const chosen = mutants.filter((each) => wanted.length === 0 || wanted.includes(mutantId(each, mutants)));
const directory = await mkdtemp(join(tmpdir(), "clxs-pitfalls-"));
try {
  const broken = await namedTests(
    chosen.map(({ killedBy }) => killedBy),
    undefined,
  );
  const missing = chosen.filter(({ killedBy }) => !broken.has(killedBy.test));
  const failing = chosen.filter(({ killedBy }) => broken.get(killedBy.test) === "failed");
  for (const { killedBy } of missing) console.error(`no such test: ${killedBy.test} in ${killedBy.file}`);
  for (const { killedBy } of failing) console.error(`fails without any mutant: ${killedBy.test}`);
  const survivors: Mutant[] = [];
  for (const mutant of chosen) if (!(await isKilled(mutant))) survivors.push(mutant);
  const killed = chosen.length - survivors.length;
  console.log(`${killed} of ${chosen.length} mutants killed, ${survivors.length} survived`);
  process.exitCode = survivors.length + missing.length + failing.length === 0 && killed > 0 ? 0 : 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}

async function isKilled(mutant: Mutant): Promise<boolean> {
  const id = mutantId(mutant, mutants);
  const results = await namedTests([mutant.killedBy], id);
  const killed = results.get(mutant.killedBy.test) === "failed";
  console.log(
    `${killed ? "killed  " : "SURVIVED"} ${id.padEnd(4)} ${mutant.mistake}\n              by ${mutant.killedBy.test}`,
  );
  return killed;
}

/** Runs tests by name, with a mutant or without; name → how it ended. */
async function namedTests(
  tests: readonly Mutant["killedBy"][],
  mutant: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const report = join(directory, `${mutant ?? "none"}.json`);
  const files = [...new Set(tests.map(({ file }) => file))];
  const names = [...new Set(tests.map(({ test }) => escaped(test)))].join("|");
  await vitest(["run", ...files, "-t", names, "--reporter=json", `--outputFile.json=${report}`], mutant);
  const { testResults } = JSON.parse(await readFile(report, "utf8")) as VitestReport;
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  return new Map(
    all.filter(({ status }) => status !== "skipped").map(({ title, status }) => [title, status]),
  );
}

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

function vitest(args: readonly string[], mutant: string | undefined): Promise<void> {
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
