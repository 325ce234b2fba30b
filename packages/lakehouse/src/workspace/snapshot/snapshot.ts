import { createReadStream, createWriteStream, existsSync, mkdirSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip, createGzip } from "node:zlib";
import { LakehouseError } from "../../errors.ts";
import { openDatabase } from "../../metastore/database.ts";
import { takeHold } from "../../metastore/hold.ts";
import { tarOf, untar } from "./tar.ts";

const METASTORE = "metastore.sqlite";

/** Not part of a snapshot: who holds the directory now, what is only for the moment, and tokens, which are secrets and are made anew. */
const LEFT_OUT = new Set([
  "holder.sqlite",
  "holder.sqlite-journal",
  "endpoint.json",
  "credentials.json",
  "temp",
  `${METASTORE}-wal`,
  `${METASTORE}-shm`,
]);

/**
 * Writes everything that a workspace directory holds into one file (gzip of a POSIX archive), complete or not at all. Tables and volumes outside
 * the directory are not in it. Throws WORKSPACE_HELD while somebody has the workspace open.
 */
export async function snapshotWorkspace(directory: string, file: string): Promise<void> {
  requireWorkspace(directory);
  const hold = takeHold(directory);
  try {
    foldLog(directory);
    const aside = `${file}.writing`;
    try {
      const gzip = createGzip({ level: constants.Z_BEST_SPEED });
      await pipeline(
        Readable.from(tarOf(entriesOf(directory, ""))),
        gzip,
        createWriteStream(aside, { mode: 0o600 }),
      );
      await synced(aside);
      await rename(aside, file);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  } finally {
    hold.release();
  }
}

/**
 * Makes a workspace directory what it was when a snapshot was taken; it may be another directory. The old content is replaced in one step once
 * everything has been unpacked. Throws SNAPSHOT_INVALID, WORKSPACE_HELD, and WORKSPACE_EXISTS unless told to `replace`.
 */
export async function restoreWorkspace(
  file: string,
  directory: string,
  { uuid, replace = false }: { readonly uuid: string; readonly replace?: boolean },
): Promise<void> {
  const target = resolve(directory);
  if (!replace && isWorkspace(target))
    throw new LakehouseError("WORKSPACE_EXISTS", `There is a workspace in ${directory} already`);
  const aside = `${target}.${uuid}`;
  mkdirSync(dirname(target), { recursive: true });
  try {
    await unpack(file, aside);
    if (!isWorkspace(aside))
      throw new LakehouseError("SNAPSHOT_INVALID", `${file} is no snapshot of a workspace`);
    await removeWorkspace(target, { uuid });
    await rename(aside, target);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Deletes a workspace with everything in its directory; one that is not there is fine. Throws WORKSPACE_HELD. */
export async function removeWorkspace(directory: string, { uuid }: { readonly uuid: string }): Promise<void> {
  const target = resolve(directory);
  if (!existsSync(target)) return;
  const gone = `${target}.removed-${uuid}`;
  const hold = takeHold(target);
  try {
    // In one step: a workspace that is half deleted would be opened as one that lost its tables.
    await rename(target, gone);
  } finally {
    hold.release();
  }
  await rm(gone, { recursive: true, force: true });
}

function isWorkspace(directory: string): boolean {
  return existsSync(join(directory, METASTORE));
}

function requireWorkspace(directory: string): void {
  if (!isWorkspace(directory))
    throw new LakehouseError("INVALID_CONFIGURATION", `There is no workspace in ${directory}`);
}

/** What was committed last stands in the database's log: it is brought into the one file that is archived. */
function foldLog(directory: string): void {
  const database = openDatabase(join(directory, METASTORE));
  database.all("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

async function* entriesOf(
  root: string,
  below: string,
): AsyncGenerator<{ path: string; isDirectory: boolean; size: number; onDisk: string }> {
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    if (below === "" && LEFT_OUT.has(entry.name)) continue;
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    const onDisk = join(root, path);
    if (entry.isDirectory()) {
      yield { path, isDirectory: true, size: 0, onDisk };
      yield* entriesOf(root, path);
    } else if (entry.isFile()) yield { path, isDirectory: false, size: (await stat(onDisk)).size, onDisk };
  }
}

async function unpack(file: string, directory: string): Promise<void> {
  await mkdir(directory, { mode: 0o700 });
  const archive = createReadStream(file).pipe(createGunzip());
  try {
    for await (const { path, isDirectory, content } of untar(archive)) {
      const onDisk = placeBelow(directory, path);
      if (isDirectory) await mkdir(onDisk, { mode: 0o700 });
      else await pipeline(Readable.from(content), createWriteStream(onDisk, { mode: 0o600 }));
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))
      throw new LakehouseError("SNAPSHOT_INVALID", `${basename(file)} is no snapshot of a workspace`, {
        cause: error,
      });
    throw error;
  }
}

function placeBelow(directory: string, path: string): string {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".." || part.includes("\\")))
    throw new LakehouseError("SNAPSHOT_INVALID", `'${path}' is no path of a workspace`);
  return join(directory, ...parts);
}

async function synced(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
