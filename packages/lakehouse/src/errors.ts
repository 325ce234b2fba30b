/** What went wrong with the embedded workspace itself. Failed statements are `ExecutionError`s. */
export type LakehouseErrorCode =
  /** Another process holds the workspace directory. */
  | "WORKSPACE_HELD"
  /** The directory holds something that this version cannot read. */
  | "WORKSPACE_INCOMPATIBLE"
  /** The engine's process ended while the query ran; the query may be sent again. */
  | "ENGINE_LOST"
  /** The engine refused or failed a query. */
  | "ENGINE_FAILED"
  /** The query was interrupted on request. */
  | "ENGINE_CANCELED"
  /** So many statements wait for a warehouse that it takes no more; nothing ran. */
  | "WAREHOUSE_QUEUE_FULL"
  /** The directory of a restore has a workspace in it. */
  | "WORKSPACE_EXISTS"
  /** The file is not what `snapshotWorkspace` wrote, or was cut short. */
  | "SNAPSHOT_INVALID"
  | "SNAPSHOT_FAILED"
  /** Used after `close`. */
  | "CLOSED"
  | "PRINCIPAL_NOT_FOUND"
  | "INVALID_CONFIGURATION"
  /** The address to listen on is taken. */
  | "PORT_IN_USE";

/** The only error this package throws on purpose, beside `ExecutionError` and the port's `WorkspaceError`. */
export class LakehouseError extends Error {
  override readonly name = "LakehouseError";
  readonly code: LakehouseErrorCode;

  constructor(code: LakehouseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
