import { CloneError, type CloneErrorCode } from "@clone-xs/clone";
import { LakehouseError, type LakehouseErrorCode } from "@clone-xs/lakehouse";
import { ServerError } from "@clone-xs/server";
import { SqlError } from "@clone-xs/sql";
import { WorkspaceError, type WorkspaceErrorCode } from "@clone-xs/unity";
import { withFlags } from "./commands/clone/flags.ts";
import type { Explained } from "./error-document.ts";
import { ExitCode } from "./exit-codes.ts";
import { CancelledRun } from "./runs/cancelled-run.ts";
import { UsageError } from "./usage-error.ts";

/** The only place where errors become exit codes. Whatever fails after Ctrl-C failed because of it. */
export function explain(error: unknown, { interrupted }: { readonly interrupted: boolean }): Explained {
  if (interrupted) return { exitCode: ExitCode.cancelled, code: "CANCELLED", message: "Cancelled." };
  if (error instanceof CancelledRun)
    return { exitCode: ExitCode.cancelled, code: "CANCELLED", message: error.message };
  if (error instanceof UsageError) return { exitCode: ExitCode.usage, code: "USAGE", message: error.message };
  if (error instanceof WorkspaceError) return explainWorkspace(error);
  if (error instanceof CloneError) {
    const message = withFlags([error.message, ...untold(error)].join("\n  "));
    return { exitCode: cloneExit(error.code), code: error.code, message };
  }
  if (error instanceof LakehouseError)
    return { exitCode: lakehouseExit(error.code), code: error.code, message: error.message };
  if (error instanceof ServerError || error instanceof SqlError)
    return { exitCode: ExitCode.usage, code: error.code, message: error.message };
  return unwritable(error) ?? unstorable(error) ?? unexpected(error);
}

/** What there is may stand in the sentence already. */
function untold({ message, details }: CloneError): readonly string[] {
  return details.filter((detail) => !message.includes(detail));
}

function explainWorkspace({ code, errorClass, message }: WorkspaceError): Explained {
  return { exitCode: workspaceExit[code], code: errorClass ?? code, message: message.trim() };
}

/** What the system answers about a place that cannot be used, in words. */
const PLACES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOENT: "no such file or directory",
  ENOTDIR: "a part of the path is no directory",
  EEXIST: "there is a file of that name",
  EISDIR: "it is a directory",
  ENOSPC: "no space is left on the device",
  EDQUOT: "the disk quota is used up",
  ENAMETOOLONG: "the name is too long",
};

function unwritable(error: unknown): Explained | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("path" in error)) return undefined;
  const { code, path } = error;
  const cause = typeof code === "string" ? PLACES[code] : undefined;
  if (typeof code !== "string" || typeof path !== "string" || cause === undefined) return undefined;
  const message = `${path} cannot be used: ${cause} (${code}). Make it accessible, or name another place (a directory in CLXS_HOME, or the path in the option).`;
  return { exitCode: ExitCode.usage, code, message };
}

/** A disk that is full, of which the system names no path, and the run store on a disk that takes no writes. */
function unstorable(error: unknown): Explained | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  const { code } = error;
  const full = code === "ENOSPC" || code === "EDQUOT";
  if (!full && !STORE_CODES.test(code)) return undefined;
  const what = full ? `${PLACES[code]} (${code})` : `${error.message} (${code})`;
  const message = `What Clone-Xs keeps on this machine cannot be written: ${what}. Make room, or let CLXS_HOME name a directory that can be written; then run the same command again.`;
  return { exitCode: ExitCode.usage, code, message };
}

const STORE_CODES = /^SQLITE_(?:FULL|IOERR|CANTOPEN|READONLY)/u;

function unexpected(error: unknown): Explained {
  const message = error instanceof Error ? error.message : String(error);
  return {
    exitCode: ExitCode.someFailed,
    code: "INTERNAL",
    message: `Unexpected error: ${message} (--verbose shows where)`,
  };
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

const CLONE_EXITS: { readonly [Code in CloneErrorCode]?: ExitCode } = {
  CATALOG_NOT_FOUND: ExitCode.usage,
  SCHEMA_NOT_FOUND: ExitCode.usage,
  INVALID_REQUEST: ExitCode.usage,
  PLAN_UNREADABLE: ExitCode.usage,
  LEDGER_UNREADABLE: ExitCode.usage,
  RUN_NOT_FOUND: ExitCode.usage,
  STREAM_NOT_FOUND: ExitCode.usage,
  STREAM_UNREADABLE: ExitCode.usage,
  STREAM_REFUSED: ExitCode.refused,
  RUN_OVER: ExitCode.refused,
  RUN_ALIVE: ExitCode.refused,
  PLAN_ELSEWHERE: ExitCode.refused,
  PLAN_STALE: ExitCode.refused,
  FOREIGN_TARGET: ExitCode.refused,
  LEASE_HELD: ExitCode.refused,
  QUIESCE_REFUSED: ExitCode.refused,
  MASK_GUARD_REFUSED: ExitCode.refused,
  PROTECTED_CATALOG: ExitCode.refused,
  ACCESS_WIDENED: ExitCode.refused,
};

function cloneExit(code: CloneErrorCode): ExitCode {
  return CLONE_EXITS[code] ?? ExitCode.someFailed;
}

function lakehouseExit(code: LakehouseErrorCode): ExitCode {
  if (code === "WORKSPACE_HELD") return ExitCode.refused;
  if (code === "ENGINE_LOST" || code === "ENGINE_FAILED") return ExitCode.someFailed;
  return ExitCode.usage;
}
