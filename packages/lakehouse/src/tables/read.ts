import {
  fieldFacts,
  type LiveFile,
  readDeletionVector,
  type Snapshot,
  type Storage,
  type StructField,
} from "@clone-xs/delta";
import type { EngineResult } from "../engine/engine.ts";
import { quoteName, quoteText } from "../execution/translate/quote.ts";
import { duckType } from "../execution/types/duckdb.ts";
import type { Type } from "../execution/types/types.ts";
import {
  type FileFacts,
  METADATA_COLUMN,
  METADATA_TYPE,
  metadataValue,
  type TableRoot,
} from "./file-metadata.ts";
import { withFieldNames } from "./field-names.ts";
import { logicalValue, nameById, type NameIn, physicalName, storedType } from "./nested.ts";
import { partitionLiteral } from "./partition-values.ts";

/** A table's rows as a DuckDB query in parentheses, one column per field under its logical name. */
export interface TableRows {
  readonly columns: readonly { readonly name: string; readonly type: Type }[];
  readonly sql: string;
}

/** Live files with the rows their deletion vectors hide; read before translation, which does no I/O. */
export interface ReadFile extends FileFacts {
  readonly partitionValues: LiveFile["partitionValues"];
  readonly deleted: readonly number[];
  /** When present, the only rows that count, those deleted excepted. */
  readonly only?: readonly number[];
  /** How the file calls fields inside of columns, by field id; see {@link withFieldNames}. */
  readonly fieldNames?: ReadonlyMap<number, string>;
  /** Values of columns that the file has not got and that are not NULL for it, as DuckDB text by physical name. */
  readonly constants?: Readonly<Record<string, string>>;
}

/** The files of a snapshot, their deletion vectors decoded. `run` asks the engine. */
export async function filesOf(
  snapshot: Snapshot,
  storage: Storage,
  run: (sql: string) => Promise<EngineResult>,
): Promise<readonly ReadFile[]> {
  const files: ReadFile[] = [];
  for (const { location, size, modificationTime, partitionValues, deletionVector } of snapshot.files()) {
    const deleted =
      deletionVector === undefined ? [] : await readDeletionVector(storage, snapshot.root, deletionVector);
    files.push({ location, size, modificationTime, partitionValues, deleted });
  }
  return withFieldNames(run, snapshot, files);
}

/**
 * The rows of some files of a table: columns by physical name or field id, missing ones NULL, partition values from the log, rows hidden by
 * deletion vectors left out. Columns of a type that the engine has no equal for are left out of the text and fail only when they are used.
 * `withPlace` adds {@link FILE_COLUMN}, the index of the row's file in `files`, and {@link ROW_COLUMN}, its place in the file; `root` the column `_metadata`.
 */
export function rowsOf(
  snapshot: Pick<Snapshot, "metadata">,
  files: readonly ReadFile[],
  added: AddedColumns = {},
): TableRows {
  const { metadata } = snapshot;
  const columns = metadata.schema.fields.map(({ name, type }) => ({ name, type }));
  const indexed = files.map((file, index) => ({ file, index }));
  const groups = [
    indexed.filter(({ file }) => file.only === undefined && file.deleted.length === 0),
    indexed.filter(({ file }) => file.only === undefined && file.deleted.length > 0),
    indexed.filter(({ file }) => file.only !== undefined && file.only.length > 0),
  ];
  const parts = groups.flatMap(byFieldNames).map((group) => selection(metadata, group, added));
  const sql = parts.length > 0 ? `(${parts.join(" UNION ALL ")})` : `(${emptyRows(metadata, added)})`;
  return { columns, sql };
}

/** Files in parts that call what is inside of their columns the same. */
function byFieldNames(files: readonly Indexed[]): readonly (readonly Indexed[])[] {
  const parts = new Map<ReadFile["fieldNames"], Indexed[]>();
  for (const one of files) {
    const part = parts.get(one.file.fieldNames);
    if (part === undefined) parts.set(one.file.fieldNames, [one]);
    else part.push(one);
  }
  return [...parts.values()];
}

/** What a query over files can have beside the table's columns. */
interface AddedColumns {
  readonly withPlace?: boolean;
  readonly root?: TableRoot;
}

type Metadata = Snapshot["metadata"];
interface Indexed {
  readonly file: ReadFile;
  readonly index: number;
}

/** Names of the hidden columns that tell a row's file and its place in it; no column of a table can have a control character. */
export const FILE_COLUMN = "\u0001file";
export const ROW_COLUMN = "\u0001row";

function emptyRows(metadata: Metadata, { withPlace, root }: AddedColumns): string {
  const items = metadata.schema.fields.flatMap(({ name, type }) => {
    const duck = duckType(type);
    return duck === undefined ? [] : [`CAST(NULL AS ${duck}) AS ${quoteName(name)}`];
  });
  const place = withPlace
    ? [FILE_COLUMN, ROW_COLUMN].map((name) => `CAST(NULL AS BIGINT) AS ${quoteName(name)}`)
    : [];
  const hidden = root ? [`CAST(NULL AS ${duckType(METADATA_TYPE)}) AS ${quoteName(METADATA_COLUMN)}`] : [];
  return `SELECT ${[...items, ...place, ...hidden].join(", ") || "NULL"} WHERE false`;
}

function selection(metadata: Metadata, files: readonly Indexed[], { withPlace, root }: AddedColumns): string {
  const partition = new Set(metadata.partitionColumns.map((name) => name.toLowerCase()));
  const nameIn = namesOf(files[0]?.file);
  const stored = metadata.schema.fields.filter(
    (field) =>
      !partition.has(field.name.toLowerCase()) &&
      duckType(field.type) !== undefined &&
      storedType(field.type, nameIn) !== undefined,
  );
  const items = metadata.schema.fields.flatMap((field) => {
    if (duckType(field.type) === undefined) return [];
    const value = partition.has(field.name.toLowerCase())
      ? partitionColumn(field, files)
      : filled(field, storedValue(field, stored.indexOf(field), nameIn), files);
    return [`${value} AS ${quoteName(field.name)}`];
  });
  const place = withPlace
    ? [
        `${perFile("BIGINT", files, ({ index }) => String(index))} AS ${quoteName(FILE_COLUMN)}`,
        `CAST(file_row_number AS BIGINT) AS ${quoteName(ROW_COLUMN)}`,
      ]
    : [];
  const hidden = root ? [`${metadataColumn(files, root)} AS ${quoteName(METADATA_COLUMN)}`] : [];
  return `SELECT ${[...items, ...place, ...hidden].join(", ") || "NULL"} FROM ${source(metadata, stored, files, nameIn)}${visible(files)}`;
}

/** How files that are read together call what is inside of their columns. */
function namesOf(file: ReadFile | undefined): NameIn {
  return file?.fieldNames === undefined ? physicalName : nameById(file.fieldNames);
}

/** A column's value; NULL where these files have nothing of it. */
function storedValue({ type }: StructField, index: number, nameIn: NameIn): string {
  return index < 0 ? `CAST(NULL AS ${duckType(type)})` : logicalValue(type, storedName(index), nameIn);
}

/** Inside the parquet scan columns are called by number, so that no name of theirs meets DuckDB's `file_index` and its like. */
function storedName(index: number): string {
  return `"f${index}"`;
}

function source(
  metadata: Metadata,
  stored: readonly StructField[],
  files: readonly Indexed[],
  nameIn: NameIn,
): string {
  const list = `[${files.map(({ file }) => quoteText(file.location)).join(", ")}]`;
  if (stored.length === 0) return `read_parquet(${list}, union_by_name = true)`;
  const byId = metadata.configuration["delta.columnMapping.mode"] === "id";
  const entries = stored.map((field, i) => {
    const facts = fieldFacts(field);
    const key = byId && facts.id !== undefined ? String(facts.id) : quoteText(facts.physicalName);
    return `${key}: {name: ${quoteText(`f${i}`)}, type: ${quoteText(storedType(field.type, nameIn) ?? "")}, default_value: NULL}`;
  });
  return `read_parquet(${list}, schema = MAP {${entries.join(", ")}})`;
}

function partitionColumn(field: StructField, files: readonly Indexed[]): string {
  const { physicalName: key } = fieldFacts(field);
  const duck = duckType(field.type) ?? "VARCHAR";
  return perFile(duck, files, ({ file }) => partitionLiteral(field.type, file.partitionValues[key] ?? null));
}

/** A stored value, or the constant of those files that have none. */
function filled(field: StructField, sql: string, files: readonly Indexed[]): string {
  const { physicalName } = fieldFacts(field);
  const values = files.map(({ file }) => file.constants?.[physicalName]);
  if (values.every((value) => value === undefined)) return sql;
  const constant = perFile(
    duckType(field.type) ?? "",
    files,
    (f) => f.file.constants?.[physicalName] ?? "NULL",
  );
  return `coalesce(${sql}, ${constant})`;
}

function metadataColumn(files: readonly Indexed[], root: TableRoot): string {
  return perFile(duckType(METADATA_TYPE) ?? "", files, ({ file }) => metadataValue(file, root));
}

/** A value that depends on the row's file only. */
function perFile(duck: string, files: readonly Indexed[], value: (file: Indexed) => string): string {
  const values = files.map(value);
  const [first = "NULL"] = values;
  if (values.every((v) => v === first)) return `CAST(${first} AS ${duck})`;
  return `(CAST([${values.join(", ")}] AS ${duck}[]))[CAST(file_index AS BIGINT) + 1]`;
}

function visible(files: readonly Indexed[]): string {
  const conditions = [
    ...exists(
      "NOT EXISTS",
      files.map(({ file }) => file.deleted),
    ),
    ...exists(
      "EXISTS",
      files.map(({ file }) => file.only ?? []),
    ),
  ];
  return conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
}

/** Ascending positions as one text that the engine takes apart: a literal each would take it far longer, and runs are told by their ends. */
function positions(rows: readonly number[]): string {
  const starts = rows.filter((row, i) => rows[i - 1] !== row - 1);
  if (starts.length * 2 > rows.length) return `unnest(CAST('[${rows.join(",")}]' AS BIGINT[])) AS r`;
  const ends = rows.filter((row, i) => rows[i + 1] !== row + 1);
  const list = (bounds: readonly number[]) => `unnest(CAST('[${bounds.join(",")}]' AS BIGINT[]))`;
  return `unnest(range(a, z + 1)) AS r FROM (SELECT ${list(starts)} AS a, ${list(ends)} AS z)`;
}

/** Whether a row is, or is not, in the list of its file; no condition where all lists are empty. */
function exists(word: "EXISTS" | "NOT EXISTS", lists: readonly (readonly number[])[]): readonly string[] {
  if (lists.every((rows) => rows.length === 0)) return [];
  const pairs = lists.map((rows, i) => `SELECT ${i} AS f, ${positions(rows)}`);
  return [
    `${word} (SELECT 1 FROM (${pairs.join(" UNION ALL ")}) AS d WHERE d.f = file_index AND d.r = file_row_number)`,
  ];
}
