import type { Table } from "@clone-xs/unity";
import { localKey } from "../inspect/inventory.ts";
import type { CloneRequest } from "../request/request.ts";

/** Which rows of its source a copy has: all, as CLONE gives them, those that meet a condition, or none. */
export type Extent =
  | { readonly rows: "all" }
  | { readonly rows: "where"; readonly predicate: string }
  | { readonly rows: "none" };

export const ALL_ROWS: Extent = { rows: "all" };

/** The rows of one table that a request asks for. */
export function extentOf(table: Table, request: CloneRequest): Extent {
  if (request.schemaOnly) return { rows: "none" };
  const predicate = request.where[localKey(table)];
  return predicate === undefined ? ALL_ROWS : { rows: "where", predicate };
}

export function sameExtent(a: Extent, b: Extent): boolean {
  if (a.rows === "where" && b.rows === "where") return a.predicate.trim() === b.predicate.trim();
  return a.rows === b.rows;
}

/** For people, after "it has". */
export function extentWords(extent: Extent): string {
  switch (extent.rows) {
    case "all":
      return "all rows";
    case "where":
      return `only rows where ${extent.predicate.trim()}`;
    case "none":
      return "no rows";
  }
}

/** Names of the columns in which two tables differ, by what the catalog tells of them; sorted. */
export function differingColumns(source: Table, target: Table): readonly string[] {
  const there = described(target);
  const here = described(source);
  const names = new Set([...here.keys(), ...there.keys()]);
  return [...names].filter((name) => here.get(name) !== there.get(name)).sort();
}

function described({ columns }: Table): ReadonlyMap<string, string> {
  return new Map(
    columns.map(({ name, position, typeText, nullable, comment, partitionIndex }) => [
      name.toLowerCase(),
      JSON.stringify([position, typeText, nullable, comment ?? "", partitionIndex ?? null]),
    ]),
  );
}
