import type { ObjectName } from "./names.ts";
import type {
  Catalog,
  EffectivePrivilege,
  MetastoreSummary,
  PrivilegeAssignment,
  Routine,
  Schema,
  SecurableType,
  Table,
  Volume,
} from "./securables.ts";

/**
 * One Databricks workspace, real or embedded: everything the product can ask of it.
 * Adapters: `@clone-xs/databricks/client` over HTTP, `@clone-xs/lakehouse` in process. Both pass `workspaceConformance`.
 * Every call may throw a {@link WorkspaceError}; nothing else is thrown on purpose.
 */
export interface Workspace {
  readonly identity: WorkspaceIdentity;
  readonly statements: Statements;
  readonly unity: UnityReads;
  /** Gives back connections and processes. Idempotent. */
  close(): Promise<void>;
}

export interface WorkspaceIdentity {
  /** Origin of the workspace, `https://….cloud.databricks.com`, or `embedded:<directory>` in process. For people and for keys of caches. */
  readonly host: string;
  readonly userName: string;
}

export interface Statements {
  /**
   * Submits one statement and waits for its terminal state; returns only when the server said SUCCEEDED (or CLOSED, then
   * with `resultGone`). Not idempotent: when it throws UNKNOWN_RESULT the statement may or may not have run.
   * `onSubmitted` is called once, before the wait, when the server has acknowledged the statement. When `signal` aborts,
   * the statement is cancelled at the warehouse and the promise rejects with code CANCELED.
   */
  execute(statement: Statement, options?: ExecuteOptions): Promise<StatementResult>;
}

export interface ExecuteOptions {
  readonly signal?: AbortSignal;
  readonly onSubmitted?: (statementId: string) => void;
}

/**
 * What is sent. Built by the `sql` tag and the builders of `@clone-xs/sql`, or typed by a user.
 * Carries its kind and effect so that decorators (read-only, retry, metering) need no parser.
 */
export interface Statement {
  readonly text: string;
  readonly kind: StatementKind;
  readonly effect: "read" | "write";
  /** Default namespace for unqualified names in this statement only. */
  readonly catalog?: string;
  readonly schema?: string;
  readonly parameters?: readonly StatementParameter[];
}

export type StatementKind =
  | "clone"
  | "create"
  | "alter"
  | "drop"
  | "comment"
  | "grant"
  | "tag"
  | "write"
  | "history"
  | "describe"
  | "select"
  | "other";

export interface StatementParameter {
  readonly name: string;
  /** `null` is SQL NULL. */
  readonly value: string | null;
  /** Databricks type name; STRING when absent. */
  readonly type?: string;
}

export interface StatementResult {
  readonly statementId: string;
  readonly columns: readonly ResultColumn[];
  /** All rows of all chunks. Every cell is text or null, as on the wire: 64-bit integers and decimals stay exact. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** The server's row limit cut the result. */
  readonly truncated: boolean;
  /** State CLOSED: it succeeded, but the result can no longer be read. */
  readonly resultGone: boolean;
}

export interface ResultColumn {
  readonly name: string;
  /** Databricks spelling in upper case: `BIGINT`, `DECIMAL(10,2)`, `ARRAY<INT>`. */
  readonly typeText: string;
  /** Wire enum: LONG, DECIMAL, ARRAY … */
  readonly typeName: string;
}

/** Reads of the Unity Catalog REST API. Lists are complete: adapters follow page tokens to the end. */
export interface UnityReads {
  metastore(): Promise<MetastoreSummary>;
  catalogs(): Promise<readonly Catalog[]>;
  /** `undefined` when it does not exist (or the caller may not see it: the API does not tell these apart). */
  catalog(name: string): Promise<Catalog | undefined>;
  schemas(catalog: string): Promise<readonly Schema[]>;
  /** Tables and views with columns and properties. */
  tables(catalog: string, schema: string): Promise<readonly Table[]>;
  table(name: ObjectName): Promise<Table | undefined>;
  functions(catalog: string, schema: string): Promise<readonly Routine[]>;
  volumes(catalog: string, schema: string): Promise<readonly Volume[]>;
  /** Direct grants only. */
  permissions(type: SecurableType, fullName: string): Promise<readonly PrivilegeAssignment[]>;
  effectivePermissions(type: SecurableType, fullName: string): Promise<readonly EffectivePrivilege[]>;
}

export type WorkspaceErrorCode =
  /** A statement ended FAILED; `errorClass` and `sqlState` say why. */
  | "STATEMENT_FAILED"
  /** A statement was cancelled, by us or by somebody else. */
  | "CANCELED"
  /** The request may have been carried out; the answer was lost. */
  | "UNKNOWN_RESULT"
  | "NOT_FOUND"
  | "ALREADY_EXISTS"
  | "PERMISSION_DENIED"
  | "UNAUTHENTICATED"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "INVALID_REQUEST"
  | "CONFIGURATION"
  | "INTERNAL";

/** The only error a {@link Workspace} throws on purpose. Compare by `code` and `errorClass`, never by message. */
export class WorkspaceError extends Error {
  override readonly name = "WorkspaceError";
  readonly code: WorkspaceErrorCode;
  /** Databricks' error class (`TABLE_OR_VIEW_NOT_FOUND`, `DELTA_…`) or REST `error_code`. */
  readonly errorClass?: string;
  readonly sqlState?: string;
  readonly statementId?: string;
  /** Whether sending the same thing again may succeed and does no harm. */
  readonly retryable: boolean;

  constructor(code: WorkspaceErrorCode, message: string, details: WorkspaceErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    if (details.errorClass !== undefined) this.errorClass = details.errorClass;
    if (details.sqlState !== undefined) this.sqlState = details.sqlState;
    if (details.statementId !== undefined) this.statementId = details.statementId;
  }
}

export interface WorkspaceErrorDetails {
  readonly errorClass?: string;
  readonly sqlState?: string;
  readonly statementId?: string;
  readonly retryable?: boolean;
  readonly cause?: unknown;
}
