import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isFree } from "../metastore/hold.ts";

/** Who holds a workspace directory, and how to reach it. */
export interface Holder {
  readonly pid: number;
  /** Absent while the holder does not listen. */
  readonly url?: string;
  /** Token of the owner. */
  readonly token?: string;
  readonly warehouseId?: string;
}

const FILE = "endpoint.json";

/**
 * The living holder of a directory, or `undefined` when nobody holds it and it may be opened. What a dead holder left behind is ignored.
 * A holder that took the directory a moment ago may not have written its file yet: then only `pid` 0 is known.
 */
export async function holderOf(directory: string): Promise<Holder | undefined> {
  const written = await readEndpoint(directory);
  if (written !== undefined && !isAlive(written.pid)) return undefined;
  if (written === undefined && !existsSync(join(directory, "holder.sqlite"))) return undefined;
  if (isFree(directory)) return undefined;
  return written ?? { pid: 0 };
}

/** Writes the endpoint file, readable by its owner only; a reader sees the old or the new content. */
export async function writeEndpoint(directory: string, holder: Holder): Promise<void> {
  const path = join(directory, FILE);
  const aside = `${path}.${holder.pid}`;
  await writeFile(aside, `${JSON.stringify(holder, undefined, 2)}\n`, { mode: 0o600 });
  await rename(aside, path);
}

export async function removeEndpoint(directory: string): Promise<void> {
  await rm(join(directory, FILE), { force: true });
}

async function readEndpoint(directory: string): Promise<Holder | undefined> {
  const text = await readFile(join(directory, FILE), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const holder = JSON.parse(text) as Holder;
    return typeof holder.pid === "number" ? holder : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
