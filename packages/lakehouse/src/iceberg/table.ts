import type { CloneSource, Snapshot, StructField } from "@clone-xs/delta";
import { printSchema } from "@clone-xs/delta";
import { runPlain } from "../execution/run.ts";
import type { Work } from "../execution/work.ts";
import type { FileFacts } from "../tables/file-metadata.ts";
import type { ReadFile } from "../tables/read.ts";
import { icebergMetadata } from "./current.ts";
import { deletedRows } from "./deletes.ts";
import { icebergFiles } from "./files.ts";
import type { IcebergMetadata } from "./metadata.ts";
import { refusedIceberg } from "./refused.ts";
import { deltaSchema, IcebergSchemaError, type SchemaChoices } from "./schema.ts";
import { readFileOf, storedIds } from "./stored.ts";

/** An Iceberg table's current snapshot, in the shape of a Delta table's. */
export interface IcebergTable<File extends FileFacts = ReadFile> {
  readonly snapshot: { readonly metadata: CloneSource["metadata"] };
  readonly files: readonly File[];
}

/** What an Iceberg table says of itself, without a look into its data files. Throws by name for what is not read. */
export async function icebergDefinition(directory: string): Promise<IcebergTable<FileFacts>> {
  const metadata = await icebergMetadata(directory);
  const schema = icebergSchema(directory, metadata);
  const { data } = await icebergFiles(directory, metadata);
  const partitions = (metadata.specs.get(metadata.defaultSpec) ?? []).flatMap(({ transform, sourceId }) =>
    transform === "identity"
      ? schema.fields.filter((field) => field.metadata["delta.columnMapping.id"] === sourceId)
      : [],
  );
  return { snapshot: { metadata: asMetadata(metadata, schema.fields, partitions) }, files: data };
}

/**
 * Reads an Iceberg table of format version 1, 2 or 3: its columns by field id, and without the rows that delete files and deletion vectors
 * delete. Throws by name for what it has that is not read.
 */
export async function icebergTable(work: Work, directory: string): Promise<IcebergTable> {
  const metadata = await icebergMetadata(directory);
  const { fields } = icebergSchema(directory, metadata);
  const files = await icebergFiles(directory, metadata);
  const run = (sql: string) => runPlain(work, sql);
  const equal = files.deletes.filter(({ content }) => content === "equality deletes");
  const ids = await storedIds(run, directory, [...files.data, ...equal]);
  const { storage } = work.context.deltaTable(directory).environment;
  const deleted = await deletedRows({ directory, metadata, files, ids, run, storage });
  const columns = fields.flatMap((field, i) => {
    const definition = metadata.fields[i];
    return definition === undefined ? [] : [{ field, definition }];
  });
  return {
    snapshot: { metadata: asMetadata(metadata, fields, []) },
    files: files.data.map((file) => ({
      ...readFileOf(directory, metadata, columns, { file, ids: ids.get(file.location) ?? new Set() }),
      deleted: deleted.get(file.location) ?? [],
    })),
  };
}

/** The table's columns. Throws UNSUPPORTED_FEATURE for those that Delta cannot have. */
export function icebergSchema(directory: string, metadata: IcebergMetadata, choices: SchemaChoices = {}) {
  try {
    return deltaSchema(metadata, choices);
  } catch (error) {
    if (error instanceof IcebergSchemaError) throw refusedIceberg(error.message, directory);
    throw error;
  }
}

function asMetadata(
  { properties, snapshot }: IcebergMetadata,
  fields: readonly StructField[],
  partitions: readonly StructField[],
): Snapshot["metadata"] {
  const schema = { kind: "struct" as const, fields };
  return {
    id: "",
    format: { provider: "parquet", options: {} },
    schemaString: printSchema(schema),
    schema,
    partitionColumns: partitions.map(({ name }) => name),
    configuration: { ...properties, "delta.columnMapping.mode": "id" },
    ...(snapshot && { createdTime: snapshot.timestamp }),
  };
}
