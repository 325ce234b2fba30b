import type { Identifier, QualifiedName } from "@clone-xs/sql";
import { BOOLEAN } from "../types/types.ts";
import { type Altered, changeRecord, columnNamed } from "./altered.ts";
import { resolvePolicy } from "./policy.ts";

/** ALTER COLUMN … SET MASK: whoever reads the column gets what the function makes of it. */
export async function setMask(
  altered: Altered,
  column: Identifier,
  mask: { readonly function: QualifiedName; readonly usingColumns: readonly Identifier[] },
): Promise<void> {
  const masked = await columnNamed(altered, column.text);
  const using = await columnsNamed(altered, mask.usingColumns);
  const args = [masked, ...using];
  const policy = { function: mask.function, args, result: masked.type };
  const functionName = await resolvePolicy(altered.work, policy);
  const usingColumns = using.map(({ name }) => name);
  changeRecord(altered, (record) => ({
    ...record,
    columnMasks: [
      ...record.columnMasks.filter((m) => !same(m.column, masked.name)),
      { column: masked.name, functionName, usingColumns },
    ],
  }));
}

export async function dropMask(altered: Altered, column: Identifier): Promise<void> {
  const { name } = await columnNamed(altered, column.text);
  changeRecord(altered, (record) => ({
    ...record,
    columnMasks: record.columnMasks.filter((m) => !same(m.column, name)),
  }));
}

/** SET ROW FILTER: readers get the rows for which the function says true. */
export async function setRowFilter(
  altered: Altered,
  filter: { readonly function: QualifiedName; readonly columns: readonly Identifier[] },
): Promise<void> {
  const args = await columnsNamed(altered, filter.columns);
  const policy = { function: filter.function, args, result: BOOLEAN };
  const functionName = await resolvePolicy(altered.work, policy);
  const inputColumns = args.map(({ name }) => name);
  changeRecord(altered, (record) => ({ ...record, rowFilter: { functionName, inputColumns } }));
}

export function dropRowFilter(altered: Altered): void {
  changeRecord(altered, (record) => {
    const { rowFilter: _, ...rest } = record;
    return rest;
  });
}

function columnsNamed(altered: Altered, names: readonly Identifier[]) {
  return Promise.all(names.map(({ text }) => columnNamed(altered, text)));
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
