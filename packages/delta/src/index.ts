export * from "./actions.ts";
export {
  type Bound,
  type ChangedFile,
  type ChangeRange,
  type TableChanges,
  tableChanges,
} from "./changes/changes.ts";
export { deepClone, shallowClone } from "./clone/clone.ts";
export type { CloneMetrics, CloneRequest, CloneResult, CloneSource } from "./clone/request.ts";
export type { CheckpointCodec } from "./codec.ts";
export type { CommitRequest, CommitResult, ReadSet } from "./commit/request.ts";
export { DeltaError, type DeltaErrorCode } from "./errors.ts";
export { exactNumber, type ExactNumber, type Json, type JsonObject, parseJson, printJson } from "./json.ts";
export type { HistoryEntry } from "./log/history.ts";
export { checkWithinRetention } from "./maintain/within-retention.ts";
export { restoreTable, type RestoreMetrics, type RestoreRequest } from "./maintain/restore.ts";
export {
  neededFiles,
  planVacuum,
  vacuumTable,
  type VacuumPlan,
  type VacuumRequest,
} from "./maintain/vacuum.ts";
export {
  changeFileName,
  dataFileName,
  type DataFileNaming,
  partitionDirectory,
  partitionValuesOf,
} from "./names.ts";
export { openTable } from "./open-table.ts";
export {
  addOf,
  appendFiles,
  createTable,
  overwriteTable,
  type Provenance,
  removeOf,
  type Rewrite,
  rewriteFiles,
  setMetadata,
  type TableDefinition,
} from "./operations.ts";
export { encodePath, fileUri, isLocal, locate, tableRoot } from "./paths.ts";
export { demandedFeatures, featuresOf } from "./protocol/features.ts";
export { widens, withWidenedType } from "./protocol/type-changes.ts";
export {
  type FieldFacts,
  fieldFacts,
  findField,
  type Identity,
  usesType,
  walkFields,
} from "./schema/fields.ts";
export { parseSchema, printSchema } from "./schema/parse.ts";
export { typeText } from "./schema/text.ts";
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
export { columnKey, type ColumnStatistics, type FileStatistics, fileStats } from "./stats/file-stats.ts";
export { LocalStorage } from "./storage/local.ts";
export { MemoryStorage } from "./storage/memory.ts";
export type { ByteRange, FileCopy, FileStat, Storage, StorageEntry } from "./storage/storage.ts";
export type { At, DeltaTable, TableEnvironment } from "./table.ts";
export { readDeletionVector } from "./vectors/read.ts";
export { writeDeletionVectors } from "./vectors/write.ts";
