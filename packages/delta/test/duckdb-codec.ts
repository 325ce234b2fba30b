import { rm, stat, writeFile } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { type CheckpointCodec, type Json, type JsonObject, parseJson, printJson } from "../src/index.ts";

/** A checkpoint codec over an engine in this process, for the tests of this package. */
export async function duckdbCodec(): Promise<CheckpointCodec & { close(): void }> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  return {
    read: async (path) => {
      const result = await connection.runAndReadAll(
        `SELECT to_json(r)::VARCHAR FROM read_parquet(${literal(path)}) r`,
      );
      return result.getRows().map(([text]) => printJson(withoutNulls(parseJson(String(text)))));
    },
    write: async (path, actions) => {
      const staged = `${path}.ndjson`;
      await writeFile(staged, actions.join("\n"));
      await connection.run(
        `COPY (SELECT * FROM read_json(${literal(staged)}, format = 'newline_delimited', columns = ${COLUMNS}, maximum_object_size = 100000000))
         TO ${literal(path)} (FORMAT parquet)`,
      );
      await rm(staged);
      return { sizeInBytes: (await stat(path)).size };
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Without the columns that are null and those that repeat others as structs; what is inside maps stays. */
function withoutNulls(row: Json): JsonObject {
  const kinds = Object.entries(row as JsonObject).filter(([, body]) => body !== null);
  return Object.fromEntries(kinds.map(([kind, body]) => [kind, present(body as JsonObject)]));
}

function present(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(([key, value]) => value !== null && !key.endsWith("_parsed")),
  );
}

const MAP = "MAP(VARCHAR, VARCHAR)";
const VECTOR =
  'STRUCT(storageType VARCHAR, pathOrInlineDv VARCHAR, "offset" INTEGER, sizeInBytes INTEGER, cardinality BIGINT)';
const ROW_IDS = "baseRowId BIGINT, defaultRowCommitVersion BIGINT";
const COLUMNS = `{
  txn: 'STRUCT(appId VARCHAR, version BIGINT, lastUpdated BIGINT)',
  add: 'STRUCT(path VARCHAR, partitionValues ${MAP}, size BIGINT, modificationTime BIGINT, dataChange BOOLEAN, stats VARCHAR, tags ${MAP}, deletionVector ${VECTOR}, ${ROW_IDS}, clusteringProvider VARCHAR)',
  remove: 'STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN, extendedFileMetadata BOOLEAN, partitionValues ${MAP}, size BIGINT, deletionVector ${VECTOR}, ${ROW_IDS})',
  metaData: 'STRUCT(id VARCHAR, name VARCHAR, description VARCHAR, format STRUCT(provider VARCHAR, options ${MAP}), schemaString VARCHAR, partitionColumns VARCHAR[], configuration ${MAP}, createdTime BIGINT)',
  protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER, readerFeatures VARCHAR[], writerFeatures VARCHAR[])',
  domainMetadata: 'STRUCT(domain VARCHAR, configuration VARCHAR, removed BOOLEAN)'
}`;

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
