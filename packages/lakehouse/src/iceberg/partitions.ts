import type { StructField, StructType } from "@clone-xs/delta";
import { quoteIdentifier } from "@clone-xs/sql";
import { avroText, type AvroValue } from "./avro.ts";
import type { IcebergFile } from "./files.ts";
import { type IcebergMetadata, type PartitionField, refusedIceberg } from "./metadata.ts";
import { transformOf } from "./transforms.ts";

/** Partitioning as Delta has it: columns of the table, and each file's values of them as text. */
export interface Partitions {
  /** Partition columns, in the partitioning's order. */
  readonly columns: readonly StructField[];
  /** Those of them that the Iceberg table has not: what its transforms make of its columns. */
  readonly generated: readonly StructField[];
  readonly valuesOf: (file: IcebergFile) => Readonly<Record<string, string | null>>;
}

interface PartitionColumn {
  readonly column: StructField;
  readonly isGenerated: boolean;
  readonly text: (value: Exclude<AvroValue, null>) => string;
}

/**
 * Identity partitions are columns of the table, whose values are in the manifests and need not be in the files; other transforms are
 * generated columns. Buckets partition nothing. Throws for tables whose files were written under different partitionings.
 */
export function partitionsOf(
  directory: string,
  metadata: IcebergMetadata,
  schema: StructType,
  files: readonly IcebergFile[],
): Partitions {
  const { specs } = metadata;
  const used = [...new Set(files.map((file) => file.specId))];
  const layouts = new Set(used.map((id) => JSON.stringify(specs.get(id) ?? [])));
  if (layouts.size > 1) throw refusedIceberg("partitions that have evolved", directory);
  const spec = specs.get(used[0] ?? [...specs.keys()].at(-1) ?? 0) ?? [];
  const found = spec.map((field, i) => partitionColumn(directory, metadata, schema, field, i));
  const textOf = ({ column, text }: PartitionColumn, value: AvroValue) => {
    // In Delta's log an empty text means NULL.
    if (value === "") throw refusedIceberg(`an empty text as partition of ${column.name}`, directory);
    return value === null ? null : text(value);
  };
  const columns = found.filter((column) => column !== undefined);
  return {
    columns: columns.map(({ column }) => column),
    generated: columns.filter(({ isGenerated }) => isGenerated).map(({ column }) => column),
    valuesOf: ({ partition }) =>
      Object.fromEntries(
        found.flatMap((column, i) =>
          column === undefined ? [] : [[column.column.name, textOf(column, partition[i] ?? null)]],
        ),
      ),
  };
}

function partitionColumn(
  directory: string,
  { fields, lastColumnId }: IcebergMetadata,
  schema: StructType,
  field: PartitionField,
  index: number,
): PartitionColumn | undefined {
  if (field.transform === "void" || field.transform.startsWith("bucket")) return undefined;
  const source = schema.fields[fields.findIndex((f) => f["id"] === field.sourceId)];
  if (source === undefined) throw refusedIceberg("a partition by a column that is nested or gone", directory);
  if (field.transform === "identity") {
    if (source.type.kind === "primitive" && source.type.name === "binary")
      throw refusedIceberg("a partition by a binary column", directory);
    return { column: source, isGenerated: false, text: (value) => partitionText(source, value) };
  }
  const transformed = transformOf(field, source);
  if (transformed === undefined) throw refusedIceberg(`a partition by ${field.transform}`, directory);
  const column: StructField = {
    name: field.name,
    type: { kind: "primitive", name: transformed.type },
    nullable: true,
    metadata: {
      "delta.generationExpression": transformed.expression(quoteIdentifier(source.name)),
      "delta.columnMapping.id": lastColumnId + 1 + index,
      "delta.columnMapping.physicalName": field.name,
    },
  };
  return { column, isGenerated: true, text: transformed.text };
}

/** As Delta's log writes partition values. Protocol: "Partition Value Serialization". */
function partitionText({ type }: StructField, value: Exclude<AvroValue, null>): string {
  if (type.kind === "decimal") return decimalText(unscaled(value), type.scale);
  if (type.kind !== "primitive") throw new RangeError(`no partition of type ${type.kind}`);
  switch (type.name) {
    case "date":
      return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
    case "timestamp":
      return `${momentText(value as bigint).replace(" ", "T")}Z`;
    case "timestamp_ntz":
      return momentText(value as bigint);
    default:
      return avroText(value);
  }
}

/** `2026-01-31 12:00:00.000001` of microseconds since 1970. */
function momentText(micros: bigint): string {
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = (micros - rest) / 1000n;
  const text = new Date(Number(seconds)).toISOString().slice(0, 19).replace("T", " ");
  return `${text}.${rest.toString().padStart(6, "0")}`;
}

/** Signed bytes, highest first. */
function unscaled(value: AvroValue): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as bigint | number);
  const bits = value.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(value.length * 8, bits);
}

function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
