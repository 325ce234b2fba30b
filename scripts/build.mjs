// npm run build: the program and its engine child as two ES modules with shared chunks, and the page, into packages/cli/dist.
// Everything is made aside and put in place by renaming, so that a build that fails leaves what was there.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sourcesHash } from "./setup.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const at = (...parts) => join(root, ...parts);
const quiet = process.argv.includes("--quiet");

/** Left to node_modules: native code and WebAssembly, and packages that load their own files at run time. */
const external = [
  /^@duckdb\//u,
  /^libsql(\/|$)/u,
  /^roaring-wasm(\/|$)/u,
  /^fastify(\/|$)/u,
  /^@fastify\//u,
  /^fastify-/u,
  /^undici(\/|$)/u,
  /^pino(\/|$)/u,
  /^prom-client(\/|$)/u,
  /^playwright-core(\/|$)/u,
];

const dist = at("packages/cli/dist");
const stamp = join(dist, ".built-from");
const aside = at("packages/cli/node_modules", `.dist-${process.pid}`);
const hash = sourcesHash();
if (process.argv.includes("--if-stale") && existsSync(stamp) && readFileSync(stamp, "utf8") === hash)
  process.exit(0);
try {
  await bundle();
  shipped();
  await page();
  writeFileSync(join(aside, ".built-from"), hash);
  putInPlace();
} finally {
  rmSync(aside, { recursive: true, force: true });
}
if (!quiet) console.log("built packages/cli/dist");

async function bundle() {
  const { build } = await import("tsdown");
  const child = at("packages/lakehouse/src/engine/child.ts");
  await build({
    cwd: at("packages/cli"),
    config: false,
    entry: { clxs: at("packages/cli/src/main.ts"), ...(existsSync(child) ? { "engine-child": child } : {}) },
    outDir: aside,
    format: "esm",
    platform: "node",
    target: "node20",
    fixedExtension: true,
    hash: true,
    dts: false,
    sourcemap: true,
    report: false,
    logLevel: quiet ? "error" : "warn",
    deps: {
      neverBundle: external,
      alwaysBundle: (id) => !external.some((pattern) => pattern.test(id)),
      onlyBundle: false,
    },
  });
}

/** Files that are read at run time from beside the module that ships them. */
function shipped() {
  cpSync(at("packages/clone/src/streams/continuous_sync.py"), join(aside, "continuous_sync.py"));
}

async function page() {
  const folder = at("packages/ui");
  if (!existsSync(join(folder, "index.html"))) return;
  const { build } = await import("vite");
  await build({
    root: folder,
    logLevel: quiet ? "error" : "warn",
    build: { outDir: join(aside, "ui"), emptyOutDir: true },
  });
}

function putInPlace() {
  const old = `${aside}-old`;
  mkdirSync(join(aside, ".."), { recursive: true });
  if (existsSync(dist)) moveOrCopy(dist, old);
  moveOrCopy(aside, dist);
  rmSync(old, { recursive: true, force: true });
}

/** A rename, or where the folders lie on different file systems a copy. */
function moveOrCopy(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== "EXDEV") throw error;
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
    rmSync(from, { recursive: true, force: true });
  }
}
