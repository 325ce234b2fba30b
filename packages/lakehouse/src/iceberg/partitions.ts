import { fieldFacts, type StructField, type StructType } from "@clone-xs/delta";
import { quoteIdentifier } from "@clone-xs/sql";
import { avroText, type AvroValue } from "./avro-values.ts";
import type { IcebergFile } from "./files.ts";
import type { IcebergMetadata, PartitionField } from "./metadata.ts";
import { refusedIceberg } from "./refused.ts";
import { transformOf } from "./transforms.ts";
import { dateText, decimalText, momentText, unscaled, uuidText } from "./values.ts";

/** Partitioning as Delta has it: columns of the table, and each file's values of them as text, by physical name. */
export interface Partitions {
  /** Partition columns, in the partitioning's order. */
  readonly columns: readonly StructField[];
  /** Those of them that the Iceberg table has not: what its transforms make of its columns. */
  readonly generated: readonly StructField[];
  /** Whether the table is partitioned by buckets, of which Delta knows nothing. */
  readonly hadBuckets: boolean;
  readonly valuesOf: (file: Pick<IcebergFile, "partition">) => Readonly<Record<string, string | null>>;
}

interface PartitionColumn {
  readonly column: StructField;
  readonly physicalName: string;
  readonly isGenerated: boolean;
  readonly text: (value: Exclude<AvroValue, null>) => string;
}

export interface PartitionsInput {
  readonly directory: string;
  readonly metadata: IcebergMetadata;
  readonly schema: StructType;
  readonly files: readonly IcebergFile[];
  /** Names in the files of columns that were generated before, by their name. */
  readonly generatedBefore: ReadonlyMap<string, StructField>;
}

/**
 * Identity partitions are columns of the table, whose values are in the manifests and need not be in the files; other transforms are
 * generated columns. Buckets and void partition nothing. Throws for tables whose files were written under different partitionings: those of
 * the other would have no value of a generated column, and a query that skips files by it would skip theirs.
 */
export function partitionsOf(input: PartitionsInput): Partitions {
  const { directory, metadata, files } = input;
  const { specs, defaultSpec } = metadata;
  const used = [...new Set(files.map((file) => file.specId))];
  const layouts = new Map(used.map((id) => [JSON.stringify((specs.get(id) ?? []).filter(isPartition)), id]));
  if (layouts.size > 1) throw refusedIceberg("partitions that have evolved", directory);
  const [layout = defaultSpec] = layouts.values();
  const spec = specs.get(layout) ?? [];
  const found = spec.map((field, i) => partitionColumn(input, field, i));
  const columns = found.filter((column) => column !== undefined);
  return {
    columns: columns.map(({ column }) => column),
    generated: columns.filter(({ isGenerated }) => isGenerated).map(({ column }) => column),
    hadBuckets: spec.some(({ transform }) => transform.startsWith("bucket")),
    valuesOf: ({ partition }) =>
      Object.fromEntries(
        found.flatMap((column, i) =>
          column === undefined
            ? []
            : [[column.physicalName, textOf(directory, column, partition[i] ?? null)]],
        ),
      ),
  };
}

function isPartition({ transform }: PartitionField): boolean {
  return transform !== "void" && !transform.startsWith("bucket");
}

function textOf(directory: string, { column, text }: PartitionColumn, value: AvroValue): string | null {
  // In Delta's log an empty text means NULL.
  if (value === "") throw refusedIceberg(`an empty text as partition of ${column.name}`, directory);
  return value === null ? null : text(value);
}

function partitionColumn(
  { directory, metadata, schema, generatedBefore }: PartitionsInput,
  field: PartitionField,
  index: number,
): PartitionColumn | undefined {
  if (!isPartition(field)) return undefined;
  const source = sourceOf(schema, field.sourceId, []);
  if (source === undefined) throw refusedIceberg("a partition by a column that is gone", directory);
  const { column: sourceColumn, path } = source;
  if (field.transform === "identity") return identityColumn(directory, source);
  const transformed = transformOf(field, sourceColumn);
  if (transformed === undefined) throw refusedIceberg(`a partition by ${field.transform}`, directory);
  const before = generatedBefore.get(field.name);
  const { physicalName, id } =
    before === undefined ? { physicalName: field.name, id: undefined } : fieldFacts(before);
  const column: StructField = {
    name: field.name,
    type: { kind: "primitive", name: transformed.type },
    nullable: true,
    metadata: {
      "delta.generationExpression": transformed.expression(path.map(quoteIdentifier).join(".")),
      "delta.columnMapping.id": id ?? metadata.lastColumnId + 1 + index,
      "delta.columnMapping.physicalName": physicalName,
    },
  };
  return { column, physicalName, isGenerated: true, text: transformed.text };
}

interface Source {
  readonly column: StructField;
  readonly path: readonly string[];
}

/** A partition may be by a field inside structs. */
function sourceOf(type: StructType, id: number, parents: readonly string[]): Source | undefined {
  for (const column of type.fields) {
    const path = [...parents, column.name];
    if (column.metadata["delta.columnMapping.id"] === id) return { column, path };
    const inside = column.type.kind === "struct" ? sourceOf(column.type, id, path) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function identityColumn(directory: string, { column, path }: Source): PartitionColumn {
  if (path.length > 1) throw refusedIceberg("a partition by a nested column", directory);
  if (column.type.kind === "primitive" && column.type.name === "binary")
    throw refusedIceberg("a partition by a binary column", directory);
  const { physicalName } = fieldFacts(column);
  return { column, physicalName, isGenerated: false, text: (value) => partitionText(column, value) };
}

/** As Delta's log writes partition values. Protocol: "Partition Value Serialization". */
function partitionText({ type }: StructField, value: Exclude<AvroValue, null>): string {
  if (type.kind === "decimal") return decimalText(unscaled(value), type.scale);
  if (type.kind !== "primitive") throw new RangeError(`no partition of type ${type.kind}`);
  switch (type.name) {
    case "date":
      return dateText(Number(value));
    case "timestamp":
      return `${momentText(value as bigint).replace(" ", "T")}Z`;
    case "timestamp_ntz":
      return momentText(value as bigint);
    default:
      return value instanceof Uint8Array ? uuidText(value) : avroText(value);
  }
}
