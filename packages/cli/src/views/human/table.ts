import type { ResultColumn } from "@clone-xs/unity";

/** Columns right-aligned because they hold numbers. */
const NUMERIC = /^(TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DECIMAL)/u;

/** Rows under their column names, aligned, NULL in words; cells stay on one line. */
export function tableText(
  columns: readonly ResultColumn[],
  rows: readonly (readonly (string | null)[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => (cell === null ? "NULL" : oneLine(cell))));
  const names = columns.map(({ name }) => oneLine(name));
  const widths = names.map((name, index) =>
    Math.max(width(name), ...cells.map((row) => width(row[index] ?? ""))),
  );
  const right = columns.map(({ typeText }) => NUMERIC.test(typeText));
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, right[index] === true))
      .join("  ")
      .trimEnd();
  return [line(names), widths.map((n) => "─".repeat(n)).join("  "), ...cells.map(line)].join("\n");
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\t]/gu, (c) => ({ "\r": "\\r", "\n": "\\n", "\t": "\\t" })[c] ?? c);
}

function pad(text: string, to: number, right: boolean): string {
  const fill = " ".repeat(Math.max(0, to - width(text)));
  return right ? fill + text : text + fill;
}

/** Columns a terminal needs: wide East Asian characters and emoji take two, combining marks none. */
export function width(text: string): number {
  return Array.from(text, characterWidth).reduce((sum, columns) => sum + columns, 0);
}

const NO_WIDTH = /^(?:\p{Mark}|\p{Default_Ignorable_Code_Point})$/u;
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]$/u;

function characterWidth(character: string): number {
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
