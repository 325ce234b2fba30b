import {
  type CloneSource,
  encodePath,
  type LiveFile,
  type Protocol,
  printSchema,
  type StructType,
  usesType,
} from "@clone-xs/delta";
import { failure, quotedParts } from "../execution/errors.ts";
import { runPlain } from "../execution/run.ts";
import { parseType } from "../execution/types/text.ts";
import type { Work } from "../execution/work.ts";
import type { TableRecord } from "../metastore/metastore.ts";
import { footerSchema } from "./footer.ts";
import { addsOf, type ParquetFile, parquetFiles } from "./parquet.ts";
import { partitionColumnsOf, withPartitions } from "./partition-types.ts";

/**
 * A directory of parquet files as a source of CLONE: a listing, without versions. Only a table can say that it is partitioned: without
 * `columns`, its catalog's, a directory is none. Throws UNABLE_TO_INFER_SCHEMA and DELTA_UNEXPECTED_NUM_PARTITION_COLUMNS_FROM_FILE_NAME.
 */
export async function parquetSource(
  work: Work,
  {
    location,
    columns,
  }: { readonly location: string; readonly columns?: NonNullable<TableRecord["columns"]> },
): Promise<CloneSource> {
  const files = await parquetFiles(location);
  const partitions = partitionColumnsOf(files);
  if (columns === undefined) refusePartitions(files);
  const declared = (columns ?? []).map(({ name, typeText, comment }) => ({
    name,
    type: parseType(typeText),
    ...(comment !== undefined && { comment }),
  }));
  const found = declared.length > 0 ? declared : await footerSchema((sql) => runPlain(work, sql), files);
  if (found.length === 0)
    throw failure(
      "UNABLE_TO_INFER_SCHEMA",
      "42KD9",
      `Unable to infer schema for parquet in ${location}. It must be specified manually.`,
    );
  const schema: StructType = {
    kind: "struct",
    fields: withPartitions(found, partitions, declared.length > 0).map((f) => ({
      name: f.name,
      type: f.type,
      nullable: true,
      metadata: "comment" in f && typeof f.comment === "string" ? { comment: f.comment } : {},
    })),
  };
  const live = addsOf(files).map(
    (add, i): LiveFile => ({ ...add, location: files[i]?.location ?? encodePath(add.path) }),
  );
  return {
    root: location,
    version: -1,
    protocol: protocolFor(schema),
    metadata: {
      id: work.context.uuid(),
      format: { provider: "parquet", options: {} },
      schemaString: printSchema(schema),
      partitionColumns: partitions.map(({ name }) => name),
      configuration: {},
      createdTime: work.context.now(),
      schema,
    },
    numFiles: live.length,
    sizeInBytes: live.reduce((bytes, file) => bytes + file.size, 0),
    files: () => live,
    transactions: new Map(),
    domainMetadata: new Map(),
  };
}

/** Source: Databricks error condition DELTA_UNEXPECTED_NUM_PARTITION_COLUMNS_FROM_FILE_NAME. */
function refusePartitions(files: readonly ParquetFile[]): void {
  const partitioned = files.find((file) => Object.keys(file.partitionValues).length > 0);
  if (partitioned === undefined) return;
  const names = Object.keys(partitioned.partitionValues);
  throw failure(
    "DELTA_UNEXPECTED_NUM_PARTITION_COLUMNS_FROM_FILE_NAME",
    "KD009",
    `Expecting 0 partition column(s): [], but found ${names.length} partition column(s): [${names.map((name) => quotedParts([name])).join(", ")}] from parsing the file name: ${partitioned.path}.`,
  );
}

function protocolFor(schema: StructType): Protocol {
  if (!usesType(schema, "timestamp_ntz")) return { minReaderVersion: 1, minWriterVersion: 2 };
  return {
    minReaderVersion: 3,
    minWriterVersion: 7,
    readerFeatures: ["timestampNtz"],
    writerFeatures: ["appendOnly", "invariants", "timestampNtz"],
  };
}
