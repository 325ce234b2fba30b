// npm run setup: makes a checkout ready. Needs nothing but Node and npm; imported by the scripts that install themselves.
// `--browser` adds Chromium (page tests), `--oracle`, `--deltalake` and `--spark` add engines that check our tables, `--schemathesis` a fuzzer of the API (interop tests). Quiet when all is there.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const at = (...parts) => join(root, ...parts);

/** What can be asked for beside the dependencies, in the order it is made. */
const extras = {
  build: ensureBuilt,
  browser: ensureBrowser,
  oracle: ensureOracle,
  deltalake: ensureDeltalake,
  spark: ensureSpark,
  schemathesis: ensureSchemathesis,
};

/** Installs and builds what is missing or stale. Ends the process with a message that says what to do when it cannot. */
export function ensureReady(wanted = ["build"]) {
  checkNode();
  ensureInstalled();
  for (const name of wanted) extras[name]();
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Clone-Xs needs Node 20.19 or newer; this is ${process.version}. Install a current Node and run the command again.`,
  );
}

/** `npm ci` when nothing is installed, or the lock differs from the one that was installed. */
function ensureInstalled() {
  const stamp = at("node_modules", ".clxs-setup");
  const wanted = hashOf(["package-lock.json"]);
  if (readIfThere(stamp) === wanted) return;
  if (!installedByHand(stamp)) {
    say("Installing dependencies (npm ci, about a minute) …");
    npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], root);
  }
  writeFileSync(stamp, wanted);
}

/** Somebody ran npm after the lock changed: npm writes its own record of what is there when all of it is. */
function installedByHand(stamp) {
  const record = at("node_modules/.package-lock.json");
  if (existsSync(stamp) || !existsSync(record)) return false;
  return statSync(record).mtimeMs >= statSync(at("package-lock.json")).mtimeMs;
}

/** Bundles the program and the page when the sources differ from what was built. */
function ensureBuilt() {
  const wanted = sourcesHash();
  if (readIfThere(at("packages/cli/dist/.built-from")) === wanted) return;
  say("Building …");
  run(
    process.execPath,
    [at("scripts/build.mjs"), "--quiet"],
    root,
    "the build failed; `npm run build` shows it in full",
  );
}

/** Whether a Chromium is there: CHROME_PATH, else the first known name on PATH. */
export function findBrowser() {
  if (process.env.CHROME_PATH)
    return existsSync(process.env.CHROME_PATH) ? process.env.CHROME_PATH : undefined;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Debian's Chromium by apt-get, as root or by a sudo that asks nothing. */
function ensureBrowser() {
  if (findBrowser() !== undefined) return;
  const byHand = "install Chromium, or set CHROME_PATH to one; without it the page's tests are skipped";
  if (spawnSync("apt-get", ["--version"]).status !== 0)
    fail(`there is no Chromium, and no apt-get to install it: ${byHand}`);
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (sudo.length > 0 && spawnSync("sudo", ["-n", "true"]).status !== 0)
    fail(`installing Chromium needs root: run this as root, or ${byHand}`);
  say("Installing Chromium from Debian …");
  const env = ["env", "DEBIAN_FRONTEND=noninteractive"];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, ...env, "apt-get", "-qq", ...args];
    run(command, rest, root, `apt-get ${args[0]} failed: ${byHand}`);
  };
  apt("update");
  apt("install", "-y", "--no-install-recommends", "chromium");
  if (findBrowser() === undefined) fail(`apt-get installed Chromium, but it is not on PATH: ${byHand}`);
}

/** Another engine that reads Delta tables, in its own folder: its platform packages cannot be locked. */
function ensureOracle() {
  const folder = at("tools/oracle");
  const wanted = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).dependencies.chdb;
  const installed = readIfThere(join(folder, "node_modules/chdb/package.json"));
  if (installed !== undefined && JSON.parse(installed).version === wanted) return;
  say("Installing the oracle engine for the interop tests (about 550 MB) …");
  npm(["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"], folder);
}

/** delta-rs, which reads Delta tables too, in its own folder; left out, aloud, where Python is not there. */
function ensureDeltalake() {
  const folder = at("tools/deltalake");
  const wanted = hashOf(["tools/deltalake/requirements.txt"]);
  const stamp = join(folder, ".installed");
  if (readIfThere(stamp) === wanted) return;
  if (spawnSync("python3", ["--version"]).status !== 0)
    return say("delta-rs is not installed for the interop tests: there is no python3.");
  say("Installing delta-rs for the interop tests (about 350 MB) …");
  installPython(folder, "installing delta-rs failed; the interop tests with it are skipped without it");
  writeFileSync(stamp, wanted);
}

/** Apache Spark with Delta's own classes, in its own folder; left out, aloud, where Python, Java or Maven is not there. */
function ensureSpark() {
  const folder = at("tools/spark");
  const wanted = hashOf(["tools/spark/requirements.txt", "tools/spark/pom.xml"]);
  const stamp = join(folder, ".installed");
  if (readIfThere(stamp) === wanted) return;
  const programs = { python3: "--version", java: "-version", mvn: "--version" };
  const missing = Object.keys(programs).filter((name) => spawnSync(name, [programs[name]]).status !== 0);
  if (missing.length > 0)
    return say(`Spark is not installed for the interop tests: there is no ${missing.join(", no ")}.`);
  say("Installing Spark for the interop tests (about 500 MB) …");
  const failure = "installing Spark failed; the interop tests with it are skipped without it";
  installPython(folder, failure);
  const copy = [
    "-q",
    "-B",
    "dependency:copy-dependencies",
    "-DoutputDirectory=jars",
    "-DincludeScope=runtime",
  ];
  run("mvn", copy, folder, failure);
  writeFileSync(stamp, wanted);
}

/** A fuzzer that knows the API by its document alone, in its own folder; left out, aloud, where Python is not there. */
function ensureSchemathesis() {
  const folder = at("tools/schemathesis");
  const wanted = hashOf(["tools/schemathesis/requirements.txt"]);
  const stamp = join(folder, ".installed");
  if (readIfThere(stamp) === wanted) return;
  if (spawnSync("python3", ["--version"]).status !== 0)
    return say("Schemathesis is not installed for the interop tests: there is no python3.");
  say("Installing Schemathesis for the interop tests (about 100 MB) …");
  installPython(folder, "installing Schemathesis failed; the fuzzing by it is skipped without it");
  writeFileSync(stamp, wanted);
}

/** What a folder's requirements.txt names, into an environment of its own beside it. */
function installPython(folder, failure) {
  run("python3", ["-m", "venv", "--clear", "venv"], folder, failure);
  run(join(folder, "venv/bin/pip"), ["install", "--quiet", "-r", "requirements.txt"], folder, failure);
}

/** Hash over everything the bundle is made of: sources without tests, the lock, and how it is built. */
export function sourcesHash() {
  const packages = readdirSync(at("packages")).map((name) => `packages/${name}`);
  const folders = [...packages, "acceptance"]
    .map((folder) => `${folder}/src`)
    .filter((folder) => existsSync(at(folder)));
  const sources = folders.flatMap((folder) =>
    readdirSync(at(folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/u.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  );
  const page = ["index.html", "vite.config.ts"].map((name) => at("packages/ui", name)).filter(existsSync);
  return hashOf([...sources.sort(), ...page, "package-lock.json", "scripts/build.mjs"]);
}

function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files)
    hash.update(`${resolve(root, file).slice(root.length)}\0`).update(readFileSync(resolve(root, file)));
  return hash.digest("hex");
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** npm through the very program that runs us when npm started us, so that a project's Node and npm stay a pair. */
function npm(args, cwd) {
  const cli = process.env.npm_execpath;
  const [command, ...first] = cli?.endsWith(".js") ? [process.execPath, cli] : ["npm"];
  run(command, [...first, ...args], cwd, `npm ${args[0]} failed in ${cwd}`);
}

/** Shows what the command printed only when it failed. */
function run(command, args, cwd, failure) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  fail(error === undefined ? failure : `${failure} (${error.message})`);
}

function say(message) {
  process.stderr.write(`${message}\n`);
}

function fail(message) {
  say(`setup: ${message}`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const known = Object.keys(extras).map((name) => `--${name}`);
  const asked = process.argv.slice(2);
  const unknown = asked.find((option) => !known.includes(option));
  if (unknown !== undefined) fail(`unknown option ${unknown}; there are ${known.join(", ")}`);
  ensureReady(["build", ...asked.map((option) => option.slice(2)).filter((name) => name !== "build")]);
}
