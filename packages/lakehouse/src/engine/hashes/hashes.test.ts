import { describe, expect, test } from "vitest";
import { Murmur3 } from "./murmur3.ts";
import { twosComplement } from "./values.ts";
import { Xxhash64 } from "./xxhash64.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const unsigned = (hash: bigint) => BigInt.asUintN(64, hash).toString(16).padStart(16, "0");

describe("XXH64", () => {
  /** Published vectors of the reference implementation, seed 0. */
  test.each([
    ["", "ef46db3751d8e999"],
    ["a", "d24ec4f1a98c6e5b"],
    ["abc", "44bc2cf5ad770999"],
    ["Nobody inspects the spammish repetition", "fbcea83c8a378bf1"],
  ])("of %j", (text, expected) => {
    const hasher = new Xxhash64(0);
    hasher.bytes(bytes(text));
    expect(unsigned(hasher.result())).toBe(expected);
  });

  test("of integers is that of their bytes", () => {
    const words = Uint8Array.of(0x78, 0x56, 0x34, 0x92, 0xf0, 0xde, 0xbc, 0x9a);
    const [asLong, asBytes, asInt, ofFour] = [new Xxhash64(), new Xxhash64(), new Xxhash64(), new Xxhash64()];
    asLong.long(0x9abcdef0 | 0, 0x92345678 | 0);
    asBytes.bytes(words);
    asInt.int(0x92345678 | 0);
    ofFour.bytes(words.subarray(0, 4));
    expect(asLong.result()).toBe(asBytes.result());
    expect(asInt.result()).toBe(ofFour.result());
  });

  test("goes from value to value, as Spark's documentation shows it for 'Spark', array(123), 2", () => {
    const hasher = new Xxhash64();
    hasher.bytes(bytes("Spark"));
    hasher.int(123);
    hasher.int(2);
    expect(hasher.result()).toBe(5602566077635097486n);
  });
});

describe("Murmur3", () => {
  test("goes from value to value, as Spark's documentation shows it for 'Spark', array(123), 2", () => {
    const hasher = new Murmur3();
    hasher.bytes(bytes("Spark"));
    hasher.int(123);
    hasher.int(2);
    expect(hasher.result()).toBe(-1321691492n);
  });
});

test.each([
  [0n, [0]],
  [127n, [127]],
  [128n, [0, 128]],
  [-1n, [255]],
  [-129n, [255, 127]],
  [10n ** 20n, [5, 107, 199, 94, 45, 99, 16, 0, 0]],
])("%s in the fewest bytes, as Java has it", (value, expected) => {
  expect([...twosComplement(value)]).toEqual(expected);
});
