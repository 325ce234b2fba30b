import type { Table } from "@clone-xs/unity";
import { type GuardPorts, send } from "../guard-ports.ts";
import type { LiftedTable, QuiesceState } from "../journal.ts";
import { planPutBack } from "./covers.ts";
import { tableById } from "./table-by-id.ts";

/**
 * Puts the masks and filters back that a guard has lifted, and reads them back. Gives a sentence for each table that is not covered
 * again: its reads must stay withheld. May be repeated. Throws what reading throws.
 */
export async function putBack(
  { catalog, lifted = [] }: QuiesceState,
  ports: GuardPorts,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const table of lifted) {
    const failure = await cover(table, catalog, ports);
    if (failure === undefined) continue;
    failures.push(bareText(table, catalog, failure));
  }
  for (const failure of failures) ports.log("error", failure);
  return failures;
}

/** What is said of a table that may be bare. */
export function bareText({ schema, name }: LiftedTable, catalog: string, why: string): string {
  return `Masks: ${catalog}.${schema}.${name} is NOT masked again, so its reads stay withheld: ${why} Put it right, then run unlock.`;
}

/** Why it is not covered; `undefined` when it is, or is gone. */
async function cover(lifted: LiftedTable, catalog: string, ports: GuardPorts): Promise<string | undefined> {
  const text = `${catalog}.${lifted.schema}.${lifted.name}`;
  const table = await whereNow(lifted, catalog, ports);
  if (table === undefined) {
    ports.log("warn", `Masks: ${text} was dropped meanwhile; nothing is put back on it.`);
    return undefined;
  }
  const { statements, left, open } = planPutBack(lifted, table);
  for (const line of left) ports.log("warn", `Masks: of ${text}, ${line}, and stays so.`);
  if (open.length > 0) return open.join(" ");
  try {
    for (const each of statements) await send(each, ports);
  } catch (error) {
    return oneLine(error instanceof Error ? error.message : String(error));
  }
  const after = await whereNow(lifted, catalog, ports);
  if (after !== undefined && planPutBack(lifted, after).statements.length > 0)
    return "a mask or filter was accepted and is not there.";
  if (statements.length > 0) ports.log("info", `Masks: restored ${policies(lifted)} on ${text}`);
  return undefined;
}

/** What is lifted, as log lines name it. */
export function policies({ masks, rowFilter }: LiftedTable): string {
  const columns = masks.map(({ column, functionName }) => `mask ${functionName} of ${column}`);
  return [...columns, ...(rowFilter ? [`row filter ${rowFilter.functionName}`] : [])].join(", ");
}

/** Another table under the old name is not the one whose masks were lifted. */
async function whereNow(
  { schema, name, tableId }: LiftedTable,
  catalog: string,
  { workspace: { unity } }: GuardPorts,
): Promise<Table | undefined> {
  const there = await unity.table({ catalog, schema, name });
  if (there !== undefined && (tableId === undefined || there.tableId === tableId)) return there;
  return tableId === undefined ? undefined : tableById(tableId, catalog, unity);
}

function oneLine(message: string): string {
  return message.trim().replaceAll(/\s*\n\s*/gu, " ");
}
