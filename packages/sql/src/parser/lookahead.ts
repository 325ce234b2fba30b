import type { Cursor } from "./cursor.ts";

/** Whether a query begins here, where an expression could too. */
export function beginsQuery(cursor: Cursor): boolean {
  const next = cursor.peek(1);
  switch (cursor.token.symbol) {
    case "SELECT":
      return true;
    case "WITH":
      return next.type === "word" || next.type === "quoted";
    case "VALUES":
      return next.symbol === "(" || next.type === "string" || next.type === "number";
    default:
      return false;
  }
}
