import { renameSync, statSync } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { WorkspaceError, type WriteOptions } from "@clone-xs/unity";
import { isMissing, type Place } from "./place.ts";
import { INCOMING } from "./volume-path.ts";

/**
 * Stores a whole file: beside its place under a hidden name, synced, and then moved there. Readers see the old file or the new one, also when
 * the process is killed; what was acknowledged stays. Throws ALREADY_EXISTS, INVALID_REQUEST when a directory is in the way, CANCELED.
 */
export async function storeFile(
  place: Place,
  content: AsyncIterable<Uint8Array>,
  { overwrite = false, signal, uuid }: WriteOptions & { readonly uuid: () => string },
): Promise<void> {
  requireNoVolume(place);
  const directory = dirname(place.onDisk);
  await mkdir(directory, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw isMissing(error) || isExisting(error) ? inTheWay(place) : error;
  });
  requireFree(place, overwrite);
  const aside = join(directory, INCOMING + uuid());
  arriving.add(aside);
  try {
    await receive(aside, content, { path: place.path, signal });
    // Without a pause in between: nobody else of this process, the only one that writes here, can make the file meanwhile.
    requireFree(place, overwrite);
    renameSync(aside, place.onDisk);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  } finally {
    arriving.delete(aside);
  }
  await synced(directory);
}

/** What this process is writing. */
const arriving = new Set<string>();

/** Deletes what writers that were killed left in a directory that only this process writes to. */
export async function sweepIncoming(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names.filter((one) => one.startsWith(INCOMING))) {
    const path = join(directory, name);
    if (!arriving.has(path)) await rm(path, { force: true });
  }
}

async function receive(
  aside: string,
  content: AsyncIterable<Uint8Array>,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const file = await open(aside, "wx", 0o600);
  try {
    for await (const piece of content) {
      if (signal?.aborted === true) throw new WorkspaceError("CANCELED", `Writing ${path} was cancelled.`);
      await writeAll(file, piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** One write may take less than it is given. */
async function writeAll(file: Awaited<ReturnType<typeof open>>, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length; ) done += (await file.write(piece, done)).bytesWritten;
}

async function synced(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function requireFree(place: Place, overwrite: boolean): void {
  const found = statSync(place.onDisk, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) throw inTheWay(place);
  if (found === undefined || overwrite) return;
  throw new WorkspaceError("ALREADY_EXISTS", `The file being created already exists. Path: ${place.path}`, {
    errorClass: "ALREADY_EXISTS",
  });
}

function requireNoVolume(place: Place): void {
  if (place.isVolume) throw inTheWay(place);
}

function inTheWay({ path }: Place): WorkspaceError {
  return new WorkspaceError(
    "INVALID_REQUEST",
    `The path ${path} cannot be a file: a directory or another file is in its way.`,
    {
      errorClass: "INVALID_PARAMETER_VALUE",
    },
  );
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
