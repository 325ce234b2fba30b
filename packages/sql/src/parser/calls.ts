import type { Expression, FunctionCall, QualifiedName } from "../tree/index.ts";
import { argument } from "./arguments.ts";
import type { Cursor } from "./cursor.ts";
import { SPECIAL_FORMS } from "./special-forms.ts";
import { orderItem, overClause } from "./windows.ts";

/** The call of a function whose name has been read: arguments and the clauses after them. */
export function functionCall(cursor: Cursor, name: QualifiedName): Expression {
  const special = name.parts.length === 1 ? SPECIAL_FORMS[nameOf(name)] : undefined;
  const read = special?.(cursor, name) ?? ordinaryCall(cursor, name);
  return read.kind === "call" ? withClauses(cursor, read) : read;
}

function ordinaryCall(cursor: Cursor, name: QualifiedName): FunctionCall {
  cursor.expect("(");
  const distinct = cursor.take("DISTINCT");
  if (!distinct && cursor.at("ALL") && cursor.peek(1).symbol !== ")" && cursor.peek(1).symbol !== ",")
    cursor.advance();
  const list = cursor.at(")") ? [] : cursor.list(argument);
  const nulls = nullTreatment(cursor);
  cursor.expect(")");
  return { kind: "call", name, arguments: list, distinct, ...nulls, ...cursor.span(name.start) };
}

function nullTreatment(cursor: Cursor): Pick<FunctionCall, "nulls"> {
  if (cursor.take("IGNORE", "NULLS")) return { nulls: "IGNORE" };
  return cursor.take("RESPECT", "NULLS") ? { nulls: "RESPECT" } : {};
}

function withClauses(cursor: Cursor, call: FunctionCall): FunctionCall {
  if (!cursor.atOneOf(CALL_CLAUSES)) return call;
  let result = call;
  if (cursor.take("WITHIN", "GROUP", "(", "ORDER", "BY")) {
    result = { ...result, withinGroup: cursor.list(orderItem) };
    cursor.expect(")");
  }
  if (cursor.take("FILTER", "(", "WHERE")) {
    result = { ...result, filter: cursor.grammar.expression(cursor) };
    cursor.expect(")");
  }
  result = { ...result, ...nullTreatment(cursor) };
  if (cursor.take("OVER")) result = { ...result, over: overClause(cursor) };
  return result === call ? call : { ...result, ...cursor.span(call.start) };
}

const CALL_CLAUSES = new Set(["WITHIN", "FILTER", "IGNORE", "RESPECT", "OVER"]);

function nameOf({ parts }: QualifiedName): string {
  const [part] = parts;
  return part && !part.quoted ? part.text.toUpperCase() : "";
}
