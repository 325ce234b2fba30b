import type { JsonObject } from "./json.ts";

/**
 * One line of a commit, one row of a checkpoint: exactly one key. Protocol: "Actions".
 * Versions, sizes and epoch milliseconds are `number` (checked to be exact when read); row ids are `bigint`.
 */
export type Action =
  | { readonly commitInfo: CommitInfo }
  | { readonly protocol: Protocol }
  | { readonly metaData: MetadataAction }
  | { readonly add: AddFile }
  | { readonly remove: RemoveFile }
  | { readonly cdc: CdcFile }
  | { readonly txn: Transaction }
  | { readonly domainMetadata: DomainMetadata };

export interface Protocol {
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
  /** Present exactly at reader version 3. */
  readonly readerFeatures?: readonly string[];
  /** Present exactly at writer version 7. */
  readonly writerFeatures?: readonly string[];
}

export interface MetadataAction {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly format: { readonly provider: string; readonly options: Readonly<Record<string, string>> };
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly createdTime?: number;
}

export type PartitionValues = Readonly<Record<string, string | null>>;

export interface AddFile {
  /** As in the log: a percent-encoded URI, relative to the table root or absolute. */
  readonly path: string;
  /** Keyed by physical column name. `null` and the empty string both mean null. */
  readonly partitionValues: PartitionValues;
  readonly size: number;
  readonly modificationTime: number;
  readonly dataChange: boolean;
  /** JSON text. Parse with {@link parseJson} only when needed. */
  readonly stats?: string;
  readonly tags?: Readonly<Record<string, string | null>>;
  readonly deletionVector?: DeletionVector;
  readonly baseRowId?: bigint;
  readonly defaultRowCommitVersion?: number;
  readonly clusteringProvider?: string;
}

export interface RemoveFile {
  readonly path: string;
  readonly deletionTimestamp?: number;
  readonly dataChange: boolean;
  readonly extendedFileMetadata?: boolean;
  readonly partitionValues?: PartitionValues;
  readonly size?: number;
  readonly stats?: string;
  readonly tags?: Readonly<Record<string, string | null>>;
  /** The vector the removed logical file had. */
  readonly deletionVector?: DeletionVector;
  readonly baseRowId?: bigint;
  readonly defaultRowCommitVersion?: number;
}

export interface CdcFile {
  readonly path: string;
  readonly partitionValues: PartitionValues;
  readonly size: number;
  readonly dataChange: boolean;
  readonly tags?: Readonly<Record<string, string | null>>;
}

/** Protocol: "Deletion Vector Descriptor Schema". */
export interface DeletionVector {
  /** `u` file relative to the table root, named by a Z85 uuid; `p` file by absolute path; `i` inline. */
  readonly storageType: "u" | "p" | "i";
  readonly pathOrInlineDv: string;
  readonly offset?: number;
  readonly sizeInBytes: number;
  readonly cardinality: number;
}

export interface Transaction {
  readonly appId: string;
  readonly version: number;
  readonly lastUpdated?: number;
}

export interface DomainMetadata {
  readonly domain: string;
  readonly configuration: string;
  readonly removed: boolean;
}

/** Free-form by the protocol; these are the keys Spark and Databricks write. */
export interface CommitInfo extends JsonObject {
  readonly timestamp: number;
  readonly operation: string;
  readonly operationParameters: JsonObject;
}

/** The body of the action with this key. */
export type ActionOf<K extends string> = Action extends infer A
  ? A extends { readonly [P in K]: infer B }
    ? B
    : never
  : never;

/** The bodies of all actions of one kind, in order. */
export function actionsOf<K extends string>(actions: readonly Action[], kind: K): readonly ActionOf<K>[] {
  return actions.flatMap((action) =>
    kind in action ? [(action as Record<string, unknown>)[kind] as ActionOf<K>] : [],
  );
}
