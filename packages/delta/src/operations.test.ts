import { describe, expect, test } from "vitest";
import { added, memoryTable, SCHEMA } from "../test/memory-table.ts";
import { createTable, overwriteTable, rewriteFiles, setMetadata } from "./index.ts";

const CLUSTERING = {
  domain: "delta.clustering",
  configuration: '{"clusteringColumns":[["id"]],"domainName":"delta.clustering"}',
  removed: false,
};

describe("a table that is replaced", () => {
  test("is clustered no more unless its new definition says so", async () => {
    const table = memoryTable();
    await createTable(table, { schema: SCHEMA, domains: [CLUSTERING] });
    const replace = async (domains: readonly (typeof CLUSTERING)[]) =>
      overwriteTable(table, {
        base: await table.snapshot(),
        files: [],
        definition: { schema: SCHEMA, domains },
      });
    await replace([CLUSTERING]);
    expect([...(await table.snapshot()).domainMetadata.keys()]).toEqual(["delta.clustering"]);
    await replace([]);
    expect([...(await table.snapshot()).domainMetadata.keys()]).toEqual([]);
  });
});

test("an append-only table keeps its rows, however the property's value is spelled", async () => {
  const table = memoryTable();
  await createTable(table, {
    schema: SCHEMA,
    files: [added("a")],
    properties: { "delta.appendOnly": "TRUE" },
  });
  const base = await table.snapshot();
  await expect(rewriteFiles(table, { base, remove: [...base.files()], add: [] })).rejects.toMatchObject({
    code: "DELTA_CANNOT_MODIFY_APPEND_ONLY",
  });
});

test("in-commit timestamps are on, however the property's value is spelled", async () => {
  const table = memoryTable();
  await createTable(table, { schema: SCHEMA, properties: { "delta.enableInCommitTimestamps": "TRUE" } });
  const [commit] = (
    await table.environment.storage.readText("/w/t/_delta_log/00000000000000000000.json")
  ).split("\n");
  expect(JSON.parse(commit ?? "")).toHaveProperty("commitInfo.inCommitTimestamp");
});

test("protocol versions that a property asks for are had, and not stored", async () => {
  const table = memoryTable();
  const properties = { "delta.enableInCommitTimestamps": "false" };
  await createTable(table, { schema: SCHEMA, properties });
  await setMetadata(table, {
    base: await table.snapshot(),
    definition: {
      schema: SCHEMA,
      properties: { ...properties, "delta.minReaderVersion": "2", "delta.minWriterVersion": "5" },
    },
    operation: "SET TBLPROPERTIES",
  });
  const { protocol, metadata } = await table.snapshot();
  expect(protocol).toEqual({ minReaderVersion: 2, minWriterVersion: 5 });
  expect(metadata.configuration).toEqual(properties);
});
