import type { FrameBound, Identifier, OrderItem, WindowSpecification } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { identifier } from "./names.ts";

/** What follows OVER: a name, or a specification in parentheses; `(w)` is the name. */
export function overClause(cursor: Cursor): WindowSpecification | Identifier {
  if (!cursor.at("(")) return identifier(cursor);
  const inner = cursor.peek(1);
  const isName = (inner.type === "word" || inner.type === "quoted") && cursor.peek(2).symbol === ")";
  if (!isName) return windowSpecification(cursor);
  cursor.advance();
  const name = identifier(cursor);
  cursor.expect(")");
  return name;
}

/** `(PARTITION BY … ORDER BY … ROWS BETWEEN … AND …)` */
export function windowSpecification(cursor: Cursor): WindowSpecification {
  const { start } = cursor.token;
  cursor.expect("(");
  const partitioned = cursor.take("PARTITION", "BY") || cursor.take("DISTRIBUTE", "BY");
  const partitionBy = partitioned ? cursor.list((c) => c.grammar.expression(c)) : [];
  const ordered = cursor.take("ORDER", "BY") || cursor.take("SORT", "BY");
  const orderBy = ordered ? cursor.list(orderItem) : [];
  const framed = cursor.at("ROWS") || cursor.at("RANGE") ? { frame: frame(cursor) } : {};
  cursor.expect(")");
  return { partitionBy, orderBy, ...framed, ...cursor.span(start) };
}

/** `x DESC NULLS LAST` */
export function orderItem(cursor: Cursor): OrderItem {
  const value = cursor.grammar.expression(cursor);
  const descending = cursor.take("DESC");
  if (!descending) cursor.take("ASC");
  if (!cursor.take("NULLS")) return { value, descending };
  const first = cursor.take("FIRST");
  if (!first) cursor.expect("LAST");
  return { value, descending, nulls: first ? "FIRST" : "LAST" };
}

function frame(cursor: Cursor): NonNullable<WindowSpecification["frame"]> {
  const unit = cursor.take("ROWS") ? "ROWS" : "RANGE";
  if (unit === "RANGE") cursor.expect("RANGE");
  if (!cursor.take("BETWEEN")) return { unit, start: frameBound(cursor) };
  const start = frameBound(cursor);
  cursor.expect("AND");
  return { unit, start, end: frameBound(cursor) };
}

function frameBound(cursor: Cursor): FrameBound {
  if (cursor.take("CURRENT", "ROW")) return { kind: "current" };
  if (cursor.take("UNBOUNDED")) return { kind: "unbounded", direction: direction(cursor) };
  const value = cursor.grammar.value(cursor);
  return { kind: "offset", value, direction: direction(cursor) };
}

function direction(cursor: Cursor): "PRECEDING" | "FOLLOWING" {
  if (cursor.take("PRECEDING")) return "PRECEDING";
  cursor.expect("FOLLOWING");
  return "FOLLOWING";
}
