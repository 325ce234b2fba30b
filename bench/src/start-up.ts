import { spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { interleave, shown, time } from "./measure.ts";

const clxs = fileURLToPath(new URL("../../packages/cli/bin/clxs.mjs", import.meta.url));

/** What a person waits for before anything happens, beside what bare Node takes. */
export async function benchStartUp(rounds: number): Promise<void> {
  const results = await interleave(rounds, {
    node: () => time(() => finished(["-e", "0"])),
    help: () => time(() => finished([clxs, "--help"])),
  });
  console.log(`clxs --help: ${shown(results.help)} (target 150 ms); bare node: ${shown(results.node)}`);
  const ready: number[] = [];
  let memory = 0;
  for (let round = 0; round < rounds; round += 1) {
    const seen = await serveOnce();
    ready.push(seen.milliseconds);
    memory = Math.max(memory, seen.memory);
  }
  console.log(
    `embedded workspace ready, empty folder: ${shown(ready)} (target 1000 ms); memory ${(memory / (1 << 20)).toFixed(0)} MiB (target 150)`,
  );
}

/** Starts `workspace serve` in an empty folder and ends it when it says where it is. */
async function serveOnce(): Promise<{ milliseconds: number; memory: number }> {
  const folder = await mkdtemp(join(tmpdir(), "clxs-bench-"));
  const started = process.hrtime.bigint();
  const child = spawn(
    process.execPath,
    [clxs, "workspace", "serve", "--dir", folder, "--port", "0", "--output", "json"],
    {
      env: { PATH: process.env["PATH"] ?? "", HOME: folder, CLXS_HOME: folder },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  try {
    for await (const _ of createInterface({ input: child.stdout })) break;
    const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
    return { milliseconds, memory: await residentMemory(child.pid ?? 0) };
  } finally {
    child.kill("SIGTERM");
    await new Promise((resolve) => child.once("close", resolve));
    await rm(folder, { recursive: true, force: true });
  }
}

/** Resident bytes of a process and its children, as Linux tells. 0 elsewhere. */
async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const own = Number(/VmRSS:\s+(\d+) kB/u.exec(status)?.[1] ?? 0) * 1024;
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const children = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, "utf8").catch(() => "")),
  );
  const pids = children.flatMap((line) =>
    line
      .split(" ")
      .filter((text) => text !== "")
      .map(Number),
  );
  const below = await Promise.all(pids.map(residentMemory));
  return own + below.reduce((sum, bytes) => sum + bytes, 0);
}

function finished(args: readonly string[]): Promise<unknown> {
  return new Promise((resolve) => spawn(process.execPath, args, { stdio: "ignore" }).once("close", resolve));
}
