export * from "./actions.ts";
export type { CloneMetrics, CloneRequest, CloneResult } from "./clone/clone.ts";
export type { CheckpointCodec } from "./codec.ts";
export type { CommitRequest, CommitResult, ReadSet } from "./commit/request.ts";
export { DeltaError, type DeltaErrorCode } from "./errors.ts";
export { exactNumber, type ExactNumber, type Json, type JsonObject, parseJson, printJson } from "./json.ts";
export type { HistoryEntry } from "./log/history.ts";
export type {
  ArrayType,
  DataType,
  DecimalType,
  MapType,
  PrimitiveType,
  StructField,
  StructType,
} from "./schema/types.ts";
export type { LiveFile, Snapshot, TableMetadata } from "./snapshot.ts";
export type { ByteRange, FileCopy, FileStat, Storage, StorageEntry } from "./storage/storage.ts";
export type { At, DeltaTable, TableEnvironment } from "./table.ts";
// Functions to come, in this order, with these signatures:
//   openTable(options: TableEnvironment & { root: string }): DeltaTable
//   new LocalStorage(), new MemoryStorage({ now })
//   parseSchema(schemaString): StructType; printSchema(schema): string; typeText(type): string; fieldFacts(field): FieldFacts
//   createTable(table, { schema, partitionColumns, properties, description?, operation?, … }): Promise<CommitResult>
//   appendFiles, overwriteTable, rewriteFiles, setMetadata (table, …): Promise<CommitResult>
//   fileStats({ schema, numRecords, columns }): string     stats JSON from DuckDB's RETURN_STATS text
//   dataFileName, partitionDirectory, encodePath, decodePath
//   readDeletionVector(storage, root, dv): Promise<readonly number[]>
//   deepClone(request: CloneRequest), shallowClone(request): Promise<CloneResult>
