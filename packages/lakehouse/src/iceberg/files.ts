import { relative } from "node:path";
import { failure } from "../execution/errors.ts";
import { AvroError } from "./avro-input.ts";
import { readAvro } from "./avro.ts";
import { type Entry, entryOf, type Manifest, manifestOf, statusOf } from "./entries.ts";
import type { IcebergMetadata, IcebergSnapshot } from "./metadata.ts";
import { type FileFacts, fileFacts, localPath, parsedFile, type TablePlace } from "./place.ts";
import { refusedIceberg } from "./refused.ts";

/** A live file of an Iceberg table, where it lies. */
export interface IcebergFile extends Entry, FileFacts {
  readonly location: string;
  /** Relative to the table's directory. */
  readonly path: string;
}

/** What the current snapshot consists of. */
export interface IcebergFiles {
  readonly data: readonly IcebergFile[];
  /** Files that say which rows of the data files are deleted. */
  readonly deletes: readonly IcebergFile[];
}

/**
 * The live files of the current snapshot, sorted by path. Throws FAILED_READ_FILE when a manifest or a data file is missing or not what the
 * table says it is, and UNSUPPORTED_FEATURE for data files that are no parquet or lie elsewhere.
 */
export async function icebergFiles(directory: string, metadata: IcebergMetadata): Promise<IcebergFiles> {
  const { snapshot, location } = metadata;
  if (snapshot === undefined) return { data: [], deletes: [] };
  const place = { directory, location };
  const manifests = await manifestsOf(place, snapshot);
  const entries = (await Promise.all(manifests.map((manifest) => entriesOf(place, manifest)))).flat();
  const found = await Promise.all(entries.map((entry) => located(place, entry)));
  const files = found.sort((a, b) => (a.path < b.path ? -1 : 1));
  const data = files.filter(({ content }) => content === "data");
  checkCount(directory, snapshot, data.length);
  return { data, deletes: files.filter(({ content }) => content !== "data") };
}

/** A list that was cut between its blocks is a whole list to Avro. */
function checkCount(directory: string, { dataFiles, id }: IcebergSnapshot, found: number): void {
  if (dataFiles === undefined || found >= dataFiles) return;
  throw failure(
    "FAILED_READ_FILE.NO_HINT",
    "KD001",
    `Error while reading Iceberg table ${directory}: its snapshot ${id} has ${dataFiles} data files, its manifests name ${found}.`,
  );
}

/** Manifests without live files may be gone already: they are not read. */
async function manifestsOf(place: TablePlace, { manifests }: IcebergSnapshot): Promise<readonly Manifest[]> {
  if (typeof manifests !== "string")
    return manifests.map((uri) => ({ uri, specId: 0, sequence: 0n, isData: true }));
  const found = await parsedFile(place, localPath(place, manifests), (bytes) =>
    readAvro(bytes).map(manifestOf),
  );
  return found.filter(({ added, existing }) => added !== 0 || existing !== 0);
}

async function entriesOf(place: TablePlace, manifest: Manifest): Promise<readonly Entry[]> {
  return parsedFile(place, localPath(place, manifest.uri), (bytes) => {
    const records = readAvro(bytes);
    for (const status of ["added", "existing"] as const) {
      const found = records.filter((record) => statusOf(record) === status).length;
      const told = manifest[status];
      if (told !== undefined && told !== found)
        throw new AvroError(`it has ${found} ${status} files, its table says ${told}`);
    }
    return records
      .filter((record) => statusOf(record) !== "deleted")
      .map((record) => entryOf(record, manifest));
  });
}

async function located(place: TablePlace, entry: Entry): Promise<IcebergFile> {
  const { directory } = place;
  const location = localPath(place, entry.uri);
  if (entry.format !== "PARQUET" && (entry.content === "data" || entry.format !== "PUFFIN"))
    throw refusedIceberg(
      `${entry.content === "data" ? "data" : "delete"} files of the format ${entry.format}`,
      directory,
    );
  // The sizes that tables tell are wrong in many that are whole otherwise: files say themselves where they end.
  const facts = await fileFacts(place, location);
  return { ...entry, ...facts, location, path: relative(directory, location) };
}
