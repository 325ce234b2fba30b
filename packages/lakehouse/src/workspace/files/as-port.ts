import { type Files, WorkspaceError } from "@clone-xs/unity";
import type { VolumeFiles } from "./volume-files.ts";

/** Files as the workspace port has them: in a volume that is missing there is nothing, and nothing to delete. */
export function asPort(files: VolumeFiles): Files {
  return {
    ...files,
    list: (path) => missingAsUndefined(files.list(path)),
    stat: (path) => missingAsUndefined(files.stat(path)),
    remove: (path) => missingAsUndefined(files.remove(path)),
  };
}

async function missingAsUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WorkspaceError && error.code === "NOT_FOUND") return undefined;
    throw error;
  }
}
