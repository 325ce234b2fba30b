/** Numbers that look random and are the same on every machine: a 32-bit generator, seeded by a number and a name. */
export interface Dice {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  /** From `low` to `high`, both possible. */
  between(low: number, high: number): number;
  /** One of the values; there must be one. */
  pick<T>(values: readonly T[]): T;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
}

/** Mulberry32 over an FNV-1a hash of the name: one independent sequence per table. */
export function dice(seed: number, name: string): Dice {
  let state = fnv1a(`${seed}/${name}`);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (values) => values[below(values.length)] as (typeof values)[number],
    chance: (percent) => below(100) < percent,
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}
