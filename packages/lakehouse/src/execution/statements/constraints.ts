import type { TableConstraintDefinition } from "@clone-xs/sql";
import { fullName, type ObjectName, type TableConstraint } from "@clone-xs/unity";
import { failure } from "../errors.ts";
import { objectName, partsOf } from "../object-names.ts";
import type { Work } from "../work.ts";

/** The informational constraints of a table, as the catalog keeps them. CHECKs are properties of the table and not among them. */
export function constraintsOf(
  work: Work,
  table: ObjectName,
  definitions: readonly TableConstraintDefinition[],
): readonly TableConstraint[] {
  return definitions.flatMap((definition) => constraintOf(work, table, definition) ?? []);
}

function constraintOf(
  work: Work,
  table: ObjectName,
  definition: TableConstraintDefinition,
): TableConstraint | undefined {
  if (definition.kind === "check") return undefined;
  const columns = definition.columns.map((c) => c.text);
  const { rely } = definition;
  if (definition.kind === "primaryKey")
    return {
      kind: "primary_key",
      name: definition.name?.text ?? `${table.name}_pk`,
      columns,
      ...(definition.timeseries && { timeseries: definition.timeseries.map((c) => c.text) }),
      rely,
    };
  const parent = objectName(partsOf(definition.parent), work.namespace);
  const record = work.context.metastore.table(parent);
  const key = record?.constraints.find((c) => c.kind === "primary_key");
  if (record === undefined)
    throw failure(
      "TABLE_OR_VIEW_NOT_FOUND",
      "42P01",
      `The parent table ${fullName(parent)} of a foreign key cannot be found.`,
    );
  const parentColumns =
    definition.parentColumns.length > 0 ? definition.parentColumns.map((c) => c.text) : (key?.columns ?? []);
  const sameSet = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((x) => b.some((y) => x.toLowerCase() === y.toLowerCase()));
  if (key === undefined || !sameSet(key.columns, parentColumns))
    throw failure(
      "INVALID_CONSTRAINT.NO_MATCHING_PRIMARY_KEY",
      "42830",
      `The parent table ${fullName(parent)} has no primary key of the columns ${parentColumns.join(", ")}.`,
    );
  if (parentColumns.length !== columns.length)
    throw failure(
      "FOREIGN_KEY_MISMATCH",
      "42830",
      `Foreign key parent columns ${parentColumns.join(", ")} do not match child columns ${columns.join(", ")}.`,
    );
  return {
    kind: "foreign_key",
    name: definition.name?.text ?? `${table.name}_${parent.name}_fk`,
    columns,
    parentTable: fullName(parent),
    parentColumns,
    rely,
  };
}
