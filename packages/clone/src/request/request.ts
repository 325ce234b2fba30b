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
  readonly asOf:
    | { readonly kind: "latest" }
    | { readonly kind: "timestamp"; readonly value: string }
    | { readonly kind: "version"; readonly value: bigint };
  readonly schemaOnly: boolean;
  readonly replaceForeign: boolean;
  readonly onTargetModified: "fail" | "skip" | "overwrite";
  readonly tableProperties: Readonly<Record<string, string>>;
  readonly maxParallel: number;
  readonly strict: boolean;
}

export interface CloneScope {
  /** Empty: all. */
  readonly includeSchemas: readonly string[];
  readonly excludeSchemas: readonly string[];
  readonly includeTables?: string;
  readonly excludeTables?: string;
  readonly views: boolean;
  readonly functions: boolean;
  readonly volumes: boolean;
}
