/** A DuckDB identifier in double quotes. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A DuckDB string literal. DuckDB knows no escapes but the doubled quote; NUL cannot be written and is joined in. */
export function quoteText(text: string): string {
  if (!text.includes("\0")) return `'${text.replaceAll("'", "''")}'`;
  return `(${text.split("\0").map(quoteText).join(" || chr(0) || ")})`;
}
