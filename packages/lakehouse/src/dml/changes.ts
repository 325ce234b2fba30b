import type { Snapshot } from "@clone-xs/delta";
import { FILE_COLUMN, ROW_COLUMN } from "../tables/read.ts";
import type { Typed } from "../execution/translate/typed.ts";
import { quoteName } from "../execution/translate/quote.ts";
import { duckType } from "../execution/types/duckdb.ts";

/**
 * What a statement does with the rows it found. Values are DuckDB text over the relations `t`, the row as it was, and `s`, the row of the
 * source; columns by lower-case name, `undefined` for DEFAULT. An update keeps the columns it does not name, an insert gives them their defaults.
 */
export type RowAction =
  | { readonly change: "delete" }
  | {
      readonly change: "update" | "insert";
      readonly values: ReadonlyMap<string, Typed | undefined>;
      /** What must hold of every new row, over `t`, and DuckDB's text of the error where it does not. */
      readonly holds?: { readonly condition: string; readonly error: string };
    };

/** Columns of the table of found rows, before those of the row as it was. */
export const PLACE_COLUMNS = {
  file: quoteName(FILE_COLUMN),
  row: quoteName(ROW_COLUMN),
  source: quoteName("\u0001source"),
  /** Index of the action. */
  action: quoteName("\u0001action"),
} as const;

/** Temporary tables of a session that changes rows. */
export const SOURCE_TABLE = "clxs_source";
export const FOUND_TABLE = "clxs_found";
export const NEW_TABLE = "clxs_new";

/** The first action whose condition holds, or NULL. */
export function firstAction(
  actions: readonly { readonly index: number; readonly condition: string | undefined }[],
): string {
  if (actions.length === 0) return "CAST(NULL AS INTEGER)";
  const branches = actions.map(
    ({ index, condition }) => `WHEN coalesce(${condition ?? "true"}, false) THEN ${index}`,
  );
  return `CASE ${branches.join(" ")} END`;
}

/** The table's own columns as the engine has them: quoted names and DuckDB's types. */
export function ownColumns({
  metadata,
}: Pick<Snapshot, "metadata">): readonly { readonly name: string; readonly type: string }[] {
  return metadata.schema.fields.flatMap(({ name, type }) => {
    const duck = duckType(type);
    return duck === undefined ? [] : [{ name: quoteName(name), type: duck }];
  });
}
