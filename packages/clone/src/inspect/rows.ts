import type { StatementResult } from "@clone-xs/unity";

/** One row by column name in lower case. Servers add columns: names are read, never positions. */
export type Row = ReadonlyMap<string, string | null>;

export function rowsByName(result: StatementResult): readonly Row[] {
  const names = result.columns.map((column) => column.name.toLowerCase());
  return result.rows.map((row) => new Map(names.map((name, i) => [name, row[i] ?? null])));
}

/** A map cell, which comes as JSON text; values that are not text are kept as their JSON. */
export function mapCell(text: string | null | undefined): Readonly<Record<string, string>> {
  if (!text) return {};
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, typeof part === "string" ? part : JSON.stringify(part)]),
  );
}

/** Items by key, in their order. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
