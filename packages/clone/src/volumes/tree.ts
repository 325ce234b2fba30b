import { fullName, type Files, type ObjectName, WorkspaceError } from "@clone-xs/unity";
import { inParallel } from "../inspect/in-parallel.ts";

/** What a listing tells of a file. */
export interface FileFacts {
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** All of a volume. Paths are relative to its root, with `/` between names as they are. */
export interface VolumeTree {
  readonly files: ReadonlyMap<string, FileFacts>;
  /** Directories with nothing in them. */
  readonly empty: readonly string[];
}

export const EMPTY_TREE: VolumeTree = { files: new Map(), empty: [] };

/** Where a volume that is a copy keeps what it knows of its files. It is no file of the user's, and is not copied. */
export const MANIFEST_DIRECTORY = ".clxs-manifest";

export function volumeRoot({ catalog, schema, name }: ObjectName): string {
  return `/Volumes/${catalog}/${schema}/${name}`;
}

/** Lists a volume, at most `parallel` directories at once. Throws NOT_FOUND when there is no such volume. */
export async function listVolume(
  files: Files,
  volume: ObjectName,
  { parallel, signal }: { readonly parallel: number; readonly signal?: AbortSignal },
): Promise<VolumeTree> {
  const root = volumeRoot(volume);
  const found = new Map<string, FileFacts>();
  const empty: string[] = [];
  let level: readonly string[] = [""];
  while (level.length > 0) {
    const below = await inParallel(level, parallel, async (directory) => {
      signal?.throwIfAborted();
      const entries = await files.list(directory === "" ? root : `${root}/${directory}`);
      if (entries === undefined && directory === "") throw noVolume(volume);
      const named = (entries ?? []).map((entry) => ({
        ...entry,
        path: join(directory, lastName(entry.path)),
      }));
      const kept = named.filter(({ path }) => path !== MANIFEST_DIRECTORY);
      for (const { path, isDirectory, size, modifiedAt } of kept)
        if (!isDirectory) found.set(path, { size, modifiedAt });
      if (kept.length === 0 && directory !== "") empty.push(directory);
      return kept.filter(({ isDirectory }) => isDirectory).map(({ path }) => path);
    });
    level = below.flat();
  }
  return { files: found, empty };
}

function lastName(path: string): string {
  const plain = path.replace(/\/+$/u, "");
  return plain.slice(plain.lastIndexOf("/") + 1);
}

function join(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}

function noVolume(volume: ObjectName): WorkspaceError {
  return new WorkspaceError("NOT_FOUND", `Volume ${fullName(volume)} does not exist.`);
}
