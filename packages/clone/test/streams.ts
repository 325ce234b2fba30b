import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Lakehouse, type MetastoreNetwork, openLakehouse } from "@clone-xs/lakehouse";
import type { Workspace } from "@clone-xs/unity";
import type { StreamEvent } from "../src/streams/loop.ts";
import type { StreamPorts } from "../src/streams/ports.ts";
import { parseStreamRequest, type StreamRequest } from "../src/streams/request.ts";
import { streamTaskRunner } from "../src/streams/task-runner.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";

/** An embedded workspace that runs streams in process, and what its loops told. */
export interface StreamingWorkspace {
  readonly lakehouse: () => Lakehouse;
  readonly ports: () => StreamPorts;
  /** Runs statements one after the other; the rows of the last. */
  readonly sql: (...statements: readonly string[]) => Promise<readonly (readonly (string | null)[])[]>;
  readonly events: StreamEvent[];
  /** Resolves with what `look` gives as soon as it gives something. Looks again after each event of a loop, or a moment. */
  readonly until: <T>(look: () => Promise<T | undefined>) => Promise<T>;
  /** Ends the process of the workspace, as far as one can, and opens it anew. */
  readonly reopen: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openStreamingWorkspace({
  network,
}: {
  readonly network?: MetastoreNetwork;
} = {}): Promise<StreamingWorkspace> {
  const directory = await mkdtemp(join(tmpdir(), "clxs-streams-"));
  const events: StreamEvent[] = [];
  const clock = {
    now: Date.now,
    sleep: (ms: number, signal?: AbortSignal) => sleep(ms, undefined, signal ? { signal } : {}),
  };
  const open = () =>
    openLakehouse({
      directory,
      now: Date.now,
      uuid: randomUUID,
      randomBytes,
      ...(network && { network }),
      taskRunner: streamTaskRunner({ clock, log: (_, event) => events.push(event) }),
    });
  let lakehouse = await open();
  let workspace: Workspace = lakehouse.connect();
  return {
    lakehouse: () => lakehouse,
    ports: () => ({ workspace, settings: DEFAULT_SETTINGS, clock, random: () => 0 }),
    events,
    async sql(...statements) {
      let rows: readonly (readonly (string | null)[])[] = [];
      for (const text of statements)
        ({ rows } = await workspace.statements.execute({ text, kind: "other", effect: "write" }));
      return rows;
    },
    async until(look) {
      for (;;) {
        const found = await look();
        if (found !== undefined) return found;
        await sleep(20);
      }
    },
    async reopen() {
      await lakehouse.close();
      lakehouse = await open();
      workspace = lakehouse.connect();
    },
    async close() {
      await lakehouse.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export function streamRequest(wire: object): StreamRequest {
  const parsed = parseStreamRequest(wire);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}
