import {
  type CloneSource,
  encodePath,
  type LiveFile,
  type Protocol,
  printSchema,
  type StructType,
  usesType,
} from "@clone-xs/delta";
import { failure } from "../execution/errors.ts";
import { runPlain } from "../execution/run.ts";
import { parseType } from "../execution/types/text.ts";
import { STRING } from "../execution/types/types.ts";
import type { Work } from "../execution/work.ts";
import type { TableRecord } from "../metastore/metastore.ts";
import { footerSchema } from "./footer.ts";
import { addsOf, parquetFiles } from "./parquet.ts";

/** A directory of parquet files as a source of CLONE: a listing, without versions. Throws UNABLE_TO_INFER_SCHEMA. */
export async function parquetSource(
  work: Work,
  {
    location,
    columns = [],
  }: { readonly location: string; readonly columns?: NonNullable<TableRecord["columns"]> },
): Promise<CloneSource> {
  const files = await parquetFiles(location);
  const partitionColumns = [...new Set(files.flatMap((file) => Object.keys(file.partitionValues)))];
  const declared = columns.map(({ name, typeText, comment }) => ({
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
  const missing = partitionColumns.filter(
    (p) => !found.some((f) => f.name.toLowerCase() === p.toLowerCase()),
  );
  const schema: StructType = {
    kind: "struct",
    fields: [...found, ...missing.map((name) => ({ name, type: STRING }))].map((f) => ({
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
      partitionColumns,
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

function protocolFor(schema: StructType): Protocol {
  if (!usesType(schema, "timestamp_ntz")) return { minReaderVersion: 1, minWriterVersion: 2 };
  return {
    minReaderVersion: 3,
    minWriterVersion: 7,
    readerFeatures: ["timestampNtz"],
    writerFeatures: ["appendOnly", "invariants", "timestampNtz"],
  };
}
