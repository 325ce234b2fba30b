import { WorkspaceError } from "@clone-xs/unity";
import type { StatementStatus } from "../../contract/index.ts";

/** Classes that mean the caller lacks a privilege, in the two spellings of the service. */
const deniedClasses = new Set(["PERMISSION_DENIED", "INSUFFICIENT_PERMISSIONS"]);

/** Service trouble: the statement did not run, or was rolled back, through no fault of its own. */
const passingCodes = new Set([
  "ABORTED",
  "RESOURCE_EXHAUSTED",
  "SERVICE_UNDER_MAINTENANCE",
  "TEMPORARILY_UNAVAILABLE",
  "WORKSPACE_TEMPORARILY_UNAVAILABLE",
]);

/** SQLSTATE of Delta's commit conflicts: nothing was written, and the same statement may win the next time. */
const CONFLICT = "2D521";

/**
 * The error of a FAILED statement. The class comes from `[CLASS]` or `PERMISSION_DENIED:` at the start of the text, else it
 * is the service's error code; the SQLSTATE from its own field, else from the text.
 */
export function failureOf(statementId: string, { error, sql_state }: StatementStatus): WorkspaceError {
  const message = error?.message?.trim() || `Statement ${statementId} failed without a message.`;
  const errorClass = classOf(message) ?? error?.error_code;
  const sqlState = sql_state ?? /SQLSTATE: ([0-9A-Z]{5})\b/u.exec(message)?.[1];
  return new WorkspaceError(
    errorClass !== undefined && deniedClasses.has(errorClass) ? "PERMISSION_DENIED" : "STATEMENT_FAILED",
    message,
    {
      statementId,
      retryable: sqlState === CONFLICT || passingCodes.has(error?.error_code ?? ""),
      ...(errorClass === undefined ? {} : { errorClass }),
      ...(sqlState === undefined ? {} : { sqlState }),
    },
  );
}

/** @example classOf("\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'INSER'. …") // "PARSE_SYNTAX_ERROR" */
function classOf(message: string): string | undefined {
  const text = message.replace(/^([\w$]+\.)+[\w$]+: /u, "");
  return (/^\[([A-Z][A-Z0-9_]*(?:\.[A-Z0-9_]+)*)\]/u.exec(text) ?? /^(PERMISSION_DENIED): /u.exec(text))?.[1];
}
