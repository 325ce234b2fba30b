import { sep } from "node:path";
import type { Storage } from "@clone-xs/delta";

/**
 * Storage that writes below some directories only: files of other workspaces are read where they lie. Who may do what is decided before;
 * this stands against mistakes of ours.
 */
export function writableBelow(directories: readonly string[], storage: Storage): Storage {
  const checked = (path: string): string => {
    if (directories.some((directory) => path === directory || path.startsWith(directory + sep))) return path;
    throw new RangeError(`${path} lies outside the directories that this workspace may write`);
  };
  return {
    list: (directory) => storage.list(directory),
    readText: (path) => storage.readText(path),
    readBytes: (path, range) => storage.readBytes(path, range),
    stat: (path) => storage.stat(path),
    writeNew: async (path, content) => storage.writeNew(checked(path), content),
    write: async (path, content) => storage.write(checked(path), content),
    async copyFiles(copies, options) {
      for (const { to } of copies) checked(to);
      await storage.copyFiles(copies, options);
    },
    move: async (from, to) => storage.move(from, checked(to)),
    remove: async (path) => storage.remove(checked(path)),
    mkdirs: async (directory) => storage.mkdirs(checked(directory)),
  };
}
