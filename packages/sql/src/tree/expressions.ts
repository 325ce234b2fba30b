import type { Query } from "./queries.ts";

/** Half-open range of UTF-16 offsets in the statement's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Identifier extends Span {
  /** Without quotes, doubled backticks undone; case as typed. */
  readonly text: string;
  readonly quoted: boolean;
}

/** `a`, `a.b`, `a.b.c`, or the text of `IDENTIFIER(:p)` once bound. */
export interface QualifiedName extends Span {
  readonly parts: readonly Identifier[];
}

/** A data type as typed, in Databricks' words: `name` upper case (`BIGINT`, `DECIMAL`, `ARRAY`, `MAP`, `STRUCT`, `STRING` …). */
export interface DataType extends Span {
  readonly name: string;
  /** DECIMAL(10,2) → [10, 2]; VARCHAR(5) → [5]. */
  readonly parameters: readonly number[];
  /** ARRAY<e> → [e]; MAP<k,v> → [k, v]. */
  readonly elements: readonly DataType[];
  readonly fields: readonly StructField[];
}

export interface StructField {
  readonly name: Identifier;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly comment?: string;
}

export type Expression = Span &
  (
    | { readonly kind: "null" }
    | { readonly kind: "boolean"; readonly value: boolean }
    /** `text` is the digits as typed without suffix, with a minus only for the smallest value of a type (-2147483648); the type follows Spark: INT, else BIGINT, else DECIMAL; a point gives DECIMAL, an exponent DOUBLE. */
    | {
        readonly kind: "number";
        readonly text: string;
        readonly type: "TINYINT" | "SMALLINT" | "INT" | "BIGINT" | "DECIMAL" | "FLOAT" | "DOUBLE";
      }
    | { readonly kind: "string"; readonly value: string }
    /** X'1F' */
    | { readonly kind: "binary"; readonly hex: string }
    /** DATE '…', TIMESTAMP '…', TIMESTAMP_NTZ '…' */
    | {
        readonly kind: "typed";
        readonly type: "DATE" | "TIMESTAMP" | "TIMESTAMP_NTZ";
        readonly value: string;
      }
    /**
     * INTERVAL 1 DAY 2 HOURS; INTERVAL '1-2' YEAR TO MONTH; INTERVAL '1 day' comes apart into its units. Units are upper
     * case and singular. A value is a number, a string, or either under a minus.
     */
    | {
        readonly kind: "interval";
        readonly parts: readonly { readonly value: Expression; readonly unit: string }[];
        readonly toUnit?: string;
      }
    /** `:name`; the n-th `?` has the name `n`, from 1. */
    | { readonly kind: "parameter"; readonly name: string }
    /**
     * A column, possibly qualified, possibly a path into a struct: `a`, `t.a`, `a.b.c`. A bare USER or DEFAULT is one too:
     * current_user() where no column is called so, the column's default inside VALUES.
     */
    | { readonly kind: "column"; readonly name: QualifiedName }
    /** `*`, `t.*`, `* EXCEPT (a, b)` */
    | { readonly kind: "star"; readonly qualifier?: QualifiedName; readonly except: readonly Identifier[] }
    | { readonly kind: "unary"; readonly operator: "-" | "+" | "~" | "NOT"; readonly operand: Expression }
    | {
        readonly kind: "binary";
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: "is";
        readonly operand: Expression;
        readonly what: "NULL" | "TRUE" | "FALSE" | "UNKNOWN";
        readonly not: boolean;
      }
    | {
        readonly kind: "isDistinct";
        readonly left: Expression;
        readonly right: Expression;
        readonly not: boolean;
      }
    | {
        readonly kind: "between";
        readonly operand: Expression;
        readonly low: Expression;
        readonly high: Expression;
        readonly not: boolean;
      }
    | {
        readonly kind: "in";
        readonly operand: Expression;
        readonly values: readonly Expression[] | Query;
        readonly not: boolean;
      }
    | {
        readonly kind: "like";
        readonly operator: "LIKE" | "ILIKE" | "RLIKE";
        readonly operand: Expression;
        readonly pattern: Expression;
        readonly escape?: Expression;
        readonly not: boolean;
      }
    | {
        readonly kind: "case";
        readonly operand?: Expression;
        readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
        readonly otherwise?: Expression;
      }
    /** CAST, TRY_CAST and `::`. */
    | {
        readonly kind: "cast";
        readonly operand: Expression;
        readonly type: DataType;
        readonly lenient: boolean;
      }
    | FunctionCall
    | { readonly kind: "exists"; readonly query: Query }
    | { readonly kind: "subquery"; readonly query: Query }
    /** `expr.field` where expr is not a plain name. */
    | { readonly kind: "field"; readonly operand: Expression; readonly field: Identifier }
    /** `expr[i]` */
    | { readonly kind: "index"; readonly operand: Expression; readonly index: Expression }
    | { readonly kind: "lambda"; readonly parameters: readonly Identifier[]; readonly body: Expression }
    /** (a, b) as a row value */
    | { readonly kind: "row"; readonly values: readonly Expression[] }
  );

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "DIV"
  | "||"
  | "="
  | "<=>"
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "AND"
  | "OR"
  | "&"
  | "|"
  | "^"
  | "<<"
  | ">>"
  | ">>>";

/**
 * A call. Forms with words between the arguments arrive as the plain call they equal: EXTRACT(DAY FROM x) is
 * extract('DAY', x), SUBSTRING(x FROM 2 FOR 3) is substring(x, 2, 3), POSITION(a IN b) is position(a, b), OVERLAY likewise;
 * TRIM(BOTH a FROM x) is btrim(x, a), LEADING ltrim(a, x), TRAILING rtrim(a, x). STRUCT(x AS a) names its argument `a`.
 * CURRENT_DATE, CURRENT_TIMESTAMP, CURRENT_TIME, CURRENT_USER, SESSION_USER and LOCALTIME need no parentheses.
 */
export interface FunctionCall extends Span {
  readonly kind: "call";
  readonly name: QualifiedName;
  readonly arguments: readonly { readonly name?: Identifier; readonly value: Expression }[];
  /** count(DISTINCT x) */
  readonly distinct: boolean;
  readonly filter?: Expression;
  readonly withinGroup?: readonly OrderItem[];
  readonly nulls?: "IGNORE" | "RESPECT";
  readonly over?: WindowSpecification | Identifier;
}

export interface OrderItem {
  readonly value: Expression;
  readonly descending: boolean;
  readonly nulls?: "FIRST" | "LAST";
}

export interface WindowSpecification extends Span {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame?: { readonly unit: "ROWS" | "RANGE"; readonly start: FrameBound; readonly end?: FrameBound };
}

export type FrameBound =
  | { readonly kind: "unbounded"; readonly direction: "PRECEDING" | "FOLLOWING" }
  | { readonly kind: "current" }
  | { readonly kind: "offset"; readonly value: Expression; readonly direction: "PRECEDING" | "FOLLOWING" };
