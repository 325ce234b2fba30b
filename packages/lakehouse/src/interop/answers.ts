import type { DataType } from "@clone-xs/delta";
import { type Cell, inOrder, ordered, plainCell } from "../testing/generated/cells.ts";
import type { Column } from "../testing/generated/model.ts";

/** A value as an engine's JSON has it: plain ones as text or as they are, maps as objects or pairs. */
export type Told = null | string | number | boolean | readonly Told[] | { readonly [name: string]: Told };

/** An engine's rows of these columns, in order, to be compared with a model's. */
export function toldRows(columns: readonly Column[], rows: readonly (readonly Told[])[]): readonly string[] {
  return inOrder(
    rows.map((row) => {
      if (row.length !== columns.length) throw new Error(`${row.length} columns for ${columns.length}`);
      return columns.map(({ type }, i) => toldCell(type, row[i] ?? null));
    }),
  );
}

function toldCell(type: DataType, told: Told): Cell {
  if (told === null) return null;
  switch (type.kind) {
    case "array":
      return (told as readonly Told[]).map((item) => toldCell(type.element, item));
    case "struct": {
      const of = told as { readonly [name: string]: Told };
      return Object.fromEntries(type.fields.map((f) => [f.name, toldCell(f.type, of[f.name] ?? null)]));
    }
    case "map": {
      const pairs = Array.isArray(told) ? (told as readonly (readonly [Told, Told])[]) : Object.entries(told);
      return ordered(pairs.map(([key, item]) => [toldCell(type.key, key), toldCell(type.value, item)]));
    }
    default:
      return plainCell(type, typeof told === "object" ? JSON.stringify(told) : String(told));
  }
}
