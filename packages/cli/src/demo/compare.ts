import { createHash } from "node:crypto";
import { id, sql, statement } from "@clone-xs/sql";
import type { ObjectName, Workspace } from "@clone-xs/unity";
import { firstLine } from "../views/human/words.ts";

/** What two tables hold, told apart without regard to the order of rows. */
interface Fingerprint {
  readonly rows: number;
  /** Sum of the hashes of all rows: equal rows count as often as they occur. */
  readonly sum: bigint;
}

export interface Comparison {
  /** `schema.name` of every table compared. */
  readonly tables: readonly string[];
  readonly rows: number;
  /** One line for each table that differs or could not be read. */
  readonly differences: readonly string[];
}

/** Reads every table of one catalog and its namesake in the other, row by row, and tells which differ. */
export async function compareRows(
  workspace: Workspace,
  source: string,
  target: string,
  signal: AbortSignal,
): Promise<Comparison> {
  const tables = await tablesOf(workspace, source);
  const differences: string[] = [];
  let rows = 0;
  for (const { schema, name } of tables) {
    const left = await fingerprint(workspace, { catalog: source, schema, name }, signal);
    const right = await readable(
      () => fingerprint(workspace, { catalog: target, schema, name }, signal),
      signal,
    );
    rows += left.rows;
    if (right instanceof Error)
      differences.push(`${schema}.${name} cannot be read: ${firstLine(right.message)}`);
    else if (left.rows !== right.rows || left.sum !== right.sum)
      differences.push(
        `${schema}.${name}: ${left.rows} rows here, ${right.rows} there${left.rows === right.rows ? ", but not the same ones" : ""}`,
      );
  }
  return { tables: tables.map(({ schema, name }) => `${schema}.${name}`), rows, differences };
}

export async function tablesOf(workspace: Workspace, catalog: string): Promise<readonly ObjectName[]> {
  const schemas = await workspace.unity.schemas(catalog);
  const listed = await Promise.all(
    schemas
      .filter(({ schema }) => schema !== "information_schema")
      .map(({ schema }) => workspace.unity.tables(catalog, schema)),
  );
  return listed.flat().filter(({ tableType }) => tableType === "MANAGED" || tableType === "EXTERNAL");
}

async function fingerprint(
  workspace: Workspace,
  table: ObjectName,
  signal: AbortSignal,
): Promise<Fingerprint> {
  const query = statement("select", sql`SELECT * FROM ${id(table)}`);
  const { rows } = await workspace.statements.execute(query, { signal });
  return fingerprintOf(rows);
}

export function fingerprintOf(rows: readonly (readonly (string | null)[])[]): Fingerprint {
  return { rows: rows.length, sum: rows.reduce((sum, row) => sum + hash(row), 0n) };
}

function hash(row: readonly (string | null)[]): bigint {
  return BigInt(`0x${createHash("sha256").update(JSON.stringify(row)).digest("hex")}`);
}

async function readable<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T | Error> {
  try {
    return await read();
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    return error;
  }
}
