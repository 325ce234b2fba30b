import { type StructField, type StructType } from "@clone-xs/delta";
import type { AssignmentNode, Expression, QualifiedName } from "@clone-xs/sql";
import { failure, quotedParts, unresolvedColumn, unsupported } from "../execution/errors.ts";
import { partsOf } from "../execution/object-names.ts";
import { refuseUpdated } from "../execution/statements/identity.ts";
import type { Environment, Scope } from "../execution/translate/environment.ts";
import { quoteName } from "../execution/translate/quote.ts";
import type { Typed } from "../execution/translate/typed.ts";
import { overlaps, withFieldValues } from "./struct-fields.ts";

/** The table a SET writes: its columns and the names that may stand before them. */
export interface Assigned {
  readonly schema: StructType;
  readonly parts: readonly string[];
}

/**
 * Values by lower-case column; a column set to DEFAULT is named with `undefined`. Fields of structs are set over the row as it was, a
 * relation called `t`. Throws DELTA_CONFLICT_SET_COLUMN for two values of one column or field.
 */
export function assignedValues(
  nodes: readonly AssignmentNode[],
  assigned: Assigned,
  scope: Scope,
  environment: Environment,
): ReadonlyMap<string, Typed | undefined> {
  const set = nodes.map(({ column, value }) => {
    const { field, path } = assignedPlace(assigned, column);
    refuseUpdated(field);
    const given = isDefault(value, assigned)
      ? undefined
      : environment.translate.expression(value, scope, environment);
    return { field, path, given };
  });
  refuseConflicts(
    nodes,
    set.map(({ field, path }) => [field.name, ...path]),
  );
  const fields = new Set(set.map(({ field }) => field));
  return new Map(
    Array.from(fields, (field) => [
      field.name.toLowerCase(),
      valueOf(
        field,
        set.filter((one) => one.field === field),
      ),
    ]),
  );
}

interface Given {
  readonly path: readonly string[];
  readonly given: Typed | undefined;
}

function valueOf(field: StructField, values: readonly Given[]): Typed | undefined {
  if (values.some(({ path }) => path.length === 0) || field.type.kind !== "struct") return values[0]?.given;
  const inside = values.map(({ path, given }) => {
    if (given === undefined) throw unsupported("DEFAULT of a field in a struct");
    return { path, value: given };
  });
  return withFieldValues(`t.${quoteName(field.name)}`, field.type, inside);
}

function refuseConflicts(nodes: readonly AssignmentNode[], paths: readonly (readonly string[])[]): void {
  if (paths.some((path, i) => paths.some((other, j) => i < j && overlaps(path, other))))
    throw conflict(nodes);
}

/** The column that a name in SET means, and what of the name leads into its struct. */
function assignedPlace(
  assigned: Assigned,
  column: QualifiedName,
): { readonly field: StructField; readonly path: readonly string[] } {
  const names = partsOf(column);
  const { schema, parts } = assigned;
  for (const [i, name] of names.entries()) {
    const field = schema.fields.find((f) => f.name.toLowerCase() === name.toLowerCase());
    const path = names.slice(i + 1);
    if (field?.type.kind === "struct" && path.length > 0 && qualifies(names.slice(0, i), parts))
      return { field, path };
  }
  return { field: assignedField(assigned, column), path: [] };
}

/** Whether names before a column's are the last ones of its table. */
function qualifies(qualifier: readonly string[], parts: readonly string[]): boolean {
  return qualifier.every(
    (part, i) => part.toLowerCase() === parts[parts.length - qualifier.length + i]?.toLowerCase(),
  );
}

/** The field that a name in SET or in a column list means, with or without the table's own name before it. */
export function assignedField({ schema, parts }: Assigned, column: QualifiedName): StructField {
  const names = partsOf(column);
  const named = (name: string | undefined) =>
    schema.fields.find((f) => f.name.toLowerCase() === name?.toLowerCase());
  const qualifier = names.slice(0, -1);
  const own = qualifies(qualifier, parts);
  const found = own ? named(names.at(-1)) : undefined;
  if (found !== undefined) return found;
  const struct = named(names[0]) ?? named(names[1]);
  if (names.length > 1 && struct?.type.kind === "struct")
    throw unsupported("a value for a field inside a struct in INSERT");
  throw unresolvedColumn(
    quotedParts(names),
    schema.fields.map((f) => quotedParts([f.name])),
  );
}

/** The keyword DEFAULT as a value, where no column is called so. */
export function isDefault(value: Expression, { schema }: Assigned): boolean {
  if (value.kind !== "column") return false;
  const [first, ...more] = value.name.parts;
  return (
    more.length === 0 &&
    first?.quoted === false &&
    first.text.toLowerCase() === "default" &&
    !schema.fields.some((f) => f.name.toLowerCase() === "default")
  );
}

function conflict(nodes: readonly AssignmentNode[]): Error {
  return failure(
    "DELTA_CONFLICT_SET_COLUMN",
    "42701",
    `There is a conflict from these SET columns: [${nodes.map(({ column }) => quotedParts(partsOf(column))).join(", ")}].`,
  );
}
