import { type Hasher, SEED } from "./hasher.ts";
import { U64 } from "./u64.ts";

const P1 = new U64().set(0x9e3779b1, 0x85ebca87);
const P2 = new U64().set(0xc2b2ae3d, 0x27d4eb4f);
const P3 = new U64().set(0x165667b1, 0x9e3779f9);
const P4 = new U64().set(0x85ebca77, 0xc2b2ae63);
const P5 = new U64().set(0x27d4eb2f, 0x165667c5);

/**
 * XXH64 as Spark's `xxhash64` computes it. Source: the xxHash specification, and Spark's XXH64 for integers, which are hashed as their 4
 * or 8 bytes in little-endian order.
 */
export class Xxhash64 implements Hasher {
  readonly #hash = new U64();
  readonly #word = new U64();
  readonly #lanes = [new U64(), new U64(), new U64(), new U64()] as const;

  constructor(seed: number = SEED) {
    this.#hash.set(0, seed);
  }

  reset(): void {
    this.#hash.set(0, SEED);
  }

  int(value: number): void {
    this.#hash.plus(P5).add(0, 4);
    this.#word32(value);
    this.#finish();
  }

  long(high: number, low: number): void {
    this.#hash.plus(P5).add(0, 8);
    this.#word64(high, low);
    this.#finish();
  }

  bytes(value: Uint8Array): void {
    let at = 0;
    if (value.length >= 32) at = this.#stripes(value);
    else this.#hash.plus(P5);
    this.#hash.add(0, value.length);
    for (; at + 8 <= value.length; at += 8) this.#word64(word(value, at + 4), word(value, at));
    if (at + 4 <= value.length) {
      this.#word32(word(value, at));
      at += 4;
    }
    for (; at < value.length; at++) {
      this.#word.set(0, value[at] ?? 0).times(P5);
      this.#mix().turn(11).times(P1);
    }
    this.#finish();
  }

  result(): bigint {
    return BigInt.asIntN(64, (BigInt(this.#hash.high) << 32n) | BigInt(this.#hash.low));
  }

  /** The 32-byte stripes of a long text; gives the place after them. */
  #stripes(value: Uint8Array): number {
    const [a, b, c, d] = this.#lanes;
    a.copy(this.#hash).plus(P1).plus(P2);
    b.copy(this.#hash).plus(P2);
    c.copy(this.#hash);
    d.copy(this.#hash)
      .add(~P1.high, ~P1.low >>> 0)
      .add(0, 1);
    let at = 0;
    for (; at + 32 <= value.length; at += 32)
      for (const [i, lane] of this.#lanes.entries()) {
        const place = at + i * 8;
        this.#word.set(word(value, place + 4), word(value, place)).times(P2);
        lane.plus(this.#word).turn(31).times(P1);
      }
    this.#merge();
    return at;
  }

  #merge(): void {
    this.#hash.set(0, 0);
    for (const [i, lane] of this.#lanes.entries())
      this.#hash.plus(this.#word.copy(lane).turn([1, 7, 12, 18][i] ?? 0));
    for (const lane of this.#lanes) {
      this.#word.copy(lane).times(P2).turn(31).times(P1);
      this.#mix().times(P1).plus(P4);
    }
  }

  #word64(high: number, low: number): void {
    this.#word.set(high, low).times(P2).turn(31).times(P1);
    this.#mix().turn(27).times(P1).plus(P4);
  }

  #word32(value: number): void {
    this.#word.set(0, value).times(P1);
    this.#mix().turn(23).times(P2).plus(P3);
  }

  #mix(): U64 {
    return this.#hash.xor(this.#word.high, this.#word.low);
  }

  #finish(): void {
    this.#hash.fold(33).times(P2).fold(29).times(P3).fold(32);
  }
}

/** Four bytes, lowest first. */
function word(value: Uint8Array, at: number): number {
  return (
    (value[at] ?? 0) |
    ((value[at + 1] ?? 0) << 8) |
    ((value[at + 2] ?? 0) << 16) |
    ((value[at + 3] ?? 0) << 24)
  );
}
