import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type AddFile, encodePath, partitionValuesOf } from "@clone-xs/delta";

/** A data file of a parquet table. */
export interface ParquetFile {
  readonly location: string;
  /** Relative to the table's directory. */
  readonly path: string;
  readonly size: number;
  readonly modificationTime: number;
  readonly partitionValues: Readonly<Record<string, string | null>>;
}

/**
 * The data files below a directory, sorted by path; a file is its own only one. Names that begin with `_` or `.` are skipped unless they are partition directories. None when
 * the directory does not exist: an empty directory is an empty table.
 */
export async function parquetFiles(directory: string): Promise<readonly ParquetFile[]> {
  if (await isFile(directory)) return parquetFile(directory);
  const paths = await filesBelow(directory, "");
  const files = paths.sort().map(async (path): Promise<ParquetFile> => {
    const location = join(directory, path);
    const { size, mtimeMs } = await stat(location);
    return {
      location,
      path,
      size,
      modificationTime: Math.floor(mtimeMs),
      partitionValues: partitionValuesOf(path),
    };
  });
  return Promise.all(files);
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}

async function parquetFile(location: string): Promise<readonly ParquetFile[]> {
  const { size, mtimeMs } = await stat(location);
  const modificationTime = Math.floor(mtimeMs);
  return [{ location, path: basename(location), size, modificationTime, partitionValues: {} }];
}

async function filesBelow(root: string, below: string): Promise<string[]> {
  const entries = await entriesOf(join(root, below));
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (/^[_.]/.test(entry.name) && !entry.name.includes("=")) return [];
      if (entry.isDirectory()) return filesBelow(root, path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}

async function entriesOf(directory: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** The add actions of a listing, as a clone of the table takes them. */
export function addsOf(files: readonly ParquetFile[]): readonly AddFile[] {
  return files.map((file) => ({
    path: encodePath(file.path),
    partitionValues: file.partitionValues,
    size: file.size,
    modificationTime: file.modificationTime,
    dataChange: true,
  }));
}
