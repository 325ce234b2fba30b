import type { Clock } from "../run/run.ts";

/** How many steps may be under way, found by trying: one more after as many successes, half as many when the service asks for less. */
export interface Limiter {
  readonly limit: () => number;
  /** A step succeeded. */
  readonly eased: () => void;
  /** The service had too much to do. */
  readonly pressed: () => void;
}

/** Refusals within this time of the last halving are of requests that were under way then. */
const ONE_PRESSURE_MS = 1000;

/** Starts at `most` and never goes beyond it, nor below one. */
export function adaptiveLimiter(most: number, clock: Pick<Clock, "now">): Limiter {
  let room = most;
  let halvedAt = Number.NEGATIVE_INFINITY;
  return {
    limit: () => Math.max(1, Math.floor(room)),
    eased: () => {
      room = Math.min(most, room + 1 / room);
    },
    pressed: () => {
      if (clock.now() - halvedAt < ONE_PRESSURE_MS) return;
      halvedAt = clock.now();
      room = Math.max(1, room / 2);
    },
  };
}
