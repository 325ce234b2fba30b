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
  readonly schemaOnly: boolean;
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
}
