import type * as z from "zod";
import { nearest } from "./nearest.ts";
import { cloneRequestKeys } from "./wire.ts";

export interface RequestProblem {
  /** Where in the request: `clone_type`, `include_objects[0].type`. */
  readonly path: string;
  readonly message: string;
  /** The nearest known key or value, when one is near. */
  readonly suggestion?: string;
}

/** What zod found wrong with a request, in words that name key and values. */
export function issueProblems(issue: z.core.$ZodIssue): readonly RequestProblem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(pathText(issue.path), key));
  const path = pathText(issue.path);
  if (issue.code === "invalid_type" && issue.message.includes("received undefined")) {
    return [{ path, message: `${path} is required.` }];
  }
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    return [{ path, message: `${path} must be one of ${values.join(", ")}.` }];
  }
  return [{ path, message: issue.message }];
}

function unknownKey(parent: string, key: string): RequestProblem {
  const path = parent === "" ? key : `${parent}.${key}`;
  const known = parent === "" ? cloneRequestKeys : ["schema", "name", "type"];
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
