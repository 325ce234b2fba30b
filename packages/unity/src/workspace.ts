import type { Jobs } from "./jobs.ts";
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
import type { Sharing } from "./sharing.ts";

/**
 * One Databricks workspace, real or embedded: everything the product can ask of it.
 * Adapters: `@clone-xs/databricks/client` over HTTP, `@clone-xs/lakehouse` in process. Both pass `workspaceConformance`.
 * Every call may throw a {@link WorkspaceError}; nothing else is thrown on purpose.
 */
export interface Workspace {
  readonly identity: WorkspaceIdentity;
  readonly statements: Statements;
  readonly unity: UnityReads;
  readonly files: Files;
  readonly sharing: Sharing;
  readonly jobs: Jobs;
  /** The SQL warehouses that the user may use, in whatever state. None is started. */
  warehouses(): Promise<readonly SqlWarehouse[]>;
  /** Gives back connections and processes. Idempotent. */
  close(): Promise<void>;
}

export interface SqlWarehouse {
  readonly id: string;
  readonly name: string;
  /** RUNNING, STARTING, STOPPED …, as the API names it. */
  readonly state?: string;
  /** Size of its clusters: `Small`, `2X-Large`. */
  readonly size?: string;
  readonly serverless: boolean;
  /** Statements of this workspace go to it. */
  readonly inUse: boolean;
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
  /** State of a statement that was submitted before, maybe by another process; `undefined` when the server does not know it (any more). */
  state(statementId: string): Promise<SubmittedState | undefined>;
  /** Asks the warehouse to stop a statement, maybe one of another process. One that has ended, or is not known, is left as it is. */
  cancel(statementId: string): Promise<void>;
  /**
   * Statements of this user on this warehouse, newest first: how a statement is found whose submission was never answered.
   * Source: query history API, `GET /api/2.0/sql/history/queries`.
   */
  recent(filter: RecentFilter): Promise<readonly RecentStatement[]>;
}

export type StatementState = "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELED" | "CLOSED";

export interface SubmittedState {
  readonly state: StatementState;
  /** Why, when FAILED. */
  readonly error?: WorkspaceError;
}

export interface RecentFilter {
  /** Epoch milliseconds: only statements that started at this time or later. */
  readonly since: number;
  /** Only statements that carry all of these tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface RecentStatement {
  readonly statementId: string;
  readonly text: string;
  readonly state: StatementState;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ExecuteOptions {
  readonly signal?: AbortSignal;
  readonly onSubmitted?: (statementId: string) => void;
  /** Called when the server refuses for now, before it is asked again, and when a statement waits for its warehouse; maybe never. */
  readonly onHeldUp?: (why: HeldUp) => void;
}

/** `throttled`: too many requests. `queued`: the warehouse has no room for another statement, or starts. */
export type HeldUp = "throttled" | "queued";

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
  /** Query tags, at most 20: they stand in the query history, and tell whose statement it is. */
  readonly tags?: Readonly<Record<string, string>>;
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

/**
 * Files of volumes, by absolute path `/Volumes/<catalog>/<schema>/<volume>/…`. Parts of a path are names, never percent-encoded.
 * Source: Files API, `/api/2.0/fs/files{path}` and `/api/2.0/fs/directories{path}`.
 */
export interface Files {
  /** Everything directly in a directory, complete and in no order; `undefined` when there is no such directory. */
  list(path: string): Promise<readonly FileEntry[] | undefined>;
  /** Size and time of a file; `undefined` when there is none. */
  stat(path: string): Promise<FileEntry | undefined>;
  /** The bytes of a file from `offset` on, in pieces. Throws NOT_FOUND. */
  read(path: string, options?: ReadOptions): AsyncIterable<Uint8Array>;
  /** Writes a whole file; readers see the old one or the new one. Makes missing directories. Throws ALREADY_EXISTS unless `overwrite`. */
  write(path: string, content: AsyncIterable<Uint8Array>, options?: WriteOptions): Promise<void>;
  /** Makes a directory and those above it. Idempotent. */
  makeDirectory(path: string): Promise<void>;
  /** Deletes a file; one that is not there is fine. */
  remove(path: string): Promise<void>;
}

export interface FileEntry {
  readonly path: string;
  readonly isDirectory: boolean;
  /** Bytes; 0 for a directory. */
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

export interface ReadOptions {
  /** Bytes to leave out at the start. */
  readonly offset?: number;
  readonly signal?: AbortSignal;
}

export interface WriteOptions {
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal;
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
  /** How long the server asked to wait before that. */
  readonly retryAfterMs?: number;

  constructor(code: WorkspaceErrorCode, message: string, details: WorkspaceErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    if (details.errorClass !== undefined) this.errorClass = details.errorClass;
    if (details.sqlState !== undefined) this.sqlState = details.sqlState;
    if (details.statementId !== undefined) this.statementId = details.statementId;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }
}

export interface WorkspaceErrorDetails {
  readonly errorClass?: string;
  readonly sqlState?: string;
  readonly statementId?: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}
