import { type ChildProcess, spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const clxs = fileURLToPath(new URL("../../../packages/cli/bin/clxs.mjs", import.meta.url));

/** The bundled `clxs serve` as a process of its own, on an embedded workspace in its folder. */
export interface Served {
  readonly url: string;
  readonly pid: number;
  /** Runs statements one after another in the embedded workspace. */
  sql(...statements: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

interface Announced {
  readonly url: string;
  readonly workspaces: readonly {
    readonly host: string;
    readonly token: string;
    readonly warehouse_id: string;
  }[];
}

export async function serve(folder: string, ...flags: readonly string[]): Promise<Served> {
  const child = spawn(
    process.execPath,
    [clxs, "serve", "--embedded", "--port", "0", "--output", "json", ...flags],
    { cwd: folder, env: environment(folder), stdio: ["ignore", "pipe", "inherit"] },
  );
  const { url, workspaces } = JSON.parse(await firstLine(child)) as Announced;
  const [workspace] = workspaces;
  if (workspace === undefined) throw new Error("clxs serve has no workspace of its own");
  const headers = { authorization: `Bearer ${workspace.token}` };
  const execute = async (statement: string) => {
    const body = JSON.stringify({ statement, warehouse_id: workspace.warehouse_id, wait_timeout: "50s" });
    const answer = await fetch(`${workspace.host}/api/2.0/sql/statements`, { method: "POST", headers, body });
    const { status } = (await answer.json()) as { status?: { state: string } };
    if (status?.state !== "SUCCEEDED") throw new Error(`${statement}: ${JSON.stringify(status)}`);
  };
  return {
    url,
    pid: child.pid ?? 0,
    async sql(...statements) {
      for (const statement of statements) await execute(statement);
    },
    stop: () => stopped(child),
  };
}

/** What runs beside it to compare with: a server of the same library that answers `{"ok":true}` and does nothing else. */
export async function serveBare(folder: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const program = `
    import { createRequire } from "node:module";
    const fastify = createRequire(${JSON.stringify(join(folder, "x.js"))})(${JSON.stringify(fileURLToPath(import.meta.resolve("fastify")))});
    const app = fastify();
    app.get("/", async () => ({ ok: true }));
    process.stdin.resume().on("end", () => process.exit());
    console.log(await app.listen({ port: 0, host: "127.0.0.1" }));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    // It ends with the one that started it.
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { url: await firstLine(child), stop: () => stopped(child) };
}

/** Peak of the process's own resident memory, and resident bytes now of it with all processes below it; 0 where there is no /proc. */
export async function memoryOf(pid: number): Promise<{ readonly peak: number; readonly tree: number }> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const below = await Promise.all((await childrenOf(pid)).map(memoryOf));
  const tree = below.reduce((sum, { tree: own }) => sum + own, kilobytes(status, "VmRSS"));
  return { peak: kilobytes(status, "VmHWM"), tree };
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`, "u").exec(status)?.[1] ?? 0) * 1024;
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lines = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, "utf8").catch(() => "")),
  );
  return lines.flatMap((line) => line.split(" ").filter((text) => text.trim() !== "")).map(Number);
}

function environment(folder: string): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: folder, CLXS_HOME: folder };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("no output to read");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error(`the process ended without a line (exit ${child.exitCode})`);
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  await ended;
}
