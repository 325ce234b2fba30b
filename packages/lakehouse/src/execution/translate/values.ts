import type { Expression } from "@clone-xs/sql";
import { failure } from "../errors.ts";
import { commonType } from "../types/coercion.ts";
import { type Type, VOID } from "../types/types.ts";
import { coerce } from "./casts.ts";
import {
  EMPTY_SCOPE,
  type Environment,
  type OutputColumn,
  type Scope,
  type TranslatedQuery,
} from "./environment.ts";

/** Rows of VALUES, each column in the common type of its cells. Columns are called col1, col2 …. */
export function translateValues(
  rows: readonly (readonly Expression[])[],
  environment: Environment,
  parent: Scope | undefined,
): TranslatedQuery {
  const scope = parent === undefined ? EMPTY_SCOPE : { ...EMPTY_SCOPE, parent, variables: parent.variables };
  const cells = rows.map((row) =>
    row.map((cell) => environment.translate.expression(cell, scope, environment)),
  );
  const width = cells[0]?.length ?? 0;
  if (cells.some((row) => row.length !== width))
    throw failure(
      "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
      "42000",
      `Inline table expected ${width} columns but found ${cells.find((row) => row.length !== width)?.length} columns in some row.`,
    );
  const columns = Array.from({ length: width }, (_, i): OutputColumn => {
    const type = cells
      .map((row) => row[i]?.type ?? VOID)
      .reduce<Type | undefined>((a, b) => a && commonType(a, b), VOID);
    if (type === undefined)
      throw failure(
        "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
        "42000",
        `Found incompatible types in the column \`col${i + 1}\` for inline table.`,
      );
    return { name: `col${i + 1}`, type, id: environment.ids.column() };
  });
  const lines = cells.map(
    (row) => `(${row.map((cell, i) => coerce(cell, columns[i]?.type ?? VOID).sql).join(", ")})`,
  );
  const names = columns.map((column) => column.id).join(", ");
  return {
    sql: `SELECT ${names} FROM (VALUES ${lines.join(", ")}) AS ${environment.ids.relation()}(${names})`,
    columns,
  };
}
