import type { Identifier, QualifiedName } from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { blankEnvironment } from "../catalog/blank.ts";
import { gather } from "../catalog/gather.ts";
import { catalogView } from "../catalog/view.ts";
import { failure, quotedParts } from "../errors.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { coerce } from "../translate/casts.ts";
import { callBound } from "../translate/routines.ts";
import { simple } from "../translate/typed.ts";
import { BOOLEAN, type Type } from "../types/types.ts";
import { type Altered, changeRecord, columnNamed } from "./altered.ts";

/** What a mask or a row filter calls, and with the values of which columns. */
interface Policy {
  readonly function: QualifiedName;
  readonly columns: readonly Identifier[];
}

/** ALTER COLUMN … SET MASK: whoever reads the column gets what the function makes of it. */
export async function setMask(altered: Altered, column: Identifier, policy: Policy): Promise<void> {
  const masked = await columnNamed(altered, column.text);
  const { functionName, columns } = await checked(altered, policy, masked.type, [masked]);
  const mask = { column: masked.name, functionName, usingColumns: columns };
  changeRecord(altered, (record) => ({
    ...record,
    columnMasks: [...record.columnMasks.filter((m) => !same(m.column, masked.name)), mask],
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
export async function setRowFilter(altered: Altered, policy: Policy): Promise<void> {
  const { functionName, columns } = await checked(altered, policy, BOOLEAN, []);
  changeRecord(altered, (record) => ({
    ...record,
    rowFilter: { functionName, inputColumns: columns },
  }));
}

export function dropRowFilter(altered: Altered): void {
  changeRecord(altered, (record) => {
    const { rowFilter: _, ...rest } = record;
    return rest;
  });
}

/** Resolves a policy as a read of the table will, so that one which cannot be read is never set. */
async function checked(
  altered: Altered,
  { function: called, columns: named }: Policy,
  result: Type,
  first: readonly { readonly name: string; readonly type: Type }[],
): Promise<{ readonly functionName: string; readonly columns: readonly string[] }> {
  const { work } = altered;
  const routine = objectName(partsOf(called), work.namespace);
  const record = work.context.metastore.function(routine);
  if (record === undefined)
    throw failure(
      "ROUTINE_NOT_FOUND",
      "42883",
      `The routine ${quotedParts(nameParts(routine))} cannot be found. Verify the spelling and correctness of the schema and catalog.`,
    );
  const columns = await Promise.all(named.map(({ text }) => columnNamed(altered, text)));
  const args = [...first, ...columns].map(({ name, type }) => simple(name, type));
  if (args.length !== record.parameters.length)
    throw failure(
      "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      "42605",
      `The \`${fullName(routine)}\` requires ${record.parameters.length} parameters but the actual number is ${args.length}.`,
    );
  const found = await gather(work, { kind: "call", name: called });
  const environment = blankEnvironment(work, work.input.text, catalogView(work, found));
  coerce(callBound(nameParts(routine), args, environment), result);
  return { functionName: fullName(routine), columns: columns.map(({ name }) => name) };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
