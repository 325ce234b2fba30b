/** Why a file is no Avro container that this reader knows. */
export class AvroError extends Error {
  override readonly name = "AvroError";
}

/** Where a decoder stands in some bytes. Every method throws AvroError when they end too early. */
export class Input {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** A value of a real file takes a byte or more; only made-up types have none, and could be repeated for ever. */
  #values: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#values = 10_000 + 64 * bytes.length;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Counts a value. Throws AvroError when there are more than the bytes can hold. */
  value(): void {
    this.#values -= 1;
    if (this.#values < 0) throw new AvroError("it has more values than bytes");
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new AvroError("it ends too early");
    this.#at += 1;
    return byte;
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (!(length >= 0 && end <= this.#bytes.length)) throw new AvroError("it ends too early");
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  view(length: number): DataView {
    const taken = this.take(length);
    return new DataView(taken.buffer, taken.byteOffset, length);
  }

  /** Seven bits a byte, lowest first; the sign is the lowest bit. */
  long(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
    }
    throw new AvroError("a number has more than ten bytes");
  }

  /** A count or a length. */
  size(): number {
    const size = Number(this.long());
    if (size < 0) throw new AvroError("a length is negative");
    return size;
  }

  text(): string {
    try {
      return UTF8.decode(this.take(this.size()));
    } catch (error) {
      if (error instanceof AvroError) throw error;
      throw new AvroError("a text is no UTF-8", { cause: error });
    }
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
