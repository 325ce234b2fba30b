import { FAULTS, type Fault } from "./faults.ts";
import { pick } from "./random.ts";
import { CHANGES, type Change } from "./writers.ts";

/** How rough a round is. */
export interface Weather {
  readonly faults: readonly [Fault, ...Fault[]];
  readonly faultRate: number;
  readonly changes: readonly Change[];
  readonly changeRate: number;
  readonly runners: number;
  readonly killRate: number;
  readonly cancelRate: number;
}

export const CALM: Weather = {
  faults: FAULTS,
  faultRate: 0,
  changes: [],
  changeRate: 0,
  runners: 1,
  killRate: 0,
  cancelRate: 0,
};

export const PASSING = ["rate_limited", "unavailable", "lost_before", "lost_after", "gone_after"] as const;

/** Every kind of trouble has rounds of its own, in which it can be told what must come of it, and rounds with the others. */
export function weather(random: () => number): Weather {
  return pick(random, [
    { ...CALM, faults: PASSING, faultRate: 0.15 },
    { ...CALM, changes: CHANGES, changeRate: 0.1 },
    { ...CALM, killRate: 1 },
    { ...CALM, runners: 2 },
    { ...CALM, cancelRate: 1 },
    { ...CALM, faults: ["denied"], faultRate: 0.1 },
    {
      faults: FAULTS,
      faultRate: 0.1,
      changes: CHANGES,
      changeRate: 0.05,
      runners: 2,
      killRate: 0.5,
      cancelRate: 0.2,
    },
  ]);
}
