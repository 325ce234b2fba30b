const deletionVector =
  'STRUCT("storageType" VARCHAR, "pathOrInlineDv" VARCHAR, "offset" INTEGER, "sizeInBytes" INTEGER, "cardinality" BIGINT)';
const rowTracking = '"baseRowId" BIGINT, "defaultRowCommitVersion" BIGINT';
const strings = "MAP(VARCHAR, VARCHAR)";

/** Action kinds of a classic V1 checkpoint as DuckDB types. Protocol: "Checkpoint Schema"; tombstones go without stats and tags. */
const kinds = {
  txn: '"appId" VARCHAR, "version" BIGINT, "lastUpdated" BIGINT',
  add: `"path" VARCHAR, "partitionValues" ${strings}, "size" BIGINT, "modificationTime" BIGINT, "dataChange" BOOLEAN, "stats" VARCHAR, "tags" ${strings}, "deletionVector" ${deletionVector}, ${rowTracking}, "clusteringProvider" VARCHAR`,
  remove: `"path" VARCHAR, "deletionTimestamp" BIGINT, "dataChange" BOOLEAN, "extendedFileMetadata" BOOLEAN, "partitionValues" ${strings}, "size" BIGINT, "deletionVector" ${deletionVector}, ${rowTracking}`,
  metaData: `"id" VARCHAR, "name" VARCHAR, "description" VARCHAR, "format" STRUCT("provider" VARCHAR, "options" ${strings}), "schemaString" VARCHAR, "partitionColumns" VARCHAR[], "configuration" ${strings}, "createdTime" BIGINT`,
  protocol:
    '"minReaderVersion" INTEGER, "minWriterVersion" INTEGER, "readerFeatures" VARCHAR[], "writerFeatures" VARCHAR[]',
  domainMetadata: '"domain" VARCHAR, "configuration" VARCHAR, "removed" BOOLEAN',
};

/** The `columns` argument of `read_ndjson` for the actions of a checkpoint, or of a sidecar: some kinds only. */
export function checkpointColumns(only: readonly string[] = Object.keys(kinds)): string {
  const columns = Object.entries(kinds).filter(([kind]) => only.includes(kind));
  return `{${columns.map(([kind, fields]) => `"${kind}": 'STRUCT(${fields})'`).join(", ")}}`;
}
