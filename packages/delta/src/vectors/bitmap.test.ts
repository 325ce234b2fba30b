import { array, assert, integer, nat, oneof, property } from "fast-check";
import { RoaringBitmap32 } from "roaring-wasm";
import { describe, expect, test } from "vitest";
import { decodePositions, encodePositions } from "./bitmap.ts";

const MAGIC = [0xd1, 0xd3, 0x39, 0x64];
const sorted = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

/** The same format, written by the reference implementation of 32-bit bitmaps. */
function reference(values: readonly number[], optimise: boolean): Uint8Array {
  const bitmap = RoaringBitmap32.from(values);
  if (optimise) bitmap.runOptimize();
  const head = Buffer.from([...MAGIC, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const bytes = Buffer.concat([head, bitmap.serialize("portable")]);
  bitmap.dispose();
  return bytes;
}

/** Sparse positions, and runs long enough for every kind of container. */
const positions = array(
  oneof(
    nat(300_000).map((p) => [p]),
    integer({ min: 0, max: 300_000 }).map((p) =>
      Array.from({ length: 6000 }, (_, i) => p + i * (1 + (p % 2))),
    ),
  ),
  {
    maxLength: 6,
  },
).map((groups) => sorted(groups.flat()));

describe("bitmaps of deletion vectors", () => {
  test("are read as the reference implementation writes them, with and without runs", () => {
    assert(
      property(positions, (values) => {
        expect(decodePositions(reference(values, false))).toEqual(values);
        expect(decodePositions(reference(values, true))).toEqual(values);
      }),
      { numRuns: 30 },
    );
  });

  test("are written as the reference implementation writes them", () => {
    assert(
      property(
        positions.filter((values) => values.length > 0),
        (values) => {
          expect(Buffer.compare(encodePositions(values), reference(values, false))).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("hold positions above 32 bits", () => {
    const values = [0, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 5, 2 ** 53 - 1];
    expect(decodePositions(encodePositions(values))).toEqual(values);
    expect(decodePositions(encodePositions([]))).toEqual([]);
  });

  test("cut off anywhere are refused", () => {
    const bytes = encodePositions([1, 2, 70_000, ...Array.from({ length: 5000 }, (_, i) => 200_000 + i)]);
    for (let length = 0; length < bytes.length; length += 97) {
      expect(() => decodePositions(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ code: "DELTA_DELETION_VECTOR_INVALID" }),
      );
    }
    expect(() => decodePositions(bytes.with(0, 0))).toThrow(
      expect.objectContaining({ code: "DELTA_DELETION_VECTOR_INVALID" }),
    );
  });
});
