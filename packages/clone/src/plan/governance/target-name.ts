import type { ColumnName, SecurableName } from "@clone-xs/sql";
import { fullName, type ObjectName } from "@clone-xs/unity";

/** What a step is about, as people read it: `catalog.schema.table.column`, or as much of it as there is. */
export function nameOfTarget(target: SecurableName | ColumnName | ObjectName): string {
  if (!("schema" in target)) return target.catalog;
  return "column" in target ? `${fullName(target)}.${target.column}` : fullName(target);
}
