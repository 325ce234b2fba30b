import {
  type Clock,
  planStream,
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
import { type LagPoint, type LagStore } from "./lags.ts";
import { samplesFrom } from "./samples.ts";
import { sightings } from "./sightings.ts";
import type { StreamStore } from "./store.ts";
import { type Watch, watchStreams } from "./watch.ts";

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
  /** How far a stream was behind since then (epoch milliseconds), as far as it was looked at. Throws NOT_FOUND. */
  lag(streamId: string, since: number): readonly LagPoint[];
  /** Begins to look after them. */
  begin(): void;
  /** Gives up what is under way; the streams go on. The store stays open. */
  close(): Promise<void>;
}

export interface StreamKeeperOptions {
  readonly connection: Connection;
  readonly store: StreamStore;
  readonly lags: LagStore;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (line: string) => void;
}

/** A list that is asked for at once waits for the first look, but not for ever: the workspace may not answer. */
const FIRST_LOOK_MS = 10_000;
/** Points of one curve: more cannot be told apart on a screen. */
const LAG_POINTS = 240;

export function streamKeeper(options: StreamKeeperOptions): StreamKeeper {
  const { connection, store, lags, settings, clock, random, log } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const portsOf = async (): Promise<StreamPorts> => ({
    workspace: await connection.get(),
    settings,
    clock,
    random,
    signal,
  });
  const seen = sightings(portsOf, store, (records) => lags.note(records, clock.now()));
  const underWay = new Set<Promise<unknown>>();
  let watch: Watch | undefined;

  const changed = (work: (ports: StreamPorts) => Promise<StreamRecord>): Promise<StreamRecord> => {
    const done = seen.change(work);
    underWay.add(done);
    const over = () => {
      underWay.delete(done);
      watch?.wake();
    };
    done.then(over, over);
    return done;
  };
  const known = (streamId: string): StreamRecord => {
    const record = store.get(streamId);
    if (record === undefined) throw new ServerError("NOT_FOUND", `There is no stream ${streamId}.`);
    return record;
  };
  const lookedAtOnce = async (): Promise<void> => {
    const answered = new AbortController();
    const patience = clock.sleep(FIRST_LOOK_MS, answered.signal).catch(() => undefined);
    await Promise.race([watch?.first, patience]);
    answered.abort();
  };

  return {
    plan: async (request) => planStream(request, await portsOf()),
    start: (request) => changed((ports) => startStream(request, ports)),
    stop: (streamId) => changed((ports) => stopStream(streamId, ports)),
    restart: (streamId) => changed((ports) => restartStream(streamId, ports)),
    async list({ refresh }) {
      await lookedAtOnce();
      if (!refresh) return store.list();
      await seen.look();
      await seen.refresh(store.list());
      return store.list();
    },
    async get(streamId, { refresh }) {
      await lookedAtOnce();
      if (store.get(streamId) === undefined) await seen.look();
      if (!refresh) return known(streamId);
      const [record] = await seen.refresh([known(streamId)]);
      return record ?? known(streamId);
    },
    lag: (streamId, since) => lags.series(known(streamId).stream_id, { since, limit: LAG_POINTS }),
    begin() {
      const sample = samplesFrom({ connection, seen, lags, clock });
      const look = async () => sample(await seen.look());
      watch ??= watchStreams({ look, clock, log, signal });
    },
    async close() {
      closing.abort();
      await Promise.allSettled([watch?.ended, ...underWay]);
    },
  };
}
