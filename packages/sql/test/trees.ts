import type { Statement } from "@clone-xs/unity";
import { parseStatement } from "../src/index.ts";

/** A tree with neither spans nor `undefined`, for comparing by meaning. */
export function withoutSpans(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSpans);
  if (typeof node !== "object" || node === null) return node;
  const isSpan = "start" in node && typeof node.start === "number";
  const entries = Object.entries(node).filter(([key]) => !(isSpan && (key === "start" || key === "end")));
  return Object.fromEntries(
    entries.filter(([key]) => key !== "bodySpan").map(([key, value]) => [key, withoutSpans(value)]),
  );
}

/** What our own parser makes of a statement. */
export function parsed(statement: Statement): unknown {
  return withoutSpans(parseStatement(statement.text));
}

/** A quoted name as the tree holds it. */
export function quotedName(...parts: readonly string[]): unknown {
  return { parts: parts.map((text) => ({ text, quoted: true })) };
}

/** Names that break SQL written without care. None is empty: that has no spelling. */
export const HOSTILE = [
  "`",
  "``",
  "a`b",
  "a.b",
  "it's",
  'say "hi"',
  "back\\slash",
  "\\",
  "\\'",
  "a\nb",
  "\r\n\t",
  "nul\u0000",
  "\u00001",
  "🦆 and 👩‍👩‍👧",
  "名前",
  "é́",
  " ",
  "--",
  "-- x",
  "*/",
  "/* x",
  ";",
  "'; DROP TABLE t; --",
  "$\u007bspark.app.name}",
  "$$",
  ":p",
  "?",
  "%_",
  "select",
  "TRUE",
  "1",
  "a,b",
  "(x)",
  "\u2028",
  "\ud800",
  "\\u0041",
  "\\0",
] as const;
