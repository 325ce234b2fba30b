import {
  type Clock,
  discoverStreams,
  planStream,
  refreshStream,
  restartStream,
  type Settings,
  startStream,
  stopStream,
  type StreamPlan,
  type StreamPorts,
  type StreamRecord,
  type StreamRequest,
} from "@clone-xs/clone";
import type { Connection } from "../connection.ts";
import { ServerError } from "../errors.ts";
import type { StreamStore } from "./store.ts";

/** Looks after the streams of the workspace. What they do is done by the workspace's runs: the server can be lost at any time. */
export interface StreamKeeper {
  /** Nothing is changed. */
  plan(request: StreamRequest): Promise<StreamPlan>;
  start(request: StreamRequest): Promise<StreamRecord>;
  /** Waits until the stream has ended. Throws NOT_FOUND. */
  stop(streamId: string): Promise<StreamRecord>;
  /** Another run of the same stream. Throws NOT_FOUND. */
  restart(streamId: string): Promise<StreamRecord>;
  /** As they were seen last; with `refresh` as they are now, with how far each copy is. */
  list(options: { readonly refresh: boolean }): Promise<readonly StreamRecord[]>;
  /** Throws NOT_FOUND. */
  get(streamId: string, options: { readonly refresh: boolean }): Promise<StreamRecord>;
  /** Begins to look after them. */
  begin(): void;
  close(): Promise<void>;
}

export interface StreamKeeperOptions {
  readonly connection: Connection;
  readonly store: StreamStore;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (line: string) => void;
}

/** How often the workspace is looked at, by what is going on in it. */
const LOOK_MS = { changing: 2_000, running: 30_000, idle: 120_000, lost: 10_000 };
/** A list that is asked for at once waits for the first look, but not for ever: the workspace may not answer. */
const FIRST_LOOK_MS = 10_000;

export function streamKeeper({
  connection,
  store,
  settings,
  clock,
  random,
  log,
}: StreamKeeperOptions): StreamKeeper {
  const closing = new AbortController();
  const { signal } = closing;
  const portsOf = async (): Promise<StreamPorts> => ({
    workspace: await connection.get(),
    settings,
    clock,
    random,
    signal,
  });
  /** What was changed meanwhile counts for more than what a look saw before. */
  let changes = 0;
  let looking: Promise<void> = Promise.resolve();
  let firstLook: Promise<unknown> = Promise.resolve();
  const underWay = new Set<Promise<unknown>>();

  const change = (work: (ports: StreamPorts) => Promise<StreamRecord>): Promise<StreamRecord> => {
    const done = (async () => {
      changes++;
      try {
        const record = withProgress(await work(await portsOf()), store);
        store.put([record]);
        return record;
      } finally {
        changes++;
      }
    })();
    underWay.add(done);
    const forget = () => void underWay.delete(done);
    done.then(forget, forget);
    return done;
  };

  /** What the workspace's runs tell, and what became of those that they do not tell of any more. */
  const look = async (): Promise<readonly StreamRecord[]> => {
    const [ports, before] = [await portsOf(), changes];
    const found = (await discoverStreams(ports)).map((record) => withProgress(record, store));
    const known = new Set(found.map(({ stream_id }) => stream_id));
    const lost = store.list().filter(({ stream_id, status }) => !known.has(stream_id) && isActive(status));
    const gone = await Promise.all(lost.map((record) => refreshStream(record, ports)));
    if (before === changes) store.put([...found, ...gone]);
    return found;
  };

  const refreshed = async (records: readonly StreamRecord[]): Promise<readonly StreamRecord[]> => {
    const [ports, before] = [await portsOf(), changes];
    const fresh = await Promise.all(records.map((record) => refreshStream(record, ports)));
    if (before === changes) store.put(fresh);
    return fresh;
  };

  let discovered = false;
  let lastTold = "";
  const tell = (line: string) => {
    if (line !== lastTold) log(line);
    lastTold = line;
  };
  /** Gives how long nothing need be looked at. Never throws. */
  const lookOnce = async (): Promise<number> => {
    try {
      const found = await look();
      if (!discovered) tell(`discover_existing_streams: ${foundText(found)}`);
      discovered = true;
      return pauseAfter(store.list());
    } catch (error) {
      const what = discovered
        ? "Streams could not be looked at"
        : "discover_existing_streams: not possible yet";
      if (!signal.aborted) tell(`${what}: ${messageOf(error)}`);
      return LOOK_MS.lost;
    }
  };
  const watch = async (first: Promise<number>): Promise<void> => {
    for (let pause = await first; !signal.aborted; pause = await lookOnce()) await clock.sleep(pause, signal);
  };

  const known = (streamId: string): StreamRecord => {
    const record = store.get(streamId);
    if (record === undefined) throw new ServerError("NOT_FOUND", `There is no stream ${streamId}.`);
    return record;
  };
  const lookedAtOnce = async (): Promise<void> => {
    const answered = new AbortController();
    const patience = clock.sleep(FIRST_LOOK_MS, answered.signal).catch(() => undefined);
    await Promise.race([firstLook, patience]);
    answered.abort();
  };

  return {
    plan: async (request) => planStream(request, await portsOf()),
    start: (request) => change((ports) => startStream(request, ports)),
    stop: (streamId) => change((ports) => stopStream(streamId, ports)),
    restart: (streamId) => change((ports) => restartStream(streamId, ports)),
    async list({ refresh }) {
      await lookedAtOnce();
      if (!refresh) return store.list();
      await look();
      await refreshed(store.list());
      return store.list();
    },
    async get(streamId, { refresh }) {
      await lookedAtOnce();
      if (store.get(streamId) === undefined) await look();
      if (!refresh) return known(streamId);
      const [record] = await refreshed([known(streamId)]);
      return record ?? known(streamId);
    },
    begin() {
      const first = lookOnce();
      firstLook = first;
      looking = watch(first).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    },
    async close() {
      closing.abort();
      await Promise.allSettled([looking, ...underWay]);
      store.close();
    },
  };
}

function isActive(status: StreamRecord["status"]): boolean {
  return status === "starting" || status === "running" || status === "stopping";
}

function pauseAfter(streams: readonly StreamRecord[]): number {
  if (streams.some(({ status }) => status === "starting" || status === "stopping")) return LOOK_MS.changing;
  return streams.some(({ status }) => status === "running") ? LOOK_MS.running : LOOK_MS.idle;
}

/** Of a record that was found again: how far its copies were when they were looked at last. */
function withProgress(record: StreamRecord, store: StreamStore): StreamRecord {
  return { ...record, progress: store.get(record.stream_id)?.progress ?? record.progress };
}

function foundText(found: readonly StreamRecord[]): string {
  if (found.length === 0) return "found no streams.";
  const each = found.map(({ stream_id, status }) => `${stream_id} ${status}`);
  return `found ${found.length} stream${found.length === 1 ? "" : "s"}: ${each.join(", ")}.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
