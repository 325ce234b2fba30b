import { nearest } from "@clone-xs/clone";
import type { FastifySchemaCompiler } from "fastify";
import { z } from "zod";
import type { FieldProblem } from "./contract/index.ts";
import { ServerError } from "./errors.ts";

/** Checks a body, path or query against its zod schema; what cannot be used is named field by field. */
export const validateByZod: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data ?? {});
    if (parsed.success) return { value: parsed.data };
    return { error: invalidRequest(parsed.error.issues.flatMap((issue) => fieldProblems(issue, schema))) };
  };

/** The error for a request whose fields cannot be used; its message names the first. */
export function invalidRequest(fields: readonly FieldProblem[]): ServerError {
  const [first] = fields;
  const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : "";
  return new ServerError("INVALID_REQUEST", `${first?.message ?? "The request cannot be used."}${more}`, {
    fields,
  });
}

function fieldProblems(issue: z.core.$ZodIssue, schema: z.ZodType): FieldProblem[] {
  if (issue.code === "unrecognized_keys") {
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    return issue.keys.map((key) => unknownKey([...issue.path, key].join("."), key, known));
  }
  const path = issue.path.map(String).join(".");
  if (issue.code === "invalid_type" && issue.input === undefined && path !== "") {
    return [{ path, message: issue.message.includes("undefined") ? `${path} is required.` : issue.message }];
  }
  return [{ path, message: path === "" ? issue.message : `${path}: ${issue.message}` }];
}

function unknownKey(path: string, key: string, known: readonly string[]): FieldProblem {
  const [suggestion] = nearest(key, known);
  if (suggestion === undefined) return { path, message: `Unknown key ${key}.` };
  return { path, message: `Unknown key ${key}. Did you mean ${suggestion}?`, suggestion };
}
