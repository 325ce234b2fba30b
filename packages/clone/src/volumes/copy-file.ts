import { createHash } from "node:crypto";
import { type Workspace, WorkspaceError } from "@clone-xs/unity";
import { type RetryPorts, sendUntilKnown } from "../execute/retry.ts";
import { CloneError } from "../errors.ts";
import type { FileRecord } from "./manifest.ts";
import type { FileFacts } from "./tree.ts";

export interface CopyPorts extends RetryPorts {
  readonly source: Pick<Workspace, "files">;
  readonly target: Pick<Workspace, "files">;
}

export interface FileToCopy {
  readonly from: string;
  readonly to: string;
  /** As it was listed: what the next comparison is made with, so that a change during the copy is seen then. */
  readonly listed: FileFacts;
  /** Bytes that have gone over since the last call. */
  readonly onBytes: (bytes: number) => void;
}

/** Bytes after which progress is told, so that a large file is seen to move. */
const TOLD_EVERY = 8 * 1024 * 1024;

/**
 * Streams one file from volume to volume, a piece at a time, hashing what passes, and looks at what arrived. `undefined` when the
 * source is gone meanwhile. Throws FILES_NOT_COPIED when less or more arrived than was sent, and what the workspaces throw.
 */
export async function copyFile(
  { from, to, listed, onBytes }: FileToCopy,
  ports: CopyPorts,
): Promise<Extract<FileRecord, { state: "copied" }> | undefined> {
  const signal = ports.signal ? { signal: ports.signal } : {};
  let told = 0;
  const tell = (sent: number, least: number): void => {
    if (sent - told < least) return;
    onBytes(sent - told);
    told = sent;
  };
  const send = async () => {
    const hash = createHash("sha256");
    let size = 0;
    async function* passing(): AsyncGenerator<Uint8Array> {
      for await (const piece of ports.source.files.read(from, signal)) {
        hash.update(piece);
        size += piece.length;
        tell(size, TOLD_EVERY);
        yield piece;
      }
    }
    await ports.target.files.write(to, passing(), { overwrite: true, ...signal });
    return { size, sha256: hash.digest("hex") };
  };
  try {
    // A file that was written twice is the same file: nothing is to be observed in between.
    const { size, sha256 } = await sendUntilKnown({ send, observe: async () => undefined }, ports);
    tell(size, 1);
    const arrived = await ports.target.files.stat(to);
    if (arrived?.size !== size) throw incomplete(to, size, arrived?.size);
    return { state: "copied", size, modifiedAt: listed.modifiedAt, copiedAt: arrived.modifiedAt, sha256 };
  } catch (error) {
    const gone = error instanceof WorkspaceError && error.code === "NOT_FOUND";
    if (gone && (await ports.source.files.stat(from)) === undefined) return undefined;
    throw error;
  }
}

/** Reads a copy again: whether its bytes are those that were sent. */
export async function hasContent(
  { target, signal }: CopyPorts,
  path: string,
  sha256: string,
): Promise<boolean> {
  const hash = createHash("sha256");
  for await (const piece of target.files.read(path, signal ? { signal } : {})) hash.update(piece);
  return hash.digest("hex") === sha256;
}

function incomplete(path: string, sent: number, arrived: number | undefined): CloneError {
  const there = arrived === undefined ? "nothing" : `${arrived} bytes`;
  return new CloneError("FILES_NOT_COPIED", `${path}: ${sent} bytes were sent, and ${there} arrived.`);
}
