import {
  type CloneSource,
  encodePath,
  fieldFacts,
  type LiveFile,
  type Protocol,
  printSchema,
  type Snapshot,
  type StructField,
  type StructType,
  usesType,
  walkFields,
} from "@clone-xs/delta";
import type { Work } from "../execution/work.ts";
import { icebergMetadata } from "./current.ts";
import { icebergFiles } from "./files.ts";
import { jsonText } from "./json.ts";
import type { IcebergMetadata } from "./metadata.ts";
import { type Partitions, partitionsOf } from "./partitions.ts";
import { refusedIceberg } from "./refused.ts";
import { statsOf } from "./stats.ts";
import { nestedFields } from "./stored.ts";
import { icebergSchema } from "./table.ts";

export interface IcebergSourceOptions {
  /** What an earlier clone of the table made of it: names in the files stay as they were given then. */
  readonly base?: Pick<Snapshot, "metadata" | "files">;
  /** TBLPROPERTIES of the statement. */
  readonly properties?: Readonly<Record<string, string>>;
}

/**
 * An Iceberg table as a source of CLONE: its columns keep their field ids, so that its files can be copied as they are. Throws
 * UNSUPPORTED_FEATURE by name for what Delta cannot take over: rows deleted by delete files, defaults that are in no file, names for files
 * without field ids, partitions that have evolved.
 */
export async function icebergSource(
  work: Work,
  directory: string,
  { base, properties = {} }: IcebergSourceOptions = {},
): Promise<CloneSource> {
  const metadata = await icebergMetadata(directory);
  refuseUncloneable(directory, metadata);
  const before = ownFields(base?.metadata);
  const schema = icebergSchema(directory, metadata, {
    castTime: properties[CAST_TIME]?.toLowerCase() === "true",
    physicalNames: new Map([...before].map(([id, field]) => [id, fieldFacts(field).physicalName])),
  });
  const { data, deletes } = await icebergFiles(directory, metadata);
  if (deletes.length > 0)
    throw refusedIceberg("rows deleted by delete files; trigger an Iceberg compaction and retry", directory);
  const generatedBefore = new Map([...before.values()].map((field) => [field.name, field]));
  const partitions = partitionsOf({ directory, metadata, schema, files: data, generatedBefore });
  const whole = withGenerated(directory, schema, partitions.generated);
  const definition = asMetadata(work.context.uuid(), metadata, whole, partitions);
  const times = new Map(Array.from(base?.files() ?? [], (file) => [file.path, file]));
  const live = data.map((file): LiveFile => {
    const path = encodePath(file.path);
    const known = times.get(path);
    const stats = statsOf(definition, file);
    return {
      path,
      location: file.location,
      partitionValues: partitions.valuesOf(file),
      size: file.size,
      // A file never changes: one that was cloned before is the same, whatever snapshot is the current one.
      modificationTime:
        known?.size === file.size ? known.modificationTime : (metadata.snapshot?.timestamp ?? 0),
      dataChange: true,
      ...(stats !== undefined && { stats }),
    };
  });
  return {
    root: directory,
    version: -1,
    protocol: protocolFor(whole),
    metadata: definition,
    numFiles: live.length,
    sizeInBytes: live.reduce((bytes, file) => bytes + file.size, 0),
    files: () => live,
    transactions: new Map(),
    domainMetadata: new Map(),
  };
}

const CAST_TIME = "delta.castIcebergTimeType";

function refuseUncloneable(directory: string, { properties, fields }: IcebergMetadata): void {
  if (properties["schema.name-mapping.default"] !== undefined)
    throw refusedIceberg("a name mapping, whose files carry no field ids", directory);
  const all = [...fields, ...fields.flatMap((field) => nestedFields(field["type"]))];
  const filled = all.find((field) => (field["initial-default"] ?? null) !== null);
  if (filled !== undefined)
    throw refusedIceberg(`a default that older files have not (${jsonText(filled["name"])})`, directory);
}

/** Every field of an earlier clone by its id. */
function ownFields(metadata: Snapshot["metadata"] | undefined): ReadonlyMap<number, StructField> {
  if (metadata?.configuration["delta.columnMapping.mode"] !== "id") return new Map();
  const fields = Array.from(walkFields(metadata.schema), ({ field }) => field);
  return new Map(fields.map((field) => [fieldFacts(field).id ?? -1, field]));
}

function withGenerated(directory: string, schema: StructType, generated: readonly StructField[]): StructType {
  const clash = generated.find(({ name }) =>
    schema.fields.some((field) => field.name.toLowerCase() === name.toLowerCase()),
  );
  if (clash !== undefined)
    throw refusedIceberg(`a partition called like the column ${clash.name}`, directory);
  return { ...schema, fields: [...schema.fields, ...generated] };
}

/** Buckets are lost on the way, which a property tells. How long Iceberg keeps its snapshots is how long Delta keeps its log. */
function asMetadata(
  id: string,
  { properties, lastColumnId, snapshot }: IcebergMetadata,
  schema: StructType,
  { columns, hadBuckets }: Partitions,
): CloneSource["metadata"] {
  const ids = schema.fields.map((field) => fieldFacts(field).id ?? 0);
  const age = properties["history.expire.max-snapshot-age-ms"];
  return {
    id,
    format: { provider: "parquet", options: {} },
    schemaString: printSchema(schema),
    schema,
    partitionColumns: columns.map(({ name }) => name),
    configuration: {
      ...properties,
      ...(age !== undefined &&
        /^\d+$/.test(age) && { "delta.logRetentionDuration": `interval ${age} milliseconds` }),
      ...(hadBuckets && { bucketPartitionToNonPartition: "true" }),
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
