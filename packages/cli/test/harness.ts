import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(import.meta.dirname, "../../..");
const launcher = join(root, "packages/cli/bin/clxs.mjs");

/** Builds the program when its sources changed, so that what is tested is what is there. */
export function buildOnce(): void {
  const built = spawnSync(process.execPath, [join(root, "scripts/build.mjs"), "--quiet", "--if-stale"], {
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line of standard output; rejects when the program ends without one. */
  readonly firstLine: Promise<string>;
}

/** A folder of its own to run `clxs` in, and an environment that holds nothing of the caller's. */
export interface Shell {
  readonly directory: string;
  readonly home: string;
  run(...args: readonly string[]): Promise<Ended>;
  runWith(
    options: { readonly env?: Record<string, string>; readonly input?: string },
    ...args: readonly string[]
  ): Promise<Ended>;
  start(...args: readonly string[]): Running;
  startWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Running;
  /** Runs `clxs … --output json` and gives the document. Throws with what was printed when the exit code is not 0. */
  json(...args: readonly string[]): Promise<unknown>;
  remove(): void;
}

export function openShell(): Shell {
  const directory = mkdtempSync(join(tmpdir(), "clxs-test-"));
  const home = join(directory, "home");
  const env = { PATH: process.env["PATH"] ?? "", HOME: directory, CLXS_HOME: home, NO_COLOR: "1" };
  const startWith: Shell["startWith"] = (more, ...args) =>
    watch(spawn(process.execPath, [launcher, ...args], { cwd: directory, env: { ...env, ...more } }));
  const runWith: Shell["runWith"] = ({ env: more = {}, input = "" }, ...args) => {
    const running = startWith(more, ...args);
    running.child.stdin?.end(input);
    return running.ended;
  };
  return {
    directory,
    home,
    runWith,
    run: (...args) => runWith({}, ...args),
    start: (...args) => startWith({}, ...args),
    startWith,
    json: async (...args) => {
      const { stdout } = await succeed(runWith({}, ...args, "--output", "json"));
      return JSON.parse(stdout);
    },
    remove: () => rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

function watch(child: ChildProcess): Running {
  let [stdout, stderr] = ["", ""];
  let announce: (line: string) => void = () => undefined;
  child.stderr?.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Ended>((done) => {
    child.once("close", (code, signal) => done({ code, signal, stdout, stderr }));
  });
  const firstLine = new Promise<string>((found, failed) => {
    announce = found;
    void ended.then((end) =>
      failed(new Error(`ended with ${end.code} before a line was printed: ${end.stderr}`)),
    );
  });
  firstLine.catch(() => undefined);
  child.stdout?.on("data", (data: Buffer) => {
    stdout += data.toString();
    const line = stdout.split("\n", 1)[0] ?? "";
    if (stdout.includes("\n")) announce(line);
  });
  return { child, ended, firstLine };
}

/** One value: the only cell of a query's only row. */
export async function cell(shell: Shell, query: string): Promise<string | null> {
  const { rows } = (await shell.json("sql", query)) as { rows: (string | null)[][] };
  return rows[0]?.[0] ?? null;
}

/** What a command printed, when it ended with exit code 0; else throws with it. */
export async function succeed(running: Promise<Ended>): Promise<Ended> {
  const ended = await running;
  if (ended.code !== 0) throw new Error(`exit ${ended.code}\n${ended.stderr}${ended.stdout}`);
  return ended;
}

/** Directory of a table on this machine. `table` is a name as SQL writes it. */
export async function locationOf(shell: Shell, table: string): Promise<string> {
  const { columns, rows } = (await shell.json("sql", `DESCRIBE DETAIL ${table}`)) as {
    columns: { name: string }[];
    rows: (string | null)[][];
  };
  const location = rows[0]?.[columns.findIndex(({ name }) => name === "location")] ?? "";
  return fileURLToPath(location);
}
