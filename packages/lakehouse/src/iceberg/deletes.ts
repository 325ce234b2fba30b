import { fileUri, readDeletionVector, type Storage, type StructField } from "@clone-xs/delta";
import { quoteName, quoteText } from "../execution/translate/quote.ts";
import { FILE_COLUMN, type ReadFile, ROW_COLUMN, rowsOf } from "../tables/read.ts";
import { avroText } from "./avro-values.ts";
import type { IcebergFile, IcebergFiles } from "./files.ts";
import type { IcebergMetadata } from "./metadata.ts";
import { pathOf, unreadable } from "./place.ts";
import { refusedIceberg } from "./refused.ts";
import { deltaSchema } from "./schema.ts";
import { type Column, readFileOf, type Run, type StoredIds } from "./stored.ts";

export interface DeletesInput {
  readonly directory: string;
  readonly metadata: IcebergMetadata;
  readonly files: IcebergFiles;
  /** Of data files and equality deletes. */
  readonly ids: StoredIds;
  readonly run: Run;
  readonly storage: Storage;
}

/**
 * The places of the rows that delete files delete, by the data file's location, ascending: by position, by deletion vector, and by the
 * values of columns. Source: Iceberg specification, "Scan Planning".
 */
export async function deletedRows(input: DeletesInput): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, Set<number>>();
  const add = (location: string, places: Iterable<number>) => {
    const known = found.get(location) ?? new Set();
    for (const place of places) known.add(place);
    found.set(location, known);
  };
  const { deletes } = input.files;
  const vectors = deletes.filter(({ vector }) => vector !== undefined);
  const masked = new Set<string>();
  for (const vector of vectors) masked.add(await addVector(input, vector, add));
  const positions = deletes.filter(
    ({ content, vector }) => content === "position deletes" && vector === undefined,
  );
  for (const file of positions) await addPositions(input, file, masked, add);
  for (const file of deletes.filter(({ content }) => content === "equality deletes"))
    await addEqual(input, file, add);
  return new Map([...found].map(([location, places]) => [location, [...places].sort((a, b) => a - b)]));
}

type Add = (location: string, places: Iterable<number>) => void;

/** The bytes are those of Delta's deletion vectors: a length, the bitmap, a checksum. Gives the file that they are of. */
async function addVector(
  { directory, metadata, files, storage }: DeletesInput,
  file: IcebergFile,
  add: Add,
): Promise<string> {
  const { vector, location, rows, sequence, size } = file;
  if (vector === undefined) throw new RangeError("no vector");
  if (vector.offset < 0 || vector.size < 8 || vector.offset + vector.size > size)
    throw unreadable(location, "it ends before its deletion vector does");
  const of = pathOf({ directory, location: metadata.location }, vector.dataFile);
  const data = files.data.find((d) => d.location === of);
  if (data === undefined || data.sequence > sequence) return of;
  const places = await readDeletionVector(storage, directory, {
    storageType: "p",
    pathOrInlineDv: fileUri(location),
    offset: vector.offset,
    sizeInBytes: vector.size - 8,
    cardinality: rows,
  });
  add(of, places);
  return of;
}

/** A file with a deletion vector has none of its rows deleted by older files of positions: the vector has taken them over. */
async function addPositions(
  { directory, metadata, files, run }: DeletesInput,
  file: IcebergFile,
  masked: ReadonlySet<string>,
  add: Add,
): Promise<void> {
  const { rows } = await run(
    `SELECT file_path, string_agg(CAST(pos AS VARCHAR), ',') FROM read_parquet(${quoteText(file.location)}, hive_partitioning = false) GROUP BY file_path`,
  );
  const place = { directory, location: metadata.location };
  const older = new Set(files.data.filter((d) => d.sequence <= file.sequence).map((d) => d.location));
  for (const [uri, places] of rows) {
    const of = pathOf(place, uri ?? "");
    if (older.has(of) && !masked.has(of)) add(of, (places ?? "").split(",").map(Number));
  }
}

async function addEqual(input: DeletesInput, file: IcebergFile, add: Add): Promise<void> {
  const { directory, metadata, ids, run } = input;
  const data = input.files.data.filter(
    (d) => d.sequence < file.sequence && coversPartition(metadata, file, d),
  );
  if (data.length === 0) return;
  const columns = file.equalityIds.map((id) => columnOf(directory, metadata, id));
  const fields = columns.map(({ field }, i) => ({ ...field, name: `e${i}` }));
  const readable = (f: IcebergFile): ReadFile =>
    readFileOf(directory, metadata, columns, { file: f, ids: ids.get(f.location) ?? new Set() });
  const source = rowsOf(tableOf(fields), data.map(readable), { withPlace: true });
  const deleted = rowsOf(tableOf(fields), [readable(file)]);
  const same = fields.map(({ name }) => `d.${quoteName(name)} IS NOT DISTINCT FROM t.${quoteName(name)}`);
  const [at, row] = [quoteName(FILE_COLUMN), quoteName(ROW_COLUMN)];
  const { rows } = await run(
    `SELECT ${at}, string_agg(CAST(${row} AS VARCHAR), ',') FROM ${source.sql} AS t WHERE EXISTS (SELECT 1 FROM ${deleted.sql} AS d WHERE ${same.join(" AND ")}) GROUP BY ${at}`,
  );
  for (const [index, places] of rows) {
    const of = data[Number(index)];
    if (of !== undefined) add(of.location, (places ?? "").split(",").map(Number));
  }
}

/** Deletes count in their own partition; those that are written without partitions, everywhere. */
function coversPartition({ specs }: IcebergMetadata, deletes: IcebergFile, data: IcebergFile): boolean {
  const spec = specs.get(deletes.specId) ?? [];
  if (spec.every(({ transform }) => transform === "void")) return true;
  return deletes.specId === data.specId && samePartition(deletes.partition, data.partition);
}

function samePartition(a: IcebergFile["partition"], b: IcebergFile["partition"]): boolean {
  const text = (values: IcebergFile["partition"]) =>
    JSON.stringify(
      values.map((value) =>
        value instanceof Uint8Array
          ? Buffer.from(value).toString("hex")
          : value === null
            ? null
            : avroText(value),
      ),
    );
  return text(a) === text(b);
}

/** The column may be gone from the table and yet in its files. */
function columnOf(directory: string, { fields, schemas }: IcebergMetadata, id: number): Column {
  const definition = [fields, ...schemas.toReversed()].flat().find((field) => field["id"] === id);
  if (definition === undefined)
    throw refusedIceberg(`rows deleted by the nested or unknown column ${id}`, directory);
  const [field] = deltaSchema({ fields: [definition] }).fields;
  if (field === undefined) throw new RangeError("no field");
  return { definition, field };
}

function tableOf(fields: readonly StructField[]): Parameters<typeof rowsOf>[0] {
  return {
    metadata: {
      id: "",
      format: { provider: "parquet", options: {} },
      schemaString: "",
      partitionColumns: [],
      configuration: { "delta.columnMapping.mode": "id" },
      schema: { kind: "struct", fields },
    },
  };
}
