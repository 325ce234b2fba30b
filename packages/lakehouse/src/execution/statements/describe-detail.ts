import { fileUri } from "@clone-xs/delta";
import type { TableReference } from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { parquetFiles } from "../../tables/parquet.ts";
import { failure, quotedParts } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { nameParts } from "../object-names.ts";
import { array, BOOLEAN, INT, LONG, map, STRING, TIMESTAMP, type Type } from "../types/types.ts";
import { table, type Work } from "../work.ts";
import { clusteringColumns, type Described, describe } from "./described.ts";

const TEXTS = map(STRING, STRING);

/** DESCRIBE DETAIL: one row. Keys that only Delta knows are NULL for other formats. */
export async function describeDetail(work: Work, target: TableReference): Promise<ExecutionResult> {
  const described = await describe(work, target);
  if (described.record?.view !== undefined)
    throw failure(
      "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
      "42809",
      `'DESCRIBE DETAIL' expects a table but ${quotedParts(nameParts(described.record))} is a view.`,
    );
  const cells =
    described.snapshot === undefined
      ? await plainCells(described)
      : deltaCells(described, described.snapshot);
  return table(
    cells.map(([name, type]) => [name, type] as const),
    [cells.map(([, , value]) => value)],
  );
}

type Cell = readonly [name: string, type: Type, value: string | null];

function deltaCells(described: Described, snapshot: NonNullable<Described["snapshot"]>): readonly Cell[] {
  const { metadata, protocol } = snapshot;
  const features = [
    ...new Set([
      ...(protocol.readerFeatures ?? []),
      ...(protocol.writerFeatures ?? legacyFeatures(protocol.minWriterVersion)),
    ]),
  ].sort();
  const createdAt = described.record?.createdAt ?? metadata.createdTime;
  return [
    ["format", STRING, "delta"],
    ["id", STRING, metadata.id],
    ["name", STRING, described.record === undefined ? null : fullName(described.record)],
    ["description", STRING, described.comment ?? null],
    ["location", STRING, described.location ?? fileUri(snapshot.root)],
    ["createdAt", TIMESTAMP, createdAt === undefined ? null : new Date(createdAt).toISOString()],
    ["lastModified", TIMESTAMP, new Date(snapshot.timestamp).toISOString()],
    ["partitionColumns", array(STRING), JSON.stringify(metadata.partitionColumns)],
    ["clusteringColumns", array(STRING), JSON.stringify(clusteringColumns(snapshot))],
    ["numFiles", LONG, String(snapshot.numFiles)],
    ["sizeInBytes", LONG, String(snapshot.sizeInBytes)],
    ["properties", TEXTS, JSON.stringify(metadata.configuration)],
    ["minReaderVersion", INT, String(protocol.minReaderVersion)],
    ["minWriterVersion", INT, String(protocol.minWriterVersion)],
    ["tableFeatures", array(STRING), JSON.stringify(features)],
    ["statistics", map(STRING, LONG), "{}"],
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

async function plainCells(described: Described): Promise<readonly Cell[]> {
  const { record } = described;
  const files = record?.location === undefined ? [] : await parquetFiles(record.location);
  const partitions = [...new Set(files.flatMap((file) => Object.keys(file.partitionValues)))];
  return [
    ["format", STRING, record?.format?.toLowerCase() ?? null],
    ["id", STRING, null],
    ["name", STRING, record === undefined ? null : fullName(record)],
    ["description", STRING, described.comment ?? null],
    ["location", STRING, described.location ?? null],
    ["createdAt", TIMESTAMP, record === undefined ? null : new Date(record.createdAt).toISOString()],
    ["lastModified", TIMESTAMP, null],
    ["partitionColumns", array(STRING), JSON.stringify(partitions)],
    ["clusteringColumns", array(STRING), null],
    ["numFiles", LONG, String(files.length)],
    ["sizeInBytes", LONG, String(files.reduce((bytes, file) => bytes + file.size, 0))],
    ["properties", TEXTS, JSON.stringify(described.properties)],
    ["minReaderVersion", INT, null],
    ["minWriterVersion", INT, null],
    ["tableFeatures", array(STRING), null],
    ["statistics", map(STRING, LONG), null],
    ["clusterByAuto", BOOLEAN, null],
  ];
}
