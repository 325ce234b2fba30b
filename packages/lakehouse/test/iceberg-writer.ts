import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/** A schema of Avro, of the kinds that manifests have. */
type Schema =
  | "int"
  | "long"
  | "string"
  | "bytes"
  | readonly ["null", Schema]
  | { readonly type: "array"; readonly items: Schema }
  | {
      readonly type: "record";
      readonly name: string;
      readonly fields: readonly { readonly name: string; readonly type: Schema }[];
    };

function long(value: number | bigint): Buffer {
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  const bytes: number[] = [];
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

const sized = (bytes: Uint8Array) => Buffer.concat([long(bytes.length), bytes]);

function encoded(schema: Schema, value: unknown): Buffer {
  if (schema === "int" || schema === "long") return long(value as number | bigint);
  if (schema === "string") return sized(Buffer.from(value as string));
  if (schema === "bytes") return sized(value as Uint8Array);
  if (!("type" in schema))
    return value === undefined ? long(0) : Buffer.concat([long(1), encoded(schema[1], value)]);
  if (schema.type === "record")
    return Buffer.concat(
      schema.fields.map((field) =>
        encoded(field.type, (value as Readonly<Record<string, unknown>>)[field.name]),
      ),
    );
  const items = value as readonly unknown[];
  if (items.length === 0) return long(0);
  return Buffer.concat([long(items.length), ...items.map((item) => encoded(schema.items, item)), long(0)]);
}

/** An Avro file with one block. */
function avroFile(schema: Schema, records: readonly unknown[]): Buffer {
  const sync = Buffer.alloc(16, 9);
  const content = Buffer.concat(records.map((record) => encoded(schema, record)));
  const text = Buffer.from(JSON.stringify(schema));
  return Buffer.concat([
    Buffer.from("Obj\x01"),
    long(1),
    sized(Buffer.from("avro.schema")),
    sized(text),
    long(0),
    sync,
    long(records.length),
    sized(content),
    sync,
  ]);
}

const record = (name: string, fields: Readonly<Record<string, Schema>>): Schema => ({
  type: "record",
  name,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
});
const optional = (type: Schema): Schema => ["null", type];
const byField = (name: string, value: Schema): Schema =>
  optional({ type: "array", items: record(name, { key: "int", value }) });

const LIST = record("manifest_file", {
  manifest_path: "string",
  manifest_length: "long",
  partition_spec_id: "int",
  content: "int",
  sequence_number: "long",
  added_files_count: "int",
  existing_files_count: "int",
  deleted_files_count: "int",
});

function manifest(partition: Readonly<Record<string, Schema>>): Schema {
  return record("manifest_entry", {
    status: "int",
    sequence_number: optional("long"),
    data_file: record("r2", {
      content: "int",
      file_path: "string",
      file_format: "string",
      partition: record("r102", partition),
      record_count: "long",
      file_size_in_bytes: "long",
      null_value_counts: byField("k1", "long"),
      nan_value_counts: byField("k2", "long"),
      lower_bounds: byField("k3", "bytes"),
      upper_bounds: byField("k4", "bytes"),
      equality_ids: optional({ type: "array", items: "int" }),
      content_offset: optional("long"),
      content_size_in_bytes: optional("long"),
      referenced_data_file: optional("string"),
    }),
  });
}

export interface WrittenFile {
  /** Below the table; `query` says what is written there as parquet, `ids` its columns' field ids. */
  readonly path: string;
  readonly query?: string;
  readonly ids?: Readonly<Record<string, number | Readonly<Record<string, number>>>>;
  readonly bytes?: Uint8Array;
  readonly rows: number;
  /** 0 data, 1 position deletes, 2 equality deletes. */
  readonly content?: number;
  readonly sequence?: number;
  readonly specId?: number;
  readonly partition?: Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface WrittenTable {
  /** Number of the metadata file, and of the snapshot. */
  readonly version: number;
  readonly timestamp?: number;
  readonly formatVersion?: number;
  readonly fields: readonly Readonly<Record<string, unknown>>[];
  readonly specs?: readonly {
    readonly fields: readonly Readonly<Record<string, unknown>>[];
    readonly types: Readonly<Record<string, Schema>>;
  }[];
  readonly properties?: Readonly<Record<string, string>>;
  readonly files: readonly WrittenFile[];
}

const LOCATION = "s3://bucket/warehouse/table";

/** Writes a version of an Iceberg table: its files, a manifest each, and the metadata. */
export async function writeIceberg(root: string, table: WrittenTable): Promise<void> {
  const { version, files, specs = [{ fields: [], types: {} }] } = table;
  mkdirSync(join(root, "metadata"), { recursive: true });
  mkdirSync(join(root, "data"), { recursive: true });
  const manifests = [];
  for (const [i, file] of files.entries()) {
    const { content = 0, sequence = 1, specId = 0 } = file;
    const size = await writeFile(root, file);
    const name = `metadata/m-${version}-${i}.avro`;
    const data_file = {
      content,
      file_path: `${LOCATION}/${file.path}`,
      file_format: file.bytes === undefined ? "PARQUET" : "PUFFIN",
      partition: file.partition ?? {},
      record_count: file.rows,
      file_size_in_bytes: size,
      ...file.more,
    };
    const entry = { status: 1, sequence_number: sequence, data_file };
    const bytes = avroFile(manifest(specs[specId]?.types ?? {}), [entry]);
    writeFileSync(join(root, name), bytes);
    manifests.push({
      manifest_path: `${LOCATION}/${name}`,
      manifest_length: bytes.length,
      partition_spec_id: specId,
      content: content === 0 ? 0 : 1,
      sequence_number: sequence,
      added_files_count: 1,
      existing_files_count: 0,
      deleted_files_count: 0,
    });
  }
  const list = `metadata/snap-${version}.avro`;
  writeFileSync(join(root, list), avroFile(LIST, manifests));
  const ids = table.fields.map((field) => Number(field["id"]));
  const metadata = {
    "format-version": table.formatVersion ?? 2,
    "table-uuid": "00000000-0000-4000-8000-000000000000",
    location: LOCATION,
    "last-sequence-number": version,
    "last-updated-ms": table.timestamp ?? version,
    "last-column-id": Math.max(...ids, 20),
    "current-schema-id": 0,
    schemas: [{ type: "struct", "schema-id": 0, fields: table.fields }],
    "default-spec-id": specs.length - 1,
    "partition-specs": specs.map(({ fields }, id) => ({ "spec-id": id, fields })),
    properties: table.properties ?? {},
    "current-snapshot-id": version,
    snapshots: [
      {
        "snapshot-id": version,
        "timestamp-ms": table.timestamp ?? version,
        "manifest-list": `${LOCATION}/${list}`,
        summary: { operation: "append" },
      },
    ],
  };
  writeFileSync(join(root, `metadata/v${version}.metadata.json`), JSON.stringify(metadata));
}

async function writeFile(root: string, { path, query, ids = {}, bytes }: WrittenFile): Promise<number> {
  const file = join(root, path);
  if (bytes !== undefined) writeFileSync(file, bytes);
  if (query !== undefined) {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(
      `COPY (${query}) TO '${file}' (FORMAT parquet${Object.keys(ids).length > 0 ? `, FIELD_IDS ${fieldIds(ids)}` : ""})`,
    );
    connection.closeSync();
  }
  return statSync(file).size;
}

function fieldIds(ids: NonNullable<WrittenFile["ids"]>): string {
  const items = Object.entries(ids).map(([name, id]) =>
    typeof id === "number"
      ? `${name === "__duckdb_field_id" ? name : `"${name}"`}: ${id}`
      : `"${name}": ${fieldIds(id)}`,
  );
  return `{${items.join(", ")}}`;
}
