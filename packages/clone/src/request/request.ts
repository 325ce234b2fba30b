import type { FanoutOptions, TargetRequest } from "./targets.ts";

/**
 * What the user asked, with every default filled in: past this point nothing is optional that is needed.
 * Wire keys (JSON, YAML) are the snake_case names of the API; `parseCloneRequest` turns them into this.
 */
export interface CloneRequest {
  readonly sourceCatalog: string;
  readonly destinationCatalog: string;
  readonly cloneType: "DEEP" | "SHALLOW";
  readonly loadType: "FULL" | "INCREMENTAL" | "SELECTIVE";
  readonly dryRun: boolean;
  readonly scope: CloneScope;
  /** What beside data the user wants on the copy; what cannot be copied yet stands in the residue unless turned off here. */
  readonly copy: CopyOptions;
  readonly asOf:
    | { readonly kind: "latest" }
    | { readonly kind: "timestamp"; readonly value: string }
    | { readonly kind: "version"; readonly value: bigint };
  /** Only rows that satisfy the predicate are copied: `schema.table` in lower case → SQL of a condition. */
  readonly where: Readonly<Record<string, string>>;
  /** Tables are made with their columns, properties and all else, and without rows. */
  readonly schemaOnly: boolean;
  /** Prefix under which external tables of the target are made; absent: managed tables. */
  readonly location?: string;
  /** Revoke write privileges on the source for the time of the copy, or until the versions are pinned. */
  readonly quiesce?: QuiesceOptions;
  /** What becomes of clones whose source is gone. */
  readonly prune: "report" | "drop";
  /** Whether principals may gain access to data by this clone: told in the plan, or a reason to refuse. */
  readonly access: "report" | "refuse";
  /** Compare source and target when the clone is done: versions, row counts and row hashes. */
  readonly validate: boolean;
  /** Record what is needed to undo the run. */
  readonly rollback: boolean;
  /** Clone again what is in sync. */
  readonly forceReclone: boolean;
  readonly replaceForeign: boolean;
  readonly onTargetModified: "fail" | "skip" | "overwrite";
  readonly tableProperties: Readonly<Record<string, string>>;
  /** Schemas listed at the same time. */
  readonly maxWorkers: number;
  /** Statements under way at the same time. */
  readonly maxParallel: number;
  readonly strict: boolean;
  /** Other workspaces that the clone goes to. Empty: the source's own. */
  readonly targets: readonly TargetRequest[];
  /** Present when several targets were asked for, be it a list of one: they are worked on side by side, each for itself. */
  readonly fanout?: FanoutOptions;
}

export interface CloneScope {
  /** Empty: all. */
  readonly includeSchemas: readonly string[];
  readonly excludeSchemas: readonly string[];
  readonly includeTables?: string;
  readonly excludeTables?: string;
  /** Empty: all. Otherwise only these, each also subject to the other rules. */
  readonly includeObjects: readonly ScopedObject[];
  readonly views: boolean;
  readonly functions: boolean;
  readonly volumes: boolean;
}

export interface ScopedObject {
  readonly schema: string;
  readonly name: string;
  readonly type: "table" | "view" | "function" | "volume";
}

export interface CopyOptions {
  readonly permissions: boolean;
  readonly ownership: boolean;
  readonly tags: boolean;
  readonly security: boolean;
  readonly constraints: boolean;
  readonly comments: boolean;
  /** TBLPROPERTIES beyond what CLONE carries itself: of views, of schemas, of tables that are in sync. */
  readonly properties: boolean;
}

export interface QuiesceOptions {
  readonly until: "cloned" | "pinned";
  /** Go on also when schemas outside the scope lose writes. */
  readonly wide: boolean;
}
