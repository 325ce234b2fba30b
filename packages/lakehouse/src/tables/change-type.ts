import type { Snapshot } from "@clone-xs/delta";
import { STRING } from "../execution/types/types.ts";

/** Column of change data files, and of what table_changes gives, that says what became of a row. */
export const CHANGE_TYPE = "_change_type";

/** The definition of a table's change data files. */
export function withChangeType(metadata: Snapshot["metadata"]): Snapshot["metadata"] {
  const field = { name: CHANGE_TYPE, type: STRING, nullable: true, metadata: {} };
  return { ...metadata, schema: { ...metadata.schema, fields: [...metadata.schema.fields, field] } };
}
