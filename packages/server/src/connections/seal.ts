import { createCipheriv, createDecipheriv } from "node:crypto";
import type { SecretKey } from "./secret-keys.ts";

/** What a sealed text belongs to. It opens only as part of the same thing: moved to another row or host, it does not. */
export type Binding = readonly (string | null)[];

const CIPHER = "aes-256-gcm";
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals a text under a key: `v1.<key id>.<nonce>.<sealed>`. A nonce of {@link NONCE_BYTES} is used once. */
export function seal(plain: string, { id, key }: SecretKey, about: Binding, nonce: Buffer): string {
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(JSON.stringify(about)));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return ["v1", id, nonce.toString("base64url"), sealed.toString("base64url")].join(".");
}

/** Id of the key that a sealed text was sealed with. */
export function keyIdOf(sealed: string): string {
  return sealed.split(".")[1] ?? "";
}

/** The text; `undefined` when none of the keys sealed it, or it was changed or belongs to something else. */
export function unseal(sealed: string, keys: readonly SecretKey[], about: Binding): string | undefined {
  const [version, id, nonce = "", body = ""] = sealed.split(".");
  const found = keys.find((each) => each.id === id);
  const bytes = Buffer.from(body, "base64url");
  if (version !== "v1" || found === undefined || bytes.length < TAG_BYTES) return undefined;
  try {
    const cipher = createDecipheriv(CIPHER, found.key, Buffer.from(nonce, "base64url"), {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(Buffer.from(JSON.stringify(about)));
    cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([cipher.update(bytes.subarray(0, -TAG_BYTES)), cipher.final()]).toString("utf8");
  } catch {
    // The one thing that the cipher tells by throwing: this is not what was sealed.
    return undefined;
  }
}
