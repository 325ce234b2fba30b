import type { Writable } from "node:stream";
import type { RunStore } from "../runs/store.ts";
import { type Channel, openChannel } from "./channel.ts";
import { messagesOfAllRuns, messagesOfRun } from "./messages.ts";

/** Where a watcher of one run begins: after an event, or some events before the newest. */
export type Beginning = { readonly after: number } | { readonly tail: number };

/** Lets any number of readers watch runs, as server-sent events. The store is the only source: who is slow, late or back again misses nothing. */
export interface LiveRuns {
  watch(id: string, out: Writable, from: Beginning): void;
  watchAll(out: Writable): void;
  /** Another process may have changed something. */
  look(): void;
  /** How many watch now. */
  watchers(): { readonly run: number; readonly all: number };
  /** Ends every stream. */
  close(): void;
}

/** Faster than an eye sees, and slow enough that a burst of events is one batch for each watcher. */
const RUN_REST_MS = 40;
const LIST_REST_MS = 250;
/** Proxies drop connections that are silent for a minute. */
const BEAT_MS = 15_000;

export function liveRuns(store: RunStore): LiveRuns {
  const channels = new Map<string, Channel>();
  const open = new Set<Writable>();
  const all = openChannel({ next: messagesOfAllRuns(store), restMs: LIST_REST_MS });
  const beats = setInterval(() => {
    for (const channel of [...channels.values(), all]) channel.beat();
  }, BEAT_MS);
  beats.unref();
  const unwatch = store.watch((id) => {
    channels.get(id)?.wake();
    all.wake();
  });

  function channelOf(id: string): Channel {
    const there = channels.get(id);
    if (there !== undefined) return there;
    const onEmpty = () => channels.delete(id);
    const channel = openChannel({ next: messagesOfRun(store, id), restMs: RUN_REST_MS, onEmpty });
    channels.set(id, channel);
    return channel;
  }

  function opened(out: Writable): void {
    open.add(out);
    out.on("close", () => open.delete(out));
  }

  return {
    watch(id, out, from) {
      opened(out);
      const seq = "after" in from ? from.after : Math.max(0, store.lastEvent(id) - from.tail);
      // A reader that did not say where it is learns it, for when it comes back.
      if ("tail" in from) out.write(`id: ${seq}\n\n`);
      channelOf(id).join(out, { seq, revision: -1 });
    },
    watchAll(out) {
      opened(out);
      out.write(":\n\n");
      all.join(out, { seq: 0, revision: store.revision() });
    },
    look() {
      if (!store.changedElsewhere()) return;
      for (const channel of [...channels.values(), all]) channel.wake();
    },
    watchers: () => ({
      run: [...channels.values()].reduce((sum, { watchers }) => sum + watchers, 0),
      all: all.watchers,
    }),
    close() {
      clearInterval(beats);
      unwatch();
      for (const out of open) out.end();
    },
  };
}
