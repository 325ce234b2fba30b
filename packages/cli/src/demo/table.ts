/** A cell as text, or null; the same text in SQL results and in other engines' answers to a plain SELECT. */
export type Cell = string | null;

/**
 * A table of the demo catalogs, described once: the SQL that makes it and the rows it must hold are both read off this.
 * `values` tables are written row by row; `range` tables by one INSERT … SELECT over range(n), so that they scale.
 */
export interface DemoTable {
  readonly schema: string;
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly DemoColumn[];
  readonly content: DemoContent;
  readonly partitionedBy?: readonly string[];
  readonly primaryKey?: readonly string[];
  readonly foreignKeys?: readonly DemoForeignKey[];
  readonly properties?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface DemoColumn {
  readonly name: string;
  /** Databricks type text. */
  readonly type: string;
  readonly comment?: string;
  readonly required?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface DemoForeignKey {
  readonly columns: readonly string[];
  readonly schema: string;
  readonly table: string;
  readonly parentColumns: readonly string[];
}

type DemoContent =
  /** One SQL literal or expression a cell, in the order of the columns. */
  | { readonly kind: "expressions"; readonly rows: readonly (readonly string[])[] }
  /** What a query over tables made before says; the catalog stands as `$catalog`. */
  | { readonly kind: "query"; readonly query: string }
  | { readonly kind: "values"; readonly rows: (size: DemoSize) => readonly (readonly Cell[])[] }
  | {
      readonly kind: "range";
      readonly count: (size: DemoSize) => number;
      /** Per column: an expression over `id` (0, 1, 2 …) and what it comes to. */
      readonly cells: readonly RangeCell[];
    };

export interface RangeCell {
  readonly sql: string;
  readonly of: (id: bigint) => Cell;
}

export interface DemoSize {
  readonly seed: number;
  /** 1 is some ten thousand rows in all; the fact tables grow with it. */
  readonly scale: number;
}

/** The rows a table holds after seeding, in no particular order; `undefined` where only SQL says it. */
export function expectedRows(table: DemoTable, size: DemoSize): readonly (readonly Cell[])[] | undefined {
  const { content } = table;
  if (content.kind === "values") return content.rows(size);
  if (content.kind === "expressions" || content.kind === "query") return undefined;
  const ids = Array.from({ length: content.count(size) }, (_, id) => BigInt(id));
  return ids.map((id) => content.cells.map((cell) => cell.of(id)));
}
