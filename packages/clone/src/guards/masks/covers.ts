import { setMask, setRowFilter } from "@clone-xs/sql";
import type { ObjectName, Statement, Table } from "@clone-xs/unity";
import { nameOf } from "../../plan/governance/names.ts";
import type { LiftedTable } from "../journal.ts";

/** What covers a table; `undefined` when nothing does. */
export function coversOf(table: Table): LiftedTable | undefined {
  const masks = table.columns.flatMap(({ name, mask }) => (mask ? [{ column: name, ...mask }] : []));
  const { schema, name, tableId, rowFilter } = table;
  if (masks.length === 0 && rowFilter === undefined) return undefined;
  return {
    schema,
    name,
    ...(tableId ? { tableId } : {}),
    columns: table.columns.map((column) => column.name),
    masks,
    ...(rowFilter ? { rowFilter } : {}),
  };
}

/** The table as it is when all of it covers it again. Columns that are gone are let be. */
export function covered(table: Table, { masks, rowFilter }: LiftedTable): Table {
  const columns = table.columns.map((column) => {
    const found = masks.find((mask) => sameText(mask.column, column.name));
    if (found === undefined || column.mask !== undefined) return column;
    const { functionName, usingColumns } = found;
    return { ...column, mask: { functionName, usingColumns } };
  });
  return { ...table, columns, ...(rowFilter && !table.rowFilter ? { rowFilter } : {}) };
}

export interface Recovering {
  readonly statements: readonly Statement[];
  /** Sentences about what an administrator changed meanwhile, and stays so. */
  readonly left: readonly string[];
  /** What nothing can be put back on or by, in words. */
  readonly open: readonly string[];
}

/** What puts masks and filters back on a table as it is now. What somebody else has put there meanwhile stays. Pure. */
export function planPutBack(lifted: LiftedTable, now: Table): Recovering {
  const name: ObjectName = { catalog: now.catalog, schema: now.schema, name: now.name };
  const statements: Statement[] = [];
  const left: string[] = [];
  const open: string[] = [];
  const come = now.columns.filter(
    ({ name: column, mask }) =>
      mask === undefined && !lifted.columns.some((known) => sameText(known, column)),
  );
  for (const { column, functionName, usingColumns } of lifted.masks) {
    const there = now.columns.find((each) => sameText(each.name, column));
    const policy = nameOf(functionName);
    if (there === undefined && come.length > 0)
      open.push(`column ${column} is gone, and ${come[0]?.name ?? ""} has come without a mask.`);
    else if (there === undefined) left.push(`column ${column} was dropped meanwhile`);
    else if (there.mask !== undefined) {
      if (!sameText(there.mask.functionName, functionName))
        left.push(`column ${column} was masked by ${there.mask.functionName} meanwhile`);
    } else if (policy === undefined) open.push(`the name of ${functionName} cannot be read.`);
    else statements.push(setMask({ table: name, column, function: policy, usingColumns }));
  }
  const { rowFilter: filter } = lifted;
  if (filter !== undefined && now.rowFilter === undefined) {
    const policy = nameOf(filter.functionName);
    if (policy === undefined) open.push(`the name of ${filter.functionName} cannot be read.`);
    else statements.push(setRowFilter({ table: name, function: policy, columns: filter.inputColumns }));
  } else if (filter && now.rowFilter && !sameText(now.rowFilter.functionName, filter.functionName))
    left.push(`its rows were filtered by ${now.rowFilter.functionName} meanwhile`);
  return { statements, left, open };
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
