import type * as z from "zod";
import { nearest } from "./nearest.ts";
import { issueSentence } from "./sentences.ts";

export interface RequestProblem {
  /** Where in the request: `clone_type`, `include_objects[0].type`. */
  readonly path: string;
  readonly message: string;
  /** The nearest known key or value, when one is near. */
  readonly suggestion?: string;
}

/** What zod found wrong with a request, in words that name key and values. `keysOf` gives the known keys of an object by its path. */
export function issueProblems(
  issue: z.core.$ZodIssue,
  keysOf: (path: string) => readonly string[],
): readonly RequestProblem[] {
  const path = pathText(issue.code === "invalid_key" ? issue.path.slice(0, -1) : issue.path);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(path === "" ? key : `${path}.${key}`, key, keysOf(path)));
  return [{ path, message: issueSentence(path, issue) }];
}

function unknownKey(path: string, key: string, known: readonly string[]): RequestProblem {
  const [suggestion] = nearest(key, known);
  if (suggestion === undefined) return { path, message: `Unknown key ${key}.` };
  return { path, message: `Unknown key ${key}. Did you mean ${suggestion}?`, suggestion };
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}
