import type {
  AssignmentNode,
  Identifier,
  Merge,
  MergeClause,
  MergeInsert,
  MergeUpdate,
} from "../tree/index.ts";
import type { Cursor } from "./cursor.ts";
import { identifier, objectName, tableReference } from "./names.ts";
import { plainAlias, relationPrimary } from "./relations.ts";

/** MERGE [WITH SCHEMA EVOLUTION] INTO t [AS x] USING s ON c WHEN … */
export function merge(cursor: Cursor): Merge {
  const { start } = cursor.advance();
  const schemaEvolution = cursor.take("WITH", "SCHEMA", "EVOLUTION");
  cursor.expect("INTO");
  const target = tableReference(cursor);
  const alias = plainAlias(cursor);
  cursor.expect("USING");
  const source = relationPrimary(cursor);
  cursor.expect("ON");
  const on = cursor.grammar.expression(cursor);
  const clauses = mergeClauses(cursor);
  return { kind: "merge", target, ...alias, schemaEvolution, source, on, clauses, ...cursor.span(start) };
}

function mergeClauses(cursor: Cursor): readonly MergeClause[] {
  const clauses: MergeClause[] = [];
  while (cursor.at("WHEN")) clauses.push(mergeClause(cursor));
  if (clauses.length === 0) cursor.fail();
  checkOrder(cursor, clauses);
  return clauses;
}

/** Only the last clause of each kind may go without a condition. */
function checkOrder(cursor: Cursor, clauses: readonly MergeClause[]): void {
  for (const { when, condition, start } of clauses) {
    const last = clauses.findLast((clause) => clause.when === when);
    if (condition !== undefined || last?.start === start) continue;
    const { words, code } = OMITTED[when];
    cursor.error(
      code,
      `When there are more than one ${words} clauses in a MERGE statement, only the last ${words} clause can omit the condition.`,
      start,
    );
  }
}

const OMITTED = {
  MATCHED: { words: "MATCHED", code: "NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION" },
  "NOT MATCHED": {
    words: "NOT MATCHED [BY TARGET]",
    code: "NON_LAST_NOT_MATCHED_BY_TARGET_CLAUSE_OMIT_CONDITION",
  },
  "NOT MATCHED BY SOURCE": {
    words: "NOT MATCHED BY SOURCE",
    code: "NON_LAST_NOT_MATCHED_BY_SOURCE_CLAUSE_OMIT_CONDITION",
  },
} as const;

function mergeClause(cursor: Cursor): MergeClause {
  const { start } = cursor.advance();
  const when = whenOf(cursor);
  const condition = cursor.take("AND") ? { condition: cursor.grammar.expression(cursor) } : {};
  cursor.expect("THEN");
  if (when === "NOT MATCHED") {
    const action = insertAction(cursor);
    return { when, ...condition, action, ...cursor.span(start) };
  }
  const action = cursor.take("DELETE") ? ({ kind: "delete" } as const) : updateAction(cursor, when);
  return { when, ...condition, action, ...cursor.span(start) };
}

function whenOf(cursor: Cursor): MergeClause["when"] {
  const not = cursor.take("NOT");
  cursor.expect("MATCHED");
  if (!not) return "MATCHED";
  if (cursor.take("BY", "SOURCE")) return "NOT MATCHED BY SOURCE";
  cursor.take("BY", "TARGET");
  return "NOT MATCHED";
}

function updateAction(cursor: Cursor, when: MergeClause["when"]): MergeUpdate {
  cursor.expect("UPDATE", "SET");
  if (!cursor.at("*")) return { kind: "update", assignments: assignments(cursor) };
  if (when !== "MATCHED") cursor.fail();
  cursor.advance();
  return { kind: "updateAll", except: exceptColumns(cursor) };
}

/** `a = 1, t.b = 2` */
export function assignments(cursor: Cursor): readonly AssignmentNode[] {
  return cursor.list((c) => {
    const column = objectName(c);
    c.expect("=");
    return { column, value: c.grammar.expression(c) };
  });
}

function insertAction(cursor: Cursor): MergeInsert {
  cursor.expect("INSERT");
  if (cursor.take("*")) return { kind: "insertAll", except: exceptColumns(cursor) };
  const columns = cursor.parenthesized(objectName);
  cursor.expect("VALUES");
  const { start } = cursor.token;
  const values = cursor.parenthesized((c) => c.grammar.expression(c));
  if (values.length !== columns.length)
    cursor.error("PARSE_SYNTAX_ERROR", "The number of inserted values cannot match the fields.", start);
  return { kind: "insert", columns, values };
}

function exceptColumns(cursor: Cursor): readonly Identifier[] {
  return cursor.take("EXCEPT") ? cursor.parenthesized(identifier) : [];
}
