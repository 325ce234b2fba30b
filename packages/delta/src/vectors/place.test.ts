import { assert, property, uint8Array, uuid } from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeVectorPath, relativeVectorPath, vectorLocation } from "./place.ts";
import { decodeZ85, encodeZ85 } from "./z85.ts";

const vector = (storageType: "u" | "p" | "i", pathOrInlineDv: string) => ({
  storageType,
  pathOrInlineDv,
  sizeInBytes: 1,
  cardinality: 1,
});

describe("Z85", () => {
  test("encodes the example of its specification", () => {
    expect(encodeZ85(Uint8Array.of(0x86, 0x4f, 0xd2, 0x6f, 0xb5, 0x59, 0xf7, 0x5b))).toBe("HelloWorld");
  });

  test("gives every byte back", () => {
    assert(
      property(
        uint8Array({ maxLength: 60 }).filter((b) => b.length % 4 === 0),
        (bytes) => {
          expect(decodeZ85(encodeZ85(bytes))).toEqual(bytes);
        },
      ),
    );
  });

  test("takes bytes that are no multiple of four, padded as delta-kernel-rs pads them", () => {
    expect(decodeZ85("0rr91##093")).toEqual(Buffer.of(1, 0, 0, 0, 3, 0));
    expect(decodeZ85("###03")).toEqual(Buffer.of(3));
  });

  test.each(["Hell", "Hel~o", "#####", "###zz", "##00300000"])("%s is refused", (text) => {
    expect(() => decodeZ85(text)).toThrow(expect.objectContaining({ code: "DELTA_DELETION_VECTOR_INVALID" }));
  });
});

describe("the file of a deletion vector", () => {
  // The example of the protocol: section "Deletion Vector Descriptor Schema".
  test("lies where the protocol's example says", () => {
    const at = "ab/deletion_vector_d2c639aa-8816-431a-aaf6-d3fe2512ff61.bin";
    expect(relativeVectorPath(vector("u", "ab^-aqEH.-t@S}K{vb[*k^"))).toBe(at);
    expect(vectorLocation("/w/t", vector("u", "ab^-aqEH.-t@S}K{vb[*k^"))).toBe(`/w/t/${at}`);
    expect(vectorLocation("/w/t", vector("p", "file:///o/a%20b.bin"))).toBe("/o/a b.bin");
    expect(
      vectorLocation("/w/t", vector("i", "wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L")),
    ).toBeUndefined();
  });

  test("is found again from its uuid", () => {
    assert(
      property(uuid(), (id) => {
        const path = encodeVectorPath(id, "x9");
        expect(relativeVectorPath(vector("u", path))).toBe(`x9/deletion_vector_${id}.bin`);
      }),
    );
  });
});
