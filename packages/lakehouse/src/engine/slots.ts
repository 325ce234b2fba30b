import { LakehouseError } from "../errors.ts";

export interface Slots {
  /** Runs `work` when a slot is free, first come first served. An abort while waiting rejects with ENGINE_CANCELED and runs nothing. */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function slotsOf(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];

  const acquire = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted === true) return reject(canceled());
      if (free > 0) {
        free--;
        return resolve();
      }
      const admit = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(admit), 1);
        reject(canceled());
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.push(admit);
    });

  const release = () => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };

  return {
    async run(work, signal) {
      await acquire(signal);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}

function canceled(): LakehouseError {
  return new LakehouseError("ENGINE_CANCELED", "The query was cancelled while it waited for a slot");
}
