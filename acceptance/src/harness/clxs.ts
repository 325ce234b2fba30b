import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { typed } from "./transcript.ts";

/** How the command line is started: program and leading arguments, working folder, and the whole environment it sees. */
export interface Clxs {
  readonly command: readonly [string, ...string[]];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Told of every command that is run. */
  readonly note?: (line: string) => void;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `clxs …` to its end and returns what it said; never throws for a non-zero exit. */
async function run(clxs: Clxs, ...args: readonly string[]): Promise<Finished> {
  const child = start(clxs, args);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const code = await exit(child);
  return { code, stdout: await stdout, stderr: await stderr };
}

/** Like {@link run}, but an exit other than 0 is an error that carries what was printed. */
export async function succeed(clxs: Clxs, ...args: readonly string[]): Promise<Finished> {
  const finished = await run(clxs, ...args);
  if (finished.code !== 0)
    throw new Error(
      `clxs ${args.join(" ")} ended with ${finished.code}: ${finished.stderr.trim().split("\n").slice(-5).join(" | ")}`,
    );
  return finished;
}

/** A server started by `clxs`: the JSON of its first line of stdout, and how to end it. */
export interface Serving {
  readonly ready: unknown;
  stop(): Promise<void>;
  /** As when the machine takes it away: nothing is cleaned up. */
  kill(): Promise<void>;
}

/** Starts a command that serves until it is told to end, and waits for its ready line. */
export async function serve(clxs: Clxs, ...args: readonly string[]): Promise<Serving> {
  const child = start(clxs, args);
  const stderr = collect(child.stderr);
  const ended = exit(child);
  const first = await Promise.race([firstLine(child), ended.then(() => undefined)]);
  if (first === undefined)
    throw new Error(`clxs ${args.join(" ")} ended before it was ready: ${(await stderr).trim()}`);
  return {
    ready: JSON.parse(first),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function start(
  { command: [program, ...leading], directory, environment, note }: Clxs,
  args: readonly string[],
): ChildProcess {
  note?.(typed(["clxs", ...args]));
  return spawn(program, [...leading, ...args], {
    cwd: directory,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function exit(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}

async function collect(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = "";
  if (stream !== null) for await (const chunk of stream) text += String(chunk);
  return text;
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined;
  for await (const line of createInterface({ input: child.stdout })) return line;
  return undefined;
}
