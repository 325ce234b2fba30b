import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const tools = resolve(import.meta.dirname, "../../../../tools");

/** Another engine in a process of its own, asked a line at a time. */
export interface Engine<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

/** What stands in a suite's title when the engine is not there; empty when it is. */
export function missing(tool: string, name: string): string {
  return existsSync(join(tools, tool, ".installed"))
    ? ""
    : ` (skipped: ${name} is not installed, see npm run setup -- --${tool})`;
}

/** Starts `tools/<tool>/<script>`; `ready` is the line that it says first, if it says one. */
export async function openPython<Question, Answer>(
  tool: string,
  script: string,
  { args = [], ready }: { readonly args?: readonly string[]; readonly ready?: string } = {},
): Promise<Engine<Question, Answer>> {
  const folder = join(tools, tool);
  const child = spawn(
    join(folder, "venv/bin/python"),
    [join(folder, script), ...args.map((a) => join(folder, a))],
    {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, TZ: "UTC", PYTHONDONTWRITEBYTECODE: "1" }, // ambient: only tests start engines
    },
  );
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = `${errors}${text}`.slice(-2000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${tool} ended: ${errors}`);
    return value;
  };
  for (let line = ready; line !== undefined; ) {
    line = await next();
    if (line === ready) break;
  }
  return {
    ask: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return JSON.parse(await next()) as Answer;
    },
    close: () => {
      child.stdin.end();
      return ended;
    },
  };
}
