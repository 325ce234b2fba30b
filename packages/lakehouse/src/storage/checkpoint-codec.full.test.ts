import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "../engine/engine.ts";
import { openEngine } from "../engine/open-engine.ts";
import { checkpointCodec } from "./checkpoint-codec.ts";

const directory = mkdtempSync(join(tmpdir(), "clxs-codec-"));
let engine: Engine;
beforeAll(() => {
  engine = openEngine({ slots: 1, tempDirectory: directory, directories: [], memoryLimit: "500MB" });
});
afterAll(async () => {
  await engine.close();
  rmSync(directory, { recursive: true });
});

/** One of each kind, with what gets lost easily: 64-bit integers, null values of maps, absent structs, text that needs escapes. */
const actions = [
  '{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors","rowTracking"]}}',
  '{"metaData":{"id":"7c9f","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[]}","partitionColumns":["p"],"configuration":{"k":"it\'s \\"quoted\\" 😀"},"createdTime":1700000000000}}',
  '{"txn":{"appId":"app","version":12}}',
  '{"domainMetadata":{"domain":"delta.rowTracking","configuration":"{\\"rowIdHighWaterMark\\":9007199254740993}","removed":false}}',
  '{"add":{"path":"p=%25/a.parquet","partitionValues":{"p":null},"size":9007199254740993,"modificationTime":1,"dataChange":true,"stats":"{\\"numRecords\\":3}","deletionVector":{"storageType":"i","pathOrInlineDv":"x","sizeInBytes":40,"cardinality":6},"baseRowId":9223372036854775807,"defaultRowCommitVersion":4}}',
  '{"add":{"path":"b.parquet","partitionValues":{"p":""},"size":0,"modificationTime":2,"dataChange":false,"tags":{"t":null,"u":"v"}}}',
  '{"remove":{"path":"c.parquet","deletionTimestamp":5,"dataChange":true,"extendedFileMetadata":true,"partitionValues":{"p":"1"},"size":7}}',
];

test("what is written is read back, in order and to the digit", async () => {
  const codec = checkpointCodec({ engine, tempDirectory: directory, uuid: randomUUID });
  const path = join(directory, "it's a.checkpoint.parquet");
  const { sizeInBytes } = await codec.write(path, actions);
  expect(sizeInBytes).toBeGreaterThan(0);
  expect(await codec.read(path)).toEqual(actions);
  expect(readdirSync(directory)).toEqual(["it's a.checkpoint.parquet"]);
});

test("thousands of adds keep their order", async () => {
  const codec = checkpointCodec({ engine, tempDirectory: directory, uuid: randomUUID });
  const path = join(directory, "many.checkpoint.parquet");
  const many = Array.from(
    { length: 20_000 },
    (_, i) =>
      `{"add":{"path":"${i}","partitionValues":{},"size":${i},"modificationTime":1,"dataChange":true}}`,
  );
  await codec.write(path, many);
  expect(await codec.read(path)).toEqual(many);
});

test("a file that is no parquet is refused", async () => {
  const codec = checkpointCodec({ engine, tempDirectory: directory, uuid: randomUUID });
  await expect(codec.read(join(directory, "missing.parquet"))).rejects.toThrow("missing.parquet");
});

test("statistics that are columns only are given back as text, exactly and as the protocol spells them", async () => {
  const codec = checkpointCodec({ engine, tempDirectory: directory, uuid: randomUUID });
  const bounds = `{l: 9223372036854775807, d: 12345678901234567890.10::DECIMAL(22, 2), f: 'NaN'::DOUBLE, x: 1.5::FLOAT,
    "at": TIMESTAMPTZ '2024-01-31 12:00:00.123+00', fine: TIMESTAMPTZ '2024-01-31 12:00:00.123456+00', wall: TIMESTAMP '0001-01-01 00:00:00',
    day: DATE '2024-01-31', s: 'a"\\\n', x_parsed: 1, n: {e: 2}, none: NULL::INTEGER}`;
  const stats = `{numRecords: 9007199254740993, minValues: ${bounds}, maxValues: ${bounds}, nullCount: {l: 0}, tightBounds: true}`;
  const path = join(directory, "columns.checkpoint.parquet");
  await engine.query(`COPY (
    SELECT {path: 'a', size: 1, stats_parsed: ${stats}} AS add UNION ALL SELECT {path: 'b', size: 2, stats_parsed: NULL}
  ) TO '${path}' (FORMAT parquet)`);
  const read = await codec.read(path);
  const printed =
    '{"l":9223372036854775807,"d":12345678901234567890.10,"x":1.5,"at":"2024-01-31T12:00:00.123Z","fine":"2024-01-31T12:00:00.123456Z","wall":"0001-01-01T00:00:00.000","day":"2024-01-31","s":"a\\"\\\\\\n","x_parsed":1,"n":{"e":2}}';
  const expected = `{"numRecords":9007199254740993,"minValues":${printed},"maxValues":${printed},"nullCount":{"l":0},"tightBounds":true}`;
  expect(read).toEqual([
    `{"add":{"path":"a","size":1,"stats":${JSON.stringify(expected)}}}`,
    '{"add":{"path":"b","size":2}}',
  ]);
});

test("text and columns side by side: the text counts, the columns where there is none", async () => {
  const codec = checkpointCodec({ engine, tempDirectory: directory, uuid: randomUUID });
  const path = join(directory, "both.checkpoint.parquet");
  await engine.query(`COPY (
    SELECT {path: 'a', stats: '{"numRecords":1}', stats_parsed: {numRecords: 1}, partitionValues_parsed: {p: 1}} AS add
    UNION ALL SELECT {path: 'b', stats: NULL, stats_parsed: {numRecords: 2}, partitionValues_parsed: {p: 2}}
  ) TO '${path}' (FORMAT parquet)`);
  expect(await codec.read(path)).toEqual([
    '{"add":{"path":"a","stats":"{\\"numRecords\\":1}"}}',
    '{"add":{"path":"b","stats":"{\\"numRecords\\":2}"}}',
  ]);
});
