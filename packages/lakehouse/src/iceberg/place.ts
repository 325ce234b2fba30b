import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { ExecutionError } from "../execution/execution.ts";
import { failure } from "../execution/errors.ts";
import { refusedIceberg } from "./refused.ts";

/** Where an Iceberg table lies, and where it says that it does. */
export interface TablePlace {
  readonly directory: string;
  /** As its metadata names it: its files are named below that, wherever the directory is now. */
  readonly location: string;
}

/** What a file's name stands for. */
export interface FileFacts {
  readonly size: number;
  readonly modificationTime: number;
}

/**
 * The path of a file that the table's metadata names. `./x` and `x` are one location. Throws UNSUPPORTED_FEATURE for files that do not lie
 * below the table's directory.
 */
export function localPath(place: TablePlace, uri: string): string {
  const path = pathOf(place, uri);
  if (!isBelow(place.directory, path)) throw outside(uri, place.directory);
  return path;
}

/** What a file's name stands for, wherever that is: to compare it only. */
export function pathOf({ directory, location }: TablePlace, uri: string): string {
  const name = plainUri(uri);
  const root = plainUri(location);
  if (root === "" || !name.startsWith(`${root}/`)) return name;
  return join(directory, name.slice(root.length + 1));
}

/** Size and time of a file of the table. Throws FAILED_READ_FILE, and UNSUPPORTED_FEATURE when a link leads out of the table's directory. */
export async function fileFacts({ directory }: TablePlace, path: string): Promise<FileFacts> {
  try {
    if (!isBelow(await realpath(directory), await realpath(path))) throw outside(path, directory);
    const facts = await stat(path);
    // Reading a pipe would wait for its writer.
    if (!facts.isFile()) throw unreadable(path, "it is no file");
    return { size: facts.size, modificationTime: Math.floor(facts.mtimeMs) };
  } catch (error) {
    throw asUnreadable(path, error);
  }
}

/** The bytes of a file of the table, and what `parse` makes of them. Throws FAILED_READ_FILE with the file's name for whatever goes wrong. */
export async function parsedFile<T>(
  place: TablePlace,
  path: string,
  parse: (bytes: Uint8Array) => T,
): Promise<T> {
  await fileFacts(place, path);
  try {
    return parse(await readFile(path));
  } catch (error) {
    throw asUnreadable(path, error);
  }
}

/** An error that names the file. */
export function unreadable(path: string, why: string): ExecutionError {
  if (why === "ENOENT")
    return failure(
      "FAILED_READ_FILE.FILE_NOT_EXIST",
      "KD001",
      `Error while reading file ${path}. File does not exist. It is possible the underlying files have been updated or removed.`,
    );
  return failure("FAILED_READ_FILE.NO_HINT", "KD001", `Error while reading file ${path}: ${why}.`);
}

function asUnreadable(path: string, error: unknown): ExecutionError {
  if (error instanceof ExecutionError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^E[A-Z]+$/.test(code)) return unreadable(path, code);
  return unreadable(path, error instanceof Error ? error.message : String(error));
}

/** Names are no URIs: nothing in them is decoded. */
function plainUri(uri: string): string {
  const path = uri.replace(/^file:(?:\/\/)?(?=\/)/, "").replace(/\/+$/, "");
  return path.replace(/^(?:\.\/+)+/, "");
}

function isBelow(directory: string, path: string): boolean {
  const inside = relative(directory, path);
  return isAbsolute(path) && inside !== "" && inside.split("/")[0] !== ".." && !isAbsolute(inside);
}

function outside(uri: string, directory: string): ExecutionError {
  return refusedIceberg(`files outside the table's location (${uri})`, directory);
}
