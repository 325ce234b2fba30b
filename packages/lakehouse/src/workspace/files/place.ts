import { mkdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { WorkspaceError } from "@clone-xs/unity";

/** A file or directory of a volume, or where there could be one. */
export interface Place {
  /** As people name it: `/Volumes/c/s/v/a/b`. */
  readonly path: string;
  /** On the disk, below the volume's directory. */
  readonly onDisk: string;
  readonly isVolume: boolean;
}

/**
 * Where the parts lead below a volume's directory, which is made when it is missing. Symbolic links inside a volume are not followed: whatever
 * lies behind one does not exist here, so that no path leads out. Throws NOT_FOUND.
 */
export function placeIn(
  location: string,
  { volume, parts }: { readonly volume: string; readonly parts: readonly string[] },
): Place {
  mkdirSync(location, { recursive: true, mode: 0o700 });
  const root = realpathSync(location);
  const onDisk = join(root, ...parts);
  const path = [volume, ...parts].join("/");
  if (passesLink(root, onDisk)) throw missingFile(path);
  return { path, onDisk, isVolume: parts.length === 0 };
}

/** Whether the part of a path that exists is reached by a link below the root. */
function passesLink(root: string, path: string): boolean {
  for (let existing = path; existing !== root; existing = dirname(existing)) {
    const real = realPath(existing);
    if (real !== undefined) return real !== existing;
  }
  return false;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** No such file, or a file where a directory is looked for. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

export function missingFile(path: string): WorkspaceError {
  return new WorkspaceError("NOT_FOUND", `The file being accessed is not found. Path: ${path}`, {
    errorClass: "NOT_FOUND",
  });
}
