import {
  type ExecuteOptions,
  type Statement,
  type StatementResult,
  type Workspace,
  WorkspaceError,
} from "@clone-xs/unity";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import type { CatalogReader } from "./catalog/lookup.ts";
import { unityReads } from "./catalog/unity-reads.ts";
import type { StatementFailure } from "./statements/failure.ts";
import type { StatementRegistry, TrackedStatement } from "./statements/registry.ts";

export interface InProcessOptions {
  /** The workspace directory, for people. */
  readonly directory: string;
  readonly statements: StatementRegistry;
  readonly principal: () => PrincipalRecord;
  readonly reader: () => CatalogReader;
}

/** The workspace port without HTTP: the same registry, the same reads, the same errors. Closing it leaves the lakehouse open. */
export function inProcessWorkspace({
  directory,
  statements,
  principal,
  reader,
}: InProcessOptions): Workspace {
  return {
    identity: { host: `embedded:${directory}`, userName: principal().name },
    statements: {
      execute: (statement, options = {}) => execute(statements, principal(), statement, options),
    },
    unity: unityReads(reader),
    close: () => Promise.resolve(),
  };
}

async function execute(
  statements: StatementRegistry,
  principal: PrincipalRecord,
  { text, parameters = [], catalog, schema }: Statement,
  { signal, onSubmitted }: ExecuteOptions,
): Promise<StatementResult> {
  if (signal?.aborted === true)
    throw new WorkspaceError("CANCELED", "Cancelled before the statement was sent.");
  const { id } = statements.submit(principal, {
    text,
    parameters,
    ...(catalog === undefined ? {} : { catalog }),
    ...(schema === undefined ? {} : { schema }),
  });
  const cancel = () => statements.cancel(id);
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    onSubmitted?.(id);
    return resultOf(id, await statements.settled(id));
  } finally {
    signal?.removeEventListener("abort", cancel);
    statements.closeResult(id);
  }
}

function resultOf(statementId: string, statement: TrackedStatement | undefined): StatementResult {
  if (statement === undefined)
    throw new WorkspaceError("INTERNAL", `Statement ${statementId} was lost.`, { statementId });
  if (statement.state === "CANCELED")
    throw new WorkspaceError("CANCELED", `Statement ${statementId} was cancelled.`, { statementId });
  if (statement.failure !== undefined) throw errorOf(statementId, statement.failure);
  const { columns = [], rows = [], truncated = false } = statement.result ?? {};
  return { statementId, columns, rows, truncated, resultGone: statement.state === "CLOSED" };
}

/** SQLSTATE of Delta's commit conflicts: nothing was written, and the same statement may win the next time. */
const CONFLICT = "2D521";

/** As a client over HTTP sees it: a denied privilege has a code of its own. */
function errorOf(
  statementId: string,
  { errorCode, message, sqlState, errorClass }: StatementFailure,
): WorkspaceError {
  const denied = errorClass === "PERMISSION_DENIED" || errorClass === "INSUFFICIENT_PERMISSIONS";
  return new WorkspaceError(denied ? "PERMISSION_DENIED" : "STATEMENT_FAILED", message.trim(), {
    statementId,
    errorClass: errorClass ?? errorCode,
    retryable: sqlState === CONFLICT || errorCode === "TEMPORARILY_UNAVAILABLE",
    ...(sqlState === undefined ? {} : { sqlState }),
  });
}
