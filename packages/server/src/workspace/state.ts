import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { ServerState } from "../contract/index.ts";

/** What is kept where, for people. */
const WHAT: Readonly<Record<string, string>> = {
  "runs.db": "runs with their logs and objects, streams, and what the overview shows",
  "connections.db": "connections to other workspaces, credentials sealed",
  "tokens.db": "tokens and sessions, as digests",
  "activity.db": "who did what",
  "schedules.db": "schedules, and how they went",
  "notifications.db": "where news goes, secrets sealed",
  "plans.db": "kept plans",
  "secret.key": "the key that seals credentials",
};

/** The files of the server's home, without what is in them. */
export async function serverState(home: string): Promise<ServerState> {
  const names = (await readdir(home)).filter((name) => name.endsWith(".db") || name in WHAT);
  const files = await Promise.all(
    names.sort().map(async (name) => ({
      name,
      bytes: (await sizeOf(join(home, name))) + (await sizeOf(join(home, `${name}-wal`))),
      what: WHAT[name] ?? "",
    })),
  );
  return { home, files, free_bytes: (await freeIn(home)) ?? null };
}

/** 0 when there is no such file: a database has a log of writes beside it only while it is open. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
}

/** Bytes that are left on the disk of a folder; `undefined` where the file system does not tell. */
export async function freeIn(directory: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
