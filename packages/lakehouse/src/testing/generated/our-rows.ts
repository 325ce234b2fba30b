import { cellOf, inOrder } from "./cells.ts";
import type { RunSql } from "./lives.ts";
import type { Column } from "./model.ts";

/** The workspace's rows of these columns, in order, to be compared with a model's. */
export async function ourRows(
  run: RunSql,
  from: string,
  columns: readonly Column[],
): Promise<readonly string[]> {
  const rows = await run(`SELECT * FROM ${from}`);
  return inOrder(
    rows.map((row) =>
      row.map((cell, i) => {
        const column = columns[i];
        if (column === undefined) throw new Error(`${from} has a column too many`);
        return cellOf(column.type, cell);
      }),
    ),
  );
}
