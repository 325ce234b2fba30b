import type {
  AddFile,
  DomainMetadata,
  MetadataAction,
  Protocol,
  RemoveFile,
  Transaction,
} from "./actions.ts";
import type { StructType } from "./schema/types.ts";

/** A table at one version: complete, immutable, independent of later commits. */
export interface Snapshot {
  /** Absolute path of the table directory. */
  readonly root: string;
  readonly version: number;
  /**
   * Commit time, epoch milliseconds: the in-commit timestamp where it is enabled, else the modification time
   * of the commit file.
   */
  readonly timestamp: number;
  readonly protocol: Protocol;
  readonly metadata: TableMetadata;
  readonly numFiles: number;
  readonly sizeInBytes: number;
  /**
   * Live files in log order, decoded one at a time from compact text: keep what you need, not the whole list.
   */
  readonly files: () => Iterable<LiveFile>;
  /** Removes the log still remembers, for VACUUM and for finding files an older version had. */
  readonly removedFiles: () => Iterable<RemoveFile>;
  /** By appId. */
  readonly transactions: ReadonlyMap<string, Transaction>;
  /** By domain, without removed ones. */
  readonly domainMetadata: ReadonlyMap<string, DomainMetadata>;
}

/** The metaData action with its schema parsed. */
export interface TableMetadata extends MetadataAction {
  readonly schema: StructType;
}

/** A logical file: its add action as in the log, and where it lies. */
export interface LiveFile extends AddFile {
  /** Absolute decoded path (`/data/t/part-0.parquet`), or a URI of another scheme than `file:` as it is. */
  readonly location: string;
}
