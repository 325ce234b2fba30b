import type { Workspace } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import type { Clock } from "../run/run.ts";
import { newestCommits } from "./newest.ts";
import type { Commit } from "./position.ts";
import type { StreamProgram } from "./program.ts";
import { firstLine, type Send, sending, type Synced, syncTable } from "./sync-table.ts";
import type { TableProgram } from "./table-program.ts";

export type StreamEvent =
  | { readonly type: "synced"; readonly table: string; readonly synced: Exclude<Synced, { how: "nothing" }> }
  | { readonly type: "failed"; readonly table: string; readonly message: string; readonly inARow: number }
  /** A look at all tables is over. */
  | { readonly type: "ticked"; readonly tick: number };

export interface LoopPorts {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly log?: (event: StreamEvent) => void;
}

/** Tables that are brought up to date at the same time. */
const PARALLEL = 4;

/**
 * Runs a stream: looks at the sources once in a trigger interval and brings the copies of those that have moved up to date. One table's
 * failure does not stop the others; what failed is tried again in the next tick. Resolves when `signal` aborts. Throws STREAM_FAILED when a
 * table failed so often in a row that the program gives up.
 */
export async function streamLoop(
  program: StreamProgram,
  workspace: Workspace,
  ports: LoopPorts,
): Promise<void> {
  const { clock, signal, log } = ports;
  const send = sending(workspace.statements, signal);
  const memory: Memory = { positions: new Map(), failures: new Map() };
  const begun = clock.now();
  const interval = program.stream.trigger_ms;
  for (let tick = 1; !aborted(signal); tick++) {
    try {
      await runTick(program, memory, send, ports);
    } finally {
      log?.({ type: "ticked", tick });
    }
    // Ticks keep to their times; those that a long one left no time for are left out.
    const passed = Math.floor((clock.now() - begun) / interval) + 1;
    if (!aborted(signal)) await pause(begun + passed * interval - clock.now(), ports);
  }
}

/** What a loop knows of its tables; all of it can be found out again. */
export interface Memory {
  /** Where each copy is, of those that are looked after without trouble. */
  readonly positions: Map<string, Commit>;
  /** Failures in a row. */
  readonly failures: Map<string, number>;
}

/** One look at all tables. Throws STREAM_FAILED when it is time to give up. */
export async function runTick(
  program: StreamProgram,
  memory: Memory,
  send: Send,
  { signal, log }: Pick<LoopPorts, "signal" | "log">,
): Promise<void> {
  const newest = await newestCommits(program, send);
  const moved = program.tables.filter(({ key }) => {
    const [found, position] = [newest.get(key), memory.positions.get(key)];
    return (
      found === undefined ||
      found instanceof Error ||
      position?.version !== found.version ||
      position.at !== found.at
    );
  });
  await inParallel(moved, PARALLEL, async (table) => {
    if (aborted(signal)) return;
    try {
      const to = newest.get(table.key) ?? new CloneError("STREAM_FAILED", `${table.source} has no history.`);
      if (to instanceof Error) throw to;
      const synced = await syncTable(
        table,
        to,
        { ...program, failures: memory.failures.get(table.key) ?? 0 },
        send,
      );
      memory.positions.set(table.key, synced.position);
      memory.failures.delete(table.key);
      if (synced.how !== "nothing") log?.({ type: "synced", table: table.key, synced });
    } catch (error) {
      if (!aborted(signal)) failed(table, error, { program, memory, log });
    }
  });
}

function failed(
  { key, source }: TableProgram,
  error: unknown,
  { program, memory, log }: { program: StreamProgram; memory: Memory; log: LoopPorts["log"] },
): void {
  const message = error instanceof Error ? error.message : String(error);
  const inARow = (memory.failures.get(key) ?? 0) + 1;
  memory.failures.set(key, inARow);
  memory.positions.delete(key);
  log?.({ type: "failed", table: key, message: firstLine(message), inARow });
  if (inARow < program.give_up_after) return;
  throw new CloneError(
    "STREAM_FAILED",
    `Stream ${program.stream.stream_id} gives up: ${source} failed ${inARow} times in a row, at last with: ${message}`,
    { object: source, cause: error },
  );
}

function aborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

/** Waits unless it is told to end. */
async function pause(milliseconds: number, { clock, signal }: LoopPorts): Promise<void> {
  try {
    await clock.sleep(Math.max(0, milliseconds), signal);
  } catch (error) {
    if (!aborted(signal)) throw error;
  }
}
