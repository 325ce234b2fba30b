import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { duckdbCodec } from "../../test/duckdb-codec.ts";
import { added, SCHEMA } from "../../test/memory-table.ts";
import { appendFiles, createTable, LocalStorage, openTable, rewriteFiles } from "../index.ts";

const root = mkdtempSync(join(tmpdir(), "clxs-checkpoint-"));
const codec = await duckdbCodec();
afterAll(() => {
  codec.close();
  rmSync(root, { recursive: true });
});
const open = () =>
  openTable({
    storage: new LocalStorage(),
    codec,
    root,
    now: Date.now,
    uuid: randomUUID,
    engineInfo: "test",
  });

test("a parquet checkpoint gives every kind of action back, to the digit", async () => {
  const table = open();
  await createTable(table, {
    schema: SCHEMA,
    partitionColumns: ["p"],
    properties: {
      "delta.enableRowTracking": "true",
      "delta.enableDeletionVectors": "true",
      "delta.checkpointInterval": "2",
      "k'": 'ü"',
    },
    domains: [{ domain: "delta.clustering", configuration: '{"clusteringColumns":[]}', removed: false }],
  });
  const stats = '{"numRecords":9007199254740993,"minValues":{"id":-9223372036854775808}}';
  const deletionVector = {
    storageType: "u",
    pathOrInlineDv: "ab^-aqEH.-t@S}K{vb[*k^",
    offset: 1,
    sizeInBytes: 34,
    cardinality: 2,
  } as const;
  const files = [
    added("p=1/a%2520b.parquet", { partitionValues: { p: "1" }, stats, tags: { t: "v" } }),
    added("p=__HIVE_DEFAULT_PARTITION__/c.parquet", { partitionValues: { p: null }, stats, deletionVector }),
  ];
  await appendFiles(table, {
    base: await table.snapshot(),
    files,
    transaction: { appId: "app", version: 3, lastUpdated: 4 },
  });
  const base = await table.snapshot();
  await rewriteFiles(table, {
    base,
    remove: [...base.files()].slice(0, 1),
    add: [added("d", { partitionValues: { p: "" }, stats })],
  });
  const before = await open().snapshot();
  for (const version of [0, 1]) rmSync(join(root, `_delta_log/0000000000000000000${version}.json`));
  expect(readdirSync(join(root, "_delta_log")).sort()).toEqual([
    "00000000000000000002.checkpoint.parquet",
    "00000000000000000002.json",
    "_last_checkpoint",
  ]);
  const after = await open().snapshot();
  const whole = ({ files, removedFiles, ...rest }: typeof after) => ({
    ...rest,
    files: [...files()],
    removedFiles: [...removedFiles()],
  });
  expect(whole(after)).toEqual(whole(before));
  expect([...after.files()][0]?.baseRowId).toBe(9007199254740993n);
});
