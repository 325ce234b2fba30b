import { createSecretKey, randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyIdOf, NONCE_BYTES, seal, unseal } from "./seal.ts";

const keyOf = (fill: number, id: string) => ({ id, key: createSecretKey(Buffer.alloc(32, fill)) });
const key = keyOf(1, "aaaaaaaa");
const about = ["prod", "https://x.example.com", "pat"];
const sealed = (text: string) => seal(text, key, about, randomBytes(NONCE_BYTES));

describe("a sealed text", () => {
  it("opens to what was sealed, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(unseal(sealed(text), [keyOf(2, "bbbbbbbb"), key], about)).toBe(text);
      }),
    );
  });

  it("says which key opens it, and nothing of what is inside", () => {
    const text = sealed("dapi-very-secret");
    expect(keyIdOf(text)).toBe("aaaaaaaa");
    expect(text).not.toContain("dapi");
    expect(sealed("dapi-very-secret")).not.toBe(text);
  });

  it("stays closed to another key under its id, to other owners, and when a character of it was changed", () => {
    const text = sealed("dapi-very-secret");
    expect(unseal(text, [keyOf(2, "aaaaaaaa")], about)).toBeUndefined();
    expect(unseal(text, [key], ["prod", "https://evil.example.com", "pat"])).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(text.length - 1), (at) => {
        const changed = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
        // The last character of base64 has bits that carry nothing.
        fc.pre(
          Buffer.from(changed.split(".")[3] ?? "", "base64url").compare(
            Buffer.from(text.split(".")[3] ?? "", "base64url"),
          ) !== 0 || at < text.lastIndexOf("."),
        );
        expect(unseal(changed, [key], about)).toBeUndefined();
      }),
    );
  });

  it.each(["", "v1", "v1.aaaaaaaa", "v1.aaaaaaaa..", "v2.aaaaaaaa.AAAA.AAAA", "v1.aaaaaaaa.AAAA.AAAA"])(
    "is not %j",
    (text) => {
      expect(unseal(text, [key], about)).toBeUndefined();
    },
  );
});
