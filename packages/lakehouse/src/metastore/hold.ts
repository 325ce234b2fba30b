import { join } from "node:path";
import { LakehouseError } from "../errors.ts";
import { isBusy, openDatabase } from "./database.ts";

/** The exclusive right to a workspace directory. The operating system ends it with the process, however that dies. */
export interface Hold {
  release(): void;
}

/**
 * Takes the hold on a directory, waiting shortly for somebody who is only looking. It is a lock on a small file of its own:
 * that file must never be opened otherwise, because closing any descriptor of it drops POSIX locks of the whole process.
 * Throws WORKSPACE_HELD.
 */
export function takeHold(directory: string, { waitMs = 1000 }: { readonly waitMs?: number } = {}): Hold {
  try {
    const database = openDatabase(join(directory, "holder.sqlite"), {
      exclusive: true,
      busyTimeoutMs: waitMs,
    });
    return { release: () => database.close() };
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw new LakehouseError("WORKSPACE_HELD", `The workspace ${directory} is in use by another process`, {
      cause: error,
    });
  }
}

/** Whether nobody holds the directory now. */
export function isFree(directory: string): boolean {
  try {
    takeHold(directory, { waitMs: 0 }).release();
    return true;
  } catch (error) {
    if (error instanceof LakehouseError && error.code === "WORKSPACE_HELD") return false;
    throw error;
  }
}
