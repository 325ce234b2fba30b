import type { Snapshot } from "../snapshot.ts";
import type { DeltaTable } from "../table.ts";

/**
 * What is cloned: a snapshot, or something that looks like one (a listing of parquet files as adds; then
 * `version` is -1).
 */
export type CloneSource = Pick<
  Snapshot,
  | "root"
  | "version"
  | "protocol"
  | "metadata"
  | "numFiles"
  | "sizeInBytes"
  | "files"
  | "transactions"
  | "domainMetadata"
>;

export interface CloneRequest {
  /** The source at the version to clone. */
  readonly source: CloneSource;
  /** How history names the source: a three-part name, or `` delta.`/path` ``. */
  readonly sourceName: string;
  /** Absent table: version 0. Existing table: replaced by one further version, unless `replaces` is `false`. */
  readonly target: DeltaTable;
  /** Whether a table that is there may be replaced; `true` by default. */
  readonly replaces?: boolean;
  /** TBLPROPERTIES of the statement, merged over the source's. May raise the protocol. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly userId?: string;
  readonly userName?: string;
  /** Files copied at the same time. */
  readonly parallelism?: number;
}

export interface CloneResult {
  /** Version of the target. */
  readonly version: number;
  readonly metrics: CloneMetrics;
}

/** The result row of CLONE, in Databricks' order. */
export interface CloneMetrics {
  readonly sourceTableSize: number;
  readonly sourceNumOfFiles: number;
  readonly numRemovedFiles: number;
  readonly numCopiedFiles: number;
  readonly removedFilesSize: number;
  readonly copiedFilesSize: number;
}
