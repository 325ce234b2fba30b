import type {
  ObjectName,
  PrivilegeAssignment,
  SchemaName,
  SecurableType,
  TableConstraint,
  TableType,
  Tag,
} from "@clone-xs/unity";
import type { RunStore } from "./job-runs.ts";
import type { ShareStore } from "./shares.ts";

/**
 * What the embedded workspace knows beside the tables' own files: one SQLite database in the workspace directory.
 * All calls are synchronous and durable when they return (WAL, synchronous=FULL). Names are matched in lower case.
 * A table's schema, Delta properties and history live in its Delta log, never here; `parquet` and `iceberg` tables keep their columns here.
 */
export interface Metastore {
  /** Identity of the metastore, made when the directory was created. */
  readonly id: string;
  /** `embedded:local:<id>` */
  readonly globalId: string;
  /** A value made once by `make` and kept under `name`. */
  fact(name: string, make: () => string): string;
  setFact(name: string, value: string): void;
  /** Runs `work` in one SQLite transaction (IMMEDIATE); a throw rolls back. Nesting joins the outer transaction. */
  transaction<T>(work: () => T): T;

  catalogs(): readonly CatalogRecord[];
  catalog(name: string): CatalogRecord | undefined;
  putCatalog(record: CatalogRecord): void;
  /** Removes the catalog with everything below it (grants and tags too). */
  removeCatalog(name: string): void;

  schemas(catalog: string): readonly SchemaRecord[];
  schema(name: SchemaName): SchemaRecord | undefined;
  putSchema(record: SchemaRecord): void;
  removeSchema(name: SchemaName): void;

  /** Tables and views of a schema, or of the whole catalog, by name. */
  tables(scope: { readonly catalog: string; readonly schema?: string }): readonly TableRecord[];
  /** At most `limit` tables and views whose names come behind `after` in byte order, by name. */
  tablesAfter(
    scope: SchemaName,
    part: { readonly after: string; readonly limit: number },
  ): readonly TableRecord[];
  table(name: ObjectName): TableRecord | undefined;
  /** Inserts or replaces by name, keeping the record's `id` as given; grants and tags of the name stay. */
  putTable(record: TableRecord): void;
  /** Removes the table with its grants and tags; its directory is remembered for lazy deletion when `sweepLocation` is given. */
  removeTable(name: ObjectName, options?: { readonly sweepLocation?: string }): void;

  /** Gives a table or view another name; its record, grants and tags go with it. */
  renameTable(from: ObjectName, to: ObjectName): void;

  functions(scope: { readonly catalog: string; readonly schema?: string }): readonly FunctionRecord[];
  function(name: ObjectName): FunctionRecord | undefined;
  putFunction(record: FunctionRecord): void;
  removeFunction(name: ObjectName): void;

  volumes(scope: { readonly catalog: string; readonly schema?: string }): readonly VolumeRecord[];
  volume(name: ObjectName): VolumeRecord | undefined;
  putVolume(record: VolumeRecord): void;
  removeVolume(name: ObjectName): void;

  /** Direct grants on one securable; privileges in REST spelling (`USE_CATALOG`), sorted. */
  grants(type: Grantable, fullName: string): readonly PrivilegeAssignment[];
  /** Every direct grant on the catalog and anything below it. */
  grantsBelow(catalog: string): readonly {
    readonly type: SecurableType;
    readonly fullName: string;
    readonly principal: string;
    readonly privilege: string;
  }[];
  grant(type: Grantable, fullName: string, principal: string, privileges: readonly string[]): void;
  revoke(type: Grantable, fullName: string, principal: string, privileges: readonly string[]): void;

  /** Tags on one securable; `column` for a column of a table. */
  tags(type: SecurableType, fullName: string, column?: string): readonly Tag[];
  tagsBelow(catalog: string): readonly {
    readonly type: SecurableType;
    readonly fullName: string;
    readonly column?: string;
    readonly tag: Tag;
  }[];
  setTags(type: SecurableType, fullName: string, tags: readonly Tag[], column?: string): void;
  unsetTags(type: SecurableType, fullName: string, names: readonly string[], column?: string): void;

  principals(): readonly PrincipalRecord[];
  principal(name: string): PrincipalRecord | undefined;
  putPrincipal(record: PrincipalRecord): void;
  /** The principal whose token this is (tokens are stored as SHA-256). */
  principalByToken(token: string): PrincipalRecord | undefined;
  /** The service principal whose OAuth client secret this is. */
  principalBySecret(principal: string, secret: string): PrincipalRecord | undefined;
  /** Makes a new token for a principal and returns it; only its hash is kept. Throws PRINCIPAL_NOT_FOUND. */
  issueToken(principal: string, options?: { readonly lifetimeMs?: number }): string;
  /** Makes a token worthless from now on. */
  revokeToken(token: string): void;
  /** Makes a new OAuth client secret for a principal. Throws PRINCIPAL_NOT_FOUND. */
  issueSecret(principal: string): string;

  /** By name. */
  warehouses(): readonly WarehouseRecord[];
  warehouse(id: string): WarehouseRecord | undefined;
  putWarehouse(record: WarehouseRecord): void;
  removeWarehouse(id: string): void;

  readonly runs: RunStore;
  /** What this metastore shares with others. */
  readonly sharing: ShareStore;

  /** Directories of dropped or abandoned tables that may be deleted now. */
  sweepable(): readonly string[];
  /** Remembers a directory for lazy deletion, as `removeTable` does. */
  sweepLater(location: string): void;
  swept(location: string): void;

  close(): void;
}

/** What privileges are granted on. The metastore's full name is the metastore id. */
export type Grantable = SecurableType | "metastore";

export interface Stamped {
  readonly owner: string;
  readonly comment?: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly createdBy: string;
  readonly updatedAt: number;
  readonly updatedBy: string;
}

export interface CatalogRecord extends Stamped {
  readonly id: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  /** What it shows: the share of a provider, whose schemas and tables are not stored here. */
  readonly share?: { readonly provider: string; readonly share: string };
}

export interface SchemaRecord extends SchemaName, Stamped {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface TableRecord extends ObjectName, Stamped {
  /** Unity Catalog's table id; a replaced table keeps it. */
  readonly id: string;
  readonly tableType: TableType;
  /** DELTA, PARQUET, ICEBERG; absent for views. */
  readonly format?: "DELTA" | "PARQUET" | "ICEBERG";
  /** Directory as an absolute path; absent for views. */
  readonly location?: string;
  /** The location as the user wrote it (`s3://…`), when it differs. */
  readonly locationUri?: string;
  /** Views: the query as typed and the namespace it was created in. */
  readonly view?: {
    readonly text: string;
    readonly namespace: SchemaName;
    readonly columns: readonly ViewColumn[];
  };
  /** Declared columns of non-Delta tables. */
  readonly columns?: readonly {
    readonly name: string;
    readonly typeText: string;
    readonly comment?: string;
  }[];
  /** TBLPROPERTIES of views and non-Delta tables. */
  readonly properties: Readonly<Record<string, string>>;
  readonly constraints: readonly TableConstraint[];
  readonly rowFilter?: { readonly functionName: string; readonly inputColumns: readonly string[] };
  readonly columnMasks: readonly {
    readonly column: string;
    readonly functionName: string;
    readonly usingColumns: readonly string[];
  }[];
  /** Of a table in a catalog from a share: it lies with its provider and can only be read. */
  readonly shared?: SharedTable;
}

interface SharedTable {
  /** Versions and the history may be read. */
  readonly history: boolean;
  /** The change data feed may be read. */
  readonly changeData: boolean;
  /** Why the table cannot be read although it is in the share. */
  readonly unavailable?: string;
}

interface ViewColumn {
  readonly name: string;
  readonly typeText: string;
  readonly comment?: string;
}

export interface FunctionRecord extends ObjectName, Stamped {
  readonly id: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly typeText: string;
    readonly default?: string;
    readonly comment?: string;
  }[];
  /** Scalar type, or `TABLE`. */
  readonly returns: string;
  readonly returnColumns?: readonly ViewColumn[];
  readonly definition: string;
  /** Namespace for unqualified names in the body. */
  readonly namespace: SchemaName;
  readonly deterministic: boolean;
}

export interface VolumeRecord extends ObjectName, Stamped {
  readonly id: string;
  readonly volumeType: "MANAGED" | "EXTERNAL";
  readonly location: string;
}

export interface PrincipalRecord {
  readonly name: string;
  readonly kind: "user" | "group" | "service_principal";
  /** Groups this principal is a member of; everybody is in `account users`. */
  readonly groups: readonly string[];
  readonly admin: boolean;
}

/** A SQL warehouse as it was made; whether it runs is only in memory, apart from whether it was stopped. */
export interface WarehouseRecord {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly clusterSize: string;
  readonly minClusters: number;
  readonly maxClusters: number;
  /** 0 is never. */
  readonly autoStopMinutes: number;
  readonly warehouseType: "CLASSIC" | "PRO";
  readonly serverless: boolean;
  readonly photon: boolean;
  readonly spotInstancePolicy: string;
  readonly channel: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly creator: string;
  readonly stopped: boolean;
  /** Who may do what; admins may manage every warehouse. */
  readonly permissions: readonly WarehousePermission[];
}

export interface WarehousePermission {
  /** A user, service principal or group; `users` is everybody. */
  readonly principal: string;
  readonly level: WarehouseLevel;
}

export type WarehouseLevel = "CAN_USE" | "CAN_MONITOR" | "CAN_MANAGE" | "IS_OWNER";
