import type { Clock } from "../run/run.ts";

/** Time that passes only when it is told to, and for one sleeper after the other. */
export interface VirtualClock extends Clock {
  /** Counts as somebody who works by this clock until it ends. */
  works<T>(work: () => Promise<T>): Promise<T>;
  /** Lets time pass until then. Whoever is due goes on, and time stands still until everybody sleeps again or has ended. */
  advance(until: number): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export function virtualClock(start: number): VirtualClock {
  let now = start;
  let awake = 0;
  let settled: (() => void)[] = [];
  const sleepers = new Set<Sleeper>();

  const goesToSleep = () => {
    awake--;
    if (awake > 0) return;
    for (const tell of settled) tell();
    settled = [];
  };
  const allAsleep = () =>
    awake === 0 ? Promise.resolve() : new Promise<void>((resolve) => settled.push(resolve));
  const next = (until: number) =>
    [...sleepers].filter((one) => one.until <= until).sort((a, b) => a.until - b.until)[0];

  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const wakes = (settle: () => void) => {
          sleepers.delete(sleeper);
          signal?.removeEventListener("abort", aborted);
          awake++;
          settle();
        };
        const sleeper: Sleeper = { until: now + milliseconds, wake: () => wakes(resolve) };
        const aborted = () => wakes(() => reject(new Error("The sleep was ended.")));
        sleepers.add(sleeper);
        signal?.addEventListener("abort", aborted, { once: true });
        goesToSleep();
        if (signal?.aborted) aborted();
      }),
    async works(work) {
      awake++;
      try {
        return await work();
      } finally {
        goesToSleep();
      }
    },
    async advance(until) {
      await allAsleep();
      for (let due = next(until); due !== undefined; due = next(until)) {
        now = Math.max(now, due.until);
        due.wake();
        await allAsleep();
      }
      now = Math.max(now, until);
    },
  };
}
