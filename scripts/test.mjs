// npm test: installs and builds what is missing, then check, every layer of tests, and the release check.
// Ends with what passed, failed and was skipped, each skip by its reason. `--layer NAME` runs one layer alone.
// Under CI (CI=true), or with --install, it also installs what only tests need: Chromium from Debian, and the engines that check our tables.
// The interop layer alone installs its engines itself: where Python, Java and Maven are there, one that is missing is a failure.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const layers = ["fast", "full", "corpus", "interop", "page"];
const args = process.argv.slice(2);
const wanted = args.includes("--layer") ? [args[args.indexOf("--layer") + 1]] : layers;
const whole = !args.includes("--layer");
const results = join(import.meta.dirname, "..", "test-results");
const totals = { passed: 0, failed: 0, skipped: new Map() };
const broken = [];
const parts = [];
const unknown = wanted.filter((name) => !layers.includes(name));
if (unknown.length > 0) fail(`unknown layer ${unknown.join(", ")}; there are ${layers.join(", ")}`);

const started = Date.now();
const engines = ["--oracle", "--deltalake", "--spark", "--schemathesis"];
const installAll = process.env.CI === "true" || args.includes("--install");
const installEngines = installAll || (wanted.length === 1 && wanted[0] === "interop");
step("setup", [
  "scripts/setup.mjs",
  ...(installAll ? ["--browser"] : []),
  ...(installEngines ? engines : []),
]);
if (broken.length > 0) fail("setup failed; nothing was tested");
if (whole) step("check", ["scripts/check.mjs"]);
for (const layer of wanted) runLayer(layer);
if (whole) runReleaseCheck();
conclude();

function step(name, command) {
  parts.push(name);
  console.log(`\n── ${name}`);
  if (spawnSync(process.execPath, command, { stdio: "inherit" }).status !== 0) broken.push(name);
}

function runLayer(name) {
  parts.push(name);
  console.log(`\n── ${name}`);
  mkdirSync(results, { recursive: true });
  const file = join(results, `${name}.json`);
  rmSync(file, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      name,
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ],
    {
      stdio: "inherit",
      env: { ...process.env, NODE_ENV: "test", ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }) },
    },
  );
  if (!existsSync(file)) {
    broken.push(`${name} (no report was written)`);
    return;
  }
  const report = JSON.parse(readFileSync(file, "utf8"));
  for (const { assertionResults } of report.testResults) assertionResults.forEach(count);
  if (status !== 0 && report.numFailedTests === 0) broken.push(`${name} (a file or hook failed)`);
}

function count({ status, fullName }) {
  if (status === "passed") totals.passed += 1;
  else if (status === "failed") totals.failed += 1;
  else {
    const reason = /skipped: (.*?)(?:\)|$)/u.exec(fullName)?.[1] ?? `no reason given: ${fullName}`;
    totals.skipped.set(reason, (totals.skipped.get(reason) ?? 0) + 1);
  }
}

/** The runbook by machine, with what the layers before came to. No real workspace is at hand here (5.d), and not every commit is a release (5.h). */
function runReleaseCheck() {
  const { passed, failed } = totals;
  const tests = { sources: sources(), passed, failed, broken, parts };
  writeFileSync(join(results, "suite.json"), `${JSON.stringify(tests, null, 2)}\n`);
  const report = ["html", "json"].flatMap((kind) => ["--report", join(results, `release-check.${kind}`)]);
  // Without git nobody can tell whether these are the sources that were tested.
  const allowed = existsSync(join(import.meta.dirname, "..", ".git")) ? "5.d,5.h" : "1,5";
  const flags = ["--soak", "24h", "--allow-unverified", allowed, ...report];
  step("release check", ["packages/cli/bin/clxs.mjs", "release-check", ...flags]);
}

/** What was tested: the commit, and what was changed since. */
function sources() {
  const git = (...words) => spawnSync("git", words, { encoding: "utf8" }).stdout.trim();
  return `${git("rev-parse", "HEAD")} ${git("status", "--porcelain")}`.trim();
}

function conclude() {
  const skips = [...totals.skipped.values()].reduce((sum, n) => sum + n, 0);
  console.log(`\n── result after ${Math.round((Date.now() - started) / 1000)} s`);
  for (const [reason, n] of totals.skipped) console.log(`skipped ${n}: ${reason}`);
  for (const name of broken) console.log(`failed: ${name}`);
  console.log(`Tests: ${totals.passed} passed, ${totals.failed + broken.length} failed, ${skips} skipped`);
  process.exitCode = totals.failed + broken.length === 0 && totals.passed > 0 ? 0 : 1;
}

function fail(message) {
  console.error(`npm test: ${message}`);
  process.exit(1);
}
