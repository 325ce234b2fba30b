import { AvroError } from "./avro-input.ts";
import { type AvroRecord, avroText, type AvroValue } from "./avro-values.ts";

/** What a file of a manifest holds. */
type Content = "data" | "position deletes" | "equality deletes";

/** A live file as a manifest names it. */
export interface Entry {
  readonly content: Content;
  readonly uri: string;
  readonly format: string;
  readonly rows: number;
  /** When it became part of the table: deletes count for what is older. */
  readonly sequence: bigint;
  readonly specId: number;
  /** Values of the partition spec's fields, in its order. */
  readonly partition: readonly AvroValue[];
  /** Field ids that rows are compared by to be deleted. */
  readonly equalityIds: readonly number[];
  /** Where in a Puffin file a deletion vector lies, and of which data file it is. */
  readonly vector?: Vector;
  readonly bounds: Bounds;
}

interface Vector {
  readonly dataFile: string;
  readonly offset: number;
  readonly size: number;
}

/** What is known of a file's columns, by field id; bounds in Iceberg's single-value serialization. */
export interface Bounds {
  readonly nulls: ReadonlyMap<number, bigint>;
  readonly nans: ReadonlyMap<number, bigint>;
  readonly lower: ReadonlyMap<number, Uint8Array>;
  readonly upper: ReadonlyMap<number, Uint8Array>;
}

/** What a manifest list says of a manifest. */
export interface Manifest {
  readonly uri: string;
  readonly specId: number;
  readonly sequence: bigint;
  readonly isData: boolean;
  /** Counts of its entries, where they are told. */
  readonly added?: number;
  readonly existing?: number;
}

/** A manifest list's entry. Throws AvroError. Source: Iceberg specification, "Manifest Lists". */
export function manifestOf(record: AvroRecord): Manifest {
  // Counts have had two names.
  const added = number(record["added_files_count"] ?? record["added_data_files_count"]);
  const existing = number(record["existing_files_count"] ?? record["existing_data_files_count"]);
  return {
    uri: avroText(record["manifest_path"]),
    specId: number(record["partition_spec_id"]) ?? 0,
    sequence: BigInt(number(record["sequence_number"]) ?? 0),
    isData: (number(record["content"]) ?? 0) === 0,
    ...(added !== undefined && { added }),
    ...(existing !== undefined && { existing }),
  };
}

type Status = "existing" | "added" | "deleted";
const STATUSES: readonly Status[] = ["existing", "added", "deleted"];

/** What became of a manifest's file. Throws AvroError. */
export function statusOf(record: AvroRecord): Status {
  const status = STATUSES[number(record["status"]) ?? -1];
  if (status === undefined) throw new AvroError("an entry has no status");
  return status;
}

const CONTENTS: readonly Content[] = ["data", "position deletes", "equality deletes"];

/** A manifest's entry. Throws AvroError. Source: Iceberg specification, "Manifests". */
export function entryOf(record: AvroRecord, manifest: Manifest): Entry {
  const file = asRecord(record["data_file"]);
  const content = CONTENTS[number(file["content"]) ?? 0];
  if (content === undefined || (content === "data") !== manifest.isData)
    throw new AvroError("an entry has a content that its manifest has not");
  const vector = vectorOf(file);
  const sequence = number(record["sequence_number"]);
  return {
    content,
    uri: avroText(file["file_path"]),
    format: avroText(file["file_format"]).toUpperCase(),
    rows: number(file["record_count"]) ?? Number.NaN,
    sequence: sequence === undefined ? manifest.sequence : BigInt(sequence),
    specId: manifest.specId,
    partition: Object.values(asRecord(file["partition"] ?? {})),
    equalityIds: asList(file["equality_ids"]).map(Number),
    ...(vector && { vector }),
    bounds: {
      nulls: byField(file["null_value_counts"], (value) => BigInt(avroText(value))),
      nans: byField(file["nan_value_counts"], (value) => BigInt(avroText(value))),
      lower: byField(file["lower_bounds"], bytes),
      upper: byField(file["upper_bounds"], bytes),
    },
  };
}

function vectorOf(file: AvroRecord): Vector | undefined {
  const offset = number(file["content_offset"]);
  const size = number(file["content_size_in_bytes"]);
  if (offset === undefined || size === undefined) return undefined;
  return { offset, size, dataFile: avroText(file["referenced_data_file"]) };
}

/** Maps with keys that are no texts are lists of pairs. */
function byField<T>(value: AvroValue | undefined, read: (value: AvroValue) => T): ReadonlyMap<number, T> {
  const pairs = asList(value).map(asRecord);
  return new Map(pairs.map((pair) => [number(pair["key"]) ?? -1, read(pair["value"] ?? null)]));
}

function number(value: AvroValue | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  const found = Number(avroText(value));
  if (!Number.isSafeInteger(found)) throw new AvroError("a number is too large");
  return found;
}

function bytes(value: AvroValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new AvroError("a bound is no bytes");
}

function asList(value: AvroValue | undefined): readonly AvroValue[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new AvroError("a list was expected");
  return value;
}

function asRecord(value: AvroValue | undefined): AvroRecord {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array || Array.isArray(value))
    throw new AvroError("a record was expected");
  return value as AvroRecord;
}
