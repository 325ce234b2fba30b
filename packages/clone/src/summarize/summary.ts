import type { Verification } from "../verify/certificate.ts";

/**
 * What a run reports: the API's `result`, the whole stdout of `clone --output json`, and the file the human output names.
 * Keys are the wire's own (contract of the product): scripts read them.
 */
export interface RunSummary extends Partial<FanoutFacts>, RouteFacts {
  readonly run_id: string;
  readonly mode: "full" | "incremental" | "selective" | "fanout";
  readonly status: RunStatus;
  readonly clone_type: "DEEP" | "SHALLOW";
  readonly dry_run: boolean;
  readonly source_catalog: string;
  readonly destination_catalog: string;
  /** Present when the copy went to another workspace, as far as that was reached. */
  readonly target_name?: string;
  readonly target_host?: string;
  /** ISO 8601, UTC. */
  readonly started_at: string;
  readonly completed_at: string;
  readonly duration_seconds: number;
  readonly schemas_processed: number;
  readonly tables: ObjectCounts;
  readonly views: ObjectCounts;
  readonly functions: ObjectCounts;
  readonly volumes: ObjectCounts;
  readonly errors: readonly ObjectError[];
  readonly schema_durations: Readonly<Record<string, number>>;
  /** Source format in upper case → successful table clones of this run. */
  readonly formats: Readonly<Record<string, number>>;
  /** Sums of the CLONE result rows. */
  readonly bytes_copied: number;
  readonly files_copied: number;
  readonly source_table_size: number;
  readonly source_num_of_files: number;
  /** Of volumes: files that this run copied, which no CLONE counts. */
  readonly volume_files_copied: number;
  readonly volume_bytes_copied: number;
  /** Statements sent, by kind. */
  readonly statements: Readonly<Record<string, number>>;
  readonly residue: readonly Residue[];
  /** Of a dry run: how many objects of each kind a run would make or change. They are neither done nor skipped. */
  readonly planned?: PlannedCounts;
  /** Clones on the target whose source is gone, `schema.name`; left as they are, or dropped where that is asked. Absent before there is a plan. */
  readonly orphaned?: readonly string[];
  /** How the copies that this run made compare with their sources; present when that was asked for. */
  readonly validation?: Verification;
  /** Present in selective mode. */
  readonly total_drifted_tables?: number;
  readonly drift?: readonly DriftEntry[];
  readonly selective?: SelectiveFacts;
}

/** What lets the target read the source, when that is in another metastore; absent where nothing is shared. */
export interface RouteFacts {
  readonly share_name?: string;
  readonly share_status?: "created" | "reused";
  readonly recipient_name?: string;
  readonly recipient_status?: "created" | "reused";
  readonly shared_catalog_name?: string;
  readonly shared_catalog_status?: "created" | "reused";
}

/** What a run to several targets tells beside the sums over them. */
export interface FanoutFacts {
  readonly target_count: number;
  readonly succeeded_targets: number;
  /** Those that failed in part are among them. */
  readonly failed_targets: number;
  /** In the order of the request. */
  readonly per_target: readonly TargetSummary[];
}

export interface TargetSummary extends RouteFacts {
  readonly target_name: string;
  /** Empty when it was never reached. */
  readonly target_host: string;
  readonly destination_catalog: string;
  readonly target_status: "success" | "partial" | "failed";
  readonly target_duration_seconds: number;
  readonly tables: ObjectCounts;
  readonly views: ObjectCounts;
  readonly functions: ObjectCounts;
  readonly volumes: ObjectCounts;
  readonly bytes_copied: number;
  readonly files_copied: number;
  readonly formats: Readonly<Record<string, number>>;
  readonly load_type: "FULL" | "INCREMENTAL" | "SELECTIVE";
  readonly total_drifted_tables?: number;
  readonly statements: Readonly<Record<string, number>>;
  readonly residue: readonly Residue[];
  /** Why it is no success, in the words of the service: the first of its errors, which are all among those of the run. */
  readonly error?: string;
}

export type RunStatus = "success" | "partial" | "failed" | "cancelled";

export interface ObjectCounts {
  readonly success: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface PlannedCounts {
  /** What the clones of tables are expected to copy; absent when that cannot be told of each. */
  readonly bytes?: number;
  readonly tables: number;
  readonly views: number;
  readonly functions: number;
  readonly volumes: number;
}

export interface ObjectError {
  /** Of several targets the one that it is about. */
  readonly target?: string;
  /** `catalog.schema.name` on the target, or the catalog or schema. */
  readonly object: string;
  readonly operation: string;
  readonly code: string;
  readonly message: string;
}

/** Something the source has and the target did not get, and why. */
export interface Residue {
  /** Source name: `schema.table`, `schema.table.column`, `schema`, or the catalog. */
  readonly object: string;
  /** `cut` (it is not of the consistent cut), `grants`, `tags`, `owner`, `comment`, `files`, `constraints`, `mask`, `row filter`, or the object's own kind. */
  readonly what: string;
  readonly reason: string;
}

export interface DriftEntry {
  readonly schema: string;
  readonly table: string;
  readonly reason: string;
  readonly source_version: number | null;
  readonly cloned_version: number | null;
}

export interface SelectiveFacts {
  readonly target_exists: boolean;
  readonly tables_to_clone: number;
  readonly tables_in_sync: number;
  /** Bytes that this run copied, or a dry run expects to be copied; absent when that is not known, or the run was refused. */
  readonly size_bytes?: number;
  /** Share of the bytes that need no copy, in percent with 1 decimal; of the tables where the bytes are not known. */
  readonly savings_pct: number;
  readonly recommended: boolean;
}
