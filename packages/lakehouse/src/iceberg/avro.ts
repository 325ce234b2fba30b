import { inflateRawSync } from "node:zlib";

/** A decoded value: `int` as number, `long` as bigint, `bytes` and `fixed` as bytes. */
export type AvroValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly AvroValue[]
  | AvroRecord;

export interface AvroRecord {
  readonly [field: string]: AvroValue;
}

/** A value that stands for itself as text. Throws AvroError for lists, records and bytes. */
export function avroText(value: AvroValue | undefined): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      throw new AvroError("a text or number was expected");
  }
}

/** Why a file is no Avro container that this reader knows. */
export class AvroError extends Error {
  override readonly name = "AvroError";
}

const MAGIC = Uint8Array.of(0x4f, 0x62, 0x6a, 0x01);
const SYNC_BYTES = 16;

/**
 * The records of an Avro object container file, as Iceberg writes its manifests: uncompressed or deflated. Throws AvroError for anything
 * else. Source: Apache Avro specification 1.11, "Object Container Files".
 */
export function readAvro(bytes: Uint8Array): readonly AvroRecord[] {
  const input = new Input(bytes);
  if (!MAGIC.every((byte) => input.byte() === byte)) throw new AvroError("not an Avro file");
  const header = decode({ type: "map", values: "bytes" }, input, new Map()) as Record<string, Uint8Array>;
  const text = (key: string) => new TextDecoder().decode(header[key] ?? new Uint8Array());
  const schema = JSON.parse(text("avro.schema")) as Schema;
  const codec = text("avro.codec") || "null";
  if (codec !== "null" && codec !== "deflate")
    throw new AvroError(`the compression ${codec} of an Avro file is not supported`);
  input.take(SYNC_BYTES);
  const records: AvroRecord[] = [];
  while (!input.ended) {
    const count = Number(input.long());
    const block = input.take(Number(input.long()));
    const content = new Input(codec === "deflate" ? inflateRawSync(block) : block);
    const names = new Map<string, Schema>();
    for (let i = 0; i < count; i++) records.push(decode(schema, content, names) as AvroRecord);
    input.take(SYNC_BYTES);
  }
  return records;
}

type Schema = string | readonly Schema[] | Complex;

/** Which of the keys are there depends on the type. */
interface Complex {
  readonly type: Schema;
  readonly name?: string;
  readonly fields?: readonly { readonly name: string; readonly type: Schema }[];
  readonly items?: Schema;
  readonly values?: Schema;
  readonly size?: number;
  readonly symbols?: readonly string[];
}

/** `names` keeps the types that were defined so far, for those that name them again. */
function decode(schema: Schema, input: Input, names: Map<string, Schema>): AvroValue {
  if (typeof schema === "string") return primitive(schema, input, names);
  if (isUnion(schema)) {
    const branch = schema[Number(input.long())];
    if (branch === undefined) throw new AvroError("a union has no such branch");
    return decode(branch, input, names);
  }
  const { type, name, fields = [], items = "null", values = "null", size = 0, symbols = [] } = schema;
  if (name !== undefined) names.set(name, schema);
  switch (type) {
    case "record":
      return Object.fromEntries(fields.map((field) => [field.name, decode(field.type, input, names)]));
    case "array":
      return blocks(input, () => decode(items, input, names));
    case "map":
      return Object.fromEntries(blocks(input, () => [input.text(), decode(values, input, names)] as const));
    case "fixed":
      return input.take(size);
    case "enum":
      return symbols[Number(input.long())] ?? null;
    default:
      return decode(type, input, names);
  }
}

function isUnion(schema: Schema): schema is readonly Schema[] {
  return Array.isArray(schema);
}

function primitive(name: string, input: Input, names: Map<string, Schema>): AvroValue {
  switch (name) {
    case "null":
      return null;
    case "boolean":
      return input.byte() === 1;
    case "int":
      return Number(input.long());
    case "long":
      return input.long();
    case "float":
      return input.view(4).getFloat32(0, true);
    case "double":
      return input.view(8).getFloat64(0, true);
    case "bytes":
      return input.take(Number(input.long()));
    case "string":
      return input.text();
    default: {
      const named = names.get(name);
      if (named === undefined) throw new AvroError(`the type ${name} is not known`);
      return decode(named, input, names);
    }
  }
}

/** Arrays and maps come in blocks; a negative count is followed by the block's size. */
function blocks<T>(input: Input, item: () => T): T[] {
  const items: T[] = [];
  for (;;) {
    let count = Number(input.long());
    if (count === 0) return items;
    if (count < 0) {
      count = -count;
      input.long();
    }
    for (let i = 0; i < count; i++) items.push(item());
  }
}

/** Where a decoder stands. */
class Input {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new AvroError("the file ends too early");
    this.#at += 1;
    return byte;
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (length < 0 || end > this.#bytes.length) throw new AvroError("the file ends too early");
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
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
    }
  }

  text(): string {
    return new TextDecoder().decode(this.take(Number(this.long())));
  }
}
