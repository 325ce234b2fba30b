import { parseFunctionBody, parseName, parseQuery } from "../parser/index.ts";
import type { Expression, FunctionCall, QualifiedName, Query } from "../tree/index.ts";
import { namesIn } from "./visit.ts";

/** What a text is: the query of a view, or what follows RETURN in a function. */
export type TextKind = "query" | "functionBody";

/** Names that a text reads, each once, parts as typed. */
export interface References {
  /** Tables and views; common tables of the text itself are left out. */
  readonly tables: readonly (readonly string[])[];
  /** Functions, built-in ones too: which of one part are the user's own only the catalog can tell. */
  readonly functions: readonly (readonly string[])[];
  /** Tables by path. */
  readonly paths: readonly string[];
}

/** What a view's query or a function's body reads, to order objects by dependency. Throws a SqlError when it is no SQL. */
export function referencesOf(text: string, kind: TextKind = "query"): References {
  const tables = new Map<string, readonly string[]>();
  const functions = new Map<string, readonly string[]>();
  const paths = new Set<string>();
  const add = (map: Map<string, readonly string[]>, parts: readonly string[]) =>
    map.set(JSON.stringify(parts), parts);
  for (const use of namesIn(parseText(text, kind))) {
    if (use.kind === "table" && use.table.path) paths.add(use.table.path.path);
    else if (use.kind === "table") add(tables, partsOf(use.table.name));
    else if (use.kind === "function") {
      add(functions, partsOf(use.name));
      const named = nameInText(use.name, use.arguments);
      if (named) add(tables, named.parts);
    }
  }
  return { tables: [...tables.values()], functions: [...functions.values()], paths: [...paths] };
}

/** The tree of a text, good for its names only. */
export function parseText(text: string, kind: TextKind): Query | Expression {
  const options = { namesOnly: true };
  return kind === "query" ? parseQuery(text, options) : parseFunctionBody(text, options);
}

function partsOf(name: QualifiedName): readonly string[] {
  return name.parts.map((part) => part.text);
}

/** table_changes('c.s.t', …) names its table inside a string. */
export function nameInText(
  name: QualifiedName,
  [first]: FunctionCall["arguments"],
): { readonly parts: readonly string[]; readonly literal: Expression } | undefined {
  const [word] = name.parts;
  const literal = first?.value;
  if (name.parts.length !== 1 || word?.text.toLowerCase() !== "table_changes") return undefined;
  return literal?.kind === "string" ? { parts: parseName(literal.value), literal } : undefined;
}
