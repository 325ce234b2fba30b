import { createReadStream } from "node:fs";
import { lstat, mkdir, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { type FileEntry, type Files, type ReadOptions, WorkspaceError } from "@clone-xs/unity";
import type { CatalogReader } from "../catalog/lookup.ts";
import { storeFile, sweepIncoming } from "./incoming.ts";
import { isMissing, missingFile, type Place } from "./place.ts";
import { openPath } from "./volume-access.ts";
import { INCOMING } from "./volume-path.ts";

/** Files of volumes as the routes need them: the port, and what only the REST API can do. */
export interface VolumeFiles extends Files {
  /** Deletes an empty directory. Throws NOT_FOUND, and INVALID_REQUEST when it is not empty or is the volume itself. */
  removeDirectory(path: string): Promise<void>;
}

/** Files on the local disk, in the directories of the volumes, as one principal may use them. */
export function volumeFiles(
  reader: () => CatalogReader,
  { uuid }: { readonly uuid: () => string },
): VolumeFiles {
  return {
    async list(path) {
      const place = openPath(reader(), path, "READ_VOLUME");
      const names = await orMissing(() => readdir(place.onDisk));
      if (names === undefined) return undefined;
      const shown = names.filter((name) => !name.startsWith(INCOMING));
      if (place.isManaged) await sweepIncoming(place.onDisk, names);
      const entries = await Promise.all(
        shown.map((name) =>
          entryOf({ ...place, path: `${place.path}/${name}`, onDisk: join(place.onDisk, name) }),
        ),
      );
      return entries.filter((entry) => entry !== undefined);
    },
    async stat(path) {
      const entry = await entryOf(openPath(reader(), path, "READ_VOLUME"));
      return entry?.isDirectory === true ? undefined : entry;
    },
    read: (path, options) => readFile(() => openPath(reader(), path, "READ_VOLUME"), options),
    async write(path, content, options = {}) {
      await storeFile(openPath(reader(), path, "WRITE_VOLUME"), content, { ...options, uuid });
    },
    async makeDirectory(path) {
      const place = openPath(reader(), path, "WRITE_VOLUME");
      await mkdir(place.onDisk, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw isInTheWay(error) ? notADirectory(place.path) : error;
      });
    },
    async remove(path) {
      const place = openPath(reader(), path, "WRITE_VOLUME");
      const entry = await entryOf(place);
      if (entry === undefined) return;
      if (entry.isDirectory) throw invalid(`The path ${place.path} is a directory, not a file.`);
      await rm(place.onDisk, { force: true });
    },
    async removeDirectory(path) {
      const place = openPath(reader(), path, "WRITE_VOLUME");
      if (place.isVolume) throw invalid("The root directory of a volume cannot be deleted.");
      await removeEmpty(place);
    },
  };
}

async function* readFile(
  open: () => Place,
  { offset = 0, signal }: ReadOptions = {},
): AsyncGenerator<Uint8Array> {
  const place = open();
  const entry = await entryOf(place);
  if (entry === undefined || entry.isDirectory) throw missingFile(place.path);
  const stream = createReadStream(place.onDisk, {
    start: offset,
    highWaterMark: 1 << 18,
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    for await (const piece of stream) yield piece as Uint8Array;
  } catch (error) {
    if (signal?.aborted === true)
      throw new WorkspaceError("CANCELED", `Reading ${place.path} was cancelled.`, { cause: error });
    throw error;
  }
}

/** What is there; `undefined` also for what is neither a file nor a directory. */
async function entryOf({ path, onDisk }: Place): Promise<FileEntry | undefined> {
  const found = await orMissing(() => lstat(onDisk));
  if (found === undefined || !(found.isFile() || found.isDirectory())) return undefined;
  const isDirectory = found.isDirectory();
  return { path, isDirectory, size: isDirectory ? 0 : found.size, modifiedAt: Math.trunc(found.mtimeMs) };
}

async function removeEmpty({ path, onDisk }: Place): Promise<void> {
  try {
    await rmdir(onDisk);
  } catch (error) {
    if (isMissing(error)) throw missingFile(path);
    if (error instanceof Error && "code" in error && (error.code === "ENOTEMPTY" || error.code === "EEXIST"))
      throw invalid(`The directory being deleted is not empty: ${path}`);
    throw error;
  }
}

async function orMissing<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isInTheWay(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EEXIST" || error.code === "ENOTDIR");
}

function notADirectory(path: string): WorkspaceError {
  return invalid(`Part of the path ${path} is a file, not a directory.`);
}

function invalid(message: string): WorkspaceError {
  return new WorkspaceError("INVALID_REQUEST", message, { errorClass: "INVALID_PARAMETER_VALUE" });
}
