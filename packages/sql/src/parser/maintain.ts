import type { ParsedStatement } from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { objectName, tableReference, timeTravelOf } from "./names.ts";

/** RESTORE [TABLE] t [TO] {VERSION | TIMESTAMP} AS OF x */
export function restore(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  cursor.take("TABLE");
  const { timeTravel, ...target } = tableReference(cursor);
  if (timeTravel === undefined) cursor.take("TO");
  const to = timeTravel ?? timeTravelOf(cursor).timeTravel ?? cursor.fail();
  return { kind: "restore", target, to, ...cursor.span(start) };
}

/** OPTIMIZE t [FULL] [WHERE p] [ZORDER BY (a, b)] */
export function optimize(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  const target = tableReference(cursor);
  const full = cursor.take("FULL");
  const where = cursor.take("WHERE") ? { where: cursor.grammar.expression(cursor) } : {};
  const zOrderBy = cursor.take("ZORDER", "BY")
    ? cursor.at("(")
      ? cursor.parenthesized(objectName)
      : cursor.list(objectName)
    : [];
  return { kind: "optimize", target, ...where, zOrderBy, full, ...cursor.span(start) };
}

/** VACUUM t [FULL | LITE] [RETAIN n HOURS] [DRY RUN]; the clauses in any order. */
export function vacuum(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  const target = tableReference(cursor);
  let clauses: { retainHours?: string; dryRun: boolean } = { dryRun: false };
  for (;;) {
    if (cursor.take("DRY", "RUN")) clauses = { ...clauses, dryRun: true };
    else if (cursor.take("RETAIN")) clauses = { ...clauses, retainHours: hours(cursor) };
    else if (cursor.at("LITE")) cursor.unsupported("VACUUM LITE");
    else if (!cursor.take("FULL")) break;
  }
  return { kind: "vacuum", target, ...clauses, ...cursor.span(start) };
}

function hours(cursor: Cursor): string {
  const negative = cursor.take("-") ? "-" : "";
  if (cursor.token.type !== "number" || !/^\d+(\.\d*)?$/u.test(cursor.token.text)) cursor.fail();
  const { text } = cursor.advance();
  cursor.expect("HOURS");
  return `${negative}${text}`;
}

/** TRUNCATE TABLE t */
export function truncate(cursor: Cursor): ParsedStatement {
  const { start } = cursor.advance();
  cursor.expect("TABLE");
  const target = tableReference(cursor);
  if (cursor.at("PARTITION", "(")) cursor.unsupported("TRUNCATE TABLE … PARTITION");
  return { kind: "truncate", target, ...cursor.span(start) };
}
