import {
  type ExecuteOptions,
  type Files,
  type Jobs,
  type RecentFilter,
  type RecentStatement,
  type Sharing,
  type SqlWarehouse,
  type Statement,
  type StatementResult,
  type SubmittedState,
  type Workspace,
  WorkspaceError,
} from "@clone-xs/unity";
import type { PrincipalRecord } from "../metastore/metastore.ts";
import type { StatementFailure } from "../metastore/statement-history.ts";
import type { CatalogReader } from "./catalog/lookup.ts";
import { unityReads } from "./catalog/unity-reads.ts";
import type { StatementRegistry, TrackedStatement } from "./statements/registry.ts";

export interface InProcessOptions {
  /** The workspace directory, for people. */
  readonly directory: string;
  readonly statements: StatementRegistry;
  readonly warehouseId: string;
  readonly principal: () => PrincipalRecord;
  readonly reader: () => CatalogReader;
  readonly files: Files;
  readonly sharing: Sharing;
  readonly jobs: Jobs;
  readonly warehouses: () => readonly SqlWarehouse[];
}

/** The workspace port without HTTP: the same registry, the same reads, the same errors. Closing it leaves the lakehouse open. */
export function inProcessWorkspace({
  directory,
  statements,
  warehouseId,
  principal,
  reader,
  files,
  sharing,
  jobs,
  warehouses,
}: InProcessOptions): Workspace {
  return {
    identity: { host: `embedded:${directory}`, userName: principal().name },
    statements: {
      execute: (statement, options = {}) =>
        execute(statements, principal(), { ...statement, warehouseId }, options),
      state: async (id) => stateOf(own(statements, principal(), id)),
      async cancel(id) {
        if (own(statements, principal(), id) !== undefined) statements.cancel(id);
      },
      recent: async (filter) => recent(statements, principal(), { ...filter, warehouseId }),
    },
    unity: unityReads(reader),
    files,
    sharing,
    jobs,
    warehouses: async () => warehouses(),
    close: () => Promise.resolve(),
  };
}

async function execute(
  statements: StatementRegistry,
  principal: PrincipalRecord,
  { text, parameters = [], catalog, schema, tags, warehouseId }: Statement & { readonly warehouseId: string },
  { signal, onSubmitted }: ExecuteOptions,
): Promise<StatementResult> {
  if (signal?.aborted === true)
    throw new WorkspaceError("CANCELED", "Cancelled before the statement was sent.");
  const { id } = statements.submit(principal, {
    text,
    parameters,
    warehouseId,
    ...(catalog === undefined ? {} : { catalog }),
    ...(schema === undefined ? {} : { schema }),
    ...(tags === undefined ? {} : { tags }),
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

/** A statement of the caller; admins see everybody's. */
function own(
  statements: StatementRegistry,
  { name, admin }: PrincipalRecord,
  id: string,
): TrackedStatement | undefined {
  const statement = statements.find(id);
  return admin || statement?.principal === name ? statement : undefined;
}

function stateOf(statement: TrackedStatement | undefined): SubmittedState | undefined {
  if (statement === undefined) return undefined;
  const { id, state, failure } = statement;
  return state === "FAILED" && failure !== undefined ? { state, error: errorOf(id, failure) } : { state };
}

function recent(
  statements: StatementRegistry,
  { name }: PrincipalRecord,
  { since, tags = {}, warehouseId }: RecentFilter & { readonly warehouseId: string },
): readonly RecentStatement[] {
  const wanted = Object.entries(tags);
  return statements
    .history({ principals: [name], from: since, warehouseIds: [warehouseId], limit: Number.MAX_SAFE_INTEGER })
    .filter((statement) => wanted.every(([key, value]) => statement.tags[key] === value))
    .map(({ id, text, state, submittedAt, tags }) => ({
      statementId: id,
      text,
      // The history does not tell whether a result can still be read.
      state: state === "CLOSED" ? "SUCCEEDED" : state,
      startedAt: submittedAt,
      tags,
    }));
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
