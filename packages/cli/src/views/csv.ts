/** Rows with a header as RFC 4180 CSV, ended by a newline. NULL is an empty field, an empty text is `""`. */
export function csvText(names: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  return [names, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(cell: string | null): string {
  if (cell === null) return "";
  return cell === "" || /[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
