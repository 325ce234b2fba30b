import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { LakehouseError } from "../errors.ts";
import type { EngineResult } from "./engine.ts";
import type { FromEngine, ToEngine } from "./protocol.ts";
import { childSettings, type EngineSettings } from "./settings.ts";

/** One running engine process. When it ends, everything that waits is rejected with ENGINE_LOST and `alive` is false. */
export interface EngineProcess {
  readonly alive: boolean;
  readonly processId: number | undefined;
  /** Sends one query on a session and collects its rows. At most one query runs on a session. */
  query(session: number, sql: string): Promise<EngineResult>;
  send(message: ToEngine): void;
  /** Resolves when the process is gone. */
  end(): Promise<void>;
}

interface Waiting {
  columns: EngineResult["columns"];
  readonly rows: (string | null)[][];
  readonly resolve: (result: EngineResult) => void;
  readonly reject: (error: Error) => void;
}

/** Starts the engine's process. Never throws: a process that cannot start shows as ENGINE_LOST on the first query. */
export function startProcess(settings: EngineSettings): EngineProcess {
  const child = forkChild();
  const waiting = new Map<number, Waiting>();
  const lost = rejectAllWhenGone(child, waiting);
  child.on("message", (message: FromEngine) => receive(message, waiting));
  const send = (message: ToEngine) => {
    if (child.connected) child.send(message);
  };
  send({ kind: "open", ...childSettings(settings) });
  return {
    get alive() {
      return child.connected && lost.error === undefined;
    },
    processId: child.pid,
    send,
    query: (session, sql) =>
      new Promise((resolve, reject) => {
        if (lost.error !== undefined || !child.connected) return reject(lost.error ?? gone("it has ended"));
        waiting.set(session, { columns: [], rows: [], resolve, reject });
        send({ kind: "query", session, sql });
      }),
    end: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
        child.once("exit", () => resolve());
        send({ kind: "close" });
      }),
  };
}

/** Credentials of the environment are none of the engine's business: it gets nothing but the size of its thread pool. */
function forkChild(): ChildProcess {
  const { path, execArgv } = childEntry(import.meta.url);
  return fork(path, [], {
    execArgv,
    serialization: "advanced",
    env: { UV_THREADPOOL_SIZE: "16" },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** From source the child is the neighbour file under the TypeScript loader; in the bundle it is an entry of its own in the same folder. */
export function childEntry(self: string): { readonly path: string; readonly execArgv: string[] } {
  if (!self.endsWith(".ts"))
    return { path: fileURLToPath(new URL("./engine-child.mjs", self)), execArgv: [] };
  const loader = createRequire(self).resolve("tsx");
  return { path: fileURLToPath(new URL("./child.ts", self)), execArgv: ["--import", loader] };
}

function receive(message: FromEngine, waiting: Map<number, Waiting>): void {
  const query = waiting.get(message.session);
  if (query === undefined) return;
  switch (message.kind) {
    case "columns":
      query.columns = message.columns;
      return;
    case "chunk":
      appendRows(query.rows, message.values);
      return;
    case "done":
      waiting.delete(message.session);
      return query.resolve({ columns: query.columns, rows: query.rows });
    case "failed":
      waiting.delete(message.session);
      return query.reject(new LakehouseError("ENGINE_FAILED", message.message));
  }
}

function appendRows(rows: (string | null)[][], columns: readonly (readonly (string | null)[])[]): void {
  const count = columns[0]?.length ?? 0;
  for (let row = 0; row < count; row++) rows.push(columns.map((column) => column[row] ?? null));
}

function rejectAllWhenGone(
  child: ChildProcess,
  waiting: Map<number, Waiting>,
): { error: LakehouseError | undefined } {
  const lost: { error: LakehouseError | undefined } = { error: undefined };
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  const lose = (why: string) => {
    lost.error ??= gone(complaint === "" ? why : `${why}: ${complaint.trim()}`);
    for (const query of waiting.values()) query.reject(lost.error);
    waiting.clear();
  };
  child.on("error", (error) => lose(error.message));
  child.on("close", (code, signal) =>
    lose(signal === null ? `it ended with code ${code}` : `it ended by ${signal}`),
  );
  return lost;
}

function gone(why: string): LakehouseError {
  return new LakehouseError("ENGINE_LOST", `The query engine's process is gone (${why})`);
}
