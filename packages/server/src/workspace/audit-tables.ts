import type { Settings } from "@clone-xs/clone";
import { id, sql, statement } from "@clone-xs/sql";
import { fullName, type ObjectName, type Workspace, WorkspaceError } from "@clone-xs/unity";
import type { AuditTables } from "../contract/index.ts";

type Shown = AuditTables["tables"][number];

/**
 * The audit tables of the configuration, whether they are there, and with `counted` how much is in them: one statement each, which starts the
 * warehouse.
 */
export async function auditTables(
  workspace: Workspace,
  { audit }: Pick<Settings, "audit">,
  { counted }: { readonly counted: boolean },
): Promise<AuditTables> {
  const { catalog, logSchema, runTable, metricsSchema, metricsTable } = audit;
  const asked = [
    {
      name: { catalog, schema: logSchema, name: runTable },
      what: "A row for each run, and each target of one",
    },
    {
      name: { catalog, schema: metricsSchema, name: metricsTable },
      what: "A row for each table that was cloned",
    },
  ];
  const tables = await Promise.all(asked.map(({ name, what }) => look(workspace, { name, what, counted })));
  return { tables, hints: [...hintsFor(tables, workspace.identity.userName)] };
}

async function look(
  { unity, statements }: Workspace,
  { name, what, counted }: { readonly name: ObjectName; readonly what: string; readonly counted: boolean },
): Promise<Shown> {
  const base = { full_name: fullName(name), ...name, what, rows: null, last_row_at: null, error: null };
  try {
    if ((await unity.table(name)) === undefined) return { ...base, state: "missing" };
    if (!counted) return { ...base, state: "there" };
    const text = sql`SELECT count(*), CAST(max(unix_millis(${id("timestamp")})) AS STRING) FROM ${id(name)}`;
    const { rows } = await statements.execute(statement("select", text));
    const [count, last] = rows[0] ?? [];
    return {
      ...base,
      state: "there",
      rows: Number(count ?? 0),
      last_row_at: last == null ? null : new Date(Number(last)).toISOString(),
    };
  } catch (error) {
    if (!(error instanceof WorkspaceError)) throw error;
    return { ...base, state: "there", error: error.message };
  }
}

/** They are made on first use by whoever may; else somebody else has to allow it. */
export function hintsFor(tables: readonly Shown[], userName: string): readonly string[] {
  const missing = tables.filter(({ state }) => state === "missing");
  const user = quoted(userName);
  const catalogs = [...new Set(missing.map(({ catalog }) => quoted(catalog)))];
  const schemas = [...new Set(missing.map(({ catalog, schema }) => `${quoted(catalog)}.${quoted(schema)}`))];
  return [
    ...catalogs.flatMap((catalog) => [
      `CREATE CATALOG IF NOT EXISTS ${catalog};`,
      `GRANT USE CATALOG ON CATALOG ${catalog} TO ${user};`,
    ]),
    ...schemas.flatMap((schema) => [
      `CREATE SCHEMA IF NOT EXISTS ${schema};`,
      `GRANT USE SCHEMA, CREATE TABLE, CREATE VOLUME ON SCHEMA ${schema} TO ${user};`,
    ]),
  ];
}

function quoted(name: string): string {
  return id(name).text;
}
