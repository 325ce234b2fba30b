import { mkdir, open, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type AddFile,
  dataFileName,
  type DataFileNaming,
  encodePath,
  fieldFacts,
  fileStats,
  type PartitionValues,
  type StructField,
  type TableMetadata,
} from "@clone-xs/delta";
import type { EngineSession } from "../engine/engine.ts";
import { unsupported } from "../execution/errors.ts";
import { quoteName, quoteText } from "../execution/translate/quote.ts";
import { duckType } from "../execution/types/duckdb.ts";
import { typeText } from "../execution/types/text.ts";
import { isVoid, type Type } from "../execution/types/types.ts";
import { fieldIds, physicalValue } from "./nested.ts";
import { partitionText } from "./partition-values.ts";
import { returnedStatistics } from "./return-stats.ts";

export interface WriteRequest {
  /** The table's directory; made when it is missing. */
  readonly root: string;
  readonly metadata: Pick<TableMetadata, "schema" | "partitionColumns" | "configuration">;
  /** A DuckDB query whose columns are called as the schema's fields and have their types. */
  readonly query: string;
  readonly uuid: () => string;
  /** How new files are called; as data files by default. */
  readonly fileName?: (naming: DataFileNaming) => string;
}

/** Files that were written and are durable, but belong to no version yet. */
export interface WrittenFiles {
  readonly files: readonly AddFile[];
  readonly rows: bigint;
}

/**
 * Writes a query's rows as data files of a table: one file, or one per partition, with statistics. No rows give no file. What a failed or
 * interrupted call leaves behind is in no log, so nobody reads it. Throws UNSUPPORTED_FEATURE for types that cannot be written.
 */
export async function writeFiles(session: EngineSession, request: WriteRequest): Promise<WrittenFiles> {
  await mkdir(request.root, { recursive: true });
  const { partitionColumns } = request.metadata;
  if (partitionColumns.length === 0) return sum([await writeOne(session, request, request.query, [])]);
  return writePartitioned(session, request);
}

type Values = readonly (readonly [field: StructField, value: string | null])[];

async function writePartitioned(session: EngineSession, request: WriteRequest): Promise<WrittenFiles> {
  const { schema, partitionColumns } = request.metadata;
  const fields = partitionColumns.map((name) => fieldNamed(schema.fields, name));
  await session.query(`CREATE OR REPLACE TEMP TABLE clxs_write AS ${request.query}`);
  const texts = fields.map(({ name, type }) => partitionText(type, quoteName(name)));
  const { rows } = await session.query(`SELECT DISTINCT ${texts.join(", ")} FROM clxs_write ORDER BY ALL`);
  const written: (AddFile & { rows: bigint })[] = [];
  for (const [task, row] of rows.entries()) {
    const values: Values = fields.map((field, i) => [field, row[i] ?? null]);
    const where = values.map(
      ([, value], i) => `${texts[i]} IS NOT DISTINCT FROM ${value === null ? "NULL" : quoteText(value)}`,
    );
    const one = await writeOne(
      session,
      request,
      `SELECT * FROM clxs_write WHERE ${where.join(" AND ")}`,
      values,
      task,
    );
    if (one !== undefined) written.push(one);
  }
  await session.query("DROP TABLE clxs_write");
  return sum(written);
}

function fieldNamed(fields: readonly StructField[], name: string): StructField {
  const found = fields.find((f) => f.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new RangeError(`no column ${name}`);
  return found;
}

function sum(written: readonly ((AddFile & { rows: bigint }) | undefined)[]): WrittenFiles {
  const files = written.filter((file) => file !== undefined);
  return {
    files: files.map(withoutRows),
    rows: files.reduce((total, file) => total + file.rows, 0n),
  };
}

async function writeOne(
  session: EngineSession,
  { root, metadata, uuid, fileName = dataFileName }: WriteRequest,
  query: string,
  partition: Values,
  task = 0,
): Promise<(AddFile & { rows: bigint }) | undefined> {
  const partitions = partition.map(([field, value]) => [fieldFacts(field).physicalName, value] as const);
  const path = fileName({ uuid: uuid(), task, partitions });
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  const stored = metadata.schema.fields.filter(
    (field) => !isVoid(field.type) && !partition.some(([p]) => p === field),
  );
  const result = await session.query(copyText(stored, query, file));
  const { count, size, columns } = returnedStatistics(result);
  if (count === 0n) {
    await rm(file, { force: true });
    return undefined;
  }
  await makeDurable(file);
  const { mtimeMs } = await stat(file);
  return {
    path: encodePath(path),
    partitionValues: Object.fromEntries(partitions) satisfies PartitionValues,
    size,
    modificationTime: Math.floor(mtimeMs),
    dataChange: true,
    stats: fileStats({ metadata, numRecords: count, columns, tightBounds: mayBeMasked(metadata) }),
    rows: count,
  };
}

/** Readers must know of every file whether its bounds are tight once deletion vectors may come to it. */
function mayBeMasked({ configuration }: WriteRequest["metadata"]): boolean {
  return configuration["delta.enableDeletionVectors"]?.toLowerCase() === "true";
}

function copyText(fields: readonly StructField[], query: string, file: string): string {
  const typed = fields.map(
    ({ name, type }) => `CAST(${quoteName(name)} AS ${writable(type)}) AS ${quoteName(name)}`,
  );
  const stored = fields.map(
    (field) =>
      `${physicalValue(field.type, quoteName(field.name))} AS ${quoteName(fieldFacts(field).physicalName)}`,
  );
  const ids = fieldIds(fields);
  const rows = `SELECT ${stored.join(", ")} FROM (SELECT ${typed.join(", ")} FROM (${query}))`;
  return `COPY (${rows}) TO ${quoteText(file)} (FORMAT parquet, COMPRESSION snappy, RETURN_STATS true${ids === "" ? "" : `, FIELD_IDS {${ids}}`})`;
}

/** DuckDB's type to write, with the names of the table. */
function writable(type: Type): string {
  const duck = duckType(type);
  if (duck === undefined) throw unsupported(`writing columns of type ${typeText(type)}`);
  return duck;
}

/** The file's bytes and its name outlive a crash before a commit names it. */
async function makeDurable(file: string): Promise<void> {
  for (const path of [file, dirname(file)]) {
    const handle = await open(path, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

function withoutRows({ rows: _rows, ...add }: AddFile & { rows: bigint }): AddFile {
  return add;
}
