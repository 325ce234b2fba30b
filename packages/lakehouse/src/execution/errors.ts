import { DeltaError } from "@clone-xs/delta";
import type { Span } from "@clone-xs/sql";
import { WorkspaceError } from "@clone-xs/unity";
import { ExecutionError } from "./execution.ts";

/** Where in the statement: offsets are turned into Spark's `line 1 pos 14` (line from 1, position from 0). */
export interface Place {
  readonly text: string;
  readonly span: Span;
}

/** An error as Databricks words it: `[CLASS] message SQLSTATE: 42P01; line 1 pos 14`. */
export function failure(errorClass: string, sqlState: string, message: string, place?: Place) {
  const where = place === undefined ? "" : `; ${lineAndPosition(place)}`;
  return new ExecutionError(errorClass, sqlState, `[${errorClass}] ${message} SQLSTATE: ${sqlState}${where}`);
}

function lineAndPosition({ text, span }: Place): string {
  const before = text.slice(0, span.start).split("\n");
  return `line ${before.length} pos ${before.at(-1)?.length ?? 0}`;
}

/** `` `a`.`b` ``, each part quoted, as error messages name objects. */
export function quotedParts(parts: readonly string[]): string {
  return parts.map((part) => `\`${part.replaceAll("`", "``")}\``).join(".");
}

export function tableNotFound(parts: readonly string[], place?: Place): ExecutionError {
  return failure(
    "TABLE_OR_VIEW_NOT_FOUND",
    "42P01",
    `The table or view ${quotedParts(parts)} cannot be found. Verify the spelling and correctness of the schema and catalog.\n` +
      "If you did not qualify the name with a schema, verify the current_schema() output, or qualify the name with the correct schema and catalog.\n" +
      "To tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.",
    place,
  );
}

export function schemaNotFound(parts: readonly string[]): ExecutionError {
  return failure(
    "SCHEMA_NOT_FOUND",
    "42704",
    `The schema ${quotedParts(parts)} cannot be found. Verify the spelling and correctness of the schema and catalog.\n` +
      "If you did not qualify the name with a catalog, verify the current_schema() output, or qualify the name with the correct catalog.\n" +
      "To tolerate the error on drop use DROP SCHEMA IF EXISTS.",
  );
}

export function catalogNotFound(name: string): ExecutionError {
  return failure(
    "NO_SUCH_CATALOG_EXCEPTION",
    "42704",
    `Catalog '${name}' was not found. Please verify the catalog name and then retry the query or command again.`,
  );
}

export function tableExists(parts: readonly string[]): ExecutionError {
  return failure(
    "TABLE_OR_VIEW_ALREADY_EXISTS",
    "42P07",
    `Cannot create table or view ${quotedParts(parts)} because it already exists.\n` +
      "Choose a different name, drop or replace the existing object, add the IF NOT EXISTS clause to tolerate pre-existing objects, or add the OR REFRESH clause to refresh the existing streaming table.",
  );
}

export function schemaExists(parts: readonly string[]): ExecutionError {
  return failure(
    "SCHEMA_ALREADY_EXISTS",
    "42P06",
    `Cannot create schema ${quotedParts(parts)} because it already exists.\n` +
      "Choose a different name, drop the existing schema, or add the IF NOT EXISTS clause to tolerate pre-existing schema.",
  );
}

export function catalogExists(name: string): ExecutionError {
  return failure("CATALOG_ALREADY_EXISTS", "42P06", `Catalog '${name}' already exists`);
}

/** What Spark does and we do not (yet): said plainly, never answered wrongly. */
export function unsupported(what: string, place?: Place): ExecutionError {
  return failure(
    "UNSUPPORTED_FEATURE",
    "0A000",
    `The feature is not supported by the embedded workspace: ${what}.`,
    place,
  );
}

/** A statement that nests deeper than this program or the engine follows. */
export function tooComplex(cause: Error): ExecutionError {
  const message =
    "[FAILED_TO_PARSE_TOO_COMPLEX] The statement, including potential SQL functions and referenced views, was too complex to parse. To mitigate this error divide the statement into multiple, less complex chunks. SQLSTATE: 54001";
  return new ExecutionError("FAILED_TO_PARSE_TOO_COMPLEX", "54001", message, { cause });
}

export function unresolvedColumn(name: string, candidates: readonly string[], place?: Place): ExecutionError {
  if (candidates.length === 0)
    return failure(
      "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
      "42703",
      `A column, variable, or function parameter with name ${name} cannot be resolved.`,
      place,
    );
  return failure(
    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    "42703",
    `A column, variable, or function parameter with name ${name} cannot be resolved. Did you mean one of the following? [${candidates.join(", ")}].`,
    place,
  );
}

export function typeMismatch(expression: string, message: string, place?: Place): ExecutionError {
  return failure(
    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
    "42K09",
    `Cannot resolve "${expression}" due to data type mismatch: ${message}`,
    place,
  );
}

const DELTA_STATES: Readonly<Record<string, string>> = {
  DELTA_TABLE_NOT_FOUND: "42P01",
  DELTA_VERSION_NOT_FOUND: "22003",
  DELTA_VERSIONS_NOT_CONTIGUOUS: "KD00C",
  DELTA_TRUNCATED_TRANSACTION_LOG: "42K03",
  DELTA_UNSUPPORTED_TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION_DURATION: "0AKDC",
  DELTA_STATE_RECOVER_ERROR: "XXKDS",
  DELTA_LOG_CORRUPT: "XXKDS",
  DELTA_INVALID_PROTOCOL_VERSION: "KD004",
  DELTA_TIMESTAMP_GREATER_THAN_COMMIT: "42816",
  DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION: "42816",
  DELTA_UNSUPPORTED_FEATURES_FOR_READ: "56038",
  DELTA_UNSUPPORTED_FEATURES_FOR_WRITE: "56038",
  DELTA_CANNOT_MODIFY_APPEND_ONLY: "42809",
  DELTA_MISSING_CHANGE_DATA: "KD002",
  DELTA_INVALID_CDC_RANGE: "22003",
  DELTA_FILE_NOT_FOUND: "42K03",
  DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT: "22003",
  DELTA_ADDING_COLUMN_WITH_INTERNAL_NAME_FAILED: "42000",
  DELTA_ADDING_DELETION_VECTORS_DISALLOWED: "0A000",
  DELTA_CANNOT_MODIFY_TABLE_PROPERTY: "42939",
  DELTA_CLONE_WITH_ROW_TRACKING_WITHOUT_STATS: "22000",
  DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION: "42601",
  DELTA_UNSUPPORTED_COLUMN_MAPPING_MODE_CHANGE: "0AKDC",
  DELTA_METADATA_CHANGED: "2D521",
  DELTA_PROTOCOL_CHANGED: "2D521",
};

/** What a caller of a statement sees of any failure: ours as it is, Delta's and the engine's in Databricks' words. */
export function asExecutionError(error: unknown): unknown {
  if (error instanceof ExecutionError) return error;
  if (error instanceof DeltaError) {
    const state = DELTA_STATES[error.code] ?? (error.code.startsWith("DELTA_CONCURRENT") ? "2D521" : "XXKDS");
    return new ExecutionError(error.code, state, `[${error.code}] ${error.message} SQLSTATE: ${state}`, {
      cause: error,
    });
  }
  if (error instanceof WorkspaceError) return refusal(error);
  if (isFileError(error))
    return failure(
      "FAILED_READ_FILE.NO_HINT",
      "KD001",
      `Error while reading file ${error.path}: ${error.code}.`,
    );
  return error;
}

/** What the catalog refuses, as a statement ends with it. */
function refusal(error: WorkspaceError): ExecutionError {
  const { code, message, errorClass = code } = error;
  const denied = errorClass === "PERMISSION_DENIED";
  const state = denied
    ? "42501"
    : code === "NOT_FOUND"
      ? "42704"
      : code === "ALREADY_EXISTS"
        ? "42710"
        : "22023";
  const text = `${denied ? "PERMISSION_DENIED:" : `[${errorClass}]`} ${message} SQLSTATE: ${state}`;
  return new ExecutionError(errorClass, state, text, { cause: error });
}

/** Whether a table could not be read because of itself: its log or its files, not this program. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof DeltaError || isFileError(error);
}

function isFileError(error: unknown): error is Error & { readonly code: string; readonly path: string } {
  return (
    error instanceof Error &&
    "code" in error &&
    "path" in error &&
    typeof error.path === "string" &&
    /^E[A-Z]+$/.test(String(error.code))
  );
}
