import type {
  Expression,
  Identifier,
  OrderItem,
  QualifiedName,
  Span,
  WindowSpecification,
} from "./expressions.ts";

export interface Query extends Span {
  readonly with: readonly CommonTable[];
  readonly recursive: boolean;
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  readonly limit?: Expression;
  readonly offset?: Expression;
}

export interface CommonTable {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}

export type QueryBody =
  | Select
  | (Span & {
      readonly kind: "set";
      readonly operator: "UNION" | "INTERSECT" | "EXCEPT";
      readonly all: boolean;
      readonly left: QueryBody;
      readonly right: QueryBody;
    })
  | (Span & { readonly kind: "values"; readonly rows: readonly (readonly Expression[])[] })
  /** TABLE t */
  | (Span & { readonly kind: "table"; readonly name: QualifiedName })
  /** A query in parentheses, with its own ORDER BY and LIMIT. */
  | (Span & { readonly kind: "nested"; readonly query: Query });

export interface Select extends Span {
  readonly kind: "select";
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  /** Comma-separated relations are cross joins. */
  readonly from: readonly Relation[];
  readonly where?: Expression;
  readonly groupBy: GroupBy;
  readonly having?: Expression;
  readonly qualify?: Expression;
  readonly windows: readonly { readonly name: Identifier; readonly specification: WindowSpecification }[];
}

export interface SelectItem extends Span {
  readonly value: Expression;
  readonly alias?: Identifier;
  /** `explode(m) AS (k, v)`: names for the columns of a generator; then `alias` is absent. */
  readonly aliases?: readonly Identifier[];
}

export type GroupBy =
  | { readonly kind: "none" }
  | { readonly kind: "all" }
  | {
      readonly kind: "by";
      readonly expressions: readonly Expression[];
      readonly modifier?: "ROLLUP" | "CUBE";
    };

export type Relation =
  | TableRelation
  | (Span & {
      readonly kind: "subquery";
      readonly query: Query;
      readonly lateral: boolean;
      readonly alias?: TableAlias;
    })
  | (Span & {
      readonly kind: "values";
      readonly rows: readonly (readonly Expression[])[];
      readonly alias?: TableAlias;
    })
  /** range(10), explode(a), table_changes('t', 1), c.s.f(1) … */
  | (Span & {
      readonly kind: "function";
      readonly name: QualifiedName;
      readonly arguments: readonly { readonly name?: Identifier; readonly value: Expression }[];
      readonly lateral: boolean;
      readonly alias?: TableAlias;
    })
  | (Span & {
      readonly kind: "join";
      readonly type: "INNER" | "LEFT" | "RIGHT" | "FULL" | "CROSS" | "LEFT SEMI" | "LEFT ANTI";
      readonly natural: boolean;
      readonly left: Relation;
      readonly right: Relation;
      readonly on?: Expression;
      readonly using: readonly Identifier[];
    })
  /** LATERAL VIEW [OUTER] explode(x) v AS a, b — applied to the relation before it. */
  | (Span & {
      readonly kind: "lateralView";
      readonly input: Relation;
      readonly outer: boolean;
      readonly name: QualifiedName;
      readonly arguments: readonly Expression[];
      readonly table?: Identifier;
      readonly columns: readonly Identifier[];
    })
  /** (DESCRIBE HISTORY t LIMIT n) used as a relation, which Databricks allows. */
  | (Span & {
      readonly kind: "history";
      readonly target: TableReference;
      readonly limit?: number;
      readonly alias?: TableAlias;
    })
  /** (DESCRIBE DETAIL t) used as a relation. */
  | (Span & {
      readonly kind: "detail";
      readonly target: TableReference;
      readonly alias?: TableAlias;
    });

export interface TableRelation extends Span {
  readonly kind: "table";
  readonly table: TableReference;
  readonly alias?: TableAlias;
}

/** A table by name, or by path when the name is delta.`/path`, parquet.`/path`, iceberg.`/path`. */
export interface TableReference extends Span {
  readonly name: QualifiedName;
  /** Set when the name is two parts, the first an unquoted format word, the second quoted. */
  readonly path?: { readonly format: "delta" | "parquet" | "iceberg"; readonly path: string };
  readonly timeTravel?: TimeTravel;
}

export type TimeTravel =
  | { readonly kind: "version"; readonly value: Expression }
  | { readonly kind: "timestamp"; readonly value: Expression };

export interface TableAlias {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
}
