/**
 * The file system a table lives on. Paths are absolute, decoded, with `/` between names
 * (`/warehouse/t/_delta_log`); URIs of the log are turned into such paths by `locate`. Adapters:
 * {@link LocalStorage} and {@link MemoryStorage}; both pass `storageConformance`. Errors of the medium
 * (EACCES, ENOSPC, EIO …) come through as they are; a missing file is `DeltaError` DELTA_FILE_NOT_FOUND.
 */
export interface Storage {
  /**
   * Entries directly inside `directory`, in no promised order; none when it does not exist. Files that vanish
   * meanwhile are left out.
   */
  list(directory: string): Promise<readonly StorageEntry[]>;
  readText(path: string): Promise<string>;
  /** The whole file, or `length` bytes from `offset`; fewer only at the end of the file. */
  readBytes(path: string, range?: ByteRange): Promise<Uint8Array>;
  stat(path: string): Promise<FileStat | undefined>;
  /**
   * Creates the file with its whole content, durably, or answers `false` when the name is taken and changes
   * nothing. Of any number of concurrent callers, in any number of processes, exactly one gets `true`; no
   * reader ever sees part of the content. Makes missing parent directories. Not idempotent: after a lost
   * answer, read the file back.
   */
  writeNew(path: string, content: string | Uint8Array): Promise<boolean>;
  /** Creates or replaces the file durably; a reader sees the old or the new content. Idempotent. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /**
   * Copies files; when it returns all are durable under their target names, which never show part of a file.
   * Missing directories are made; an existing target is replaced. Copies share no storage that a write to one
   * could change in the other (a reflink may be used, a hard link never). A killed or failed call leaves some
   * of the copies and temporary files. Idempotent.
   */
  copyFiles(copies: readonly FileCopy[], options?: { readonly parallelism?: number }): Promise<void>;
  /** Renames a file that was written by somebody else, making it durable first; replaces `to`. */
  move(from: string, to: string): Promise<void>;
  /** Removes a file; no error when it is gone already. */
  remove(path: string): Promise<void>;
  mkdirs(directory: string): Promise<void>;
}

export interface StorageEntry {
  readonly name: string;
  readonly kind: "file" | "directory";
}

export interface FileStat {
  readonly size: number;
  /** Epoch milliseconds, whole. */
  readonly modificationTime: number;
}

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

export interface FileCopy {
  readonly from: string;
  readonly to: string;
  /** What the source must measure; another size is DELTA_COPY_INCOMPLETE. */
  readonly size: number;
}
