import type { Protocol } from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { findField } from "../schema/fields.ts";
import type { StructType } from "../schema/types.ts";
import { featuresOf } from "./features.ts";

/** The properties that name a table's hidden columns, and how such names begin. */
const HIDDEN_COLUMNS = [
  ["delta.rowTracking.materializedRowIdColumnName", "_row-id-col-"],
  ["delta.rowTracking.materializedRowCommitVersionColumnName", "_row-commit-version-col-"],
] as const;

/**
 * The configuration with names for the columns that keep row ids of moved rows: those that the table had (in
 * `previous`), else new ones; none without row tracking, for two tables must not have the same. Throws
 * DELTA_ADDING_COLUMN_WITH_INTERNAL_NAME_FAILED where a column of the table is called so. Protocol: "Row
 * Tracking", "Row ID materialization".
 */
export function withHiddenColumns(
  configuration: Readonly<Record<string, string>>,
  { protocol, schema, previous = {}, uuid }: HiddenColumnsInput,
): Readonly<Record<string, string>> {
  const names = HIDDEN_COLUMNS.map(([key]) => key as string);
  const rest = Object.entries(configuration).filter(([key]) => !names.includes(key));
  if (!featuresOf(protocol).includes("rowTracking")) return Object.fromEntries(rest);
  const named = HIDDEN_COLUMNS.map(([key, prefix]) => [key, previous[key] ?? `${prefix}${uuid()}`] as const);
  for (const [, name] of named) refuseColumn(schema, name);
  return Object.fromEntries([...rest, ...named]);
}

export interface HiddenColumnsInput {
  readonly protocol: Protocol;
  readonly schema: StructType;
  /** The table's configuration so far. */
  readonly previous?: Readonly<Record<string, string>>;
  readonly uuid: () => string;
}

function refuseColumn(schema: StructType, name: string): void {
  if (findField(schema, name) === undefined) return;
  throw new DeltaError(
    "DELTA_ADDING_COLUMN_WITH_INTERNAL_NAME_FAILED",
    `Failed to add column ${name} because the name is reserved.`,
    { context: { column: name } },
  );
}
