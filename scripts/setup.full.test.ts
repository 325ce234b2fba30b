import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

/** A checkout in miniature: the real setup script, and programs that only write down how they were called. */
let checkout: string;
const at = (...parts: readonly string[]) => join(checkout, ...parts);

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "clxs-setup-"));
  for (const folder of ["scripts", "bin", "packages/cli/src", "tools/oracle", "tools/spark"])
    mkdirSync(at(folder), { recursive: true });
  copyFileSync(join(import.meta.dirname, "setup.mjs"), at("scripts/setup.mjs"));
  writeFileSync(at("package-lock.json"), "{}");
  writeFileSync(at("packages/cli/src/main.ts"), "export {};");
  writeFileSync(at("tools/oracle/package.json"), '{ "dependencies": { "chdb": "1.2.3" } }');
  writeFileSync(at("tools/spark/requirements.txt"), "pyspark==1.2.3");
  writeFileSync(at("tools/spark/pom.xml"), "<project/>");
  writeFileSync(
    at("scripts/build.mjs"),
    `import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { sourcesHash } from "./setup.mjs";
appendFileSync(${JSON.stringify(at("calls"))}, "build\\n");
mkdirSync(${JSON.stringify(at("packages/cli/dist"))}, { recursive: true });
writeFileSync(${JSON.stringify(at("packages/cli/dist/.built-from"))}, sourcesHash());`,
  );
  program("npm", `echo "npm $1" >> ${at("calls")}; /bin/mkdir -p node_modules`);
});
afterEach(() => rmSync(checkout, { recursive: true, force: true }));

function program(name: string, script: string): void {
  writeFileSync(at("bin", name), `#!/bin/sh\n${script}\n`);
  chmodSync(at("bin", name), 0o755);
}

function setup(...args: readonly string[]) {
  const env = { PATH: at("bin"), HOME: checkout };
  const { status, stderr } = spawnSync(process.execPath, [at("scripts/setup.mjs"), ...args], {
    env,
    encoding: "utf8",
  });
  const calls = existsSync(at("calls")) ? readFileSync(at("calls"), "utf8").trim().split("\n") : [];
  rmSync(at("calls"), { force: true });
  return { status, stderr, calls };
}

test("installs and builds once, then only what changed, and is quiet when nothing did", () => {
  expect(setup()).toMatchObject({ status: 0, calls: ["npm ci", "build"] });
  expect(setup()).toEqual({ status: 0, stderr: "", calls: [] });
  appendFileSync(at("packages/cli/src/main.ts"), "// changed");
  expect(setup()).toMatchObject({ status: 0, calls: ["build"] });
  writeFileSync(at("package-lock.json"), "{ }");
  expect(setup()).toMatchObject({ status: 0, calls: ["npm ci", "build"] });
});

test("what was installed by hand after the lock changed is not installed again", () => {
  mkdirSync(at("node_modules"));
  writeFileSync(at("node_modules/.package-lock.json"), "{}");
  expect(setup()).toMatchObject({ status: 0, calls: ["build"] });
});

test("tests are not part of what is built", () => {
  setup();
  writeFileSync(at("packages/cli/src/main.test.ts"), "");
  expect(setup()).toEqual({ status: 0, stderr: "", calls: [] });
});

test("a failing install is told, with what npm said, and is tried again the next time", () => {
  program("npm", "echo 'no network' >&2; exit 1");
  expect(setup()).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/no network\nsetup: npm ci failed in /u),
  });
  program("npm", `echo "npm $1" >> ${at("calls")}; /bin/mkdir -p node_modules`);
  expect(setup()).toMatchObject({ status: 0, calls: ["npm ci", "build"] });
});

test("--browser installs Chromium from Debian when there is none", () => {
  setup();
  program("true", "exit 0");
  program("sudo", 'shift; exec "$@"');
  program("env", 'shift; exec "$@"');
  program(
    "apt-get",
    `echo "apt-get $*" >> ${at("calls")}; case "$*" in *install*) /bin/cp ${at("bin/npm")} ${at("bin/chromium")};; esac`,
  );
  expect(setup("--browser").calls).toEqual([
    "apt-get --version",
    "apt-get -qq update",
    "apt-get -qq install -y --no-install-recommends chromium",
  ]);
  expect(setup("--browser")).toEqual({ status: 0, stderr: "", calls: [] });
});

test("without apt-get, --browser says what else can be done", () => {
  setup();
  expect(setup("--browser")).toMatchObject({ status: 1, stderr: expect.stringContaining("CHROME_PATH") });
});

test("--oracle installs the engine of the interop tests in its own folder", () => {
  setup();
  expect(setup("--oracle")).toMatchObject({ status: 0, calls: ["npm install"] });
});

test("an unknown option is refused", () => {
  expect(setup("--browsr")).toMatchObject({ status: 1, stderr: expect.stringContaining("--browsr") });
});

test("installs Spark once where Python, Java and Maven are, and says aloud where they are not", () => {
  expect(setup("--spark")).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("there is no python3, no java, no mvn") as string,
  });
  for (const name of ["java", "mvn"])
    program(name, `[ "$1" = -q ] && echo "${name}" >> ${at("calls")}; exit 0`);
  program(
    "python3",
    `[ "$1" = -m ] && /bin/mkdir -p venv/bin && /bin/cp ${at("bin/mvn")} venv/bin/pip; exit 0`,
  );
  expect(setup("--spark").calls).toContain("mvn");
  expect(setup("--spark")).toEqual({ status: 0, stderr: "", calls: [] });
  appendFileSync(at("tools/spark/pom.xml"), "<!-- newer -->");
  expect(setup("--spark").calls).toContain("mvn");
});
