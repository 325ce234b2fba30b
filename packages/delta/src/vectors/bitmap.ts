import { DeltaError } from "../errors.ts";

/**
 * Row positions as a portable 64-bit Roaring bitmap behind Delta's magic number: a count of 32-bit bitmaps (8
 * bytes), then each with its high word (4 bytes) in the portable 32-bit format. All little-endian. Sources:
 * Delta protocol "Deletion Vector Format"; RoaringFormatSpec of the Roaring project.
 */
const MAGIC = 1_681_511_377;
const COOKIE = 12_347;
const COOKIE_WITHOUT_RUNS = 12_346;
const ARRAY_MAX = 4096;
const BITMAP_BYTES = 8192;
/** From this many containers on, a bitmap with runs has an offset header too. */
const OFFSETS_FROM = 4;

/**
 * Decodes positions in ascending order. Throws DELTA_DELETION_VECTOR_INVALID for another format or a
 * truncated one.
 */
export function decodePositions(payload: Uint8Array): readonly number[] {
  const reader = new Reader(payload);
  try {
    return decode(reader);
  } catch (cause) {
    if (cause instanceof RangeError) throw invalid("is truncated", cause);
    throw cause;
  }
}

function decode(reader: Reader): readonly number[] {
  if (reader.u32() !== MAGIC) throw invalid("does not begin with the magic number");
  const positions: number[] = [];
  const bitmaps = reader.u64();
  for (let i = 0; i < bitmaps; i++) {
    const high = reader.u32();
    if (high > 0x1f_ffff) throw invalid("has positions above 2^53");
    decode32(reader, high * 2 ** 32, positions);
  }
  return positions;
}

function decode32(reader: Reader, base: number, positions: number[]): void {
  const cookie = reader.u32();
  const hasRuns = (cookie & 0xffff) === COOKIE;
  if (!hasRuns && cookie !== COOKIE_WITHOUT_RUNS) throw invalid("has an unknown cookie");
  const count = hasRuns ? (cookie >>> 16) + 1 : reader.u32();
  if (count > 0x1_0000) throw invalid("has too many containers");
  const runs = hasRuns ? reader.bytes(Math.ceil(count / 8)) : undefined;
  const headers = Array.from({ length: count }, () => ({ key: reader.u16(), cardinality: reader.u16() + 1 }));
  if (!hasRuns || count >= OFFSETS_FROM) reader.bytes(4 * count);
  headers.forEach(({ key, cardinality }, i) => {
    const start = base + key * 0x1_0000;
    const isRun = (((runs?.[i >> 3] ?? 0) >> (i & 7)) & 1) === 1;
    if (isRun) decodeRuns(reader, start, positions);
    else if (cardinality > ARRAY_MAX) decodeBits(reader, start, positions);
    else for (let n = 0; n < cardinality; n++) positions.push(start + reader.u16());
  });
}

function decodeRuns(reader: Reader, start: number, positions: number[]): void {
  for (let runs = reader.u16(); runs > 0; runs--) {
    const first = start + reader.u16();
    const last = first + reader.u16();
    for (let position = first; position <= last; position++) positions.push(position);
  }
}

function decodeBits(reader: Reader, start: number, positions: number[]): void {
  reader.bytes(BITMAP_BYTES).forEach((byte, i) => {
    for (let bit = 0; bit < 8; bit++) if (((byte >> bit) & 1) === 1) positions.push(start + i * 8 + bit);
  });
}

class Reader {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  u64(): number {
    return Number(this.#view.getBigUint64(this.#step(8), true));
  }

  bytes(length: number): Uint8Array {
    const at = this.#step(length);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + at, length);
  }

  #step(length: number): number {
    const at = this.#at;
    if (at + length > this.#view.byteLength) throw new RangeError("end of bitmap");
    this.#at += length;
    return at;
  }
}

/** Encodes distinct positions given in ascending order, each below 2^53. */
export function encodePositions(positions: readonly number[]): Uint8Array {
  const highs = groupBy(positions, (p) => Math.floor(p / 2 ** 32));
  const parts = [u32(MAGIC), u64(highs.length)];
  for (const [high, group] of highs) parts.push(u32(high), ...encode32(group.map((p) => p % 2 ** 32)));
  return Buffer.concat(parts);
}

function encode32(values: readonly number[]): readonly Uint8Array[] {
  const containers = groupBy(values, (v) => v >>> 16).map(([key, group]) => ({
    key,
    bytes: container(group),
    cardinality: group.length,
  }));
  const headers = containers.flatMap(({ key, cardinality }) => [u16(key), u16(cardinality - 1)]);
  let offset = 8 + 8 * containers.length;
  const offsets = containers.map(({ bytes }) => {
    const at = offset;
    offset += bytes.length;
    return u32(at);
  });
  return [
    u32(COOKIE_WITHOUT_RUNS),
    u32(containers.length),
    ...headers,
    ...offsets,
    ...containers.map((c) => c.bytes),
  ];
}

function container(values: readonly number[]): Uint8Array {
  if (values.length <= ARRAY_MAX) return lowWords(values);
  const bits = Buffer.alloc(BITMAP_BYTES);
  for (const value of values) {
    const low = value & 0xffff;
    bits[low >> 3] = (bits[low >> 3] ?? 0) | (1 << (low & 7));
  }
  return bits;
}

/** In one buffer: a buffer for each value takes most of the time of writing a vector. */
function lowWords(values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt16LE(value & 0xffff, 2 * i);
  return bytes;
}

function groupBy(values: readonly number[], keyOf: (value: number) => number): [number, number[]][] {
  const groups: [number, number[]][] = [];
  for (const value of values) {
    const key = keyOf(value);
    const last = groups.at(-1);
    if (last !== undefined && last[0] === key) last[1].push(value);
    else groups.push([key, [value]]);
  }
  return groups;
}

function u16(value: number): Uint8Array {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function invalid(why: string, cause?: unknown): DeltaError {
  return new DeltaError("DELTA_DELETION_VECTOR_INVALID", `The deletion vector ${why}`, { cause });
}
