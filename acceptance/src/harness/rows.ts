import { type Clxs, succeed } from "./clxs.ts";

/** The rows that a statement answers, by `clxs sql`. */
export async function rowsOf(
  clxs: Clxs,
  statement: string,
): Promise<readonly (readonly (string | null)[])[]> {
  const { stdout } = await succeed(clxs, "sql", statement, "--output", "json");
  return (JSON.parse(stdout) as { rows: (string | null)[][] }).rows;
}

/** Rows as records by column name. */
export async function recordsOf(
  clxs: Clxs,
  statement: string,
): Promise<readonly Readonly<Record<string, string | null>>[]> {
  const { stdout } = await succeed(clxs, "sql", statement, "--output", "json");
  const { columns, rows } = JSON.parse(stdout) as { columns: { name: string }[]; rows: (string | null)[][] };
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])));
}
