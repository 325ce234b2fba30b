import type { Writable } from "node:stream";

/** How far a watcher is: the last event that it was sent, and the last state. */
export interface Position {
  readonly seq: number;
  readonly revision: number;
}

/** What follows a position, ready to be sent. */
export interface Batch {
  readonly to: Position;
  readonly bytes: Buffer;
  /** Nothing will ever follow. */
  readonly last: boolean;
}

/** Sends what happens to many who watch. */
export interface Channel {
  /** Sends what follows `from`, and goes on until it is over or `out` is closed. */
  join(out: Writable, from: Position): void;
  /** Something may have happened. */
  wake(): void;
  /** Tells those to whom nothing is sent that they are still connected, and lets go of those that have read nothing for long. */
  beat(): void;
  readonly watchers: number;
}

export interface ChannelOptions {
  /** What follows a position; `undefined`: nothing yet. The same whoever asks, so that it is asked once for all who are there. */
  readonly next: (from: Position) => Batch | undefined;
  /** The least time between two batches of those who are up to date. */
  readonly restMs: number;
  readonly onEmpty?: () => void;
}

/** Bytes of batches that are kept for those who come to the same position a little later. */
const KEPT_BYTES = 1024 * 1024;
/** Beats after which a watcher that takes nothing is let go: it comes back and goes on where it was. */
const PATIENCE = 8;

interface Watcher {
  readonly out: Writable;
  position: Position;
  /** Beats since it took something. */
  stuck: number;
}

/**
 * One source for all watchers: what those at the same position are sent is read and written out once. A watcher that is slow is asked
 * again when it has taken what it was sent, so that none is ahead of its reader by more than a batch.
 */
export function openChannel({ next, restMs, onEmpty = () => undefined }: ChannelOptions): Channel {
  const watchers = new Set<Watcher>();
  const batches = new Map<string, Batch>();
  let bytes = 0;
  let resting: NodeJS.Timeout | undefined;
  let wanted = false;

  function batchAfter(position: Position): Batch | undefined {
    const key = `${position.seq} ${position.revision}`;
    const kept = batches.get(key);
    if (kept !== undefined) return kept;
    const batch = next(position);
    if (batch === undefined) return undefined;
    batches.set(key, batch);
    bytes += batch.bytes.length;
    for (const [oldest, { bytes: own }] of batches) {
      if (bytes <= KEPT_BYTES) break;
      batches.delete(oldest);
      bytes -= own.length;
    }
    return batch;
  }

  function advance(watcher: Watcher): void {
    const { out } = watcher;
    while (watchers.has(watcher) && !out.writableNeedDrain) {
      const batch = batchAfter(watcher.position);
      if (batch === undefined) return;
      watcher.position = batch.to;
      watcher.stuck = 0;
      out.write(batch.bytes);
      if (batch.last) {
        leave(watcher);
        out.end();
      }
    }
  }

  function flush(): void {
    wanted = false;
    resting = setTimeout(() => {
      resting = undefined;
      if (wanted) flush();
    }, restMs);
    for (const watcher of watchers) advance(watcher);
  }

  function leave(watcher: Watcher): void {
    if (!watchers.delete(watcher) || watchers.size > 0) return;
    clearTimeout(resting);
    resting = undefined;
    onEmpty();
  }

  return {
    join(out, position) {
      const watcher: Watcher = { out, position, stuck: 0 };
      watchers.add(watcher);
      out.on("close", () => leave(watcher));
      // In a turn of its own: one who reads fast must not keep all others waiting.
      out.on("drain", () => setImmediate(advance, watcher));
      advance(watcher);
    },
    wake() {
      if (wanted || watchers.size === 0) return;
      wanted = true;
      if (resting === undefined) setImmediate(() => wanted && resting === undefined && flush());
    },
    beat() {
      for (const watcher of watchers) {
        if (!watcher.out.writableNeedDrain) watcher.out.write(":\n\n");
        else if (++watcher.stuck >= PATIENCE) watcher.out.destroy();
      }
    },
    get watchers() {
      return watchers.size;
    },
  };
}
