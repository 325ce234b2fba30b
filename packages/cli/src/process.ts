import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { homedir, hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sink, Surroundings } from "./surroundings.ts";

/** Exit code of a run that the user cancelled (128 + SIGINT). */
const CANCELLED = 130;

/** The real surroundings: this process, its streams, its signals, the system's clock. */
export function processSurroundings(): Surroundings {
  return {
    env: process.env,
    cwd: process.cwd(),
    homeDir: homedir(),
    hostname: hostname(),
    out: sink(process.stdout),
    err: sink(process.stderr),
    readInput,
    inputIsTerminal: process.stdin.isTTY,
    clock: {
      now: () => Date.now(),
      sleep: async (milliseconds, signal) => {
        await sleep(milliseconds, undefined, signal ? { signal } : {});
      },
      every: (milliseconds, work) => {
        const timer = setInterval(work, milliseconds);
        // A sign of life is no reason to live.
        timer.unref();
        return () => clearInterval(timer);
      },
    },
    random: () => Math.random(),
    uuid: () => randomUUID(),
    interrupted: interruption(),
  };
}

function sink(stream: NodeJS.WriteStream): Sink {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // `clxs sql … | head` closes the pipe early: that is no failure of ours.
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY,
    columns: stream.columns ?? 80,
  };
}

async function readInput(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  // As many listen as statements and files are under way in parallel.
  setMaxListeners(0, controller.signal);
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(CANCELLED);
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return controller.signal;
}
