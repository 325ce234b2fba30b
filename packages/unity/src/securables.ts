import type { ObjectName, SchemaName } from "./names.ts";

/** Kinds of securable a clone meets. */
export type SecurableType = "catalog" | "schema" | "table" | "volume" | "function";

/** As `table_type` of the Tables API; views are tables there. */
export type TableType =
  | "MANAGED"
  | "EXTERNAL"
  | "VIEW"
  | "MATERIALIZED_VIEW"
  | "STREAMING_TABLE"
  | "FOREIGN"
  | "MANAGED_SHALLOW_CLONE"
  | "EXTERNAL_SHALLOW_CLONE"
  | "METRIC_VIEW";

export interface MetastoreSummary {
  readonly metastoreId: string;
  readonly name: string;
  /** `cloud:region:uuid`, the sharing identifier. */
  readonly globalMetastoreId: string;
}

export interface Catalog {
  readonly name: string;
  readonly owner: string;
  readonly comment?: string;
  /** MANAGED_CATALOG, DELTASHARING_CATALOG, FOREIGN_CATALOG, SYSTEM_CATALOG … as the API names it. */
  readonly catalogType: string;
  /** What a catalog of type DELTASHARING_CATALOG is made from. */
  readonly share?: { readonly provider: string; readonly share: string };
  readonly properties: Readonly<Record<string, string>>;
}

export interface Schema extends SchemaName {
  readonly owner: string;
  readonly comment?: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface Column {
  readonly name: string;
  /** 0-based, as in the API. */
  readonly position: number;
  /** Databricks spelling in lower case, e.g. `bigint`, `decimal(10,2)`, `array<struct<a:int>>`. */
  readonly typeText: string;
  readonly nullable: boolean;
  readonly comment?: string;
  /** 0-based place among the partition columns; absent for other columns. */
  readonly partitionIndex?: number;
  readonly mask?: { readonly functionName: string; readonly usingColumns: readonly string[] };
}

export type TableConstraint =
  | {
      readonly kind: "primary_key";
      readonly name: string;
      readonly columns: readonly string[];
      /** Those of the columns that hold the time of a time series; absent when none does. */
      readonly timeseries?: readonly string[];
      readonly rely: boolean;
    }
  | {
      readonly kind: "foreign_key";
      readonly name: string;
      readonly columns: readonly string[];
      readonly parentTable: string;
      readonly parentColumns: readonly string[];
      readonly rely: boolean;
    };

/** A table or view as the Tables API lists it. */
export interface Table extends ObjectName {
  readonly tableType: TableType;
  /** DELTA, PARQUET, ICEBERG …; absent for views. */
  readonly format?: string;
  readonly owner: string;
  readonly comment?: string;
  readonly columns: readonly Column[];
  /** TBLPROPERTIES without protocol keys. */
  readonly properties: Readonly<Record<string, string>>;
  readonly storageLocation?: string;
  /** Unity Catalog's id of the table, not Delta's metadata id. */
  readonly tableId?: string;
  readonly view?: ViewDefinition;
  readonly constraints: readonly TableConstraint[];
  readonly rowFilter?: { readonly functionName: string; readonly inputColumns: readonly string[] };
  /** Epoch milliseconds; metadata time, not data time. */
  readonly updatedAt: number;
}

export interface ViewDefinition {
  /** The query text as it was typed. */
  readonly text: string;
  /** Namespace against which unqualified names in the text resolve; absent when the workspace does not tell. */
  readonly namespace?: SchemaName;
}

/** A SQL function (routine). */
export interface Routine extends ObjectName {
  readonly owner: string;
  readonly comment?: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly typeText: string;
    readonly default?: string;
    readonly comment?: string;
  }[];
  /** Scalar type text, or `TABLE` with `returnColumns`. */
  readonly returns: string;
  readonly returnColumns?: readonly {
    readonly name: string;
    readonly typeText: string;
    readonly comment?: string;
  }[];
  readonly language: string;
  /** The body after RETURN, as typed. */
  readonly definition: string;
  readonly deterministic: boolean;
}

export interface Volume extends ObjectName {
  readonly volumeType: "MANAGED" | "EXTERNAL";
  readonly storageLocation: string;
  readonly owner: string;
  readonly comment?: string;
}

/** A privilege in REST spelling: `USE_CATALOG`, `SELECT`, `ALL_PRIVILEGES`. */
export type Privilege = string;

/** What one principal was granted directly on one securable. */
export interface PrivilegeAssignment {
  readonly principal: string;
  readonly privileges: readonly Privilege[];
}

/** What a principal holds on a securable, inherited ones with where they come from. */
export interface EffectivePrivilege {
  readonly principal: string;
  readonly privilege: Privilege;
  readonly inheritedFrom?: { readonly type: SecurableType; readonly name: string };
}

export interface Tag {
  readonly name: string;
  readonly value: string;
}
