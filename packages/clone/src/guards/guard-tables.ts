import { createCatalog, createSchema, id, insertValues, lit, sql, statement } from "@clone-xs/sql";
import { type ObjectName, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { rowsByName } from "../inspect/rows.ts";
import type { AuditNames } from "../run/settings.ts";
import { type GuardPorts, send } from "./guard-ports.ts";
import type { QuiesceState } from "./journal.ts";

/** A guard as the workspace itself remembers it. */
export interface GuardRow {
  readonly id: string;
  readonly runId: string;
  readonly hostname: string;
  readonly pid: number;
  /** Epoch milliseconds, by the server's clock. */
  readonly at: number;
  readonly state: QuiesceState;
}

export function leaseTable(audit: AuditNames): ObjectName {
  return { catalog: audit.catalog, schema: audit.logSchema, name: "clxs_leases" };
}

function guardTable(audit: AuditNames): ObjectName {
  return { catalog: audit.catalog, schema: audit.logSchema, name: "clxs_guards" };
}

/** The guards that stand in the workspace; `undefined` when it has no table of them. */
export async function readGuards(ports: GuardPorts): Promise<readonly GuardRow[] | undefined> {
  const select = sql`SELECT guard_id, run_id, hostname, pid, unix_millis(created_at) AS at, state FROM ${id(guardTable(ports.audit))} ORDER BY created_at, guard_id`;
  const result = await whenThere(() => send(statement("select", select), ports));
  if (result === undefined) return undefined;
  const rows = rowsByName(result).map(
    (row): GuardRow => ({
      id: row.get("guard_id") ?? "",
      runId: row.get("run_id") ?? "",
      hostname: row.get("hostname") ?? "",
      pid: Number(row.get("pid")),
      at: Number(row.get("at")),
      state: JSON.parse(row.get("state") ?? "") as QuiesceState,
    }),
  );
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** Writes a guard's row. When an answer is lost it may come to stand there twice; readers take each id once. */
export async function writeGuard(row: Omit<GuardRow, "at">, ports: GuardPorts): Promise<void> {
  const table = guardTable(ports.audit);
  const cells = {
    guard_id: row.id,
    run_id: row.runId,
    source_catalog: row.state.catalog,
    hostname: row.hostname,
    pid: row.pid,
    created_at: sql`current_timestamp()`,
    state: JSON.stringify(row.state),
  };
  await send(insertValues({ table, columns: Object.keys(cells), rows: [Object.values(cells)] }), ports);
}

/** Replaces what a guard's row says. */
export async function updateGuard(guardId: string, state: QuiesceState, ports: GuardPorts): Promise<void> {
  const table = id(guardTable(ports.audit));
  const text = sql`UPDATE ${table} SET state = ${lit(JSON.stringify(state))} WHERE guard_id = ${lit(guardId)}`;
  await send(statement("write", text), ports);
}

export async function deleteGuard(guardId: string, ports: GuardPorts): Promise<void> {
  const text = sql`DELETE FROM ${id(guardTable(ports.audit))} WHERE guard_id = ${lit(guardId)}`;
  await whenThere(() => send(statement("write", text), ports));
}

/**
 * Makes the tables of leases and guards, with schema and catalog, where they are not there. The table of leases comes into being with its
 * one row: leases only ever change that row, so that two writers meet in it and Delta's conflict check lets one pass.
 * Throws what the workspace throws when the runner may not make them.
 */
export async function makeGuardTables(ports: GuardPorts): Promise<void> {
  const { audit, workspace } = ports;
  await makeSchema(audit, workspace, ports);
  const empty = sql`SELECT CAST(0 AS BIGINT) AS revision, current_timestamp() AS changed_at, '[]' AS leases`;
  const leases = sql`CREATE TABLE IF NOT EXISTS ${id(leaseTable(audit))} AS ${empty}`;
  const columns = sql`guard_id STRING, run_id STRING, source_catalog STRING, hostname STRING, pid BIGINT, created_at TIMESTAMP, state STRING`;
  const guards = sql`CREATE TABLE IF NOT EXISTS ${id(guardTable(audit))} (${columns})`;
  for (const text of [leases, guards]) await send(statement("create", text), ports);
}

/** Looks before it makes: IF NOT EXISTS asks for the right to make also where there is nothing to be made. */
async function makeSchema(audit: AuditNames, { unity }: Workspace, ports: GuardPorts): Promise<void> {
  const { catalog, logSchema: schema } = audit;
  if ((await unity.catalog(catalog)) === undefined)
    await send(createCatalog({ catalog, ifNotExists: true }), ports);
  const schemas = await unity.schemas(catalog);
  if (schemas.some((there) => there.schema.toLowerCase() === schema.toLowerCase())) return;
  await send(createSchema({ catalog, schema, ifNotExists: true }), ports);
}

/** `undefined` when the table, its schema or its catalog is not there. */
export async function whenThere<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether a statement failed because something it names is not there. */
export function isMissing(error: unknown): boolean {
  if (!(error instanceof WorkspaceError)) return false;
  return error.code === "NOT_FOUND" || MISSING.has(error.errorClass ?? "");
}

const MISSING = new Set([
  "TABLE_OR_VIEW_NOT_FOUND",
  "SCHEMA_NOT_FOUND",
  "CATALOG_NOT_FOUND",
  "NO_SUCH_CATALOG_EXCEPTION",
  "NO_SUCH_SCHEMA_EXCEPTION",
  "TABLE_DOES_NOT_EXIST",
  "SCHEMA_DOES_NOT_EXIST",
  "CATALOG_DOES_NOT_EXIST",
  "VOLUME_NOT_FOUND",
  "VOLUME_DOES_NOT_EXIST",
]);
