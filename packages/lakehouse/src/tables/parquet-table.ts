import type { TableRecord } from "../metastore/metastore.ts";
import { runPlain } from "../execution/run.ts";
import { failure } from "../execution/errors.ts";
import { parseType } from "../execution/types/text.ts";
import type { Type } from "../execution/types/types.ts";
import type { Work } from "../execution/work.ts";
import { footerSchema } from "./footer.ts";
import { parquetFiles } from "./parquet.ts";
import { partitionColumnsOf, withPartitions } from "./partition-types.ts";
import type { ReadFile } from "./read.ts";

/** A listing in the shape of a Delta table's snapshot. */
export interface ParquetTable {
  readonly snapshot: { readonly metadata: ReturnType<typeof asMetadata> };
  readonly files: readonly ReadFile[];
}

/**
 * The files of a parquet directory and its columns: the declared ones, or when none are declared what the files' footers say. Directories `k=v` are partition
 * columns. Throws UNABLE_TO_INFER_SCHEMA for an undeclared empty directory.
 */
export async function parquetTable(
  work: Work,
  {
    location,
    columns = [],
  }: { readonly location: string; readonly columns?: NonNullable<TableRecord["columns"]> },
): Promise<ParquetTable> {
  const files = await parquetFiles(location);
  const declared = columns.map(({ name, typeText }) => ({ name, type: parseType(typeText) }));
  const fields = declared.length > 0 ? declared : await footerSchema((sql) => runPlain(work, sql), files);
  if (fields.length === 0)
    throw failure(
      "UNABLE_TO_INFER_SCHEMA",
      "42KD9",
      `Unable to infer schema for parquet in ${location}. It must be specified manually.`,
    );
  const partitions = partitionColumnsOf(files);
  const all = withPartitions(fields, partitions, declared.length > 0);
  return {
    snapshot: {
      metadata: asMetadata(
        all,
        partitions.map(({ name }) => name),
      ),
    },
    files: files.map((file) => ({ ...file, deleted: [] })),
  };
}

function asMetadata(
  fields: readonly { readonly name: string; readonly type: Type }[],
  partitionColumns: readonly string[],
) {
  return {
    id: "",
    format: { provider: "parquet", options: {} },
    schemaString: "",
    configuration: {},
    partitionColumns,
    schema: {
      kind: "struct" as const,
      fields: fields.map(({ name, type }) => ({ name, type, nullable: true, metadata: {} })),
    },
  };
}
