import { EventEmitter, once } from "node:events";
import {
  DEFAULT_SETTINGS,
  parseStreamRequest,
  type StreamPorts,
  type StreamRequest,
  streamTaskRunner,
} from "@clone-xs/clone";
import { type StatementKind, withExecute, type Workspace } from "@clone-xs/unity";
import { realClock, withLakehouse } from "./embedded.ts";

/** A statement that a stream's run has sent; times of `performance.now()`. */
export interface Sent {
  readonly kind: StatementKind;
  readonly text: string;
  readonly begun: number;
  readonly ended: number;
}

/** One look of a run at all of its tables. */
export interface Tick {
  readonly begun: number;
  readonly ended: number;
  readonly sent: readonly Sent[];
}

/** An embedded workspace that runs streams in this process, and what they were seen to do. */
export interface Streaming {
  readonly workspace: Workspace;
  readonly ports: StreamPorts;
  /** All ticks that are over, oldest first. */
  readonly ticks: readonly Tick[];
  /** Of the ticks that end after the first `from` the first that `look` likes. Throws when a table fails, or the run. */
  readonly tick: (from: number, look?: (tick: Tick) => boolean) => Promise<Tick>;
}

/** Does something with a new embedded workspace that runs streams. */
export async function withStreams<T>(work: (streaming: Streaming) => Promise<T>): Promise<T> {
  const ticks: Tick[] = [];
  let sent: Sent[] = [];
  let failure: string | undefined;
  const told = new EventEmitter();
  const inner = streamTaskRunner({
    clock: realClock,
    log: (_, event) => {
      if (event.type === "failed") failure = `${event.table}: ${event.message}`;
      if (event.type === "ticked") {
        const ended = performance.now();
        ticks.push({ begun: Math.min(ended, ...sent.map(({ begun }) => begun)), ended, sent });
        sent = [];
      }
      told.emit("event");
    },
  });
  const noted = (workspace: Workspace): Workspace =>
    withExecute(workspace, async (statement, options) => {
      const begun = performance.now();
      const result = await workspace.statements.execute(statement, options);
      sent.push({ kind: statement.kind, text: statement.text, begun, ended: performance.now() });
      return result;
    });
  const taskRunner: typeof inner = {
    refusal: (task) => inner.refusal(task),
    async run(task, turn) {
      sent = [];
      try {
        await inner.run(task, { ...turn, workspace: noted(turn.workspace) });
      } catch (error) {
        if (!turn.signal.aborted) failure = String(error);
        told.emit("event");
        throw error;
      }
    },
  };
  const tick: Streaming["tick"] = async (from, look = () => true) => {
    for (; ; await once(told, "event")) {
      if (failure !== undefined) throw new Error(failure);
      const found = ticks.slice(from).find(look);
      if (found !== undefined) return found;
    }
  };
  return withLakehouse(
    (lakehouse) => {
      const workspace = lakehouse.connect();
      const ports = { workspace, settings: DEFAULT_SETTINGS, clock: realClock, random: Math.random };
      return work({ workspace, ports, ticks, tick });
    },
    undefined,
    { taskRunner },
  );
}

export function streamRequest(wire: object): StreamRequest {
  const parsed = parseStreamRequest(wire);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}
