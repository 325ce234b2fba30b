import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type * as z from "zod";
import { issueProblems, type RequestProblem } from "../request/problems.ts";

/** Something wrong in a file, and where. */
export interface FileProblem extends RequestProblem {
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
}

export type ReadFile<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Reads YAML, and so JSON too, that must fit a schema; an empty file is an empty object. Every problem has its line and column, in whose order they are. */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  keysAt: (path: string) => readonly string[],
): ReadFile<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map((error) => syntaxProblem(error, lines)) };
  }
  const value: unknown = document.toJS();
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.flatMap((issue) =>
    issueProblems(issue, keysAt).map((problem) => {
      const keys = issue.code === "unrecognized_keys" ? issue.keys : [];
      const key = keys.find((one) => problem.path === one || problem.path.endsWith(`.${one}`));
      return { ...problem, ...lineAndColumn(offsetOf(document, issue.path, key), lines) };
    }),
  );
  return { ok: false, problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

function syntaxProblem(
  { message, pos }: { readonly message: string; readonly pos: readonly [number, number] },
  lines: LineCounter,
): FileProblem {
  return { path: "", message, ...lineAndColumn(pos[0], lines) };
}

/** Where the value at a path stands, or with `key` that key of it. */
function offsetOf(document: Document, path: readonly PropertyKey[], key: string | undefined): number {
  const node = path.length === 0 ? document.contents : document.getIn(path.map(String), true);
  const pair =
    key !== undefined && isMap(node) ? node.items.find((item) => textOf(item.key) === key) : undefined;
  const place = pair && isNode(pair.key) ? pair.key : node;
  return startOf(isNode(place) ? place : document.contents);
}

function textOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function lineAndColumn(
  offset: number,
  lines: LineCounter,
): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
