import { quoteName } from "../execution/translate/quote.ts";

/** Steps that a column's values are ranked into. */
const BITS = 10;

/** A DuckDB query whose rows lie along a Z curve through the columns: rows near in all of them are near in the file. */
export function zOrdered(rows: string, columns: readonly string[]): string {
  if (columns.length === 0) return `SELECT * FROM ${rows} AS t`;
  if (columns.length === 1) return `SELECT * FROM ${rows} AS t ORDER BY t.${quoteName(columns[0] ?? "")}`;
  const rank = (i: number) => quoteName(`\u0001z${i}`);
  const ranks = columns.map(
    (name, i) => `ntile(${1 << BITS}) OVER (ORDER BY t.${quoteName(name)}) - 1 AS ${rank(i)}`,
  );
  const bits = columns.flatMap((_, i) =>
    Array.from(
      { length: BITS },
      (__, bit) => `((CAST(${rank(i)} AS HUGEINT) >> ${bit}) & 1) << ${bit * columns.length + i}`,
    ),
  );
  const hidden = columns.map((_, i) => rank(i)).join(", ");
  return `SELECT * EXCLUDE (${hidden}) FROM (SELECT t.*, ${ranks.join(", ")} FROM ${rows} AS t) ORDER BY ${bits.map((b) => `(${b})`).join(" + ")}`;
}
