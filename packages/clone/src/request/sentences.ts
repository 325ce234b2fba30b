import type * as z from "zod";

/** What zod found wrong with the value at `path` (empty: the request itself), as a sentence that names it. */
export function issueSentence(path: string, issue: z.core.$ZodIssue): string {
  return `${path === "" ? "The request" : path} ${predicate(issue)}.`;
}

function predicate(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type": {
      const received = receivedOf(issue.message);
      if (received === "undefined") return "is required";
      if (issue.expected === "int") return "must be a whole number";
      return `must be ${noun(issue.expected)}${received === "" ? "" : `, not ${noun(received)}`}`;
    }
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return "must not be empty";
      return `must be at least ${issue.minimum}${unit(issue.origin)}`;
    case "too_big":
      return `must be at most ${issue.maximum}${unit(issue.origin)}`;
    case "invalid_union":
      return alternatives(issue);
    case "invalid_key":
      return "must not have an empty key";
    case "invalid_format":
      return `must match ${issue.pattern ?? issue.format}`;
    default:
      return `cannot be used: ${issue.message}`;
  }
}

/** What zod received, which it tells in its message only. */
function receivedOf(message: string): string {
  return /received (\w+)/u.exec(message)?.[1] ?? "";
}

function noun(type: string): string {
  return NOUNS[type] ?? type;
}

const NOUNS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  NaN: "text",
};

function unit(origin: string): string {
  if (origin === "string") return " characters long";
  return origin === "array" ? " entries long" : "";
}

/** The alternative that took the value's type says more than those that did not. */
function alternatives({ errors }: z.core.$ZodIssueInvalidUnion): string {
  const first = errors.flatMap(([issue]) => (issue === undefined ? [] : [issue]));
  const nearer = first.find(({ code }) => code !== "invalid_type");
  if (nearer !== undefined) return predicate(nearer);
  const nouns = first.flatMap((issue) => (issue.code === "invalid_type" ? [noun(issue.expected)] : []));
  return `must be ${nouns.join(" or ")}`;
}
