import { type Hasher, SEED } from "./hasher.ts";

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/** Murmur3 of 32 bits as Spark's `hash` computes it: the last one to three bytes of a text each go in as an integer, with their sign. */
export class Murmur3 implements Hasher {
  #hash = SEED;

  reset(): void {
    this.#hash = SEED;
  }

  int(value: number): void {
    this.#mix(value);
    this.#finish(4);
  }

  long(high: number, low: number): void {
    this.#mix(low);
    this.#mix(high);
    this.#finish(8);
  }

  bytes(value: Uint8Array): void {
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    let at = 0;
    for (; at + 4 <= value.length; at += 4) this.#mix(view.getInt32(at, true));
    for (; at < value.length; at++) this.#mix(view.getInt8(at));
    this.#finish(value.length);
  }

  result(): bigint {
    return BigInt(this.#hash | 0);
  }

  #mix(value: number): void {
    const scrambled = Math.imul(turned(Math.imul(value, C1), 15), C2);
    this.#hash = (Math.imul(turned(this.#hash ^ scrambled, 13), 5) + 0xe6546b64) | 0;
  }

  #finish(length: number): void {
    let hash = this.#hash ^ length;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    this.#hash = hash ^ (hash >>> 16);
  }
}

function turned(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
