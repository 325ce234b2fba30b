import { fieldFacts, type TableDefinition } from "@clone-xs/delta";
import { parseExpression } from "@clone-xs/sql";
import { mentionedIn } from "../catalog/walk.ts";
import { failure } from "../errors.ts";
import { checksOf } from "./enforced.ts";

/**
 * Throws when a stored expression names one of the columns: DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE for a CHECK,
 * DELTA_GENERATED_COLUMNS_DEPENDENT_COLUMN_CHANGE for a generated column.
 */
export function refuseDependents(
  { schema, properties = {} }: TableDefinition,
  columns: readonly string[],
): void {
  const uses = (text: string) => columnsIn(text).some((column) => among(columns, column));
  const check = checksOf(properties).find(({ text }) => uses(text));
  if (check !== undefined)
    throw failure(
      "DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE",
      "42K09",
      `Cannot alter column ${columns.join(", ")} because this column is referenced by the following check constraint(s):\n${check.name} -> ${check.text}`,
    );
  const generated = schema.fields.find((field) => {
    const { generationExpression } = fieldFacts(field);
    return generationExpression !== undefined && uses(generationExpression);
  });
  if (generated !== undefined)
    throw failure(
      "DELTA_GENERATED_COLUMNS_DEPENDENT_COLUMN_CHANGE",
      "42K09",
      `Cannot alter column ${columns.join(", ")} because this column is referenced by the following generated column(s):\n${generated.name} -> ${fieldFacts(generated).generationExpression}`,
    );
}

function columnsIn(text: string): readonly string[] {
  return mentionedIn(parseExpression(text)).columns.flatMap((name) => name.parts.map((part) => part.text));
}

function among(names: readonly string[], name: string): boolean {
  return names.some((other) => other.toLowerCase() === name.toLowerCase());
}
