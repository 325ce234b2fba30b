import type { DataType as TypeNode } from "@clone-xs/sql";
import { quoteText } from "../translate/quote.ts";

/** A text somewhere in a column that may be so many characters long. */
export interface TextLimit {
  /** The column's value, as DuckDB text. */
  readonly sql: string;
  readonly path: string;
  readonly limit: number;
  /** Whether it holds of the whole value. */
  readonly holds: string;
}

interface Value {
  readonly sql: string;
  readonly path: string;
}

/** The limits of the CHAR and VARCHAR in a type as it was declared; NULL keeps them all. */
export function textLimits(node: TypeNode, { sql, path }: Value, depth = 0): readonly TextLimit[] {
  const [limit] = node.parameters;
  if (isLimited(node) && limit !== undefined)
    return [{ sql, path, limit, holds: `coalesce(length(${sql}) <= ${limit}, true)` }];
  const [first, second] = node.elements;
  if (node.name === "STRUCT")
    return node.fields.flatMap(({ name, type }) => {
      const field = `struct_extract(${sql}, ${quoteText(name.text)})`;
      return textLimits(type, { sql: field, path: `${path}.${name.text}` }, depth);
    });
  if (node.name === "ARRAY" && first !== undefined)
    return within(first, { sql, path: `${path}.element` }, depth);
  if (node.name !== "MAP" || first === undefined || second === undefined) return [];
  return [
    ...within(first, { sql: `map_keys(${sql})`, path: `${path}.key` }, depth),
    ...within(second, { sql: `map_values(${sql})`, path: `${path}.value` }, depth),
  ];
}

/** Limits of the elements of a list. */
function within(node: TypeNode, { sql, path }: Value, depth: number): readonly TextLimit[] {
  const item = `i${depth}`;
  return textLimits(node, { sql: item, path }, depth + 1).map((limit) => ({
    ...limit,
    sql,
    holds: `coalesce(len(list_filter(${sql}, lambda ${item}: NOT ${limit.holds})) = 0, true)`,
  }));
}

function isLimited({ name }: TypeNode): boolean {
  return name === "VARCHAR" || name === "CHAR";
}
