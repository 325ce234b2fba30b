import type { AvroValue } from "./avro-values.ts";

/** `2026-01-31 12:00:00.000001` of microseconds since 1970. */
export function momentText(micros: bigint): string {
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const millis = (micros - rest) / 1000n;
  const text = new Date(Number(millis)).toISOString().slice(0, 19).replace("T", " ");
  return `${text}.${rest.toString().padStart(6, "0")}`;
}

/** `2026-01-31` of days since 1970. */
export function dateText(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** Signed bytes, highest first. */
export function unscaled(value: AvroValue): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as bigint | number);
  const hex = Buffer.from(value).toString("hex");
  return BigInt.asIntN(value.length * 8, BigInt(`0x${hex || "0"}`));
}

export function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Sixteen bytes as `f79c3e09-677c-4bbd-a479-3f349cb785e7`. */
export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
