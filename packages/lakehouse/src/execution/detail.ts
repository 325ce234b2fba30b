import { fileUri, type Snapshot } from "@clone-xs/delta";
import type { TableReference } from "@clone-xs/sql";
import { fullName, type SchemaName } from "@clone-xs/unity";
import type { TableRows } from "../tables/read.ts";
import { parquetFiles } from "../tables/parquet.ts";
import { failure, quotedParts } from "./errors.ts";
import { nameParts } from "./object-names.ts";
import { clusteringColumns, type Described, describe, providerOf } from "./statements/described.ts";
import { quoteName, quoteText } from "./translate/quote.ts";
import { duckType } from "./types/duckdb.ts";
import { array, BOOLEAN, INT, LONG, map, STRING, TIMESTAMP, type Type } from "./types/types.ts";
import type { Work } from "./work.ts";

const TEXTS = map(STRING, STRING);

/** One thing that DESCRIBE DETAIL says of a table. */
export type DetailCell = readonly [name: string, type: Type, value: DetailValue];
type DetailValue = string | null | readonly string[] | Readonly<Record<string, string>>;

/** What DESCRIBE DETAIL says of a table or directory. Keys that only Delta knows are NULL for other formats. */
export async function detailOf(
  work: Work,
  target: TableReference,
  namespace: SchemaName = work.namespace,
): Promise<readonly DetailCell[]> {
  const described = await describe(work, target, namespace);
  if (described.record?.view !== undefined)
    throw failure(
      "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
      "42809",
      `'DESCRIBE DETAIL' expects a table but ${quotedParts(nameParts(described.record))} is a view.`,
    );
  return described.snapshot === undefined ? plainCells(described) : deltaCells(described, described.snapshot);
}

/** A value as a result cell shows it: lists and maps as JSON. */
export function detailText(value: DetailValue): string | null {
  return typeof value === "string" || value === null ? value : JSON.stringify(value);
}

/** The one row as a DuckDB query in parentheses. */
export function detailRows(cells: readonly DetailCell[]): TableRows {
  const items = cells.map(
    ([name, type, value]) => `CAST(${valueSql(value)} AS ${duckType(type)}) AS ${quoteName(name)}`,
  );
  return {
    columns: cells.map(([name, type]) => ({ name, type })),
    sql: `(SELECT ${items.join(", ")})`,
  };
}

function valueSql(value: DetailValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return quoteText(value);
  if (isList(value)) return listSql(value);
  return `map(${listSql(Object.keys(value))}, ${listSql(Object.values(value))})`;
}

function isList(value: readonly string[] | Readonly<Record<string, string>>): value is readonly string[] {
  return Array.isArray(value);
}

function listSql(texts: readonly string[]): string {
  return `CAST([${texts.map(quoteText).join(", ")}] AS VARCHAR[])`;
}

function deltaCells(
  described: Described,
  snapshot: NonNullable<Described["snapshot"]>,
): readonly DetailCell[] {
  const { metadata, protocol } = snapshot;
  const features = [
    ...new Set([
      ...(protocol.readerFeatures ?? []),
      ...(protocol.writerFeatures ?? legacyFeatures(protocol.minWriterVersion)),
    ]),
  ].sort();
  const createdAt = described.record?.createdAt ?? metadata.createdTime;
  return [
    ["format", STRING, providerOf(described) ?? "delta"],
    ["id", STRING, metadata.id],
    ["name", STRING, described.record === undefined ? null : fullName(described.record)],
    ["description", STRING, described.comment ?? null],
    ["location", STRING, described.location ?? fileUri(snapshot.root)],
    ["createdAt", TIMESTAMP, createdAt === undefined ? null : new Date(createdAt).toISOString()],
    ["lastModified", TIMESTAMP, new Date(snapshot.timestamp).toISOString()],
    ["partitionColumns", array(STRING), metadata.partitionColumns],
    [
      "clusteringColumns",
      array(STRING),
      clusteringColumns(snapshot).map((c) => quotedWhereOdd(c, snapshot.metadata)),
    ],
    ["numFiles", LONG, String(snapshot.numFiles)],
    ["sizeInBytes", LONG, String(snapshot.sizeInBytes)],
    ["properties", TEXTS, metadata.configuration],
    ["minReaderVersion", INT, String(protocol.minReaderVersion)],
    ["minWriterVersion", INT, String(protocol.minWriterVersion)],
    ["tableFeatures", array(STRING), features],
    ["statistics", map(STRING, LONG), {}],
    ["clusterByAuto", BOOLEAN, "false"],
  ];
}

/** Features that a writer version below 7 implies. Protocol: "Table Features", legacy versions. */
function legacyFeatures(version: number): readonly string[] {
  return [
    ...(version >= 2 ? ["appendOnly", "invariants"] : []),
    ...(version >= 3 ? ["checkConstraints"] : []),
    ...(version >= 4 ? ["changeDataFeed", "generatedColumns"] : []),
    ...(version >= 5 ? ["columnMapping"] : []),
    ...(version >= 6 ? ["identityColumns"] : []),
  ];
}

async function plainCells(described: Described): Promise<readonly DetailCell[]> {
  const { record } = described;
  const listed = record?.location === undefined || described.files ? [] : await parquetFiles(record.location);
  const files = described.files ?? listed;
  const partitions = [...new Set(listed.flatMap((file) => Object.keys(file.partitionValues)))];
  return [
    ["format", STRING, record?.format?.toLowerCase() ?? null],
    ["id", STRING, null],
    ["name", STRING, record === undefined ? null : fullName(record)],
    ["description", STRING, described.comment ?? null],
    ["location", STRING, described.location ?? null],
    ["createdAt", TIMESTAMP, record === undefined ? null : new Date(record.createdAt).toISOString()],
    ["lastModified", TIMESTAMP, null],
    ["partitionColumns", array(STRING), partitions],
    ["clusteringColumns", array(STRING), null],
    ["numFiles", LONG, String(files.length)],
    ["sizeInBytes", LONG, String(files.reduce((bytes, file) => bytes + file.size, 0))],
    ["properties", TEXTS, described.properties],
    ["minReaderVersion", INT, null],
    ["minWriterVersion", INT, null],
    ["tableFeatures", array(STRING), null],
    ["statistics", map(STRING, LONG), null],
    ["clusterByAuto", BOOLEAN, null],
  ];
}

/** A column as Spark shows it in lists of names: quoted unless it is letters, digits and underscores. A path to a field is not. */
function quotedWhereOdd(column: string, { schema }: Snapshot["metadata"]): string {
  const plain = /^(?!\d+$)[A-Za-z0-9_]+$/.test(column);
  return plain || !schema.fields.some(({ name }) => name === column) ? column : quotedParts([column]);
}
