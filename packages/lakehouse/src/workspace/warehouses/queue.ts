import { LakehouseError } from "../../errors.ts";

/** Statements that a warehouse lets wait at most, of all kinds. Source: SQL warehouse sizing and queuing. */
export const QUEUE_LIMIT = 1000;

export interface Queue {
  readonly running: number;
  readonly waiting: number;
  /**
   * Resolves when there is a slot, first come first served, with what gives it back. Rejects with WAREHOUSE_QUEUE_FULL, and with
   * ENGINE_CANCELED when the signal aborts first.
   */
  enter(signal: AbortSignal): Promise<() => void>;
  /** Lets in who may enter now: called when there are more slots than before. */
  admit(): void;
}

/** A queue before as many slots as `slots` says at the time; 0 lets nobody in. */
export function queueOf(slots: () => number): Queue {
  let running = 0;
  const waiting: (() => void)[] = [];

  const admit = () => {
    while (running < slots() && waiting.length > 0) waiting.shift()?.();
  };
  const leave = () => {
    running--;
    admit();
  };
  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting.length;
    },
    admit,
    enter: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(canceled());
        if (running >= slots() && waiting.length >= QUEUE_LIMIT) return reject(full());
        const forget = () => {
          waiting.splice(waiting.indexOf(enter), 1);
          reject(canceled());
        };
        const enter = () => {
          signal.removeEventListener("abort", forget);
          running++;
          resolve(once(leave));
        };
        signal.addEventListener("abort", forget, { once: true });
        waiting.push(enter);
        admit();
      }),
  };
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

function canceled(): LakehouseError {
  return new LakehouseError("ENGINE_CANCELED", "The statement was cancelled while it waited for a slot");
}

function full(): LakehouseError {
  return new LakehouseError(
    "WAREHOUSE_QUEUE_FULL",
    `The queue of the warehouse is full (${QUEUE_LIMIT} statements are waiting). Send this statement again later.`,
  );
}
