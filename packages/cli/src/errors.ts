import { CloneError, type CloneErrorCode } from "@clone-xs/clone";
import { LakehouseError, type LakehouseErrorCode } from "@clone-xs/lakehouse";
import { ServerError } from "@clone-xs/server";
import { SqlError } from "@clone-xs/sql";
import { WorkspaceError, type WorkspaceErrorCode } from "@clone-xs/unity";
import { ExitCode } from "./exit-codes.ts";
import { UsageError } from "./usage-error.ts";

export interface Explained {
  readonly exitCode: ExitCode;
  /** One message for people: what, and the way out. No stack trace. */
  readonly message: string;
}

/** The only place where errors become exit codes. Whatever fails after Ctrl-C failed because of it. */
export function explain(error: unknown, { interrupted }: { readonly interrupted: boolean }): Explained {
  if (interrupted) return { exitCode: ExitCode.cancelled, message: "Cancelled." };
  if (error instanceof UsageError) return { exitCode: ExitCode.usage, message: error.message };
  if (error instanceof WorkspaceError)
    return { exitCode: workspaceExit[error.code], message: error.message.trim() };
  if (error instanceof CloneError)
    return { exitCode: cloneExit(error.code), message: [error.message, ...error.details].join("\n  ") };
  if (error instanceof LakehouseError) return { exitCode: lakehouseExit(error.code), message: error.message };
  if (error instanceof ServerError) return { exitCode: ExitCode.usage, message: error.message };
  if (error instanceof SqlError) return { exitCode: ExitCode.usage, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: ExitCode.someFailed, message: `Unexpected error: ${message} (--verbose shows where)` };
}

const workspaceExit: Readonly<Record<WorkspaceErrorCode, ExitCode>> = {
  STATEMENT_FAILED: ExitCode.someFailed,
  CANCELED: ExitCode.someFailed,
  UNKNOWN_RESULT: ExitCode.someFailed,
  NOT_FOUND: ExitCode.usage,
  ALREADY_EXISTS: ExitCode.someFailed,
  PERMISSION_DENIED: ExitCode.noConnection,
  UNAUTHENTICATED: ExitCode.noConnection,
  RATE_LIMITED: ExitCode.noConnection,
  UNAVAILABLE: ExitCode.noConnection,
  INVALID_REQUEST: ExitCode.usage,
  CONFIGURATION: ExitCode.usage,
  INTERNAL: ExitCode.someFailed,
};

function cloneExit(code: CloneErrorCode): ExitCode {
  if (code === "CATALOG_NOT_FOUND" || code === "SCHEMA_NOT_FOUND" || code === "INVALID_REQUEST")
    return ExitCode.usage;
  return code === "FOREIGN_TARGET" ? ExitCode.refused : ExitCode.someFailed;
}

function lakehouseExit(code: LakehouseErrorCode): ExitCode {
  if (code === "WORKSPACE_HELD") return ExitCode.refused;
  if (code === "ENGINE_LOST" || code === "ENGINE_FAILED") return ExitCode.someFailed;
  return ExitCode.usage;
}
