import { LakehouseError } from "../errors.ts";
import type { Engine, EngineResult, EngineSession } from "./engine.ts";
import { type EngineProcess, startProcess } from "./process.ts";
import type { EngineSettings } from "./settings.ts";
import { slotsOf } from "./slots.ts";

export interface OpenEngineOptions extends EngineSettings {
  /** Queries that run at the same time. */
  readonly slots: number;
  /** Directories that may be read too, by now: of other workspaces, which come and go. */
  readonly peerDirectories?: () => readonly string[];
}

/** The engine's process starts with the first query: metadata and file copies do without it. A lost one is replaced by the next query. */
export function openEngine(options: OpenEngineOptions): Engine & { processId(): number | undefined } {
  const lanes = { statements: slotsOf(options.slots), upkeep: slotsOf(1) };
  let current: EngineProcess | undefined;
  let allowed: ReadonlySet<string> = new Set();
  let closed = false;
  let sessions = 0;
  const held = new Map<EngineProcess, number>();
  const ending = new Set<Promise<void>>();

  const process = (): EngineProcess => {
    if (closed) throw new LakehouseError("CLOSED", "The engine was closed");
    const peers = options.peerDirectories?.() ?? [];
    const outdated = current?.alive === true && peers.some((directory) => !allowed.has(directory));
    if (current === undefined || !current.alive || outdated) {
      const before = current;
      allowed = new Set(peers);
      current = startProcess({ ...options, directories: [...options.directories, ...peers] });
      if (before !== undefined) retire(before);
    }
    return current;
  };
  /** What a process may touch is settled when it starts; one that may touch too little ends with the last query that runs on it. */
  const retire = (engine: EngineProcess): void => {
    if (engine === current || held.has(engine)) return;
    const end = engine.end().finally(() => ending.delete(end));
    ending.add(end);
  };

  const session: Engine["session"] = (work, { signal, lane = "statements" } = {}) =>
    lanes[lane].run(async () => {
      const engine = process();
      const id = ++sessions;
      held.set(engine, (held.get(engine) ?? 0) + 1);
      engine.send({ kind: "begin", session: id });
      const query: EngineSession["query"] = (sql) => interruptible(engine, id, sql, signal);
      try {
        return await work({ query });
      } finally {
        engine.send({ kind: "end", session: id });
        const others = (held.get(engine) ?? 1) - 1;
        if (others > 0) held.set(engine, others);
        else held.delete(engine);
        retire(engine);
      }
    }, signal);

  return {
    session,
    query: (sql, queryOptions = {}) => session((one) => one.query(sql), queryOptions),
    processId: () => current?.processId,
    async close() {
      closed = true;
      await Promise.all([current?.end(), ...[...held.keys()].map((engine) => engine.end()), ...ending]);
    },
  };
}

async function interruptible(
  engine: EngineProcess,
  session: number,
  sql: string,
  signal: AbortSignal | undefined,
): Promise<EngineResult> {
  if (isAborted(signal)) throw canceled();
  const interrupt = () => engine.send({ kind: "interrupt", session });
  signal?.addEventListener("abort", interrupt);
  try {
    return await engine.query(session, sql);
  } catch (error) {
    throw isAborted(signal) ? canceled(error) : error;
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}

/** A call, because the property changes while the query runs. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function canceled(cause?: unknown): LakehouseError {
  return new LakehouseError("ENGINE_CANCELED", "The query was cancelled", { cause });
}
