import { inflateRawSync } from "node:zlib";
import { AvroError, Input } from "./avro-input.ts";
import { type AvroRecord, avroDecoder, type AvroValue } from "./avro-values.ts";

const MAGIC = Uint8Array.of(0x4f, 0x62, 0x6a, 0x01);
const SYNC_BYTES = 16;
/** What one block may hold when it is unpacked: writers make blocks of kilobytes, the most careless of a whole manifest. */
const MOST_BLOCK_BYTES = 256 * 1024 * 1024;

/**
 * The records of an Avro object container file, as Iceberg writes its manifests: uncompressed or deflated. Throws AvroError for anything
 * else, whatever the bytes are, and stops at what no file of this size can hold. A file that was cut between two blocks is a whole file to
 * Avro: who knows the number of records compares it. Source: Apache Avro specification 1.11, "Object Container Files".
 */
export function readAvro(bytes: Uint8Array): readonly AvroRecord[] {
  const input = new Input(bytes);
  if (!MAGIC.every((byte) => input.byte() === byte)) throw new AvroError("it is no Avro file");
  const { schema, codec } = header(input);
  const decode = avroDecoder(schema);
  const sync = input.take(SYNC_BYTES);
  const records: AvroRecord[] = [];
  while (!input.ended) {
    const count = input.size();
    const content = new Input(unpacked(input.take(input.size()), codec));
    for (let i = 0; i < count; i++) records.push(asRecord(decode(content, 0)));
    if (!content.ended) throw new AvroError("a block has more bytes than its records");
    if (!input.take(SYNC_BYTES).every((byte, i) => byte === sync[i]))
      throw new AvroError("a block does not end with the file's marker");
  }
  return records;
}

function header(input: Input): { readonly schema: unknown; readonly codec: string } {
  const entries = asRecord(avroDecoder({ type: "map", values: "bytes" })(input, 0));
  const text = (key: string) => {
    const value = entries[key];
    return value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
  };
  try {
    return { schema: JSON.parse(text("avro.schema")), codec: text("avro.codec") || "null" };
  } catch (error) {
    throw new AvroError("its schema is no JSON", { cause: error });
  }
}

function unpacked(block: Uint8Array, codec: string): Uint8Array {
  if (codec === "null") return block;
  if (codec !== "deflate") throw new AvroError(`the compression ${codec} of an Avro file is not supported`);
  try {
    return inflateRawSync(block, { maxOutputLength: MOST_BLOCK_BYTES });
  } catch (error) {
    throw new AvroError("a block cannot be unpacked", { cause: error });
  }
}

function asRecord(value: AvroValue): AvroRecord {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || Array.isArray(value))
    throw new AvroError("its entries are no records");
  return value as AvroRecord;
}
