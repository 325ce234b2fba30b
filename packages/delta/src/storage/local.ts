import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import { posix } from "node:path";
import { DeltaError } from "../errors.ts";
import { copyDurably } from "./copy.ts";
import { underLock } from "./lock.ts";
import type { ByteRange, FileCopy, FileStat, Storage, StorageEntry } from "./storage.ts";
import { hasCode, makeDirectories, syncFile } from "./sync.ts";

/** The local file system. One instance may serve any number of tables. */
export class LocalStorage implements Storage {
  readonly #uuid: () => string;

  readonly #link: typeof fs.link;

  /** `uuid` names temporary files; `link` is link(2), which some file systems lack. */
  constructor({
    uuid = randomUUID,
    link = fs.link,
  }: { readonly uuid?: () => string; readonly link?: typeof fs.link } = {}) {
    this.#uuid = uuid;
    this.#link = link;
  }

  async list(directory: string): Promise<readonly StorageEntry[]> {
    try {
      const entries = await fs.readdir(directory, { withFileTypes: true });
      return entries.map((e) => ({ name: e.name, kind: e.isDirectory() ? "directory" : "file" }));
    } catch (cause) {
      if (hasCode(cause, "ENOENT")) return [];
      throw cause;
    }
  }

  async readText(path: string): Promise<string> {
    return found(path, () => fs.readFile(path, "utf8"));
  }

  async readBytes(path: string, range?: ByteRange): Promise<Uint8Array> {
    if (range === undefined) return found(path, () => fs.readFile(path));
    const file = await found(path, () => fs.open(path, "r"));
    try {
      const { size } = await file.stat();
      // Logs may claim any length.
      const length = Math.max(0, Math.min(range.length, size - range.offset));
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, range.offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  async stat(path: string): Promise<FileStat | undefined> {
    try {
      const { size, mtimeMs } = await fs.stat(path);
      return { size, modificationTime: Math.floor(mtimeMs) };
    } catch (cause) {
      if (hasCode(cause, "ENOENT") || hasCode(cause, "ENOTDIR")) return undefined;
      throw cause;
    }
  }

  async writeNew(path: string, content: string | Uint8Array): Promise<boolean> {
    const temporary = this.#temporaryName(path);
    await writeTemporary(path, temporary, content);
    try {
      if (!(await this.#give(temporary, path))) return false;
    } finally {
      await fs.rm(temporary, { force: true });
    }
    await syncFile(posix.dirname(path));
    return true;
  }

  /** Gives a whole file its name unless that is taken: by link(2), which is atomic, or under a lock where there are no links. */
  async #give(temporary: string, path: string): Promise<boolean> {
    try {
      await this.#link(temporary, path);
      return true;
    } catch (cause) {
      if (hasCode(cause, "EEXIST")) return false;
      if (!NO_LINKS.some((code) => hasCode(cause, code))) throw cause;
    }
    const { mtimeMs: since } = await fs.stat(temporary);
    return underLock(path, { since }, async () => {
      if ((await this.stat(path)) !== undefined) return false;
      await fs.rename(temporary, path);
      return true;
    });
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    const temporary = this.#temporaryName(path);
    await writeTemporary(path, temporary, content);
    await fs.rename(temporary, path);
    await syncFile(posix.dirname(path));
  }

  async copyFiles(
    copies: readonly FileCopy[],
    { parallelism = 8 }: { readonly parallelism?: number } = {},
  ): Promise<void> {
    await copyDurably(copies, parallelism, (path) => this.#temporaryName(path));
  }

  async move(from: string, to: string): Promise<void> {
    await found(from, () => syncFile(from));
    await mkdirDurably(posix.dirname(to));
    await fs.rename(from, to);
    await syncFile(posix.dirname(to));
  }

  async remove(path: string): Promise<void> {
    await fs.rm(path, { force: true });
  }

  async mkdirs(directory: string): Promise<void> {
    await mkdirDurably(directory);
  }

  /** Hidden, in the same directory, so that Delta's readers ignore it and a rename stays on the device. */
  #temporaryName(path: string): string {
    return posix.join(posix.dirname(path), `.${posix.basename(path)}.${this.#uuid()}.tmp`);
  }
}

/** What link(2) says where the file system has none. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"];

/** Writes and fsyncs the content under a hidden name beside `path`, which Delta's log listing ignores. */
async function writeTemporary(path: string, temporary: string, content: string | Uint8Array): Promise<void> {
  const create = () => fs.open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644);
  const file = await create().catch(async (cause: unknown) => {
    if (!hasCode(cause, "ENOENT")) throw cause;
    await mkdirDurably(posix.dirname(path));
    return create();
  });
  try {
    await file.writeFile(content);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function found<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!hasCode(cause, "ENOENT")) throw cause;
    throw new DeltaError("DELTA_FILE_NOT_FOUND", `${path} does not exist`, { cause, context: { path } });
  }
}

async function mkdirDurably(directory: string): Promise<void> {
  for (const changed of await makeDirectories(directory)) await syncFile(changed);
}
