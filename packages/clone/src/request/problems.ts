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
  const meant = meantAlternative(issue);
  if (meant !== undefined) return meant.flatMap((inner) => issueProblems(inner, keysOf));
  const path = pathText(issue.code === "invalid_key" ? issue.path.slice(0, -1) : issue.path);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(path === "" ? key : `${path}.${key}`, key, keysOf(path)));
  return [{ path, message: issueSentence(path, issue) }];
}

/** What is wrong inside the one alternative whose type the value has, at its full path; `undefined` when it has no such type. */
function meantAlternative(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] | undefined {
  if (issue.code !== "invalid_union") return undefined;
  const ofType = issue.errors.filter(
    (issues) => !issues.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  const [only, ...others] = ofType;
  const inside = only?.some(({ code, path }) => path.length > 0 || code === "unrecognized_keys");
  if (only === undefined || others.length > 0 || inside !== true) return undefined;
  return only.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
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
