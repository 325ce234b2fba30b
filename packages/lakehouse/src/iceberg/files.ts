import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { failure } from "../execution/errors.ts";
import { AvroError, type AvroRecord, avroText, type AvroValue, readAvro } from "./avro.ts";
import { type IcebergMetadata, refusedIceberg } from "./metadata.ts";

/** A live data file of an Iceberg table. */
export interface IcebergFile {
  readonly location: string;
  /** Relative to the table's directory. */
  readonly path: string;
  readonly size: number;
  readonly modificationTime: number;
  readonly specId: number;
  /** Values of the partition spec's fields, in its order. */
  readonly partition: readonly AvroValue[];
}

/**
 * The live data files of the current snapshot. Throws by name for what is not read: rows deleted by delete files, other formats than
 * parquet, files outside the table's directory.
 */
export async function icebergFiles(
  directory: string,
  metadata: IcebergMetadata,
): Promise<readonly IcebergFile[]> {
  const { snapshot } = metadata;
  if (snapshot === undefined) return [];
  const local = (uri: string) => localPath(uri, metadata.location, directory);
  const manifests = await manifestsOf(snapshot.manifests, local, directory);
  const files = await Promise.all(
    manifests.map(async ({ path, specId }) => {
      const entries = await avroFile(path);
      return Promise.all(
        entries
          .filter(({ status }) => status !== DELETED)
          .map((entry) => dataFile(entry["data_file"] as AvroRecord, specId, local, directory)),
      );
    }),
  );
  return files.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

const DELETED = 2;
const DATA = 0;

interface Manifest {
  readonly path: string;
  readonly specId: number;
}

async function manifestsOf(
  manifests: string | readonly string[],
  local: (uri: string) => string,
  directory: string,
): Promise<readonly Manifest[]> {
  if (typeof manifests !== "string") return manifests.map((uri) => ({ path: local(uri), specId: 0 }));
  const entries = await avroFile(local(manifests));
  return entries.map((entry) => {
    if ((entry["content"] ?? DATA) !== DATA && mayHaveFiles(entry))
      throw refusedIceberg("rows deleted by delete files; compact the table", directory);
    return { path: local(avroText(entry["manifest_path"])), specId: Number(entry["partition_spec_id"] ?? 0) };
  });
}

/** Counts have had two names. */
function mayHaveFiles(manifest: AvroRecord): boolean {
  const count = (...names: readonly string[]) =>
    names.map((name) => manifest[name]).find((value) => value !== undefined && value !== null);
  return (
    count("added_files_count", "added_data_files_count") !== 0 ||
    count("existing_files_count", "existing_data_files_count") !== 0
  );
}

async function dataFile(
  file: AvroRecord,
  specId: number,
  local: (uri: string) => string,
  directory: string,
): Promise<IcebergFile> {
  if (file["content"] !== undefined && file["content"] !== DATA)
    throw refusedIceberg("rows deleted by delete files; compact the table", directory);
  const format = avroText(file["file_format"]);
  if (format.toUpperCase() !== "PARQUET")
    throw refusedIceberg(`data files of the format ${format}`, directory);
  const location = local(avroText(file["file_path"]));
  const { mtimeMs, size } = await stat(location);
  return {
    location,
    path: relative(directory, location),
    size,
    modificationTime: Math.floor(mtimeMs),
    specId,
    partition: Object.values((file["partition"] ?? {}) as AvroRecord),
  };
}

async function avroFile(path: string): Promise<readonly AvroRecord[]> {
  try {
    return readAvro(await readFile(path));
  } catch (error) {
    if (!(error instanceof AvroError)) throw error;
    throw failure("FAILED_READ_FILE.NO_HINT", "KD001", `Error while reading file ${path}: ${error.message}.`);
  }
}

/** A file below the table's own location lies in its directory, wherever that is now. */
function localPath(uri: string, location: string, directory: string): string {
  const below = uri.startsWith(`${location}/`) ? uri.slice(location.length + 1) : undefined;
  const path = below === undefined ? uri.replace(/^file:(?:\/\/)?/, "") : join(directory, below);
  const inside = relative(directory, path);
  if (!isAbsolute(path) || inside.startsWith("..") || isAbsolute(inside))
    throw refusedIceberg(`files outside the table's location (${uri})`, directory);
  return path;
}
