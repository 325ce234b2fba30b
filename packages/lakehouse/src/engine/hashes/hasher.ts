/**
 * A hash in progress, as Spark's hash expressions carry it from value to value: each value is hashed with what came out of the one
 * before as its seed. NULL leaves it as it is.
 */
export interface Hasher {
  /** Begins anew with the seed of Spark's functions. */
  reset(): void;
  int(value: number): void;
  /** The high and the low half of 64 bits. */
  long(high: number, low: number): void;
  bytes(value: Uint8Array): void;
  /** What has come out so far, as a signed integer. */
  result(): bigint;
}

/** Spark's seed of `hash` and `xxhash64`. */
export const SEED = 42;
