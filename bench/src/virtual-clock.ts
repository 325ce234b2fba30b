import type { Clock } from "@clone-xs/clone";

/** A clock that jumps to the next moment that somebody sleeps until whenever nothing else goes on. */
export interface VirtualClock extends Clock {
  every(milliseconds: number, work: () => void): () => void;
  /** Time stands still until the work is done. */
  doing<T>(work: () => Promise<T>): Promise<T>;
}

interface Sleeper {
  until: number;
  readonly wake: () => void;
}

export function virtualClock(): VirtualClock {
  let time = Date.parse("2026-01-01T00:00:00Z");
  let busy = 0;
  let looking = false;
  const sleepers = new Set<Sleeper>();

  /** Everything that can go on at this moment goes on first. */
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    for (let rounds = 0; rounds < 3; rounds += 1) await new Promise((resolve) => setImmediate(resolve));
    looking = false;
    if (busy > 0 || sleepers.size === 0) return;
    time = Math.max(time, Math.min(...[...sleepers].map(({ until }) => until)));
    for (const sleeper of sleepers) {
      if (sleeper.until > time) continue;
      sleepers.delete(sleeper);
      sleeper.wake();
    }
    void look();
  };

  return {
    now: () => time,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const abort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        const wake = () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        };
        const sleeper = { until: time + milliseconds, wake };
        if (signal?.aborted) return abort();
        signal?.addEventListener("abort", abort, { once: true });
        sleepers.add(sleeper);
        void look();
      }),
    every(milliseconds, work) {
      const sleeper: Sleeper = {
        until: time + milliseconds,
        wake: () => {
          sleeper.until = time + milliseconds;
          sleepers.add(sleeper);
          work();
        },
      };
      sleepers.add(sleeper);
      return () => void sleepers.delete(sleeper);
    },
    async doing(work) {
      busy += 1;
      try {
        return await work();
      } finally {
        busy -= 1;
        void look();
      }
    },
  };
}
