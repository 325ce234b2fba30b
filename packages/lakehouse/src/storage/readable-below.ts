import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { DeltaError, type Storage } from "@clone-xs/delta";

/** Paths whose links are followed at the same time. */
const AT_ONCE = 64;

/**
 * Storage that reads regular files below some directories only, wherever a path or a link leads: the log of a table names files by any
 * path, and who may read the table may not read those. `directories` have their links followed, and are asked for anew by each call.
 * Throws DELTA_UNSUPPORTED_PATH naming the file.
 */
export function readableBelow(directories: () => readonly string[], storage: Storage): Storage {
  const allowed = async (path: string): Promise<string> => {
    const real = await followed(path);
    if (directories().some((directory) => isInside(directory, real))) return real;
    throw refused(path, "lies outside the directories that this workspace may read");
  };
  const regular = async (path: string): Promise<string> => {
    const real = await allowed(path);
    if (await isOther(real)) throw refused(path, "is no regular file");
    return real;
  };
  return {
    list: async (directory) => storage.list(await allowed(directory)),
    readText: async (path) => storage.readText(await regular(path)),
    readBytes: async (path, range) => storage.readBytes(await regular(path), range),
    stat: async (path) => storage.stat(await allowed(path)),
    writeNew: (path, content) => storage.writeNew(path, content),
    write: (path, content) => storage.write(path, content),
    async copyFiles(copies, options) {
      const checked = [];
      for (let at = 0; at < copies.length; at += AT_ONCE) {
        const some = copies.slice(at, at + AT_ONCE);
        checked.push(
          ...(await Promise.all(some.map(async (copy) => ({ ...copy, from: await regular(copy.from) })))),
        );
      }
      await storage.copyFiles(checked, options);
    },
    move: async (from, to) => storage.move(await regular(from), to),
    remove: (path) => storage.remove(path),
    mkdirs: (directory) => storage.mkdirs(directory),
  };
}

/** Where a path leads; of one that does not exist, where the part that does leads. */
async function followed(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    return join(await followed(dirname(path)), basename(path));
  }
}

/** A pipe or a device: reading it may never end. What is missing is for the storage to say. */
async function isOther(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function isInside(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

function refused(path: string, why: string): DeltaError {
  return new DeltaError("DELTA_UNSUPPORTED_PATH", `${path} ${why}`, { context: { path } });
}
