import type { HeldUp } from "@clone-xs/unity";
import type { Clock } from "../run/run.ts";

/**
 * How many steps may be under way, found by trying: one more after as many successes, half as many when the service refuses for now, one
 * less when it lets statements wait.
 */
export interface Limiter {
  readonly limit: () => number;
  /** A step succeeded. */
  readonly eased: () => void;
  /** The service had too much to do. */
  readonly pressed: (why: HeldUp) => void;
}

/** What comes within this time of the last change is of requests that were under way then. */
const ONE_PRESSURE_MS = 1000;

/** Starts at `most` and never goes beyond it, nor below one. */
export function adaptiveLimiter(most: number, clock: Pick<Clock, "now">): Limiter {
  let room = most;
  // A warehouse that starts lets everything wait, and has room for it afterwards.
  const leastForQueue = Math.ceil(most / 2);
  let changedAt = Number.NEGATIVE_INFINITY;
  return {
    limit: () => Math.max(1, Math.floor(room)),
    eased: () => {
      room = Math.min(most, room + 1 / room);
    },
    pressed: (why) => {
      if (clock.now() - changedAt < ONE_PRESSURE_MS) return;
      changedAt = clock.now();
      room = why === "throttled" ? Math.max(1, room / 2) : Math.max(Math.min(room, leastForQueue), room - 1);
    },
  };
}
