import * as fs from "node:fs/promises";

/** Flushes one file, or the names in one directory, to the disk. */
export async function syncFile(path: string): Promise<void> {
  const file = await fs.open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
