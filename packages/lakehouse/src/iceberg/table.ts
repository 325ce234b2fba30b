import {
  type CloneSource,
  encodePath,
  fieldFacts,
  type LiveFile,
  type Protocol,
  printSchema,
  type StructField,
  type StructType,
  usesType,
} from "@clone-xs/delta";
import type { Work } from "../execution/work.ts";
import type { ReadFile } from "../tables/read.ts";
import { type IcebergFile, icebergFiles } from "./files.ts";
import { type IcebergMetadata, icebergMetadata, refusedIceberg } from "./metadata.ts";
import { type Partitions, partitionsOf } from "./partitions.ts";
import { deltaSchema, IcebergSchemaError } from "./schema.ts";

/** An Iceberg table's current snapshot, in the shape of a Delta table's. */
export interface IcebergTable {
  readonly snapshot: { readonly metadata: CloneSource["metadata"] };
  readonly files: readonly ReadFile[];
}

/** Reads an Iceberg table of format version 1 or 2. Throws by name for what it has that is not read. */
export async function icebergTable(directory: string): Promise<IcebergTable> {
  const { metadata, schema, partitions, files } = await opened(directory);
  const stored = partitions.columns.filter((column) => !partitions.generated.includes(column));
  return {
    snapshot: { metadata: asMetadata("", metadata, schema, stored) },
    files: files.map((file) => ({
      location: file.location,
      size: file.size,
      modificationTime: file.modificationTime,
      partitionValues: partitions.valuesOf(file),
      deleted: [],
    })),
  };
}

/** An Iceberg table as a source of CLONE: its columns keep their field ids, so that its files can be copied as they are. */
export async function icebergSource(work: Work, directory: string): Promise<CloneSource> {
  const { metadata, schema, partitions, files } = await opened(directory);
  const { generated, columns } = partitions;
  const clash = generated.find((g) =>
    schema.fields.some((f) => f.name.toLowerCase() === g.name.toLowerCase()),
  );
  if (clash !== undefined)
    throw refusedIceberg(`a partition called like the column ${clash.name}`, directory);
  const whole: StructType = { ...schema, fields: [...schema.fields, ...generated] };
  const live = files.map(
    (file): LiveFile => ({
      path: encodePath(file.path),
      location: file.location,
      partitionValues: partitions.valuesOf(file),
      size: file.size,
      modificationTime: file.modificationTime,
      dataChange: true,
    }),
  );
  return {
    root: directory,
    version: -1,
    protocol: protocolFor(whole),
    metadata: asMetadata(work.context.uuid(), metadata, whole, columns),
    numFiles: live.length,
    sizeInBytes: live.reduce((bytes, file) => bytes + file.size, 0),
    files: () => live,
    transactions: new Map(),
    domainMetadata: new Map(),
  };
}

interface Opened {
  readonly metadata: IcebergMetadata;
  readonly schema: StructType;
  readonly partitions: Partitions;
  readonly files: readonly IcebergFile[];
}

async function opened(directory: string): Promise<Opened> {
  const metadata = await icebergMetadata(directory);
  if (metadata.properties["schema.name-mapping.default"] !== undefined)
    throw refusedIceberg("a name mapping, whose files carry no field ids", directory);
  const schema = schemaOf(metadata, directory);
  const files = await icebergFiles(directory, metadata);
  return { metadata, schema, files, partitions: partitionsOf(directory, metadata, schema, files) };
}

function schemaOf(metadata: IcebergMetadata, directory: string): StructType {
  try {
    return deltaSchema(metadata);
  } catch (error) {
    if (error instanceof IcebergSchemaError) throw refusedIceberg(error.message, directory);
    throw error;
  }
}

function asMetadata(
  id: string,
  { properties, lastColumnId, snapshot }: IcebergMetadata,
  schema: StructType,
  partitions: readonly StructField[],
): CloneSource["metadata"] {
  const ids = schema.fields.map((field) => fieldFacts(field).id ?? 0);
  return {
    id,
    format: { provider: "parquet", options: {} },
    schemaString: printSchema(schema),
    schema,
    partitionColumns: partitions.map(({ name }) => name),
    configuration: {
      ...properties,
      "delta.columnMapping.mode": "id",
      "delta.columnMapping.maxColumnId": String(Math.max(lastColumnId, ...ids)),
    },
    ...(snapshot && { createdTime: snapshot.timestamp }),
  };
}

function protocolFor(schema: StructType): Protocol {
  const features = ["columnMapping", ...(usesType(schema, "timestamp_ntz") ? ["timestampNtz"] : [])];
  const generates = schema.fields.some((field) => fieldFacts(field).generationExpression !== undefined);
  return {
    minReaderVersion: 3,
    minWriterVersion: 7,
    readerFeatures: features,
    writerFeatures: ["appendOnly", "invariants", ...(generates ? ["generatedColumns"] : []), ...features],
  };
}
