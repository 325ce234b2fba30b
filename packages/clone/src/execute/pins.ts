import { describeHistory } from "@clone-xs/sql";
import { fullName, localName, WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { rowsByName } from "../inspect/rows.ts";
import type { CloneTableOperation } from "../plan/plan.ts";
import { type Performed, type PerformPorts, signalOf } from "./sending.ts";

/** Error classes of a version whose log or data files are gone. Source: Databricks' error conditions. */
const GONE =
  /^(?:DELTA_VERSION_NOT_FOUND|DELTA_VERSIONS_NOT_CONTIGUOUS|DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION|DELTA_STATE_RECOVER_ERROR|DELTA_TRUNCATED_TRANSACTION_LOG|DELTA_UNSUPPORTED_TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION_DURATION|DELTA_(?:LOG_)?FILE_NOT_FOUND|DELTA_COPY_INCOMPLETE|FAILED_READ_FILE)/u;

/** Whether a statement failed because the version it names, or files of it, are no longer there. */
export function isVersionGone(error: unknown): boolean {
  return error instanceof WorkspaceError && GONE.test(error.errorClass ?? "");
}

type Pin = Pick<CloneTableOperation, "version" | "versionTimestamp">;

export const UNPINNED: Pin = { version: null, versionTimestamp: null };

/**
 * The same operation at the version that the source has now, or at none when that cannot be read. Throws the error again when it is not
 * the pin's, and VERSION_NOT_AVAILABLE when the user asked for that very version.
 */
export async function otherPin(
  operation: CloneTableOperation,
  error: unknown,
  ports: PerformPorts,
): Promise<CloneTableOperation> {
  if (operation.version === null || !isVersionGone(error)) throw error;
  if (operation.pin === "request") throw notAvailable(operation, error);
  const newest = await newestPin(operation, ports);
  if (newest.version === operation.version) throw error;
  ports.warn(
    `${fullName(operation.source)}: version ${operation.version} is gone; ${pinWords(newest)} is cloned instead, outside the consistent cut.`,
  );
  return { ...operation, ...newest };
}

/** What a table that was cloned at another version than planned has to say. */
export function outsideCut(
  performed: Performed,
  cut: {
    readonly operation: CloneTableOperation;
    readonly loose: CloneTableOperation;
    readonly error: unknown;
  },
): Performed {
  const { operation, loose, error } = cut;
  const reason = `version ${operation.version} was gone when it was to be cloned (${classOf(error)}); ${pinWords(loose)} was cloned, outside the consistent cut`;
  const residue = [{ object: localName(operation.source), what: "cut", reason }];
  return { ...performed, residue: [...(performed.residue ?? []), ...residue] };
}

async function newestPin({ source }: CloneTableOperation, ports: PerformPorts): Promise<Pin> {
  try {
    const history = await ports.source.statements.execute(describeHistory(source, 1), signalOf(ports));
    const [row] = rowsByName(history);
    const version = row?.get("version") ?? null;
    return version === null ? UNPINNED : { version, versionTimestamp: row?.get("timestamp") ?? null };
  } catch (error) {
    if (!(error instanceof WorkspaceError) || ports.signal?.aborted) throw error;
    return UNPINNED;
  }
}

function notAvailable({ source, version }: CloneTableOperation, error: unknown): CloneError {
  const message = error instanceof Error ? error.message : String(error);
  return new CloneError(
    "VERSION_NOT_AVAILABLE",
    `Version ${version} of ${fullName(source)} cannot be cloned any more: ${message} Data files that are no longer part of a table are kept for its delta.deletedFileRetentionDuration (7 days unless it is set) and until the next VACUUM.`,
    { object: fullName(source), cause: error },
  );
}

function pinWords({ version }: Pin): string {
  return version === null ? "the version it has at that moment" : `version ${version}`;
}

function classOf(error: unknown): string {
  return error instanceof WorkspaceError ? (error.errorClass ?? error.code) : String(error);
}
