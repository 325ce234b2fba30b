import type { Relation } from "../tree/index.ts";
import type { Cursor, Words } from "./cursor.ts";
import { identifier } from "./names.ts";

type JoinType = Extract<Relation, { kind: "join" }>["type"];

/** Two relations joined, without a condition yet. */
export function joined(
  left: Relation,
  right: Relation,
  how: { type: JoinType; natural?: boolean },
): Relation {
  const { type, natural = false } = how;
  return { kind: "join", type, natural, left, right, using: [], start: left.start, end: right.end };
}

const JOIN_WORDS: readonly (readonly [type: JoinType, words: Words])[] = [
  ["INNER", ["JOIN"]],
  ["INNER", ["INNER", "JOIN"]],
  ["CROSS", ["CROSS", "JOIN"]],
  ["LEFT", ["LEFT", "JOIN"]],
  ["LEFT", ["LEFT", "OUTER", "JOIN"]],
  ["LEFT SEMI", ["LEFT", "SEMI", "JOIN"]],
  ["LEFT SEMI", ["SEMI", "JOIN"]],
  ["LEFT ANTI", ["LEFT", "ANTI", "JOIN"]],
  ["LEFT ANTI", ["ANTI", "JOIN"]],
  ["RIGHT", ["RIGHT", "JOIN"]],
  ["RIGHT", ["RIGHT", "OUTER", "JOIN"]],
  ["FULL", ["FULL", "JOIN"]],
  ["FULL", ["FULL", "OUTER", "JOIN"]],
];

const JOIN_BEGINNINGS = new Set([
  "JOIN",
  "INNER",
  "CROSS",
  "LEFT",
  "SEMI",
  "ANTI",
  "RIGHT",
  "FULL",
  "NATURAL",
]);

/** The words up to JOIN, or `undefined` when no join follows. */
export function joinStart(cursor: Cursor): { type: JoinType; natural: boolean } | undefined {
  if (!cursor.atOneOf(JOIN_BEGINNINGS)) return undefined;
  const natural = cursor.take("NATURAL");
  const [type] = JOIN_WORDS.find(([, words]) => cursor.take(...words)) ?? brokenJoin(cursor);
  return { type, natural };
}

/** The word that began the join is right; one after it is not. */
function brokenJoin(cursor: Cursor): never {
  if (!cursor.at("JOIN")) cursor.advance();
  if (cursor.at("OUTER") || cursor.at("SEMI") || cursor.at("ANTI")) cursor.advance();
  return cursor.fail();
}

/** ON …, USING (…), or nothing. */
export function joinCriteria(cursor: Cursor) {
  if (cursor.take("ON")) return { on: cursor.grammar.expression(cursor) };
  return cursor.take("USING") ? { using: cursor.parenthesized(identifier) } : {};
}
