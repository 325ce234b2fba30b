import * as fs from "node:fs/promises";
import { posix } from "node:path";

/** Flushes one file, or the names in one directory, to the disk. */
export async function syncFile(path: string): Promise<void> {
  const file = await fs.open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Makes a directory with its parents. Gives the directories that have a new entry, to be flushed before the
 * new ones are relied on.
 */
export async function makeDirectories(directory: string): Promise<readonly string[]> {
  const first = await fs.mkdir(directory, { recursive: true });
  if (first === undefined) return [];
  const changed = [posix.dirname(first)];
  for (let made = directory; made.length > first.length; made = posix.dirname(made))
    changed.push(posix.dirname(made));
  return changed;
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
