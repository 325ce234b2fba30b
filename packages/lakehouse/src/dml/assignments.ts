import { type StructField, type StructType } from "@clone-xs/delta";
import type { AssignmentNode, Expression, QualifiedName } from "@clone-xs/sql";
import { failure, quotedParts, unresolvedColumn, unsupported } from "../execution/errors.ts";
import { partsOf } from "../execution/object-names.ts";
import { refuseUpdated } from "../execution/statements/identity.ts";
import type { Environment, Scope } from "../execution/translate/environment.ts";
import type { Typed } from "../execution/translate/typed.ts";

/** The table a SET writes: its columns and the names that may stand before them. */
export interface Assigned {
  readonly schema: StructType;
  readonly parts: readonly string[];
}

/** Values by lower-case column; a column set to DEFAULT is named with `undefined`. Throws DELTA_CONFLICT_SET_COLUMN for two of one column. */
export function assignedValues(
  nodes: readonly AssignmentNode[],
  assigned: Assigned,
  scope: Scope,
  environment: Environment,
): ReadonlyMap<string, Typed | undefined> {
  const values = new Map<string, Typed | undefined>();
  for (const { column, value } of nodes) {
    const field = assignedField(assigned, column);
    refuseUpdated(field);
    const { name } = field;
    if (values.has(name.toLowerCase())) throw conflict(nodes);
    values.set(
      name.toLowerCase(),
      isDefault(value, assigned) ? undefined : environment.translate.expression(value, scope, environment),
    );
  }
  return values;
}

/** The field that a name in SET or in a column list means, with or without the table's own name before it. */
export function assignedField({ schema, parts }: Assigned, column: QualifiedName): StructField {
  const names = partsOf(column);
  const named = (name: string | undefined) =>
    schema.fields.find((f) => f.name.toLowerCase() === name?.toLowerCase());
  const qualifier = names.slice(0, -1);
  const own = qualifier.every(
    (part, i) => part.toLowerCase() === parts[parts.length - qualifier.length + i]?.toLowerCase(),
  );
  const found = own ? named(names.at(-1)) : undefined;
  if (found !== undefined) return found;
  const struct = named(names[0]) ?? named(names[1]);
  if (names.length > 1 && struct?.type.kind === "struct") throw unsupported("SET of a field inside a struct");
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
