import { DeltaError } from "../errors.ts";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

/** Z85 (ZeroMQ RFC 32): four bytes as five printable characters. The length must be a multiple of four. */
export function encodeZ85(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let i = 0; i < bytes.length; i += 4) {
    let value = view.getUint32(i);
    let group = "";
    for (let digit = 0; digit < 5; digit++) {
      group = ALPHABET.charAt(value % 85) + group;
      value = Math.floor(value / 85);
    }
    text += group;
  }
  return text;
}

/**
 * Undoes {@link encodeZ85}. Bytes that are no multiple of four may also come padded, as delta-kernel-rs writes them: no group of four bytes
 * begins with the highest digit, so that as many of them in front of the last group say how many bytes it lacks. Throws
 * DELTA_DELETION_VECTOR_INVALID.
 */
export function decodeZ85(text: string): Uint8Array {
  if (text.length % 5 !== 0) throw invalid(text);
  const lacking = /^#{0,3}/.exec(text.slice(-5))?.[0].length ?? 0;
  if (lacking > 0) {
    const last = decodeZ85("0".repeat(lacking) + text.slice(lacking - 5));
    if (last.subarray(0, lacking).some((byte) => byte !== 0)) throw invalid(text);
    return Buffer.concat([decodeZ85(text.slice(0, -5)), last.subarray(lacking)]);
  }
  const view = new DataView(new ArrayBuffer((text.length / 5) * 4));
  for (let group = 0; group < text.length / 5; group++) {
    let value = 0;
    for (const c of text.slice(group * 5, group * 5 + 5)) {
      const digit = ALPHABET.indexOf(c);
      if (digit < 0) throw invalid(text);
      value = value * 85 + digit;
    }
    if (value > 0xffff_ffff) throw invalid(text);
    view.setUint32(group * 4, value);
  }
  return new Uint8Array(view.buffer);
}

function invalid(text: string): DeltaError {
  return new DeltaError("DELTA_DELETION_VECTOR_INVALID", `${JSON.stringify(text)} is not Z85`);
}
