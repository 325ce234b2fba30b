import type { Expression, Query, QueryBody } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";

/** The rules that refer to each other in circles, handed down so that no module imports its own caller. */
export interface Grammar {
  /** A boolean expression, the loosest kind. */
  readonly expression: (cursor: Cursor) => Expression;
  /** An expression without AND, OR, NOT and predicates, as an operand of these. */
  readonly value: (cursor: Cursor) => Expression;
  readonly query: (cursor: Cursor) => Query;
  /** The rest of a query whose first operand has been read. */
  readonly queryAfter: (cursor: Cursor, first: QueryBody) => Query;
}
