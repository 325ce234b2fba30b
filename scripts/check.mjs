// npm run check: format, lint, types, import rules, ambient state, unused exports. `npm run lint` runs the lint alone.
// Every part runs even when an earlier one failed, so that one run shows everything there is to mend.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const node = process.execPath;
const parts = {
  format: ["npx", "biome", "format", "."],
  lint: [
    "npx",
    "oxlint",
    "--type-aware",
    "-c",
    ".oxlintrc.json",
    "--deny-warnings",
    "packages",
    "acceptance",
    "bench",
    "scripts",
  ],
  types: [node, "node_modules/typescript-native/bin/tsc", "-p", "."],
  "types of the page": [node, "node_modules/typescript-native/bin/tsc", "-p", "packages/ui"],
  "import rules": [
    "npx",
    "depcruise",
    "--config",
    ".dependency-cruiser.mjs",
    "--output-type",
    "err-long",
    "packages",
    "acceptance",
    "bench",
  ],
  "unused exports": ["npx", "knip"],
  "types of the API": [node, "--import", "tsx", "scripts/openapi.mjs", "--check"],
};

const only = process.argv[2];
const failed = [];
for (const [name, [command, ...args]] of Object.entries(parts)) {
  if (only !== undefined && name !== only) continue;
  report(name, spawnSync(command, args, { stdio: "inherit" }).status === 0);
}
if (only === undefined) report("ambient state", ambientState().length === 0);
console.log(failed.length === 0 ? "check: clean" : `check: ${failed.join(", ")} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

function report(name, passed) {
  console.log(`${passed ? "ok  " : "FAIL"} ${name}`);
  if (!passed) failed.push(name);
}

/**
 * Time, randomness and the environment come in as parameters, so that simulation and replay are possible:
 * only the command line and the server may read them. Prints each offender.
 */
function ambientState() {
  const pattern = /\b(process\.env|Date\.now\(|new Date\(\)|Math\.random\(|randomUUID\(|performance\.now\()/u;
  const pure = ["unity", "sql", "delta", "databricks", "lakehouse", "clone"].map((name) =>
    join("packages", name, "src"),
  );
  const offenders = pure
    .flatMap(sources)
    .flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .map((line, index) => ({ file, line, number: index + 1 })),
    )
    .filter(
      ({ line }) => pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/u.test(line) && !line.includes("ambient:"),
    );
  for (const { file, line, number } of offenders)
    console.log(`${file}:${number} reads ambient state: ${line.trim()}`);
  return offenders;
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name) && !/\.test\.tsx?$/u.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes("/testing/"));
}
