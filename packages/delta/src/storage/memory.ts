import { posix } from "node:path";
import { DeltaError } from "../errors.ts";
import { sizeMismatch } from "./copy.ts";
import type { ByteRange, FileCopy, FileStat, Storage, StorageEntry } from "./storage.ts";

interface Kept {
  readonly bytes: Uint8Array;
  readonly modificationTime: number;
}

/** A file system in a map, for tests and for trying things. Directories exist while they hold something. */
export class MemoryStorage implements Storage {
  readonly #files = new Map<string, Kept>();
  readonly #now: () => number;

  constructor({ now }: { readonly now: () => number }) {
    this.#now = now;
  }

  async list(directory: string): Promise<readonly StorageEntry[]> {
    const entries = new Map<string, StorageEntry>();
    for (const path of this.#files.keys()) {
      if (!path.startsWith(`${directory}/`)) continue;
      const [name = "", ...rest] = path.slice(directory.length + 1).split("/");
      entries.set(name, { name, kind: rest.length === 0 ? "file" : "directory" });
    }
    return [...entries.values()];
  }

  async readText(path: string): Promise<string> {
    return Buffer.from(this.#kept(path).bytes).toString("utf8");
  }

  async readBytes(path: string, range?: ByteRange): Promise<Uint8Array> {
    const { bytes } = this.#kept(path);
    return range === undefined ? bytes.slice() : bytes.slice(range.offset, range.offset + range.length);
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const kept = this.#files.get(path);
    return kept && { size: kept.bytes.length, modificationTime: kept.modificationTime };
  }

  async writeNew(path: string, content: string | Uint8Array): Promise<boolean> {
    if (this.#files.has(path)) return false;
    await this.write(path, content);
    return true;
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content) : content.slice();
    this.#files.set(path, { bytes, modificationTime: this.#now() });
  }

  async copyFiles(copies: readonly FileCopy[]): Promise<void> {
    for (const { from, to, size } of copies) {
      const { bytes } = this.#kept(from);
      if (bytes.length !== size) throw sizeMismatch(from, size, bytes.length);
      await this.write(to, bytes);
    }
  }

  async move(from: string, to: string): Promise<void> {
    const kept = this.#kept(from);
    this.#files.delete(from);
    this.#files.set(posix.normalize(to), kept);
  }

  async remove(path: string): Promise<void> {
    this.#files.delete(path);
  }

  async mkdirs(): Promise<void> {}

  #kept(path: string): Kept {
    const kept = this.#files.get(path);
    if (kept === undefined)
      throw new DeltaError("DELTA_FILE_NOT_FOUND", `${path} does not exist`, { context: { path } });
    return kept;
  }
}
