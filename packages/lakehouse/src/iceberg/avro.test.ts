import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AvroError } from "./avro-input.ts";
import { readAvro } from "./avro.ts";

const SYNC = Buffer.alloc(16, 7);

function long(value: number | bigint): Buffer {
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  const bytes: number[] = [];
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

const text = (value: string) => Buffer.concat([long(Buffer.byteLength(value)), Buffer.from(value)]);

interface Block {
  readonly count: number | bigint;
  readonly content: Uint8Array;
}

function avro(schema: unknown, blocks: readonly Block[], codec = "null"): Buffer {
  const head = [
    Buffer.from("Obj\x01"),
    long(2),
    text("avro.schema"),
    text(typeof schema === "string" ? schema : JSON.stringify(schema)),
  ];
  const body = blocks.flatMap(({ count, content }) => {
    const packed = codec === "deflate" ? deflateRawSync(content) : content;
    return [long(count), long(packed.length), packed, SYNC];
  });
  return Buffer.concat([...head, text("avro.codec"), text(codec), long(0), SYNC, ...body]);
}

const record = (...fields: readonly (readonly [name: string, type: unknown])[]) => ({
  type: "record",
  name: "r",
  fields: fields.map(([name, type]) => ({ name, type })),
});

const PLAIN = record(["id", "long"], ["name", ["null", "string"]]);
const ROWS = [
  Buffer.concat([long(1), long(1), text("a")]),
  Buffer.concat([long(-9_223_372_036_854_775_808n), long(0)]),
];

describe("an Avro file", () => {
  test.each(["null", "deflate"])("packed by %s gives its records", (codec) => {
    const bytes = avro(PLAIN, [{ count: 2, content: Buffer.concat(ROWS) }], codec);
    expect(readAvro(bytes)).toEqual([
      { id: 1n, name: "a" },
      { id: -9_223_372_036_854_775_808n, name: null },
    ]);
  });

  test.each([
    [
      "records without bytes, more than can be counted",
      avro(record(), [{ count: 2n ** 62n, content: Buffer.alloc(0) }]),
    ],
    [
      "a list of nothing, more than can be counted",
      avro(record(["a", { type: "array", items: "null" }]), [
        { count: 1, content: Buffer.concat([long(2n ** 62n), long(0)]) },
      ]),
    ],
    ["a type that contains itself", avro(record(["a", "r"]), [{ count: 1, content: Buffer.alloc(0) }])],
    ["a number without an end", avro(PLAIN, [{ count: 1, content: Buffer.alloc(100_000, 0xff) }])],
    ["a schema that is no JSON", avro("{", [])],
    ["a schema that is none", avro("7", [])],
    ["a record without fields", avro({ type: "record", name: "r" }, [])],
    ["a schema that nests without end", avro(JSON.stringify(nest(1000)), [])],
    ["a length below zero", avro(record(["a", "bytes"]), [{ count: 1, content: long(-5) }])],
    ["a compression that nobody has", avro(PLAIN, [{ count: 0, content: Buffer.alloc(0) }], "lzo")],
    ["more bytes than its records", avro(PLAIN, [{ count: 1, content: Buffer.concat(ROWS) }])],
    [
      "a text that is no UTF-8",
      avro(record(["a", "string"]), [{ count: 1, content: Buffer.from([2, 0xff]) }]),
    ],
    [
      "another marker after a block",
      Buffer.concat([
        avro(PLAIN, [{ count: 2, content: Buffer.concat(ROWS) }]).subarray(0, -16),
        Buffer.alloc(16),
      ]),
    ],
    [
      "a block that unpacks to more than anybody writes",
      avro(record(["a", "bytes"]), [{ count: 1, content: Buffer.alloc(257 * 1024 * 1024) }], "deflate"),
    ],
  ])("with %s is refused", (_, bytes) => {
    expect(() => readAvro(bytes)).toThrow(AvroError);
  });

  test("cut anywhere but between blocks is refused, and any bit of it may flip without another kind of error", () => {
    const bytes = avro(
      PLAIN,
      ROWS.map((content) => ({ count: 1, content })),
      "deflate",
    );
    const ends = new Set([
      bytes.length,
      avro(PLAIN, [], "deflate").length,
      avro(PLAIN, [{ count: 1, content: ROWS[0] ?? SYNC }], "deflate").length,
    ]);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), fc.boolean(), (at, bit, isCut) => {
        const damaged = isCut ? bytes.subarray(0, at) : Buffer.from(bytes);
        if (!isCut) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        if (isCut && !ends.has(at)) expect(() => readAvro(damaged)).toThrow(AvroError);
        else expect([AvroError, Array]).toContain(outcome(damaged).constructor);
      }),
      { numRuns: 2000 },
    );
  });
});

function outcome(bytes: Uint8Array): object {
  try {
    return readAvro(bytes);
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

function nest(depth: number): unknown {
  let type: unknown = "null";
  for (let i = 0; i < depth; i++) type = { type: "array", items: type };
  return type;
}
