import { createHash, timingSafeEqual } from "node:crypto";

/** What is kept of a token or of a session's id. Both are random and long, so that nothing slower than SHA-256 is needed. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Whether two digests are the same, in a time that does not tell how much of them is. */
export function sameDigest(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
